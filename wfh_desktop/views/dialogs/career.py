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
        self._offer(overview)
        if like := row or _present(person):
            self.fill(like)
        self.setWindowTitle("Koreksi jabatan" if row else "Jabatan baru")
        if row is None:
            choices.select(self.ui.capacity_box, Capacity.DEFINITIVE)
            self.ui.valid_from_edit.set_day(entry.first_day(context))
            self.ui.bounded_check.setChecked(False)
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

    @override
    def again(self) -> Callable[[Work], PositionRow] | None:
        return self.row and partial(_position, person_id=self.person.id, key=self.row.id)

    @override
    def fill(self, row: PositionRow) -> None:
        ui = self.ui
        choices.add(ui.unit_id_box, row.unit, row.unit_id)
        if row.superior_id:
            choices.add(ui.superior_id_box, row.superior, row.superior_id)
        choices.select(ui.superior_id_box, row.superior_id)
        choices.select(ui.unit_id_box, row.unit_id)
        choices.select(ui.capacity_box, row.capacity)
        choices.select(ui.level_box, row.level)
        choices.select(ui.job_class_box, row.job_class)
        ui.position_title_edit.setText(row.title)
        ui.decree_edit.setText(row.decree)
        ui.valid_from_edit.set_day(row.valid_from)
        ui.bounded_check.setChecked(row.valid_to is not None)
        ui.valid_to_edit.set_day(row.valid_to or entry.first_day(self.context))

    def _offer(self, overview: Overview) -> None:
        ui, scope = self.ui, self.context.scope
        capacities = [(words.CAPACITIES[one].capitalize(), one) for one in HELD]
        choices.fill(ui.capacity_box, capacities, Capacity.DEFINITIVE)
        choices.fill(ui.unit_id_box, entry.places(overview.units), scope.unit_id)
        superiors = entry.superiors(overview.superiors, self.person.id)
        choices.fill(ui.superior_id_box, superiors)
        choices.fill(ui.level_box, entry.levels(), Level.PELAKSANA)
        choices.fill(ui.job_class_box, entry.classes())

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
        choices.fill(self.ui.status_box, entry.statuses(), EmploymentStatus.PNS)
        self._offer_grades()
        if like := row or next(iter(person.ranks), None):
            self.fill(like)
        if row is None:
            self.ui.decree_edit.clear()
            self.ui.valid_from_edit.set_day(entry.first_day(context))
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

    @override
    def again(self) -> Callable[[Work], RankRow] | None:
        return self.row and partial(_rank, person_id=self.person.id, key=self.row.id)

    @override
    def fill(self, row: RankRow) -> None:
        choices.select(self.ui.status_box, row.status)
        self._offer_grades(row.grade)
        self.ui.decree_edit.setText(row.decree)
        self.ui.valid_from_edit.set_day(row.valid_from)

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
        self.row = person
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
            key=self.row.id,
            version=self.row.version,
            last=self.ui.valid_to_edit.day(),
            reason=self.ui.reason_edit.text(),
        )

    @override
    def again(self) -> Callable[[Work], PersonDetails]:
        return partial(people.details, key=self.row.id)

    @override
    def fill(self, row: PersonDetails) -> None:
        """Nothing that is asked here is known before."""


def _present(person: PersonDetails) -> PositionRow | None:
    """Return the latest own position of a person, from which a new one mostly differs little."""
    own = (row for row in person.positions if row.capacity is Capacity.DEFINITIVE)
    return next(own, None)


def _position(work: Work, person_id: int, key: int) -> PositionRow:
    return entry.one_of(people.details(work, person_id).positions, key)


def _rank(work: Work, person_id: int, key: int) -> RankRow:
    return entry.one_of(people.details(work, person_id).ranks, key)
