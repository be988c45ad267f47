"""Work hours with their dates, and the editable table of holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain.calendar import DAYS, DayHours
from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.calendar_section import Ui_CalendarSection
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import calendar, days_off
from wfh_desktop.services.calendar import ScheduleRow
from wfh_desktop.services.days_off import HolidayRow, Seeded
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import confirm
from wfh_desktop.views.dialogs.holiday import HolidayDialog
from wfh_desktop.views.dialogs.schedule import ScheduleDialog
from wfh_desktop.views.sections.section import Section
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets import toast


@dataclass(frozen=True)
class Look:
    """The work hours and holidays that concern a unit."""

    schedules: list[ScheduleRow]
    holidays: list[HolidayRow]
    working_days: int


class CalendarSection(Section):
    """Work hours above, holidays of a year below."""

    key = "calendar"
    title = "Jam kerja dan kalender"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_CalendarSection()
        self.ui.setupUi(self)
        self.dress()
        ui = self.ui
        self.schedules = TableModel[ScheduleRow](SCHEDULES, self)
        ui.schedules_table.attach(self.schedules, "schedules")
        self.holidays = TableModel[HolidayRow](HOLIDAYS, self)
        ui.holidays_table.attach(self.holidays, "holidays")
        ui.year_spin.setValue(context.scope.period.year)
        ui.year_spin.valueChanged.connect(self.reload)
        for table in (ui.schedules_table, ui.holidays_table):
            table.selected_changed.connect(self._permit)
        ui.schedules_table.opened.connect(self._change_schedule)
        ui.holidays_table.opened.connect(self._change_holiday)
        ui.add_schedule_button.clicked.connect(self._add_schedule)
        ui.change_schedule_button.clicked.connect(self._change_schedule)
        ui.cancel_schedule_button.clicked.connect(self._cancel_schedule)
        ui.seed_button.clicked.connect(self._seed)
        ui.add_holiday_button.clicked.connect(self._add_holiday)
        ui.change_holiday_button.clicked.connect(self._change_holiday)
        ui.cancel_holiday_button.clicked.connect(self._cancel_holiday)

    @override
    def reload(self) -> None:
        scope = self.context.scope
        task = partial(
            _fetch,
            unit_id=scope.unit_id,
            period=scope.period,
            year=self.ui.year_spin.value(),
        )
        self.load(task, self._show)

    def _show(self, look: Look) -> None:
        self.schedules.show(look.schedules)
        self.holidays.show(look.holidays)
        month = labels.month(self.context.scope.period)
        self.ui.week_label.setText(f"{month}: {look.working_days} hari kerja")
        valid = sum(not row.cancelled for row in look.holidays)
        self.ui.count_label.setText(f"{valid} hari libur" if look.holidays else "belum diisi")
        self._permit()

    def _permit(self, _: object = None) -> None:
        ui = self.ui
        schedule: ScheduleRow | None = ui.schedules_table.selected()
        holiday: HolidayRow | None = ui.holidays_table.selected()
        own = "Pilih jam kerja"
        if schedule:
            own = "" if schedule.own else f"Jam kerja ini milik {schedule.unit}"
        for button in (ui.change_schedule_button, ui.cancel_schedule_button):
            self.allow(button, own)
        for button in (ui.change_holiday_button, ui.cancel_holiday_button):
            self.allow(button, "" if holiday else "Pilih sebuah hari libur")
        restored = holiday is not None and holiday.cancelled
        ui.cancel_holiday_button.setText("&Pulihkan" if restored else "Ba&talkan")
        for button in (ui.add_schedule_button, ui.seed_button, ui.add_holiday_button):
            self.allow(button)

    def _add_schedule(self) -> None:
        self.open(ScheduleDialog(self.context, None, self), "Jam kerja tersimpan")

    def _change_schedule(self, _: object = None) -> None:
        row = self.ui.schedules_table.selected()
        if row and row.own and not self.forbidden():
            self.open(ScheduleDialog(self.context, row, self), "Jam kerja tersimpan")

    def _cancel_schedule(self) -> None:
        row: ScheduleRow | None = self.ui.schedules_table.selected()
        if row:
            question = f"Batalkan jam kerja {row.name}? Seolah-olah tidak pernah dicatat."
            task = partial(calendar.cancel_schedule, key=row.id, version=row.version)
            confirm.ask(self, question, "Batalkan", partial(self.do, task))

    def _seed(self) -> None:
        task = partial(days_off.seed, year=self.ui.year_spin.value())
        self.context.jobs.run(self, task, self._seeded, label="Mengisi hari libur")

    def _seeded(self, done: Seeded) -> None:
        parts = [f"{len(done.added)} hari libur ditambahkan"]
        if done.kept:
            parts.append(f"{len(done.kept)} yang Anda ubah dibiarkan")
        toast.say(self, ", ".join(parts))

    def _add_holiday(self) -> None:
        self.open(HolidayDialog(self.context, None, self), "Hari libur tersimpan")

    def _change_holiday(self, _: object = None) -> None:
        row = self.ui.holidays_table.selected()
        if row and not self.forbidden():
            self.open(HolidayDialog(self.context, row, self), "Hari libur tersimpan")

    def _cancel_holiday(self) -> None:
        row: HolidayRow | None = self.ui.holidays_table.selected()
        if row:
            cancel, said = not row.cancelled, "Hari libur dibatalkan"
            task = partial(days_off.cancel, key=row.id, version=row.version, cancelled=cancel)
            self.do(task, said if cancel else "Hari libur dipulihkan")


def _fetch(work: Work, unit_id: int, period: Period, year: int) -> Look:
    return Look(
        calendar.schedules(work, unit_id, period.last),
        days_off.listing(work, unit_id, year),
        len(calendar.calendar(work, unit_id, period).working_days(period)),
    )


def week(hours: Mapping[int, DayHours]) -> str:
    """Return the hours of a week, days with the same hours together: Sen-Kam 07.30-16.00."""
    groups: list[tuple[int, int, DayHours]] = []
    for weekday in sorted(hours):
        if groups and groups[-1][1] == weekday - 1 and groups[-1][2] == hours[weekday]:
            groups[-1] = (groups[-1][0], weekday, hours[weekday])
        else:
            groups.append((weekday, weekday, hours[weekday]))
    return ", ".join(_group(*group) for group in groups)


def _group(first: int, last: int, hours: DayHours) -> str:
    days = DAYS[first][:3] if first == last else f"{DAYS[first][:3]}–{DAYS[last][:3]}"
    return f"{days} {labels.clock(hours.starts)}–{labels.clock(hours.ends)}"


def _times(row: ScheduleRow) -> str:
    if row.valid_to:
        return f"{labels.short_day(row.valid_from)} – {labels.short_day(row.valid_to)}"
    return f"sejak {labels.short_day(row.valid_from)}"


def _state(row: HolidayRow) -> str:
    return "dibatalkan: hari kerja" if row.cancelled else "libur"


def _weekday(day: date) -> str:
    return labels.weekday(day)


SCHEDULES: list[Column[ScheduleRow]] = [
    Column("Nama", lambda row: row.name, width=270),
    Column("Jam", lambda row: week(row.hours), width=300),
    Column("Berlaku", _times, lambda row: row.valid_from, width=200),
    Column("Unit", lambda row: row.unit, width=180),
    Column("Dasar hukum", lambda row: row.legal_basis or labels.NONE, width=160),
]
HOLIDAYS: list[Column[HolidayRow]] = [
    Column("Tanggal", lambda row: _weekday(row.day), lambda row: row.day, width=210),
    Column("Nama", lambda row: row.name, width=330),
    Column("Jenis", lambda row: row.kind.value, width=120),
    Column(
        "Keadaan",
        _state,
        tone=lambda row: "attention" if row.cancelled else "",
        width=160,
    ),
    Column("Untuk", lambda row: row.unit or "semua unit", width=150),
    Column("Sumber", lambda row: row.source or labels.NONE, width=200),
]
