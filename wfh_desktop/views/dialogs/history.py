"""The dialog that tells everything that happened to one record: who, when, from what to what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from wfh_desktop import words
from wfh_desktop.forms.history_dialog import Ui_HistoryDialog
from wfh_desktop.services import audit
from wfh_desktop.services.audit import ChangeRow
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.tables import Column, DataTable, TableModel
from wfh_desktop.views.widgets.month_matrix import MonthMatrix
from wfh_desktop.views.widgets.target_list import TargetList
from wfh_desktop.words import history as said

OF_A_DAY = "day"


@dataclass(frozen=True)
class Subject:
    """The record whose history is asked for; of somebody's *day* the key is that of the person."""

    table: str
    key: int
    name: str
    day: date | None = None


@dataclass(frozen=True)
class Line:
    """A change in words; the *id* tells it apart."""

    id: int
    row: ChangeRow

    @property
    def who(self) -> str:
        """Who did it; whoever had no entry in the audit log went around the program."""
        row = self.row
        if row.action or not row.who:
            return row.who or "–"
        return f"{row.who} ({said.OUTSIDE})"


COLUMNS: tuple[Column[Line], ...] = (
    Column("Waktu", lambda line: labels.moment(line.row.at), lambda line: line.row.at, width=150),
    Column("Siapa", lambda line: line.who, width=130),
    Column("Tindakan", lambda line: said.deed(line.row.action, line.row.op), width=150),
    Column("Data", lambda line: words.RECORDS.get(line.row.table, line.row.table), width=110),
    Column("Isian", lambda line: said.caption(line.row.field, line.row.table), width=130),
    Column("Semula", lambda line: said.value(line.row.old), width=150),
    Column("Menjadi", lambda line: said.value(line.row.new), width=150),
)

# By the kind of a line in a list: the table of its record, and how people call it.
SUBJECTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "ListRow": ("employee", lambda row: row.person.name),
    "PerformanceRow": ("employee", lambda row: row.person.name),
    "LineRow": ("recommendation_line", lambda row: f"TPP {row.person.name}"),
    "TaskRow": ("task", lambda row: row.title),
    "ReportRow": ("work_report", lambda row: f"{row.person}, {labels.day(row.day)}"),
    "TargetRow": ("target", lambda row: row.title),
    "UnitRow": ("unit", lambda row: row.name),
    "ScheduleRow": ("schedule", lambda row: row.name),
    "HolidayRow": ("holiday", lambda row: f"{row.name}, {labels.day(row.day)}"),
    "SignatoryRow": ("signatory", lambda row: row.name),
    "ChoiceRow": ("rule_choice", lambda row: row.rule_id),
    "AccountRow": ("account", lambda row: row.name),
}


class HistoryDialog(Sheet):
    """Lists the changes, the latest first."""

    def __init__(self, context: Context, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject = subject
        self.ui = Ui_HistoryDialog()
        self.ui.setupUi(self)
        self.ui.name_label.setText(subject.name)
        self.model = TableModel[Line](COLUMNS, self)
        self.ui.table.attach(self.model, "history")
        self.ui.nothing_label.hide()
        self.ui.button_box.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.ui.button_box.rejected.connect(self.reject)
        self.ui.search_edit.textChanged.connect(self.ui.table.set_filter)
        context.jobs.run(self, _task(subject), self._show, label="Membaca riwayat")

    def _show(self, rows: list[ChangeRow]) -> None:
        self.model.show([Line(number, row) for number, row in enumerate(rows)])
        self.ui.table.setVisible(bool(rows))
        self.ui.nothing_label.setVisible(not rows)
        self.ui.table.setFocus()


def _task(subject: Subject) -> partial[list[ChangeRow]]:
    if subject.day is not None:
        return partial(audit.history_of_day, employee_id=subject.key, day=subject.day)
    return partial(audit.history, table=subject.table, key=subject.key)


def find_subject(page: QWidget) -> Subject | None:
    """Return what is selected on *page*: in the list that has the focus, or in the first one."""
    widget = QApplication.focusWidget()
    while widget is not None and widget is not page:
        if subject := _subject(widget):
            return subject
        widget = widget.parentWidget()
    lists = (*page.findChildren(DataTable), *page.findChildren(MonthMatrix))
    found = (_subject(one) for one in lists if one.isVisible())
    return next((subject for subject in found if subject), None)


def _subject(widget: QWidget) -> Subject | None:
    if isinstance(widget, MonthMatrix):
        return _day(widget)
    if not isinstance(widget, DataTable | TargetList):
        return None
    row: Any = widget.selected()
    table, name = SUBJECTS.get(type(row).__name__, ("", None))
    return Subject(table, row.id, name(row)) if name else None


def _day(matrix: MonthMatrix) -> Subject | None:
    if matrix.current is None:
        return None
    key, day = matrix.current
    person = next(row.person.name for row in matrix.matrix.rows if row.person.id == key)
    return Subject(OF_A_DAY, key, f"{person}, {labels.day(day)}", day)
