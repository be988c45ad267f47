"""The page on which the head reviews reports: queue, report and evidence side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from wfh_desktop.domain.attendance import PersonDay
from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.errors import NotFound, Refusal
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.work_reports import EDITABLE, ReportState
from wfh_desktop.forms.work_reports_page import Ui_WorkReportsPage
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Employee, Evidence, Task, WorkReport
from wfh_desktop.services import attendance, clock, evidence, evidence_files, work_reports
from wfh_desktop.services.evidence import EvidenceFile
from wfh_desktop.services.history import StepRow
from wfh_desktop.services.report_rows import ReportRow
from wfh_desktop.views import errors, labels, outside
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.dialogs.report import ReportDialog
from wfh_desktop.views.page import Page, Place, permit
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.report_pane import RATINGS, TONES

WAITING = (ReportState.SUBMITTED,)
FILTERS = {
    "Menunggu": WAITING,
    "Dikembalikan": (ReportState.RETURNED,),
    "Diterima": (ReportState.ACCEPTED,),
    "Konsep": (ReportState.DRAFT,),
    "Dibatalkan": (ReportState.WITHDRAWN,),
    "Semua": tuple(ReportState),
}
KEYS = "↑ ↓ pindah   Enter terima   R kembalikan   1–5 nilai   U urungkan"
WIDTHS = [380, 460, 360]


@dataclass(frozen=True)
class Decision:
    """What was decided in this session, so that it can be taken back."""

    key: int
    version: int
    person: str


@dataclass(frozen=True)
class Look:
    """What is fetched when a report is looked at."""

    files: Sequence[EvidenceFile]
    steps: Sequence[StepRow]
    zone: Zone
    presence: str


class WorkReportsPage(Page):
    """Enter accepts with the rating chosen by 1 to 5, R returns, U takes back; arrows move on."""

    key = "work_reports"
    title = "Laporan"
    icon = "work_reports"
    watches = frozenset({WorkReport, Evidence, Task, Employee})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_WorkReportsPage()
        self.ui.setupUi(self)
        self.decisions: list[Decision] = []
        self._sent: set[int] = set()  # decided, and the answer is on its way
        self._wanted: int | None = None  # the report to select once the list is there
        self._since: float | None = None  # when this session's first decision could begin
        self.model = TableModel[ReportRow](COLUMNS, self)
        self.ui.table.attach(self.model, "work_reports")
        self.ui.table.stretch(1)
        self.ui.splitter.setSizes(WIDTHS)
        self.setFocusProxy(self.ui.table)
        for text in FILTERS:
            self.ui.state_box.addItem(text)
        self._make_menu()
        self._connect()

    @override
    def reload(self) -> None:
        scope = self.context.scope
        states = FILTERS[self.ui.state_box.currentText()]
        self.load(
            partial(
                work_reports.listing, unit_id=scope.unit_id, period=scope.period, states=states
            ),
            self._show,
        )

    @override
    def visit(self, place: Place) -> None:
        self._wanted = place.key
        self.ui.search_edit.clear()
        wanted = "Semua" if place.key is not None else "Menunggu"
        if self.ui.state_box.currentText() == wanted:
            self.refresh()
        self.ui.state_box.setCurrentText(wanted)
        self.ui.table.setFocus()

    @override
    def state_changed(self) -> None:
        self._permit()

    def _make_menu(self) -> None:
        self.undo_action = QAction("&Urungkan keputusan terakhir\tU", self)
        self.withdraw_action = QAction("&Batalkan laporan…", self)
        menu = QMenu(self)
        menu.addActions([self.undo_action, self.withdraw_action])
        self.ui.more_button.setMenu(menu)

    def _connect(self) -> None:
        ui = self.ui
        ui.state_box.currentTextChanged.connect(self.refresh)
        ui.search_edit.textChanged.connect(ui.table.set_filter)
        ui.table.selected_changed.connect(self._look)
        ui.table.opened.connect(self._accept)
        ui.table.shown_changed.connect(self._count)
        ui.add_button.clicked.connect(self._add)
        ui.edit_button.clicked.connect(self._edit)
        ui.accept_button.clicked.connect(self._accept)
        ui.return_button.clicked.connect(self._ask_reason)
        ui.report_pane.rated.connect(self._rate)
        ui.report_pane.returned.connect(self._return)
        ui.report_pane.left.connect(ui.table.setFocus)
        ui.evidence_view.open_asked.connect(self._open_outside)
        ui.empty_state.asked.connect(self._add)
        self.undo_action.triggered.connect(self.undo)
        self.withdraw_action.triggered.connect(self._ask_to_withdraw)
        keys: dict[str, Callable[[], object]] = {"R": self._ask_reason, "U": self.undo}
        keys |= {str(number): partial(self._press_rating, number) for number in RATINGS}
        for sequence, act in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show(self, rows: list[ReportRow]) -> None:
        there = {row.id for row in rows if row.state is ReportState.SUBMITTED}
        self._sent &= there
        self.model.show([row for row in rows if row.id not in self._sent])
        table = self.ui.table
        if self._wanted is not None and table.select_key(self._wanted):
            self._wanted = None
        elif table.selected() is None and table.shown:
            table.selectRow(0)
        self._show_emptiness()
        self._count()
        self._permit()

    def _show_emptiness(self) -> None:
        ui, month = self.ui, labels.month(self.context.scope.period)
        ui.stack.setCurrentWidget(ui.list_room if self.model.rows else ui.empty_state)
        if self.model.rows:
            return
        if ui.state_box.currentText() == "Menunggu":
            ui.empty_state.say(
                f"Tidak ada laporan {month} yang menunggu keputusan.", "Catat laporan", "good"
            )
        else:
            ui.empty_state.say(f"Tidak ada laporan {month} dengan keadaan ini.", "Catat laporan")

    def _count(self) -> None:
        shown = self.ui.table.shown
        waiting = sum(row.state is ReportState.SUBMITTED for row in self.model.rows)
        self.ui.waiting_pill.show_state(f"{waiting} menunggu", "attention")
        self.ui.waiting_pill.setVisible(waiting > 0)
        parts = [KEYS, f"{len(shown)} laporan"]
        if self.decisions and self._since is not None:
            seconds = round((monotonic() - self._since) / len(self.decisions))
            parts.append(f"{len(self.decisions)} diputuskan, rata-rata {seconds} detik")
        self.ui.footer_label.setText("  ·  ".join(parts))

    def _look(self, row: ReportRow | None) -> None:
        self._permit()
        if row is None:
            self.ui.report_pane.clear()
            self.ui.evidence_view.say("")
            return
        self._since = self._since or monotonic()
        self.ui.report_pane.show_report(row)
        self.ui.evidence_view.say("" if row.files else _why_none(row))
        task = partial(_fetch, row=row, unit_id=self.context.scope.unit_id)
        self.context.jobs.run(self, task, partial(self._looked, row.id))

    def _looked(self, key: int, look: Look) -> None:
        row = self.ui.table.selected()
        if row is None or row.id != key:  # another was chosen meanwhile
            return
        self.ui.report_pane.show_steps(look.steps, look.zone, look.presence)
        if look.files:
            self.ui.evidence_view.show_files(look.files)

    def _permit(self) -> None:
        """Enable what the report's state, the month and the actor's rights allow."""
        row: ReportRow | None = self.ui.table.selected()
        rights, ui = self.context.actor.rights, self.ui
        locked = ""
        if self.context.scope.locked:
            locked = f"{labels.month(self.context.scope.period)} sudah dikunci"
        head = locked or ("" if Right.REVIEW in rights else "Hanya pimpinan yang memutuskan")
        clerk = locked or ("" if Right.RECORD in rights else "Anda tidak berwenang mencatat")
        waits = row is not None and row.state is ReportState.SUBMITTED
        decide = head or ("" if waits else "Pilih laporan yang menunggu keputusan")
        permit(ui.accept_button, decide)
        permit(ui.return_button, decide)
        permit(ui.add_button, clerk)
        permit(ui.empty_state.action_button, clerk)
        open_to_edit = row is not None and row.state in EDITABLE
        permit(ui.edit_button, clerk or ("" if open_to_edit else "Pilih konsep atau yang kembali"))
        self.undo_action.setEnabled(bool(self.decisions) and not head)
        self.withdraw_action.setEnabled(not clerk and (waits or open_to_edit))

    def _press_rating(self, rating: int) -> None:
        if self.ui.report_pane.rating_row.isVisible():
            self.ui.report_pane.choose_rating(rating)
            self._rate(rating)

    def _rate(self, rating: int) -> None:
        """Give an accepted report another rating; for a waiting one it is only chosen."""
        self.ui.message_bar.clear()
        self.ui.table.setFocus()
        row: ReportRow | None = self.ui.table.selected()
        if row is None or row.state is not ReportState.ACCEPTED or row.rating == rating:
            return
        task = partial(work_reports.rate, key=row.id, version=row.version, rating=rating)
        self.context.jobs.run(
            self, task, lambda _: toast.say(self, f"Nilai menjadi {rating}: {row.person}")
        )

    def _accept(self, _: object = None) -> None:
        row = self._decidable()
        if row is None:
            return
        rating = self.ui.report_pane.rating
        if rating is None:
            self.ui.message_bar.say("Pilih nilai 1 sampai 5, lalu tekan Enter.", "attention")
            self.ui.report_pane.ask_rating()
            return
        task = partial(work_reports.accept, key=row.id, version=row.version, rating=rating)
        self._decide(row, task, f"Diterima, nilai {rating}: {row.person}")

    def _ask_reason(self) -> None:
        if self._decidable() is not None:
            self.ui.report_pane.ask_reason()

    def _return(self, reason: str) -> None:
        row = self._decidable()
        if row is None:
            return
        if not reason.strip():
            self.ui.message_bar.say("Tulis satu baris alasan.", "attention")
            return
        task = partial(work_reports.send_back, key=row.id, version=row.version, reason=reason)
        self._decide(row, task, f"Dikembalikan: {row.person}")

    def _decidable(self) -> ReportRow | None:
        """Return the report that may be decided now, if the buttons allow it."""
        row: ReportRow | None = self.ui.table.selected()
        if row is None or row.id in self._sent or not self.ui.accept_button.isEnabled():
            return None
        return row

    def _decide(self, row: ReportRow, task: Callable[[Work], int], told: str) -> None:
        """Send a decision and move on at once; the queue keeps its place."""
        self.ui.message_bar.clear()
        self._sent.add(row.id)
        self._move_on(row)
        self.context.jobs.run(
            self, task, partial(self._decided, row, told), refused=partial(self._refused, row.id)
        )

    def _move_on(self, row: ReportRow) -> None:
        shown = self.ui.table.shown
        place = [one.id for one in shown].index(row.id)
        order = [*range(place + 1, len(shown)), *range(place - 1, -1, -1)]
        following = next((number for number in order if shown[number].id not in self._sent), None)
        self.ui.table.setFocus()
        if following is not None:
            self.ui.table.selectRow(following)

    def _decided(self, row: ReportRow, told: str, version: int) -> None:
        self.decisions.append(Decision(row.id, version, row.person))
        toast.say(self, told, self.undo)
        self._count()
        self._permit()

    def _refused(self, key: int, refusal: Refusal) -> None:
        self._sent.discard(key)
        self._wanted = key
        self.refresh()
        errors.show(self, refusal)

    def undo(self) -> None:
        """Take the last decision of this session back, as a new decision on record."""
        if not self.decisions:
            self.ui.message_bar.say("Belum ada keputusan yang dapat diurungkan.", "neutral")
            return
        last = self.decisions.pop()
        self._wanted = last.key
        self.context.jobs.run(
            self,
            partial(work_reports.undo, key=last.key, version=last.version),
            lambda _: toast.say(self, f"Diurungkan: {last.person}"),
        )

    def _ask_to_withdraw(self) -> None:
        row: ReportRow | None = self.ui.table.selected()
        if row is None:
            return
        question = f"Laporan {row.person} tidak dihitung lagi, tetapi tetap tersimpan."
        dialog = ReasonDialog("Batalkan laporan", question, "Batalkan laporan", self)
        dialog.given.connect(partial(self._withdraw, row))
        dialog.open()

    def _withdraw(self, row: ReportRow, reason: str) -> None:
        task = partial(work_reports.withdraw, key=row.id, version=row.version, reason=reason)
        self.context.jobs.run(self, task, partial(self._decided, row, "Laporan dibatalkan"))

    def _add(self) -> None:
        if self.ui.add_button.isEnabled():
            self._open(None)

    def _edit(self) -> None:
        self._open(self.ui.table.selected())

    def _open(self, row: ReportRow | None) -> None:
        dialog = ReportDialog(self.context, row, self)
        dialog.saved.connect(self._saved)
        dialog.open()

    def _open_outside(self, key: int) -> None:
        self.context.jobs.run(self, partial(evidence_files.lay_out, key=key), outside.show)

    def _saved(self, key: int, told: str) -> None:
        self._wanted = key
        toast.say(self, told)


def _fetch(work: Work, row: ReportRow, unit_id: int) -> Look:
    """Return files, history and the person's presence on the day of a report."""
    details = work_reports.details(work, row.id)
    files = evidence.content(work, row.id) if details.files else []
    try:
        verdict = attendance.day(work, unit_id, row.employee_id, row.day).verdict
    except NotFound:  # in another unit by now
        presence = ""
    else:
        presence = _presence(verdict)
    return Look(files, details.steps, clock.zone(work, row.unit_id), presence)


def _presence(verdict: PersonDay) -> str:
    """Return a day in a few words: WFH, 07.31–16.16."""
    where = verdict.workplace.value if verdict.workplace else verdict.status.value
    if verdict.time_in is None and verdict.time_out is None:
        return where
    return f"{where}, {labels.clock(verdict.time_in)}–{labels.clock(verdict.time_out)}"


def _why_none(row: ReportRow) -> str:
    return f"Tanpa eviden: {row.no_evidence}" if row.no_evidence else "Belum ada eviden."


ICONS = {
    ReportState.DRAFT: "edit",
    ReportState.RETURNED: "return",
    ReportState.ACCEPTED: "good",
    ReportState.WITHDRAWN: "refuse",
}
COLUMNS: tuple[Column[ReportRow], ...] = (
    Column(
        "Pegawai",
        lambda row: row.person,
        icon=lambda row: "" if row.state is ReportState.SUBMITTED else ICONS[row.state],
        tone=lambda row: "" if row.state is ReportState.SUBMITTED else TONES[row.state],
        tip=lambda row: f"{row.person}\n{row.state.value}",
        width=142,
    ),
    Column("Tugas", lambda row: row.task, tip=lambda row: f"{row.task}\n{row.text}", width=146),
    Column(
        "Dikirim",
        lambda row: labels.brief_day(row.submitted_on),
        lambda row: row.submitted_on,
        width=64,
    ),
)
