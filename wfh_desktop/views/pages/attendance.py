"""The page on which a unit's presensi is seen, typed, corrected and imported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from wfh_desktop.domain.attendance import PersonDay, Rule, Status
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.attendance_page import Ui_AttendancePage
from wfh_desktop.persistence.models import (
    Correction,
    DayEntry,
    Employee,
    Holiday,
    Leave,
    Position,
    Scan,
    Schedule,
)
from wfh_desktop.services import attendance, attendance_import, days_off
from wfh_desktop.services.attendance import MonthView, PersonMonth
from wfh_desktop.services.attendance_import import Imported, Upload
from wfh_desktop.services.days_off import HolidayDraft, Seeded
from wfh_desktop.services.home import kind
from wfh_desktop.services.people import PersonRow
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.attendance_import import AttendanceImportDialog
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.page import Page, Place, permit
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.day_cells import LOOKS
from wfh_desktop.views.widgets.day_panel import DayPanel
from wfh_desktop.views.widgets.day_sheet import DaySheet

PANEL = 360
FILES = "Berkas presensi (*.xls *.xlsx *.html *.dat *.txt *.csv);;Semua berkas (*)"
NOBODY = "Belum ada pegawai pada unit ini di bulan yang dipilih."
Wanted = Callable[[PersonDay], bool]
# What the list may be narrowed to: its words, and a day that such a person has.
SHOWN: dict[str, tuple[str, Wanted]] = {
    "": ("Semua pegawai", lambda _: True),
    "unclear": ("Belum jelas", lambda day: day.status is Status.UNCLEAR),
    "late": ("Terlambat, pulang cepat", lambda day: bool(day.late_minutes or day.early_minutes)),
    "missing": ("Tidak absen masuk/pulang", lambda day: day.no_in or day.no_out),
    "absent": ("Tanpa keterangan", lambda day: day.status is Status.ABSENT),
    "corrected": ("Dikoreksi", lambda day: day.corrected),
}


class AttendancePage(Page):
    """The month as a matrix, one day as a sheet to type into, files by button or by drop."""

    key = "attendance"
    title = "Presensi"
    icon = "attendance"
    watches = frozenset({Correction, DayEntry, Employee, Holiday, Leave, Position, Scan, Schedule})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AttendancePage()
        self.ui.setupUi(self)
        self.view: MonthView | None = None
        self._shown: tuple[int, Period] | None = None
        self._place: Place | None = None  # what to show once the month is there
        self._in_day: Wanted | None = None  # whom the sheet shows, if another page asked for some

        for name, (text, _) in SHOWN.items():
            self.ui.show_combo.addItem(text, name)
        self.sheet = DaySheet(context)
        self.ui.tabs.addTab(self.sheet, "Isi &harian")
        self.panel = DayPanel(context)
        self.ui.side_panel.body.addWidget(self.panel)
        self.ui.side_panel.hide()
        self.give_way(self.ui.legend)
        self.ui.splitter.setStretchFactor(0, 1)
        self.ui.splitter.setSizes([1000, PANEL])
        self.setFocusProxy(self.ui.matrix)

        self.ui.matrix.chosen.connect(self._follow)
        self.ui.matrix.opened.connect(self._open_day)
        self.ui.matrix.day_opened.connect(self._type_day)
        self.ui.side_panel.closed.connect(self.ui.matrix.setFocus)
        self.ui.search_edit.textChanged.connect(self._narrow)
        self.ui.show_combo.currentIndexChanged.connect(self._show_some)
        self.ui.import_button.clicked.connect(self._choose_file)
        self.ui.empty_state.asked.connect(self._add_people)
        self.ui.tabs.currentChanged.connect(self._enter_tab)

    @override
    def reload(self) -> None:
        scope = self.context.scope
        self.ui.title_label.setText(f"Presensi {labels.month(scope.period)}")
        if self._shown != (scope.unit_id, scope.period):
            self.ui.matrix.show_month((), (), date.min)  # never another month under this title
            self.ui.unclear_pill.hide()
            self.ui.month_footer.setText("Memuat ...")
        task = partial(attendance.month_view, unit_id=scope.unit_id, period=scope.period)
        self.load(task, partial(self._show, scope.period))

    @override
    def editing(self) -> bool:
        return bool(self.sheet.unsaved) or super().editing()

    @override
    def visit(self, place: Place) -> None:
        self._place = place
        if self.view is not None and self.isVisible():
            self.refresh()

    @override
    def state_changed(self) -> None:
        self._permit()

    def _show(self, period: Period, view: MonthView) -> None:
        self.view, self._shown = view, (self.context.scope.unit_id, period)
        self.ui.stack.setCurrentWidget(self.ui.tabs if view.months else self.ui.empty_state)
        self.ui.empty_state.say(NOBODY, "Tambah pegawai", "people")
        self.ui.matrix.show_month(view.months, period.days, view.today)
        self._tell(period, view)
        self._show_footer()
        self.sheet.show_period(period, _day_to_type(view))
        self._permit()
        current = self.ui.matrix.current
        if current and not self.ui.side_panel.isHidden():
            self._show_panel(*current)
        if self._place is not None:
            self._go_to_place()

    def _tell(self, period: Period, view: MonthView) -> None:
        """Say how much is unclear, and what keeps the whole month from being judged."""
        unclear = sum(month.summary.unclear for month in view.months)
        text = f"{labels.number(unclear)} hari belum jelas" if unclear else ""
        self.ui.unclear_pill.show_state(text, "attention")
        bar = self.ui.message_bar
        if _no_hours(view.months):
            office = partial(self.navigate.emit, Place("office", "hours"))
            bar.say("Jam kerja unit ini belum ditentukan.", "attention", "Tentukan", office)
        elif view.months and not view.holidays_known:
            text = f"Hari libur {period.year} belum diisi: hari libur akan dianggap hari kerja."
            bar.say(text, "attention", "Isi hari libur", partial(self._seed, period.year))
        elif view.suspects:
            day = view.suspects[0]
            text = f"Hampir tidak ada yang hadir pada {labels.weekday(day)}. Hari libur daerah?"
            bar.say(text, "attention", "Jadikan hari libur", partial(self._close_day, day))
        else:
            bar.clear()

    def _show_footer(self) -> None:
        if self.view is None:
            return
        shown, total = self.ui.matrix.matrix.rows, len(self.view.months)
        sums = [month.summary for month in shown]
        counts = (
            (sum(len(one.late) for one in sums), "kali terlambat"),
            (sum(len(one.early) for one in sums), "kali pulang cepat"),
            (sum(one.missing_taps for one in sums), "kali tidak absen"),
            (sum(one.absent for one in sums), "hari tanpa keterangan"),
        )
        parts = [f"{labels.number(number)} {word}" for number, word in counts]
        people = f"{len(shown)} dari {total} pegawai" if len(shown) < total else f"{total} pegawai"
        self.ui.month_footer.setText("  ·  ".join([people, *parts]))

    def _permit(self) -> None:
        """Allow what month and rights allow, and say why not."""
        refusal = ""
        if Right.RECORD not in self.context.actor.rights:
            refusal = "Anda tidak berwenang mengisi presensi"
        elif self.context.scope.locked:
            refusal = "Bulan ini sudah dikunci; buka revisi di halaman TPP"
        permit(self.ui.import_button, refusal)
        self.setAcceptDrops(not refusal)
        self.sheet.permit(refusal)
        self.panel.permit()

    def _follow(self, employee_id: int, day: date) -> None:
        if not self.ui.side_panel.isHidden():
            self._show_panel(employee_id, day)

    def _open_day(self, employee_id: int, day: date) -> None:
        self.ui.side_panel.show()
        self._show_panel(employee_id, day, ask=True)

    def _show_panel(self, employee_id: int, day: date, *, ask: bool = False) -> None:
        months = self.view.months if self.view else ()
        name = next((one.person.name for one in months if one.person.id == employee_id), "")
        self.ui.side_panel.show_title(name, labels.weekday(day))
        self.panel.show_day(employee_id, day, ask=ask)

    def _enter_tab(self) -> None:
        """Let whoever changes tabs go on by keyboard."""
        on_sheet = self.ui.tabs.currentWidget() is self.sheet
        (self.sheet if on_sheet else self.ui.matrix).setFocus()

    def _type_day(self, day: date) -> None:
        self.ui.tabs.setCurrentWidget(self.sheet)
        self.sheet.show_day(day)
        self.sheet.setFocus()

    def _show_some(self) -> None:
        self._in_day = None
        self._narrow()

    def _narrow(self) -> None:
        """Show only the people that search and filter ask for."""
        looked_for = labels.fold(self.ui.search_edit.text()).split()
        _, wanted = SHOWN[self.ui.show_combo.currentData()]
        in_day = self._in_day or wanted
        self.ui.matrix.matrix.show_only(
            lambda month: _found(month.person, looked_for) and any(map(wanted, month.days))
        )
        self.sheet.show_only(lambda row: _found(row.person, looked_for) and in_day(row.verdict))
        self._show_footer()

    def _show_everybody(self) -> None:
        self.ui.message_bar.clear()
        self._show_some()

    def _go_to_place(self) -> None:
        """Show what another page asked for."""
        place, self._place = self._place, None
        if place is None or self.view is None:
            return
        if place.part.startswith("today"):
            self._show_today(place.part.partition(":")[2], self.view.today)
            return
        if place.part in SHOWN:
            self.ui.show_combo.setCurrentIndex(list(SHOWN).index(place.part))
        self.ui.tabs.setCurrentWidget(self.ui.month_tab)
        if place.key is not None and self.ui.matrix.go_to(place.key, place.day) and place.day:
            self._open_day(place.key, place.day)

    def _show_today(self, name: str, today: date) -> None:
        """Show the present day, and there only the people whose day is of the kind *name*."""
        self._type_day(today)
        wanted = next((one for one in LOOKS if one == name), None)
        self._in_day = (lambda day: kind(day) is wanted) if wanted else None
        self._narrow()
        if wanted:
            text = f"Hanya {LOOKS[wanted].word}, {labels.weekday(today)}."
            self.ui.message_bar.say(text, "neutral", "Tampilkan semua", self._show_everybody)

    def _seed(self, year: int) -> None:
        self.context.jobs.run(self, partial(days_off.seed, year=year), self._seeded)

    def _seeded(self, done: Seeded) -> None:
        toast.say(self, f"{len(done.added)} hari libur ditambahkan")

    def _close_day(self, day: date) -> None:
        draft = HolidayDraft(day, "Libur daerah", source="ditetapkan dari halaman Presensi")
        unit_id = self.context.scope.unit_id
        self.context.jobs.run(
            self, partial(days_off.add, unit_id=unit_id, draft=draft), self._closed_day
        )

    def _closed_day(self, key: int) -> None:
        undo = partial(days_off.cancel, key=key, version=1)
        toast.say(self, "Hari libur ditambahkan", partial(self.context.jobs.run, self, undo))

    def _add_people(self) -> None:
        self.navigate.emit(Place("people"))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        if files:
            self._read(files[0])

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, "Impor presensi", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._read)
        dialog.open()

    def _read(self, path: str) -> None:
        """Read a file in the background, then show what it would change."""
        self.context.jobs.compute(
            self,
            partial(_load, Path(path), self.context.scope.period),
            self._preview,
            label=f"Membaca {Path(path).name}",
        )

    def _preview(self, upload: Upload) -> None:
        dialog = AttendanceImportDialog(self.context, upload, self)
        dialog.applied.connect(self._imported)
        dialog.open()

    def _imported(self, done: Imported) -> None:
        text = f"Tersimpan: {labels.number(done.new)} baru, {labels.number(done.changed)} berubah"
        toast.say(self, text, partial(self._undo_import, done.id))

    def _undo_import(self, key: int) -> None:
        self.context.jobs.run(self, partial(attendance_import.undo, key=key))


def _day_to_type(view: MonthView) -> date:
    """Return today, or in another month the first day that is unclear, else that is worked."""
    days = sorted({day.day for month in view.months for day in month.days})
    if not days or view.today in days:
        return view.today
    for wanted in (Status.UNCLEAR, Status.PENDING, Status.ABSENT, Status.PRESENT):
        found = (day.day for month in view.months for day in month.days if day.status is wanted)
        if (first := min(found, default=None)) is not None:
            return first
    return days[0]


def _load(path: Path, period: Period, _: Progress) -> Upload:
    return attendance_import.load(path, period)


def _found(person: PersonRow, looked_for: list[str]) -> bool:
    text = labels.fold(f"{person.name} {person.nip or ''} {person.title}")
    return all(word in text for word in looked_for)


def _no_hours(months: tuple[PersonMonth, ...]) -> bool:
    """Tell whether some day cannot be judged because nobody said when the unit works."""
    questions = (day.question for month in months for day in month.days)
    return any(question.rule is Rule.NO_SCHEDULE for question in questions if question)
