"""The page on which tasks are given and followed until they are done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain.people import Right
from wfh_desktop.domain.tasks import OPEN, TaskState
from wfh_desktop.forms.tasks_page import Ui_TasksPage
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Assignment, Employee, Target, Task, WorkReport
from wfh_desktop.services import clock, tasks, work_reports
from wfh_desktop.services.task_rows import ShareRow, TaskRow
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.dialogs.task import TaskDialog
from wfh_desktop.views.page import Page, Place, permit
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.task_panel import ICONS, TONES, TaskDetails, TaskPanel

EVERYTHING = "Semua"
OVERDUE = "Lewat tenggat"
FILTERS: dict[str, Callable[[TaskRow], bool]] = {
    "Belum selesai": lambda row: row.state in OPEN,
    OVERDUE: lambda row: row.overdue,
    "Menunggu keputusan": lambda row: row.waiting > 0,
    "Selesai": lambda row: row.state is TaskState.DONE,
    "Dibatalkan": lambda row: row.state is TaskState.CANCELLED,
    EVERYTHING: lambda _: True,
}
PANEL = 400
NAMED = 2  # people whose names stand in the table; of more only the number


class TasksPage(Page):
    """Lists the month's tasks; the panel shows who has one and what was reported."""

    key = "tasks"
    title = "Tugas"
    icon = "tasks"
    watches = frozenset({Task, Assignment, WorkReport, Target, Employee})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_TasksPage()
        self.ui.setupUi(self)
        self.rows: list[TaskRow] = []
        self._wanted: int | None = None  # the task to select once the list is there
        self.model = TableModel[TaskRow](COLUMNS, self)
        self.ui.table.attach(self.model, "tasks")
        self.ui.table.stretch(1, 2)
        self.panel = TaskPanel()
        self.ui.side_panel.body.addWidget(self.panel)
        self.ui.side_panel.hide()
        self.ui.splitter.setStretchFactor(0, 1)
        self.ui.splitter.setSizes([1000, PANEL])
        self.setFocusProxy(self.ui.table)
        for text in FILTERS:
            self.ui.state_box.addItem(text)
        self._connect()

    @override
    def reload(self) -> None:
        scope = self.context.scope
        self.load(partial(tasks.listing, unit_id=scope.unit_id, period=scope.period), self._show)

    @override
    def visit(self, place: Place) -> None:
        self.ui.search_edit.clear()
        if place.key is not None:
            self._wanted = place.key
            self.ui.state_box.setCurrentText(EVERYTHING)
            self._select_wanted()
        elif place.part == "overdue":
            self.ui.state_box.setCurrentText(OVERDUE)
        self.ui.table.setFocus()

    @override
    def state_changed(self) -> None:
        self._permit()

    def _connect(self) -> None:
        ui = self.ui
        ui.state_box.currentTextChanged.connect(self._filter)
        ui.search_edit.textChanged.connect(ui.table.set_filter)
        ui.table.selected_changed.connect(self._look)
        ui.table.opened.connect(self._enter_panel)
        ui.table.shown_changed.connect(self._count)
        ui.add_button.clicked.connect(self._add)
        ui.edit_button.clicked.connect(self._edit)
        ui.cancel_button.clicked.connect(self._ask_to_cancel)
        ui.empty_state.asked.connect(self._add)
        ui.side_panel.closed.connect(ui.table.setFocus)
        self.panel.report_asked.connect(self._show_report)
        self.panel.share_chosen.connect(self._name_cancelling)

    def _show(self, rows: list[TaskRow]) -> None:
        self.rows = rows
        ui = self.ui
        ui.stack.setCurrentWidget(ui.list_room if rows else ui.empty_state)
        if not rows:
            month = labels.month(self.context.scope.period)
            ui.empty_state.say(
                f"Belum ada tugas pada {month}. Beri satu tugas kepada satu atau banyak pegawai; "
                "laporan dan penilaian mengikutinya.",
                "Tugas baru",
                "tasks",
            )
        overdue = sum(row.overdue for row in rows)
        ui.overdue_pill.show_state(f"{overdue} lewat tenggat", "bad")
        ui.overdue_pill.setVisible(overdue > 0)
        self._filter()
        self._permit()

    def _filter(self) -> None:
        passes = FILTERS[self.ui.state_box.currentText()]
        self.model.show([row for row in self.rows if passes(row)])
        self._select_wanted()
        self._count()

    def _select_wanted(self) -> None:
        if self._wanted is not None and self.ui.table.select_key(self._wanted):
            self._wanted = None

    def _count(self) -> None:
        shown = self.ui.table.shown
        parts = [f"{len(shown)} dari {len(self.rows)} tugas"]
        waiting = sum(row.waiting for row in shown)
        if waiting:
            parts.append(f"{waiting} laporan menunggu keputusan")
        self.ui.footer_label.setText("  ·  ".join(parts))

    def _look(self, row: TaskRow | None) -> None:
        self._permit()
        if row is None:
            self.ui.side_panel.hide()
            return
        self.ui.side_panel.show_title(row.title)
        self.panel.show_task(row)
        self.ui.side_panel.show()
        self.context.jobs.run(self, partial(_fetch, key=row.id), self._looked)

    def _looked(self, details: TaskDetails) -> None:
        row: TaskRow | None = self.ui.table.selected()
        if row is not None and row.id == details.row.id:  # else another was chosen meanwhile
            self.panel.show_details(details)

    def _enter_panel(self, _: TaskRow) -> None:
        self.panel.people_table.setFocus()

    def _permit(self) -> None:
        row: TaskRow | None = self.ui.table.selected()
        may = "" if Right.ASSIGN in self.context.actor.rights else "Hanya pimpinan memberi tugas"
        chosen = may or ("" if row else "Pilih satu tugas")
        living = chosen or ("Tugas ini sudah dibatalkan" if row and row.cancelled else "")
        for button in (self.ui.add_button, self.ui.empty_state.action_button):
            permit(button, may)
        permit(self.ui.edit_button, living)
        permit(self.ui.cancel_button, living)
        self._name_cancelling()

    def _name_cancelling(self, share: ShareRow | None = None) -> None:
        """Say on the button whether the task or one person's share would end."""
        alone = share is not None and share.state in OPEN
        self.ui.cancel_button.setText("&Batalkan bagian" if alone else "&Batalkan")

    def _show_report(self, key: int) -> None:
        self.navigate.emit(Place("work_reports", "report", key))

    def _add(self) -> None:
        if self.ui.add_button.isEnabled():
            self._open(None)

    def _edit(self) -> None:
        self._open(self.ui.table.selected())

    def _open(self, row: TaskRow | None) -> None:
        dialog = TaskDialog(self.context, row, self)
        dialog.saved.connect(partial(self._saved, row is None))
        dialog.open()

    def _saved(self, new: bool, key: int, told: str) -> None:
        self._wanted = key
        if new:
            self.ui.state_box.setCurrentIndex(0)
        toast.say(self, told, partial(self._take_back, key) if new else None)

    def _take_back(self, key: int) -> None:
        """Undo a task just given: it is cancelled, with that reason."""
        row = next((one for one in self.rows if one.id == key), None)
        if row is not None:
            task = partial(tasks.cancel, key=key, version=row.version, reason="Diurungkan")
            self.context.jobs.run(self, task, lambda _: toast.say(self, "Tugas diurungkan"))

    def _ask_to_cancel(self) -> None:
        row: TaskRow | None = self.ui.table.selected()
        if row is None:
            return
        share = self.panel.selected_share()
        if share is not None and share.task_id == row.id and share.state in OPEN:
            question = f"Tugas ini tidak lagi harus dikerjakan {share.person}."
            act = partial(self._cancel_share, share)
        else:
            question = "Tugas berakhir bagi semua yang belum selesai. Laporannya tetap tersimpan."
            act = partial(self._cancel, row)
        dialog = ReasonDialog("Batalkan tugas", question, "Batalkan tugas", self)
        dialog.given.connect(act)
        dialog.open()

    def _cancel(self, row: TaskRow, reason: str) -> None:
        task = partial(tasks.cancel, key=row.id, version=row.version, reason=reason)
        self.context.jobs.run(self, task, partial(self._cancelled, row.id))

    def _cancelled(self, key: int, version: int) -> None:
        reopen = partial(tasks.reopen, key=key, version=version)
        toast.say(self, "Tugas dibatalkan", partial(self.context.jobs.run, self, reopen))

    def _cancel_share(self, share: ShareRow, reason: str) -> None:
        task = partial(tasks.cancel_share, key=share.id, version=share.version, reason=reason)
        self.context.jobs.run(
            self, task, lambda _: toast.say(self, f"Tugas dibatalkan bagi {share.person}")
        )


def _fetch(work: Work, key: int) -> TaskDetails:
    row, steps = tasks.details(work, key)
    return TaskDetails(row, steps, work_reports.of_task(work, key), clock.zone(work, row.unit_id))


def _people(row: TaskRow) -> str:
    names = [share.person for share in row.shares if share.state is not TaskState.CANCELLED]
    rest = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + rest


COLUMNS: tuple[Column[TaskRow], ...] = (
    Column(
        "Keadaan",
        lambda row: OVERDUE.lower() if row.overdue else row.state.value,
        lambda row: (not row.overdue, list(TaskState).index(row.state)),
        icon=lambda row: "bad" if row.overdue else ICONS[row.state],
        tone=lambda row: "bad" if row.overdue else TONES[row.state],
        width=134,
    ),
    Column(
        "Tugas",
        lambda row: row.title,
        tip=lambda row: f"{row.title}\nKeluaran: {row.output or labels.NONE}",
        width=192,
    ),
    Column(
        "Pegawai",
        _people,
        tip=lambda row: "\n".join(share.person for share in row.shares),
        width=130,
    ),
    Column(
        "Selesai",
        lambda row: f"{row.done} / {row.asked}",
        lambda row: row.done / (row.asked or 1),
        align="right",
        width=74,
    ),
    Column(
        "Menunggu",
        lambda row: str(row.waiting or ""),
        lambda row: row.waiting,
        align="right",
        tone=lambda row: "attention" if row.waiting else "",
        width=92,
    ),
    Column(
        "Tenggat",
        lambda row: labels.brief_day(row.due),
        lambda row: row.due,
        tone=lambda row: "bad" if row.overdue else "",
        tip=lambda row: labels.weekday(row.due),
    ),
)
