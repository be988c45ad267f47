"""Every labelled day of the Manado exports, judged by us under the thresholds of its unit.

The exports carry the status their own system computed as a comment before each cell. Those labels
are the oracle: the readers rightly ignore them, this test alone reads them.
"""
# ruff: noqa: DTZ001 - the clock on the wall has no zone

import re
from collections import Counter
from datetime import date, datetime, time

import pytest

from tests.conftest import real
from wfh_desktop.domain.attendance import Entry, Known, Source, Status, judge
from wfh_desktop.domain.calendar import PRESETS, Calendar, Holiday, HolidayKind, Schedule
from wfh_desktop.domain.periods import Period

HOURS = {preset.key: preset.hours for preset in PRESETS}
CELL = re.compile(r"<!--\s*<td[^>]*>([^<]*)</td>\s*-->\s*<td[^>]*>([^<]*)</td>")
TIMES = re.compile(r"(\d\d):(\d\d) - (\d\d):(\d\d)")

# By file: its work hours, the number of labelled days, and where that system says something else.
# All differences are pardons that somebody gave by hand there: here they need a correction.
UNITS = {
    "manado_html_bagian_hukum_2022-07.xls": ("manado_office", 341, {}),
    "manado_html_bagian_umum_2022-07.xls": ("manado_service", 744, {}),
    "manado_html_bpbd_2022-07_noNIP.xls": ("manado_service", 806, {}),
    "manado_html_dlh_2022-01_noNIP.xls": ("manado_2022_01", 1674, {}),
    "manado_html_kel_islam_2023-01.xls": ("manado_office", 186, {}),
    "manado_html_kel_paal_empat_2022-07.xls": ("manado_office", 124, {}),
    "manado_html_bkpsdm_2022-07.xls": (
        "manado_office",
        1984,
        {
            "07:35 - 00:00 H, here H(TAP)": 1,
            "07:46 - 17:22 H, here H(T)": 1,
            "07:50 - 16:01 H, here H(T)": 1,
            "07:52 - 17:02 H, here H(T)": 1,
            "07:52 - 17:05 H, here H(T)": 1,
            "07:53 - 17:03 H, here H(T)": 1,
            "07:53 - 17:07 H, here H(T)": 1,
            "07:57 - 17:17 H, here H(T)": 1,
        },
    ),
    "manado_html_bkpsdm_2023-01.xls": (
        "manado_office",
        2046,
        {
            "07:52 - 17:01 H, here H(T)": 1,
            "07:52 - 17:15 H, here H(T)": 1,
            "08:27 - 17:13 H, here H(T)": 1,
            "10:51 - 17:03 H, here H(T)": 1,
        },
    ),
}


def labelled_days(text, period):
    """Yield each day, its label and the cell as printed, person after person."""
    cells = CELL.findall(text)
    days = sorted({int(number) for number in re.findall(r"<br>(\d\d)</th>", text)})
    assert len(cells) % len(days) == 0
    for index, (label, shown) in enumerate(cells):
        day = date(period.year, period.month, days[index % len(days)])
        yield day, label.strip().split("-")[-1], " ".join(shown.split())


def entry(shown):
    """Read a cell as the import does: 00:00 is no tap, a letter is a code."""
    times = TIMES.fullmatch(shown)
    if not times:
        return Entry(Source.FILE, {"A": Status.ABSENT, "-": Status.HOLIDAY}[shown])
    hour_in, minute_in, hour_out, minute_out = map(int, times.groups())
    clocks = time(hour_in, minute_in), time(hour_out, minute_out)
    return Entry(Source.FILE, None, *(clock if clock != time() else None for clock in clocks))


def code(verdict):
    """Write our verdict in the code of that system."""
    match verdict.status:
        case Status.ABSENT:
            return "A"
        case Status.HOLIDAY:
            return "L"
        case Status.PRESENT:
            marks = (
                (verdict.late_minutes, "(T)"),
                (verdict.early_minutes, "(PC)"),
                (verdict.no_out or verdict.no_in, "(TAP)"),
            )
            return "H" + "".join(mark for found, mark in marks if found)
        case other:
            return other.value


def calendar_of(preset, days, period):
    """Return the unit's calendar; a working day that nobody has a label for but L is a holiday."""
    schedule = Schedule(preset, HOURS[preset], date(2022, 1, 1))
    off = {day for day in period.days if day.weekday() < 5}
    off -= {day for day, label, _ in days if label != "L"}
    holidays = [Holiday(day, "Libur", HolidayKind.NATIONAL) for day in off]
    return Calendar.layered([[schedule]], [holidays])


@pytest.mark.parametrize("name", UNITS)
def test_every_day_counts_as_its_own_system_said(name):
    preset, labelled, expected = UNITS[name]
    period = Period.parse(re.search(r"\d{4}-\d\d", name)[0])
    days = list(labelled_days(real("1_absensi", name).read_text(encoding="utf-8"), period))
    calendar = calendar_of(preset, days, period)
    differences = Counter()
    for day, label, shown in days:
        verdict = judge(day, calendar, Known(entries=(entry(shown),)), datetime(2024, 1, 1))
        if code(verdict) != label:
            differences[f"{shown} {label}, here {code(verdict)}"] += 1
    assert len(days) == labelled
    assert differences == expected
