"""The dialog for what counts for TPP and is in no scan: noted here, taken back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QWidget

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.conduct_dialog import Ui_ConductDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import conduct, people
from wfh_desktop.services.conduct import ConductDraft, ConductRow, Kind
from wfh_desktop.views import icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.tables import Column, TableModel


@dataclass(frozen=True, slots=True)
class _Shown:
    people: tuple[tuple[int, str], ...]
    kinds: tuple[Kind, ...]
    rows: tuple[ConductRow, ...]


class ConductDialog(Sheet):
    """Lists the month's events; stays open so that several can be entered one after the other."""

    def __init__(
        self, context: Context, employee_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._employee = employee_id
        self._kinds: dict[str, Kind] = {}
        self.ui = Ui_ConductDialog()
        self.ui.setupUi(self)
        icons.dress(self)
        period = context.scope.period
        self.ui.day_edit.setDateRange(QDate(period.first), QDate(period.last))
        self.ui.day_edit.setDate(QDate(period.first))
        self.model = TableModel[ConductRow](self._columns(), self)
        self.ui.table.attach(self.model)
        self.ui.add_button.clicked.connect(self._add)
        self.ui.close_button.clicked.connect(self.accept)
        self.ui.cancel_event_button.clicked.connect(self._ask_to_cancel)
        self.ui.code_box.currentIndexChanged.connect(self._fit_form)
        self.ui.table.selected_changed.connect(self._selected)
        self._selected(None)
        self._load()

    def _columns(self) -> list[Column[ConductRow]]:
        return [
            Column("Tanggal", lambda row: labels.short_day(row.day), lambda row: row.day, width=96),
            Column("Nama", lambda row: row.name, width=190),
            Column("Kejadian", self._label, width=180),
            Column(
                "Jumlah", lambda row: str(row.count), lambda row: row.count, align="right", width=64
            ),
            Column(
                "Menit",
                lambda row: labels.number(row.minutes) if row.minutes else "",
                lambda row: row.minutes or 0,
                align="right",
                width=64,
            ),
            Column("Alasan", lambda row: row.reason),
        ]

    def _label(self, row: ConductRow) -> str:
        kind = self._kinds.get(row.code)
        return kind.label if kind else row.code

    def _load(self) -> None:
        scope = self.context.scope
        self.context.jobs.run(
            self, partial(_shown, unit_id=scope.unit_id, period=scope.period), self._show
        )

    def _show(self, shown: _Shown) -> None:
        if not self.ui.person_box.count():
            _fill(self.ui.person_box, shown.people)
            place = self.ui.person_box.findData(self._employee)
            self.ui.person_box.setCurrentIndex(max(place, 0))
        if not self.ui.code_box.count():
            self._kinds = {kind.code: kind for kind in shown.kinds}
            _fill(self.ui.code_box, [(kind.code, kind.label) for kind in shown.kinds])
        self.model.show(shown.rows)
        self._fit_form()

    def _fit_form(self) -> None:
        kind = self._kinds.get(self.ui.code_box.currentData() or "")
        by_minutes = kind is not None and kind.by_minutes
        self.ui.minutes_edit.setEnabled(by_minutes)
        self.ui.minutes_edit.setToolTip("" if by_minutes else "Kejadian ini tidak dihitung menit")

    def _add(self) -> None:
        ui = self.ui
        draft = ConductDraft(
            code=ui.code_box.currentData() or "",
            day=ui.day_edit.day(),
            count=ui.count_edit.value(),
            minutes=ui.minutes_edit.value() or None if ui.minutes_edit.isEnabled() else None,
            reason=ui.reason_edit.text(),
            document=ui.document_edit.text(),
        )
        self.context.jobs.run(
            self,
            partial(conduct.note, employee_id=ui.person_box.currentData(), draft=draft),
            self._added,
            refused=self._refused,
        )

    def _added(self, _: int) -> None:
        self.ui.form_problem.show_problem("")
        self._load()
        self.ui.person_box.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        self.ui.form_problem.show_problem(words.explain(refusal))

    def _selected(self, row: ConductRow | None) -> None:
        self.ui.cancel_event_button.setEnabled(row is not None)
        self.ui.cancel_event_button.setToolTip("" if row else "Pilih kejadian lebih dahulu")

    def _ask_to_cancel(self) -> None:
        row = self.ui.table.selected()
        if row is None:
            return
        dialog = ReasonDialog(
            "Batalkan kejadian", f"{self._label(row)}, {row.name}.", "Batalkan kejadian", self
        )
        dialog.given.connect(partial(self._cancel, row))
        dialog.open()

    def _cancel(self, row: ConductRow, reason: str) -> None:
        self.context.jobs.run(
            self,
            partial(conduct.cancel, key=row.id, version=row.version, reason=reason),
            lambda _: self._load(),
        )


def _shown(work: Work, unit_id: int, period: Period) -> _Shown:
    roster = people.roster(work, unit_id, period)
    return _Shown(
        people=tuple((person.id, person.name) for person in roster),
        kinds=tuple(conduct.kinds(work, unit_id, period)),
        rows=tuple(conduct.of_month(work, unit_id, period)),
    )


def _fill(box: QComboBox, entries: Sequence[tuple[object, str]]) -> None:
    for key, text in entries:
        box.addItem(text, key)
