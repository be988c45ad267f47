"""The details of a task: what is asked, who has it, what was reported, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.tasks import TaskState
from wfh_desktop.services.history import StepRow
from wfh_desktop.services.report_rows import ReportRow
from wfh_desktop.services.task_rows import ShareRow, TaskRow
from wfh_desktop.views import labels
from wfh_desktop.views.tables import Column, DataTable, TableModel
from wfh_desktop.views.widgets import report_pane
from wfh_desktop.views.widgets.scroll_room import ScrollRoom
from wfh_desktop.views.widgets.status_pill import StatusPill

TONES = {
    TaskState.GIVEN: "neutral",
    TaskState.IN_PROGRESS: "accent",
    TaskState.REPORTED: "attention",
    TaskState.DONE: "good",
    TaskState.CANCELLED: "neutral",
}
ICONS = {
    TaskState.GIVEN: "neutral",
    TaskState.IN_PROGRESS: "start",
    TaskState.REPORTED: "waiting",
    TaskState.DONE: "good",
    TaskState.CANCELLED: "refuse",
}


LOWEST = 104  # pixels of each table: on a low screen the panel scrolls


@dataclass(frozen=True)
class TaskDetails:
    """What is fetched when a task is looked at."""

    row: TaskRow
    steps: Sequence[StepRow]
    reports: Sequence[ReportRow]
    zone: Zone


class TaskPanel(QWidget):
    """Shows a task; Enter or a double click on a person or a report emits `report_asked`.

    It carries the number of a report. `share_chosen` tells which person's share is selected.
    """

    report_asked = Signal(int)
    share_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reports: Sequence[ReportRow] = ()
        self.pill = StatusPill()
        self.description_label = _text("")
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(12)
        self.people_model = TableModel[ShareRow](SHARES, self)
        self.people_table = DataTable()
        self.people_table.attach(self.people_model)
        self.people_table.stretch(0)
        self.people_table.setAccessibleName("Pegawai yang menerima tugas ini")
        self.report_model = TableModel[ReportRow](REPORTS, self)
        self.report_table = DataTable()
        self.report_table.attach(self.report_model)
        self.report_table.stretch(1)
        self.report_table.setAccessibleName("Laporan tugas ini")
        self.reports_label = _text("heading")
        self.steps_label = _text("caption")
        self.steps_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for listing in (self.people_table, self.report_table):
            listing.setMinimumHeight(LOWEST)
            listing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        room = ScrollRoom()
        room.body.setSpacing(8)
        room.body.addWidget(self.pill)
        room.body.addWidget(self.description_label)
        room.body.addLayout(self.facts)
        room.body.addWidget(self.people_table, 3)
        room.body.addWidget(self.reports_label)
        room.body.addWidget(self.report_table, 3)
        room.body.addWidget(self.steps_label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(room)
        self.people_table.selected_changed.connect(self.share_chosen)
        self.people_table.opened.connect(self._open_person)
        self.report_table.opened.connect(self._open_report)

    def show_task(self, row: TaskRow) -> None:
        """Show *row*; its reports and its history come later."""
        state = "lewat tenggat" if row.overdue else row.state.value
        self.pill.show_state(state, "bad" if row.overdue else TONES[row.state])
        self.description_label.setText(row.description)
        self.description_label.setVisible(bool(row.description))
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for name, value in _facts(row):
            told = _text("")
            told.setText(value)
            caption = _text("muted")
            caption.setWordWrap(False)
            caption.setText(name)
            self.facts.addRow(caption, told)
        self.people_model.show(row.shares)

    def show_details(self, details: TaskDetails) -> None:
        """Add the reports and the history."""
        self._reports = details.reports
        self.report_model.show(details.reports)
        there = bool(details.reports)
        self.reports_label.setText("Laporan" if there else "Belum ada laporan")
        self.report_table.setVisible(there)
        names = {share.id: share.person for share in details.row.shares}
        shown = [_step(step, names, details.zone) for step in details.steps[-6:]]
        self.steps_label.setText("\n".join(shown))

    def selected_share(self) -> ShareRow | None:
        """Return the share of the person selected in the table, if any."""
        share: ShareRow | None = self.people_table.selected()
        return share

    def _open_person(self, share: ShareRow) -> None:
        theirs = [row for row in self._reports if row.assignment_id == share.id]
        if theirs:
            self.report_asked.emit(theirs[-1].id)

    def _open_report(self, row: ReportRow) -> None:
        self.report_asked.emit(row.id)


def _text(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _facts(row: TaskRow) -> list[tuple[str, str]]:
    targets = dict.fromkeys(share.target for share in row.shares if share.target)
    facts = [
        ("Diberikan", labels.day(row.given)),
        ("Tenggat", labels.weekday(row.due)),
        ("Target", "; ".join(targets) or "tanpa target"),
    ]
    return [("Keluaran", row.output), *facts] if row.output else facts


def _progress(share: ShareRow) -> str:
    return f"{labels.number(share.accepted)} / {labels.number(share.quantity)}"


def _step(step: StepRow, names: dict[int, str], zone: Zone) -> str:
    who = names.get(int(step.subject.split(":")[1]), "")
    note = f" ({step.note})" if step.note else ""
    return f"{labels.moment(step.at, zone)}  {who}: {step.after}{note}"


SHARES: tuple[Column[ShareRow], ...] = (
    Column(
        "Pegawai",
        lambda share: share.person,
        icon=lambda share: ICONS[share.state],
        tone=lambda share: "bad" if share.overdue else TONES[share.state],
        tip=lambda share: f"{share.person}: {share.state.value}",
        width=174,
    ),
    Column("Diterima", _progress, lambda share: share.accepted / share.quantity, width=80),
    Column("Keadaan", lambda share: share.state.value, width=96),
)
REPORTS: tuple[Column[ReportRow], ...] = (
    Column("Tanggal", lambda row: labels.brief_day(row.day), lambda row: row.day, width=72),
    Column("Pegawai", lambda row: row.person, width=122),
    Column(
        "Keadaan",
        lambda row: row.state.value,
        tone=lambda row: report_pane.TONES[row.state],
        width=96,
    ),
    Column(
        "Nilai",
        lambda row: labels.number(row.rating),
        lambda row: row.rating,
        align="right",
        width=56,
    ),
)
