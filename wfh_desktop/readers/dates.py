"""Columns of dates, whose order of day and month is decided for the column as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from wfh_desktop.readers import values
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.table import Cell, Sheet
from wfh_desktop.readers.values import Numbers

_FEW = 3  # fewer dates than that prove nothing


def swapped(day: date) -> date | None:
    """Return the date with day and month exchanged, or None if there is none."""
    return values.day_of(day.year, day.day, day.month)


def column(
    sheet: Sheet,
    number: int,
    first_row: int,
    problems: Problems,
    *,
    expected: Collection[date] = (),
    suspect_swap: bool = True,
) -> list[date | None]:
    """Read a column of dates from *first_row* down, asking wherever day and month are in doubt.

    A doubt never changes a date: swapped columns are read as they stand. *expected* decides an
    order that no value above 12 decides; without it the day comes first, which is asked about.
    """
    cells = sheet.columns[number]
    index = cells.index[first_row:]
    used = Counter(index)
    kinds = {which: values.written_date(cells.distinct[which]) for which in used}
    place = sheet.place(column=number)
    numbers = {one for one in kinds.values() if isinstance(one, Numbers)}
    day_first = _day_first(numbers, expected, problems, place)
    found = {
        which: one.day(day_first) if isinstance(one, Numbers) else one
        for which, one in kinds.items()
    }
    _ask_about_mixture([(cells.distinct[which], n) for which, n in used.items()], problems, place)
    if suspect_swap:
        days = [day for day in found.values() if day]
        count = sum(n for which, n in used.items() if found[which])
        _ask_about_swap(days, count, problems, place)
    return [found[which] for which in index]


def _day_first(
    numbers: Collection[Numbers], expected: Collection[date], problems: Problems, place: str
) -> bool:
    """Decide the order of a column: by values above 12, else by what is expected, else ask."""
    day_first = any(one.first > 12 for one in numbers)
    month_first = any(one.second > 12 for one in numbers)
    if day_first and month_first:
        problems.question("date_order_mixed", place)
        return True
    if day_first or month_first or all(one.first == one.second for one in numbers):
        return not month_first
    fits = [_all_in(numbers, expected, order) for order in (True, False)]
    if fits[0] != fits[1]:
        return fits[0]
    example = next(iter(numbers))
    problems.question("date_order", place, f"{example.first}/{example.second}/{example.year}")
    return True


def _all_in(numbers: Iterable[Numbers], expected: Collection[date], day_first: bool) -> bool:
    return all(one.day(day_first) in expected for one in numbers)


def _ask_about_mixture(used: Iterable[tuple[Cell, int]], problems: Problems, place: str) -> None:
    """Ask where a spreadsheet made dates of some texts and not of others (they are swapped)."""
    written = real = 0
    examples: dict[bool, Cell] = {}
    for cell, count in used:
        if isinstance(cell, date):
            real += count
            examples.setdefault(True, cell)
        elif isinstance(cell, str) and isinstance(values.written_date(cell), Numbers):
            written += count
            examples.setdefault(False, cell)
    if written and real:
        shown = str(examples[True])[:10]
        problems.question("dates_mixed", place, written, examples[False], real, shown)


def _ask_about_swap(days: Collection[date], count: int, problems: Problems, place: str) -> None:
    """Ask where every date has the same month and a day up to 12: 1 April was read as 4 January."""
    months = {day.month for day in days}
    numbers = {day.day for day in days}
    if count < _FEW or len(months) != 1 or max(numbers) > 12:
        return
    month = months.pop()
    if len(numbers) > 1 or (month == 1 and numbers != {1}):
        example = max(days, key=lambda day: day.day)
        problems.question("dates_swapped", place, count, example, swapped(example))
