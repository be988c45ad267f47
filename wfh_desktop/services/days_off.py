"""National holidays, cuti bersama and local days off: listing, changing and seeding them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version

from sqlalchemy import func, or_, select

from wfh_desktop.domain.calendar import HolidayKind
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Holiday
from wfh_desktop.services import closing, units

CATEGORIES = {"public": HolidayKind.NATIONAL, "government": HolidayKind.CUTI_BERSAMA}


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A holiday as entered; without a unit it holds for the whole nation."""

    id: int
    version: int
    unit_id: int | None
    unit: str
    day: date
    name: str
    kind: HolidayKind
    source: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class HolidayDraft:
    """A holiday as a user typed it."""

    day: date
    name: str
    kind: HolidayKind = HolidayKind.LOCAL
    source: str = ""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What seeding did: days added, days that users had changed and kept, days no longer listed."""

    added: tuple[date, ...]
    kept: tuple[date, ...]
    unlisted: tuple[date, ...]


def listing(work: Work, unit_id: int, year: int) -> list[HolidayRow]:
    """Return the holidays of a year that concern a unit, cancelled ones included, by day."""
    names = {row.id: row.name for row in units.path(work, unit_id, date(year, 12, 31))}
    query = select(Holiday).where(
        or_(Holiday.unit_id.is_(None), Holiday.unit_id.in_(names)),
        Holiday.day.between(date(year, 1, 1), date(year, 12, 31)),
    )
    return [
        HolidayRow(
            one.id,
            one.version,
            one.unit_id,
            names.get(one.unit_id, "") if one.unit_id else "",
            one.day,
            one.name,
            one.kind,
            one.source,
            one.cancelled,
        )
        for one in work.session.scalars(
            query.order_by(Holiday.day, Holiday.unit_id.asc().nulls_first(), Holiday.id)
        )
    ]


def add(work: Work, unit_id: int | None, draft: HolidayDraft) -> int:
    """Make a day off for a unit and all below it, or with no unit for everybody."""
    work.actor.require(Right.ADMINISTER)
    _check(work, unit_id, draft)
    closing.require_open_days(work, unit_id, draft.day, draft.day)
    record = work.add(Holiday(unit_id=unit_id, cancelled=False, **asdict(draft)))
    work.log("holiday.added", record, day=draft.day.isoformat(), name=draft.name, kind=draft.kind)
    return record.id


def change(work: Work, key: int, version: int, draft: HolidayDraft) -> None:
    """Change the day, name or kind of a holiday; seeding again then leaves it alone."""
    work.actor.require(Right.ADMINISTER)
    record = work.get(Holiday, key, version)
    _check(work, record.unit_id, draft, besides=key)
    for day in (record.day, draft.day):
        closing.require_open_days(work, record.unit_id, day, day)
    before = {"day": record.day.isoformat(), "name": record.name, "kind": record.kind}
    record.day, record.name = draft.day, draft.name
    record.kind, record.source = draft.kind, draft.source
    after = {"day": draft.day.isoformat(), "name": draft.name, "kind": draft.kind}
    work.log("holiday.changed", record, before=before, after=after)


def cancel(work: Work, key: int, version: int, *, cancelled: bool = True) -> None:
    """Cancel a holiday that was called off, or call it on again."""
    work.actor.require(Right.ADMINISTER)
    record = work.get(Holiday, key, version)
    closing.require_open_days(work, record.unit_id, record.day, record.day)
    record.cancelled = cancelled
    work.log("holiday.cancelled" if cancelled else "holiday.restored", record, name=record.name)


def exempt(work: Work, unit_id: int, key: int) -> int:
    """Say that a unit works on a holiday that the others have; return the new record."""
    work.actor.require(Right.ADMINISTER)
    holiday = work.get(Holiday, key)
    closing.require_open_days(work, unit_id, holiday.day, holiday.day)
    record = work.add(
        Holiday(
            unit_id=unit_id,
            day=holiday.day,
            name=holiday.name,
            kind=holiday.kind,
            source=holiday.source,
            cancelled=True,
        )
    )
    work.log("holiday.exempted", record, day=holiday.day.isoformat(), name=holiday.name)
    return record.id


def known(work: Work, year: int) -> bool:
    """Tell whether the national days off of a year were entered; without them nobody is absent."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    query = select(func.count()).where(Holiday.unit_id.is_(None), Holiday.day.between(first, last))
    return bool(work.session.scalar(query))


def ensure(work: Work, year: int) -> None:
    """Seed a year that has no national days off yet, so that no holiday makes anybody absent."""
    if not known(work, year):
        _seed(work, year)


def seed(work: Work, year: int) -> Seeded:
    """Add the national holidays and cuti bersama of a year; leave what users changed alone.

    They come from the package `holidays`, which follows the yearly joint decrees (SKB 3 Menteri).
    A day that a user moved, renamed or cancelled stays as it is, however often this is repeated.
    """
    work.actor.require(Right.ADMINISTER)
    return _seed(work, year)


def _seed(work: Work, year: int) -> Seeded:
    listed = {(day, kind): (name, source) for day, name, kind, source in _package(year)}
    query = select(Holiday).where(
        Holiday.unit_id.is_(None),
        or_(
            Holiday.day.between(date(year, 1, 1), date(year, 12, 31)),
            Holiday.seeded_day.between(date(year, 1, 1), date(year, 12, 31)),
        ),
    )
    stored = list(work.session.scalars(query))
    taken = {(one.day, one.kind) for one in stored} | {(one.seeded_day, one.kind) for one in stored}
    new = [
        Holiday(
            unit_id=None,
            day=day,
            name=name,
            kind=kind,
            source=source,
            cancelled=False,
            seeded_day=day,
        )
        for (day, kind), (name, source) in listed.items()
        if (day, kind) not in taken
    ]
    work.session.add_all(new)
    if new:
        work.session.flush()
        days = [one.day.isoformat() for one in new]
        work.log("holiday.seeded", new[0], year=year, days=days)
    ours = [one for one in stored if one.seeded_day]
    return Seeded(
        tuple(one.day for one in new),
        tuple(one.day for one in ours if _changed(one, listed)),
        tuple(one.day for one in ours if (one.seeded_day, one.kind) not in listed),
    )


def _changed(one: Holiday, listed: dict[tuple[date, HolidayKind], tuple[str, str]]) -> bool:
    if one.seeded_day is None or (one.seeded_day, one.kind) not in listed:
        return False
    name, _ = listed[one.seeded_day, one.kind]
    return one.cancelled or one.day != one.seeded_day or one.name != name


def _package(year: int) -> Iterator[tuple[date, str, HolidayKind, str]]:
    import holidays  # heavy, and needed once a year

    source = f"daftar nasional (holidays {version('holidays')})"
    for category, kind in CATEGORIES.items():
        found = holidays.country_holidays("ID", years=[year], categories=(category,), language="id")
        for day, name in sorted(found.items()):
            yield day, name, kind, source


def _check(
    work: Work, unit_id: int | None, draft: HolidayDraft, besides: int | None = None
) -> None:
    problems = [] if draft.name.strip() else [Problem("name", "required")]
    same = select(Holiday.id).where(
        Holiday.unit_id == unit_id if unit_id else Holiday.unit_id.is_(None),
        Holiday.day == draft.day,
        Holiday.kind == draft.kind,
        Holiday.id != besides,
    )
    if work.session.scalar(same):
        problems.append(Problem("day", "holiday_known", (draft.day,)))
    if problems:
        raise Invalid(problems)
