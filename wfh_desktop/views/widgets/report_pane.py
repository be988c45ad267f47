"""One report as the head reads it before deciding, with the ways to decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.work_reports import LONGEST_REASON, ReportState
from wfh_desktop.services import history
from wfh_desktop.services.history import StepRow
from wfh_desktop.services.report_rows import ReportRow
from wfh_desktop.views import labels
from wfh_desktop.views.widgets.scroll_room import ScrollRoom
from wfh_desktop.views.widgets.status_pill import StatusPill

RATINGS = {
    1: "Sangat kurang (mutu 50)",
    2: "Kurang (mutu 60)",
    3: "Cukup (mutu 75)",
    4: "Baik (mutu 90)",
    5: "Sangat baik (mutu 100)",
}
STEPS = {
    ReportState.DRAFT: "ditulis",
    ReportState.SUBMITTED: "dikirim",
    ReportState.RETURNED: "dikembalikan",
    ReportState.ACCEPTED: "diterima",
    ReportState.WITHDRAWN: "dibatalkan",
}
TONES = {
    ReportState.DRAFT: "neutral",
    ReportState.SUBMITTED: "attention",
    ReportState.RETURNED: "bad",
    ReportState.ACCEPTED: "good",
    ReportState.WITHDRAWN: "neutral",
}


class ReportPane(QFrame):
    """Shows a report; `rated` carries 1 to 5, `returned` the reason typed after `ask_reason`."""

    rated = Signal(int)
    returned = Signal(str)
    left = Signal()  # Escape in the reason: back to the queue

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.title_label = _text("heading")
        self.subtitle_label = _text("muted")
        self.pill = StatusPill()
        self.text_label = _text("")
        self.text_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = QFormLayout()
        self.facts.setHorizontalSpacing(16)
        self.steps_label = _text("caption")
        self.rating_buttons = QButtonGroup(self)
        self.rating_row = QWidget()
        self._shown = 0  # the number of the report
        self._reasons: dict[int, str] = {}  # given so far, by report
        self.reason_edit = QLineEdit()
        self.reason_edit.setPlaceholderText("Alasan dikembalikan, lalu Enter; Esc batal")
        self.reason_edit.setAccessibleName("Alasan dikembalikan")
        self.reason_edit.setMaxLength(LONGEST_REASON)
        self.reason_edit.installEventFilter(self)
        self._lay_out()
        self.rating_buttons.idClicked.connect(self.rated)
        self.reason_edit.returnPressed.connect(self._give_reason)
        self.clear()

    @property
    def rating(self) -> int | None:
        """The rating chosen, if any."""
        chosen = self.rating_buttons.checkedId()
        return chosen if chosen > 0 else None

    def show_report(self, row: ReportRow) -> None:
        """Show *row*; what is known of its day and its life comes later."""
        self._shown = row.id
        self.title_label.setText(row.task)
        self.subtitle_label.setText(_aim(row))
        self.subtitle_label.show()
        self.pill.show_state(row.state.value, TONES[row.state])
        self.text_label.setText(row.text)
        self._show_facts(_facts(row))
        self.steps_label.clear()
        self.reason_edit.hide()
        self.reason_edit.clear()
        self.rating_row.setVisible(row.state in {ReportState.SUBMITTED, ReportState.ACCEPTED})
        self.choose_rating(row.rating if row.state is ReportState.ACCEPTED else None)

    def show_steps(self, steps: Sequence[StepRow], zone: Zone, presence: str = "") -> None:
        """Add the person's presence on that day, and the life of the report."""
        if presence:
            self._add_fact("Presensi hari itu", presence)
        self.steps_label.setText("\n".join(_step(step, zone) for step in steps))

    def clear(self) -> None:
        """Show that there is nothing to decide."""
        self.title_label.setText("Tidak ada laporan yang dipilih")
        for label in (self.subtitle_label, self.text_label, self.steps_label):
            label.clear()
        self.subtitle_label.hide()
        self.pill.hide()
        self._show_facts(())
        self.rating_row.hide()
        self.reason_edit.hide()
        self.choose_rating(None)

    def choose_rating(self, rating: int | None) -> None:
        """Mark *rating*, or none."""
        self.rating_buttons.setExclusive(False)
        for number in RATINGS:
            self.rating_buttons.button(number).setChecked(number == rating)
        self.rating_buttons.setExclusive(True)

    def ask_rating(self) -> None:
        """Move to the ratings, because none is chosen yet."""
        self.rating_buttons.button(3).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_reason(self) -> None:
        """Ask why the report goes back; what was given before and refused stands there again."""
        self.reason_edit.setText(self._reasons.get(self._shown, ""))
        self.reason_edit.selectAll()
        self.reason_edit.show()
        self.reason_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def sizeHint(self) -> QSize:
        return QSize(380, 400)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self.reason_edit and event.type() == QEvent.Type.KeyPress and escape:
            self.reason_edit.hide()
            self.left.emit()
            return True
        return False

    def _lay_out(self) -> None:
        ratings = QHBoxLayout(self.rating_row)
        ratings.setContentsMargins(0, 0, 0, 0)
        caption = QLabel("Nilai")
        caption.setProperty("role", "muted")
        ratings.addWidget(caption)
        for number, told in RATINGS.items():
            button = QPushButton(str(number))
            button.setCheckable(True)
            button.setToolTip(f"{told} ({number})")
            button.setAccessibleName(f"Nilai {number}: {told}")
            self.rating_buttons.addButton(button, number)
            ratings.addWidget(button)
        ratings.addStretch()
        scroll = ScrollRoom()
        body = scroll.body
        body.setSpacing(12)
        body.addWidget(self.text_label)
        body.addLayout(self.facts)
        body.addWidget(self.steps_label)
        body.addStretch()
        scroll.setAccessibleName("Isi laporan")
        head = QHBoxLayout()
        head.addWidget(self.title_label, 1)
        head.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 8, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.subtitle_label)
        layout.addWidget(self.rating_row)  # not at the foot, where toasts appear
        layout.addWidget(self.reason_edit)
        layout.addWidget(scroll, 1)

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for name, value in facts:
            self._add_fact(name, value)

    def _add_fact(self, name: str, value: str) -> None:
        caption, told = _text("muted"), _text("")
        caption.setText(name)
        caption.setWordWrap(False)
        told.setText(value)
        self.facts.addRow(caption, told)

    def _give_reason(self) -> None:
        self._reasons[self._shown] = self.reason_edit.text()
        self.returned.emit(self.reason_edit.text())


def _text(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _aim(row: ReportRow) -> str:
    parts = [f"Target: {row.target}" if row.target else "Tanpa target"]
    if row.output:
        parts.append(f"keluaran {row.output}")
    return " · ".join([*parts, f"tenggat {labels.short_day(row.due)}"])


def _facts(row: ReportRow) -> list[tuple[str, str]]:
    quantity = f"{labels.number(row.quantity)} dari {labels.number(row.asked)} {row.measure}"
    facts = [
        ("Pegawai", row.person),
        ("Tanggal kerja", labels.weekday(row.day)),
        ("Kuantitas", quantity.strip()),
        ("Waktu", f"terlambat {row.late_days} hari" if row.late_days else "tepat"),
    ]
    if row.starts and row.ends:
        facts.insert(2, ("Jam", f"{labels.clock(row.starts)}–{labels.clock(row.ends)}"))
    if row.no_evidence:
        facts.append(("Tanpa eviden", row.no_evidence))
    if row.reason:
        facts.append(("Alasan dikembalikan", row.reason))
    if row.rating is not None:
        facts.append(("Nilai", f"{row.rating}: {RATINGS[row.rating]}"))
    return facts


def _step(step: StepRow, zone: Zone) -> str:
    taken_back = step.note == history.TAKEN_BACK
    done = "diurungkan" if taken_back else STEPS[ReportState(step.after)]
    note = f": {step.note}" if step.note and not taken_back else ""
    return f"{labels.moment(step.at, zone)}  {done} oleh {step.actor}{note}"
