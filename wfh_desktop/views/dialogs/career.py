"""Dialogs for what is dated of a person: position, rank, superior, leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.careers import PositionDraft, RankDraft
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level
from wfh_desktop.forms.departure_dialog import Ui_DepartureDialog
from wfh_desktop.forms.position_dialog import Ui_PositionDialog
from wfh_desktop.forms.rank_dialog import Ui_RankDialog
from wfh_desktop.forms.superior_dialog import Ui_SuperiorDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import people
from wfh_desktop.services.people import Overview, PersonDetails, PersonRow, PositionRow, RankRow
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices

HELD = (Capacity.DEFINITIVE, Capacity.PLT, Capacity.PLH)


class PositionDialog(EntryDialog):
    """Gives a person a position from a day on, or corrects *row*."""

    def __init__(
        self,
        context: Context,
        overview: Overview,
        person: PersonDetails,
        row: PositionRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.person = person
        self.row = row
        self.ui = Ui_PositionDialog()
        self.ui.setupUi(self)
        self._fill(overview, row or _present(person))
        self.setWindowTitle("Koreksi jabatan" if row else "Jabatan baru")
        if row is None:
            self.ui.valid_from_edit.set_day(entry.first_day(context))
            self.ui.decree_edit.clear()
        self.ui.capacity_box.setEnabled(row is None or row.capacity is not Capacity.DEFINITIVE)
        self.ui.capacity_box.currentIndexChanged.connect(self._show_end)
        self.ui.bounded_check.toggled.connect(self._show_end)
        self.begin(self.ui.button_box)
        self._show_end()

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        draft = PositionDraft(
            unit_id=choices.typed(ui.unit_id_box, "unit_id"),
            title=ui.position_title_edit.text(),
            level=choices.value(ui.level_box),
            job_class=choices.value(ui.job_class_box),
            superior_id=choices.typed(ui.superior_id_box, "superior_id"),
            capacity=choices.value(ui.capacity_box),
            decree=ui.decree_edit.text(),
            valid_from=ui.valid_from_edit.day(),
            valid_to=self._end(),
        )
        if self.row is None:
            return partial(people.change_position, employee_id=self.person.id, draft=draft)
        return partial(
            people.correct_position, key=self.row.id, version=self.row.version, draft=draft
        )

    def _fill(self, overview: Overview, like: PositionRow | None) -> None:
        ui = self.ui
        capacity = self.row.capacity if self.row else Capacity.DEFINITIVE
        choices.fill(
            ui.capacity_box,
            [(words.CAPACITIES[one].capitalize(), one) for one in HELD],
            capacity,
        )
        unit = (like.unit, like.unit_id) if like else None
        units = _with(entry.places(overview.units), unit)
        choices.fill(ui.unit_id_box, units, unit[1] if unit else self.context.scope.unit_id)
        superior = (like.superior, like.superior_id) if like and like.superior_id else None
        others = _with(entry.superiors(overview.superiors, self.person.id), superior)
        choices.fill(ui.superior_id_box, others, superior[1] if superior else None)
        choices.fill(ui.level_box, entry.levels(), like.level if like else Level.PELAKSANA)
        choices.fill(ui.job_class_box, entry.classes(), like.job_class if like else None)
        if like:
            ui.position_title_edit.setText(like.title)
            ui.decree_edit.setText(like.decree)
            ui.valid_from_edit.set_day(like.valid_from)
            ui.bounded_check.setChecked(like.valid_to is not None)
            ui.valid_to_edit.set_day(like.valid_to or entry.first_day(self.context))

    def _end(self) -> date | None:
        bounded = self._acting() and self.ui.bounded_check.isChecked()
        return self.ui.valid_to_edit.day() if bounded else None

    def _acting(self) -> bool:
        return choices.value(self.ui.capacity_box) is not Capacity.DEFINITIVE

    def _show_end(self) -> None:
        """Offer a last day for an acting position only."""
        self.ui.bounded_check.setVisible(self._acting())
        shown = self._acting() and self.ui.bounded_check.isChecked()
        self.ui.valid_to_label.setVisible(shown)
        self.ui.valid_to_edit.setVisible(shown)


class RankDialog(EntryDialog):
    """Gives a person another status or golongan from a day on, or corrects *row*."""

    def __init__(
        self,
        context: Context,
        person: PersonDetails,
        row: RankRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.person = person
        self.row = row
        self.ui = Ui_RankDialog()
        self.ui.setupUi(self)
        like = row or next(iter(person.ranks), None)
        choices.fill(
            self.ui.status_box, entry.statuses(), like.status if like else EmploymentStatus.PNS
        )
        self._offer_grades(like.grade if like else "")
        self.ui.decree_edit.setText(row.decree if row else "")
        self.ui.valid_from_edit.set_day(row.valid_from if row else entry.first_day(context))
        self.setWindowTitle("Koreksi status dan golongan" if row else "Status atau golongan baru")
        self.ui.status_box.currentIndexChanged.connect(self._offer_grades)
        self.begin(self.ui.button_box)

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        draft = RankDraft(
            status=choices.value(ui.status_box),
            grade=choices.value(ui.grade_box),
            decree=ui.decree_edit.text(),
            valid_from=ui.valid_from_edit.day(),
        )
        if self.row is None:
            return partial(people.change_rank, employee_id=self.person.id, draft=draft)
        return partial(people.correct_rank, key=self.row.id, version=self.row.version, draft=draft)

    def _offer_grades(self, current: object = None) -> None:
        wanted = current if isinstance(current, str) else choices.value(self.ui.grade_box)
        choices.fill(self.ui.grade_box, entry.grades(choices.value(self.ui.status_box)), wanted)


class SuperiorDialog(EntryDialog):
    """Lets one or several people report to somebody from a day on."""

    def __init__(
        self,
        context: Context,
        overview: Overview,
        rows: Sequence[PersonRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.keys = [row.id for row in rows]
        self.ui = Ui_SuperiorDialog()
        self.ui.setupUi(self)
        names = ", ".join(row.name for row in rows[:3])
        more = f" dan {len(rows) - 3} pegawai lain" if len(rows) > 3 else ""
        self.ui.superior_note.setText(f"Untuk {names}{more}.")
        others = [one for one in overview.superiors if one[0] not in self.keys]
        choices.fill(self.ui.superior_id_box, entry.superiors(others))
        self.ui.valid_from_edit.set_day(entry.first_day(context))
        self.begin(self.ui.button_box, "Tetapkan")

    @override
    def task(self) -> Callable[[Work], Any]:
        return partial(
            people.assign_superior,
            employee_ids=self.keys,
            superior_id=choices.typed(self.ui.superior_id_box, "superior_id"),
            since=self.ui.valid_from_edit.day(),
        )


class DepartureDialog(EntryDialog):
    """Lets a person leave after a day, with the reason."""

    def __init__(
        self, context: Context, person: PersonDetails, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.person = person
        self.ui = Ui_DepartureDialog()
        self.ui.setupUi(self)
        self.ui.departure_note.setText(
            f"{person.full_name} tidak lagi muncul sesudah bulan hari terakhirnya. "
            "Bulan-bulan sebelumnya tetap memuatnya."
        )
        self.ui.valid_to_edit.set_day(context.scope.period.last)
        self.begin(self.ui.button_box, "Nonaktifkan")

    @override
    def task(self) -> Callable[[Work], Any]:
        return partial(
            people.deactivate,
            key=self.person.id,
            version=self.person.version,
            last=self.ui.valid_to_edit.day(),
            reason=self.ui.reason_edit.text(),
        )


def _present(person: PersonDetails) -> PositionRow | None:
    """Return the latest own position of a person, from which a new one mostly differs little."""
    own = (row for row in person.positions if row.capacity is Capacity.DEFINITIVE)
    return next(own, None)


def _with(
    offered: list[tuple[str, object]], held: tuple[str, object] | None
) -> list[tuple[str, object]]:
    """Return what is offered with what is held now, if it is not among them."""
    if held is None or any(value == held[1] for _, value in offered):
        return offered
    return [*offered, held]
