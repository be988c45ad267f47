"""The sheet on which one day of the whole unit is typed: which day, the grid, save and discard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from wfh_desktop import words
from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.errors import Conflict, Invalid, Refusal
from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.day_sheet import Ui_DaySheet
from wfh_desktop.services import attendance, attendance_entry
from wfh_desktop.services.attendance import GridRow
from wfh_desktop.services.attendance_entry import Change
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.conflict import Cells, ask_about
from wfh_desktop.views.page import permit
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.day_lines import told

KEYS = (
    "h WFO · w WFH · p piket · d dinas luar · s sakit · i izin · c cuti (CT, CB, …) · "
    "a tanpa keterangan · jam 0731-1616 — Enter turun · Ctrl+D isi ke bawah · Ctrl+V tempel · "
    "Ctrl+Z urungkan · Ctrl+S simpan"
)
CHOICES = (
    QMessageBox.StandardButton.Save
    | QMessageBox.StandardButton.Discard
    | QMessageBox.StandardButton.Cancel
)
Wanted = Callable[[GridRow], bool]


class DaySheet(QWidget):
    """Keeps what is typed until it is saved or discarded, whatever day or unit is chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._place = (0, date.min)  # the unit and the day in the grid
        self._wanted: Wanted = lambda _: True
        self.ui = Ui_DaySheet()
        self.ui.setupUi(self)
        icons.dress(self)
        self.ui.footer_label.setText(KEYS)
        self.setFocusProxy(self.ui.grid)

        self.ui.day_edit.dateChanged.connect(self._choose_day)
        self.ui.previous_button.clicked.connect(partial(self._step_day, -1))
        self.ui.next_button.clicked.connect(partial(self._step_day, 1))
        self.ui.save_button.clicked.connect(self._press_save)
        self.ui.discard_button.clicked.connect(self._discard)
        self.ui.grid.save_asked.connect(self._press_save)
        self.ui.grid.grid.changed.connect(self._count)

    @property
    def unsaved(self) -> int:
        """How many people's days are typed and not saved."""
        return self.ui.grid.grid.unsaved

    def show_period(self, period: Period, first: date) -> None:
        """Let the day lie in *period*, at first on *first*, and fetch what is stored of it."""
        edit = self.ui.day_edit
        if not self.unsaved:
            kept = edit.day()
            edit.blockSignals(True)
            edit.setDateRange(QDate(period.first), QDate(period.last))
            if self._place[0] != self.context.scope.unit_id or kept not in period:
                edit.set_day(min(max(first, period.first), period.last))
            edit.blockSignals(False)
        self._load()

    def show_day(self, day: date) -> None:
        """Show another day of the month; asks first if something typed would be lost."""
        self.ui.day_edit.set_day(day)

    def show_only(self, wanted: Wanted) -> None:
        """Show only the people for whom *wanted* is true."""
        self._wanted = wanted
        self.ui.grid.show_only(wanted)

    def permit(self, refusal: str) -> None:
        """Allow typing, or refuse it with the reason."""
        self.ui.grid.grid.closed = refusal
        self._count()

    def _choose_day(self) -> None:
        wanted = self.ui.day_edit.day()
        if not self.unsaved:
            self._load()
        elif wanted != self._place[1]:
            self._ask_to_leave(wanted)

    def _step_day(self, step: int, _: bool = False) -> None:
        self.show_day(self.ui.day_edit.day() + timedelta(days=step))

    def _load(self) -> None:
        """Fetch the day, unless something typed would be lost."""
        if self.unsaved:
            day = labels.weekday(self._place[1])
            text = f"Isian {day} belum disimpan; simpan atau buang dahulu."
            self.ui.message_bar.say(text, "attention", "Simpan", self._press_save)
            return
        self.ui.message_bar.clear()
        self._place = self.context.scope.unit_id, self.ui.day_edit.day()
        unit_id, day_shown = self._place
        self.context.jobs.run(
            self,
            partial(attendance.grid, unit_id=unit_id, day=day_shown),
            partial(self._show, self._place),
        )

    def _show(self, place: tuple[int, date], rows: list[GridRow]) -> None:
        if place != self._place or self.unsaved:  # another day was chosen meanwhile
            return
        grid, kept = self.ui.grid, self.ui.grid.currentIndex()
        same = grid.grid.day == place[1] and kept.isValid()
        grid.grid.show(rows, place[1])
        grid.show_only(self._wanted)
        if same:
            grid.setCurrentIndex(grid.grid.index(kept.row(), kept.column()))
        else:
            grid.choose_first()
        off = bool(rows) and all(row.verdict.status is Status.HOLIDAY for row in rows)
        cause = words.cause(rows[0].verdict.cause[0]) if off else ""
        self.ui.day_label.setText(f"{labels.weekday(place[1]).partition(',')[0]}. {cause}".strip())

    def _count(self) -> None:
        """Say how much is typed, and whether it can be saved."""
        grid = self.ui.grid.grid
        unsaved, faults = grid.unsaved, len(grid.faults)
        refusal = grid.closed or ("" if unsaved else "Belum ada isian baru")
        if faults:
            refusal = f"{faults} baris tidak dimengerti; lihat sel merah"
        permit(self.ui.save_button, refusal)
        permit(self.ui.discard_button, "" if unsaved else "Belum ada isian baru")
        self.ui.save_button.setText(f"&Simpan ({unsaved})" if unsaved else "&Simpan")

    def _ask_to_leave(self, wanted: date) -> None:
        self.ui.day_edit.blockSignals(True)
        self.ui.day_edit.set_day(self._place[1])
        self.ui.day_edit.blockSignals(False)
        text = f"Isian {labels.weekday(self._place[1])} belum disimpan."
        box = QMessageBox(QMessageBox.Icon.Question, "Isi harian", text, CHOICES, self)
        box.buttonClicked.connect(partial(self._leave, box, wanted))
        box.open()

    def _leave(self, box: QMessageBox, wanted: date, button: QAbstractButton) -> None:
        match box.standardButton(button):
            case QMessageBox.StandardButton.Save:
                self._save(partial(self.show_day, wanted))
            case QMessageBox.StandardButton.Discard:
                self._discard()
                self.show_day(wanted)

    def _discard(self) -> None:
        grid = self.ui.grid.grid
        grid.show(grid.rows, self._place[1])
        self._load()

    def _press_save(self) -> None:
        self.ui.grid.finish_typing()
        self._save()

    def _save(self, then: Callable[[], object] | None = None) -> None:
        if not self.ui.save_button.isEnabled():
            return
        try:
            drafts = self.ui.grid.grid.drafts()
        except Invalid as refusal:
            errors.show(self, refusal)
            return
        unit_id, _ = self._place
        self.context.jobs.run(
            self,
            partial(attendance_entry.enter, unit_id=unit_id, drafts=drafts),
            partial(self._saved, unit_id, then),
            refused=self._refused,
            label="Menyimpan isian harian",
        )

    def _refused(self, refusal: Refusal) -> None:
        if not isinstance(refusal, Conflict):
            errors.show(self, refusal)
            return
        unit_id, day = self._place
        task = partial(attendance.grid, unit_id=unit_id, day=day)
        self.context.jobs.run(self, task, partial(self._compare, self._place, refusal))

    def _compare(self, place: tuple[int, date], refusal: Conflict, rows: list[GridRow]) -> None:
        """Keep what was typed; ask about the people whose day somebody else typed meanwhile."""
        if place != self._place:
            return
        grid = self.ui.grid.grid
        names = {row.id: row.person.name for row in rows}
        cells = Cells(grid.clashes(rows), lambda key: names.get(key, ""), told)
        ask_about(self, refusal, cells, partial(grid.renew, rows))

    def _saved(
        self, unit_id: int, then: Callable[[], object] | None, changes: tuple[Change, ...]
    ) -> None:
        self.ui.grid.grid.settle(changes)
        self._load()
        undo = partial(self._undo, unit_id, changes)
        toast.say(self, f"Tersimpan: {len(changes)} orang", undo)
        if then:
            then()

    def _undo(self, unit_id: int, changes: tuple[Change, ...]) -> None:
        self.context.jobs.run(
            self, partial(attendance_entry.undo, unit_id=unit_id, changes=changes)
        )
