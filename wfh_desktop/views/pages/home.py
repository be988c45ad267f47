"""The first page: who is here today, what waits, what the month still lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.home_page import Ui_HomePage
from wfh_desktop.persistence.models import (
    Assessment,
    Assignment,
    Correction,
    DayEntry,
    Employee,
    Holiday,
    Leave,
    Position,
    PrintedPaper,
    Recommendation,
    Scan,
    Schedule,
    Target,
    Task,
    WorkReport,
)
from wfh_desktop.services import home
from wfh_desktop.services.home import Kind, Overview, Step, StepRow, Today, Waiting
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.page import Page, Place
from wfh_desktop.views.widgets.checklist import Item
from wfh_desktop.views.widgets.day_cells import LOOKS
from wfh_desktop.views.widgets.figure_button import FigureButton
from wfh_desktop.views.widgets.flow import flow

PRESENT = (Kind.HOME, Kind.OFFICE, Kind.DUTY_ROSTER, Kind.DUTY)
AWAY = (Kind.LEAVE, Kind.SICK, Kind.PERMIT, Kind.ABSENT, Kind.UNCLEAR)
NAMED = 3  # people or days named before the rest is only counted
TITLES = {
    Step.ATTENDANCE: ("Presensi lengkap", Place("attendance", "unclear")),
    Step.REPORTS: ("Laporan diputuskan", Place("work_reports", "waiting")),
    Step.PERFORMANCE: ("Kinerja dinilai", Place("performance", "missing")),
    Step.CALCULATION: ("TPP dihitung", Place("tpp")),
    Step.SUBMISSION: ("TPP diajukan", Place("tpp", "checks")),
    Step.LOCK: ("TPP dikunci", Place("tpp")),
    Step.PAPERS: ("Dokumen dicetak", Place("papers")),
}


class HomePage(Page):
    """Shows the unit's day and month; every number opens the list behind it."""

    key = "home"
    title = "Beranda"
    icon = "home"
    watches = frozenset(
        {
            Assessment,
            Assignment,
            Correction,
            DayEntry,
            Employee,
            Holiday,
            Leave,
            Position,
            PrintedPaper,
            Recommendation,
            Scan,
            Schedule,
            Target,
            Task,
            WorkReport,
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_HomePage()
        self.ui.setupUi(self)
        self._counts = {look: FigureButton() for look in (*PRESENT, *AWAY)}
        for kind, button in self._counts.items():
            button.clicked.connect(partial(self._go, Place("attendance", f"today:{kind}")))
            button.hide()
        ui = self.ui
        flow(ui.counts_room, self._counts.values())
        flow(ui.figures_room, (ui.reports_button, ui.overdue_button, ui.unclear_button))
        self.setFocusProxy(self.ui.strip)

        self.ui.missing_button.clicked.connect(partial(self._go, Place("attendance", "today")))
        self.ui.reports_button.clicked.connect(partial(self._go, Place("work_reports", "waiting")))
        self.ui.overdue_button.clicked.connect(partial(self._go, Place("tasks", "overdue")))
        self.ui.unclear_button.clicked.connect(partial(self._go, Place("attendance", "unclear")))
        self.ui.checklist.asked.connect(self.navigate)
        self.ui.strip.opened.connect(self._open_day)
        self.ui.empty_state.asked.connect(partial(self._go, Place("people")))

    def reload(self) -> None:
        """Fetch what the page shows."""
        scope = self.context.scope
        task = partial(home.overview, unit_id=scope.unit_id, period=scope.period)
        self.load(task, partial(self._show, scope.period))

    def _show(self, period: Period, overview: Overview) -> None:
        self.ui.day_label.setText(labels.weekday(overview.today.day))
        self.ui.month_label.setText(f"Presensi {labels.month(period)}")
        self._show_today(overview.today)
        self._show_waiting(overview.waiting)
        self.ui.checklist.show_items([_item(row) for row in overview.steps])
        self.ui.strip.show_month(overview.months, period.days, overview.today.day)
        self.ui.legend.show_kinds(self.ui.strip.kinds)
        self._show_people(bool(overview.months))

    def _show_people(self, there_are: bool) -> None:
        for widget in (self.ui.strip, self.ui.legend):
            widget.setVisible(there_are)
        self.ui.empty_state.setVisible(not there_are)
        sentence = "Belum ada pegawai pada unit ini di bulan yang dipilih."
        self.ui.empty_state.say(sentence, "Tambah pegawai", "people")

    def _show_today(self, today: Today) -> None:
        self.ui.holiday_label.setVisible(today.holiday)
        shown = PRESENT[:2] if not today.holiday else ()
        for kind, button in self._counts.items():
            number = today.counts.get(kind, 0)
            look = LOOKS[kind]
            button.show_figure(
                labels.number(number), look.word, look.colour or "bad", f"Buka daftar: {look.word}"
            )
            button.setVisible(bool(number) or kind in shown)
        missing = [person.name for person in today.missing]
        self.ui.missing_button.setText(
            f"{len(missing)} belum presensi: {_some(missing)}" if missing else ""
        )
        self.ui.missing_button.setVisible(bool(missing))

    def _show_waiting(self, waiting: Waiting) -> None:
        figures = (
            (self.ui.reports_button, waiting.reports, "laporan", "attention"),
            (self.ui.overdue_button, waiting.overdue, "tugas lewat tenggat", "bad"),
            (self.ui.unclear_button, waiting.unclear, "hari belum jelas", "bad"),
        )
        for button, number, word, tone in figures:
            tip = f"Buka daftar: {word}"
            button.show_figure(labels.number(number), word, tone if number else "muted", tip)
        oldest = f"Laporan tertua menunggu {waiting.oldest_days} hari."
        nothing = "Tidak ada yang menunggu." if not any(f[1] for f in figures) else ""
        self.ui.oldest_label.setText(oldest if waiting.reports else nothing)

    def _open_day(self, employee_id: int, day: date | None) -> None:
        self.navigate.emit(Place("attendance", "day" if day else "", employee_id, day))

    def _go(self, place: Place, _: bool = False) -> None:
        self.navigate.emit(place)


def _item(row: StepRow) -> Item:
    title, place = TITLES[row.step]
    state, detail = STATES[row.step](row)
    tone = "good" if row.complete else "attention" if row.done or row.people else "neutral"
    return Item(tone, title, state, detail, place)


def _attendance(row: StepRow) -> tuple[str, str]:
    if not row.total:
        return "belum ada", ""
    if row.complete:
        return "lengkap", f"{labels.number(row.total)} hari kerja"
    if row.days:
        days = _some([str(day.day) for day in row.days])
        return f"{labels.number(row.held)} hari belum jelas", f"tanggal {days}: {_some(row.people)}"
    coming = row.total - row.done
    return f"{labels.number(coming)} hari belum dinilai", "bulan belum berakhir"


def _reports(row: StepRow) -> tuple[str, str]:
    if not row.total:
        return "tidak ada laporan", ""
    waiting = row.total - row.done
    return (f"{waiting} menunggu" if waiting else "semua diputuskan"), f"{row.total} laporan"


def _performance(row: StepRow) -> tuple[str, str]:
    return f"{row.done} dari {row.total}", _some(row.people)


def _calculation(row: StepRow) -> tuple[str, str]:
    return (f"{row.total} orang" if row.complete else "belum"), ""


def _yes(row: StepRow) -> tuple[str, str]:
    return ("sudah" if row.complete else "belum"), ""


def _papers(row: StepRow) -> tuple[str, str]:
    return (f"{row.done} dokumen" if row.complete else "belum"), ""


STATES: dict[Step, Callable[[StepRow], tuple[str, str]]] = {
    Step.ATTENDANCE: _attendance,
    Step.REPORTS: _reports,
    Step.PERFORMANCE: _performance,
    Step.CALCULATION: _calculation,
    Step.SUBMISSION: _yes,
    Step.LOCK: _yes,
    Step.PAPERS: _papers,
}


def _some(names: Sequence[str] | Iterable[str]) -> str:
    """Name the first few and count the rest."""
    names = list(names)
    rest = f" dan {len(names) - NAMED} lainnya" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + rest
