"""One day of one person in the side panel: what is known, how it counts, and correcting it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from wfh_desktop import words
from wfh_desktop.domain.attendance import Status, Workplace, typed
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.people import Right
from wfh_desktop.forms.day_panel import Ui_DayPanel
from wfh_desktop.services import attendance, attendance_entry
from wfh_desktop.services.attendance import CorrectionRow, DayDetails, EntryRow
from wfh_desktop.services.attendance_entry import CorrectionDraft, Said
from wfh_desktop.services.attendance_plan import shown
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.page import permit
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.day_marks import described
from wfh_desktop.views.widgets.fields import show_problems

# What a day can be corrected to: the words in the list, the status, the place of work.
CHOICES: tuple[tuple[str, Status | None, Workplace | None], ...] = (
    ("Menurut jam di bawah", None, None),
    ("Hadir (tanpa potongan)", Status.PRESENT, None),
    ("Hadir WFH (tanpa potongan)", Status.PRESENT, Workplace.HOME),
    ("Dinas luar", Status.DUTY, None),
    ("Sakit", Status.SICK, None),
    ("Izin", Status.PERMIT, None),
    ("Cuti", Status.LEAVE, None),
    ("Tanpa keterangan", Status.ABSENT, None),
    ("Libur", Status.HOLIDAY, None),
)
TONES = {
    Status.PRESENT: "good",
    Status.ABSENT: "bad",
    Status.UNCLEAR: "attention",
}
ACTIONS = {
    "day.entered": "mengisi",
    "day.corrected": "mengoreksi",
    "day.correction_withdrawn": "menarik koreksi",
    "day.correction_restored": "memulihkan koreksi",
}


class DayPanel(QWidget):
    """Shows a day and takes its correction; `loaded` tells the page whose it is."""

    loaded = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.details: DayDetails | None = None
        self._wanted: tuple[int, date] | None = None
        self._ask = False
        self.ui = Ui_DayPanel()
        self.ui.setupUi(self)
        icons.dress(self)
        for text, *_ in CHOICES:
            self.ui.status_combo.addItem(text)
        for kind in LeaveKind:
            self.ui.leave_combo.addItem(f"{kind} · {words.LEAVES[kind]}", kind)
        self.ui.status_combo.currentIndexChanged.connect(self._suit_fields)
        self.ui.save_button.clicked.connect(self._save)
        self.ui.reason_edit.returnPressed.connect(self._save)
        self.ui.evidence_edit.returnPressed.connect(self._save)

    def show_day(self, employee_id: int, day: date, *, ask: bool = False) -> None:
        """Fetch and show a day; *ask* puts the cursor into the form."""
        self._wanted = employee_id, day
        self._ask = self._ask or ask
        self.context.jobs.run(
            self,
            partial(
                attendance.day,
                unit_id=self.context.scope.unit_id,
                employee_id=employee_id,
                day=day,
            ),
            partial(self._show, self._wanted),
            refused=self._gone,
        )

    def permit(self) -> None:
        """Allow corrections where month and rights do, and say why not."""
        refusal = ""
        if Right.RECORD not in self.context.actor.rights:
            refusal = "Anda tidak berwenang mengoreksi presensi"
        elif self.context.scope.locked:
            refusal = "Bulan ini sudah dikunci; buka revisi di halaman TPP"
        permit(self.ui.save_button, refusal)
        self.ui.form_box.setEnabled(not refusal)
        for button in self.findChildren(QPushButton, "correction_button"):
            permit(button, refusal)

    def _show(self, wanted: tuple[int, date], details: DayDetails) -> None:
        if wanted != self._wanted:  # another day was chosen meanwhile
            return
        fresh = self.details is None or _place(self.details) != wanted
        self.details = details
        ui, verdict = self.ui, details.verdict
        ui.status_pill.show_state(described(verdict), TONES.get(verdict.status, "neutral"))
        question = verdict.question
        ui.question_label.setText(words.cause(question) if question else "")
        ui.question_label.setVisible(question is not None)
        causes = [words.cause(fact) for fact in verdict.cause if fact is not question]
        _say(ui.cause_label, causes)
        original = details.original
        _say(ui.original_label, [f"Aslinya: {described(original)}."] if original else [])
        _say(ui.sources_label, list(_sources(details)), ui.sources_head)
        _say(ui.history_label, list(_history(details)), ui.history_head)
        self._show_corrections()
        if fresh:
            self._fill()
        self.permit()
        if self._ask:
            self._ask = False
            ui.status_combo.setFocus()
            ui.scroll_area.ensureWidgetVisible(ui.save_button)
            ui.scroll_area.ensureWidgetVisible(ui.status_combo)
        self.loaded.emit()

    def _gone(self, _: Refusal) -> None:
        self._wanted = None
        self.details = None
        self.setEnabled(False)

    def _show_corrections(self) -> None:
        layout = self.ui.corrections_layout
        while item := layout.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        corrections = self.details.corrections if self.details else ()
        for row in corrections:
            layout.addWidget(self._correction(row))
        self.ui.corrections_head.setVisible(bool(corrections))

    def _correction(self, row: CorrectionRow) -> QWidget:
        card = QWidget()
        layout = QVBoxLayout(card)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(2)
        said = Said(row.status, row.workplace, row.time_in, row.time_out, row.leave)
        when = f"{labels.short_day(row.at.date())} {labels.clock(row.at.time())}"
        lines = [f"{_capital(shown(said))}: {row.reason}", f"{row.actor}, {when}"]
        if row.evidence:
            lines.append(f"Bukti: {row.evidence}")
        text = QLabel("\n".join([*lines, *["Sudah ditarik."] * row.withdrawn]))
        text.setWordWrap(True)
        text.setProperty("role", "muted" if row.withdrawn else "")
        button = QPushButton("Pulihkan" if row.withdrawn else "Tarik koreksi")
        button.setObjectName("correction_button")
        button.setProperty("link", True)
        act = attendance_entry.restore if row.withdrawn else attendance_entry.withdraw
        button.clicked.connect(partial(self._change, partial(act, key=row.id, version=row.version)))
        layout.addWidget(text)
        layout.addWidget(button)
        return card

    def _change(self, task: partial[None], *_: object) -> None:
        self.context.jobs.run(self, task, self._reload)

    def _reload(self, _: object = None) -> None:
        if self._wanted:
            self.show_day(*self._wanted)

    def _fill(self) -> None:
        """Begin a correction with what is known of the day."""
        details = self.details
        if details is None:
            return
        held = next((row for row in details.corrections if not row.withdrawn), None)
        verdict = details.verdict
        ui = self.ui
        ui.status_combo.setCurrentIndex(_choice(held) if held else 0)
        ui.time_in_edit.setText(_clock(held.time_in if held else verdict.time_in))
        ui.time_out_edit.setText(_clock(held.time_out if held else verdict.time_out))
        if verdict.leave:
            ui.leave_combo.setCurrentIndex(list(LeaveKind).index(verdict.leave))
        ui.reason_edit.clear()
        ui.evidence_edit.clear()
        show_problems(self, ())
        self._suit_fields()

    def _suit_fields(self) -> None:
        """Show the fields that belong to the chosen status."""
        _, status, _ = CHOICES[self.ui.status_combo.currentIndex()]
        timed, leave = status in {None, Status.PRESENT}, status is Status.LEAVE
        for name in ("time_in_label", "time_in_edit", "time_out_label", "time_out_edit"):
            getattr(self.ui, name).setVisible(timed)
        for name in ("leave_label", "leave_combo"):
            getattr(self.ui, name).setVisible(leave)

    def _draft(self) -> CorrectionDraft:
        _, status, workplace = CHOICES[self.ui.status_combo.currentIndex()]
        timed = status in {None, Status.PRESENT}
        problems, clocks = [], []
        for name in ("time_in", "time_out"):
            try:
                clocks.append(typed.clock(getattr(self.ui, f"{name}_edit").text()))
            except Invalid as refusal:
                problems += [Problem(name, one.code, one.limits) for one in refusal.problems]
        if timed and problems:
            raise Invalid(problems)
        time_in, time_out = clocks if timed else (None, None)
        corrections = self.details.corrections if self.details else ()
        held = next((row for row in corrections if not row.withdrawn), None)
        return CorrectionDraft(
            reason=self.ui.reason_edit.text(),
            status=status,
            workplace=workplace,
            time_in=time_in,
            time_out=time_out,
            leave=self.ui.leave_combo.currentData() if status is Status.LEAVE else None,
            evidence=self.ui.evidence_edit.text(),
            replaces=held.id if held else None,
        )

    def _save(self) -> None:
        if self._wanted is None or self.details is None or not self.ui.save_button.isEnabled():
            return
        try:
            draft = self._draft()
        except Invalid as refusal:
            self._refused(refusal)
            return
        employee_id, day = self._wanted
        self.context.jobs.run(
            self,
            partial(
                attendance_entry.correct,
                unit_id=self.context.scope.unit_id,
                employee_id=employee_id,
                day=day,
                draft=draft,
            ),
            self._saved,
            refused=self._refused,
        )

    def _saved(self, key: int) -> None:
        self.details = None  # so that the form begins anew
        self._reload()
        undo = partial(attendance_entry.withdraw, key=key, version=1, reason="Diurungkan")
        toast.say(self, "Koreksi tersimpan", partial(self._change, undo))

    def _refused(self, refusal: Refusal) -> None:
        if not isinstance(refusal, Invalid):
            errors.show(self, refusal)
            return
        rest = show_problems(self, refusal.problems)
        if rest:
            errors.show(self, Invalid(rest))


def _place(details: DayDetails) -> tuple[int, date]:
    return details.employee_id, details.verdict.day


def _choice(row: CorrectionRow) -> int:
    exact = [n for n, (_, *said) in enumerate(CHOICES) if said == [row.status, row.workplace]]
    near = [n for n, (_, status, _) in enumerate(CHOICES) if status is row.status]
    return next(iter(exact or near), 0)


def _sources(details: DayDetails) -> Iterator[str]:
    devices: dict[tuple[str, str], list[str]] = {}
    for row in details.scans:
        plus = "" if row.day == details.verdict.day else " (+1)"
        where = row.device, row.file
        devices.setdefault(where, []).append(f"{labels.clock(row.at)}{plus}")
    for (device, file), clocks in devices.items():
        machine = f"Mesin {device}" if device else "Mesin"
        yield f"{machine}: {', '.join(clocks)}{_from(file)}"
    for entry in details.entries:
        if said := shown(_said(entry)):
            note = f", {entry.note}" if entry.note else ""
            yield f"{_capital(entry.source)}: {said}{note}{_from(entry.file)}"


def _history(details: DayDetails) -> Iterator[str]:
    for row in reversed(details.history):
        when = f"{labels.short_day(row.at.date())} {labels.clock(row.at.time())}"
        reason = f": {row.details['reason']}" if row.details.get("reason") else ""
        yield f"{when} {row.actor} {ACTIONS.get(row.action, row.action)}{reason}"


def _said(entry: EntryRow) -> Said:
    return Said(entry.status, entry.workplace, entry.time_in, entry.time_out, entry.leave)


def _from(file: str) -> str:
    return f" ({file})" if file else ""


def _clock(value: object) -> str:
    return words.clock(value) if value else ""  # type: ignore[arg-type]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _say(label: QLabel, lines: list[str], head: QLabel | None = None) -> None:
    """Show *lines*, or hide the label and its heading."""
    label.setText("\n".join(lines))
    for widget in (label, head):
        if widget is not None:
            widget.setVisible(bool(lines))
