"""Whether others changed what is on the screen: a few numbers per table, asked for again and again.

Polling for numbers misses nothing: there are no events to lose, and the policies of the server
hold as for any other question.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Table,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.commits import READS
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Base, Employee, Position, Unit

Mark = tuple[int, int, int]


def marks(
    work: Work, kinds: frozenset[type[Base]], unit_ids: Iterable[int], period: Period | None = None
) -> dict[str, Mark]:
    """Return for each table of *kinds* three numbers, of which one differs after any change.

    They are the count of its rows, the sum of their versions and the highest number, in the
    units and, where days or months of a row never change, in the month of *period*. Each
    version counts as often as its row's number says: two rows that change places are seen too.
    """
    units = sorted(set(unit_ids))
    tables = sorted({kind.__table__ for kind in kinds}, key=str)
    if not tables:
        return {}
    queries = [_query(table, units, period) for table in tables if isinstance(table, Table)]
    rows: Iterable[Any] = work.session.execute(union_all(*queries), execution_options={READS: True})
    return {str(row[0]): (int(row[1]), int(row[2]), int(row[3])) for row in rows}


def _query(table: Table, units: list[int], period: Period | None) -> Select[tuple[str, int, int]]:
    key = table.c["id"] if "id" in table.c else next(iter(table.primary_key))
    chosen = [_inside(table, units), _during(table, period) if period else None]
    return select(
        literal(table.name),
        func.count(),
        func.coalesce(func.sum(cast(key, BigInteger) * _weight(table)), 0),
        func.coalesce(func.max(key), 0),
    ).where(*(one for one in chosen if one is not None))


def _weight(table: Table) -> ColumnElement[int]:
    """Return what tells one state of a row from another; most rows without a version have one."""
    if "version" in table.c:
        return cast(table.c.version, BigInteger)
    if "employee_id" in table.c:  # a scan whose owner became known
        return cast(func.coalesce(table.c.employee_id, 0), BigInteger)
    return literal(0, BigInteger)


def _inside(table: Table, units: list[int]) -> ColumnElement[bool] | None:
    """Return the condition that a row belongs to the units, or to all of the nation."""
    if table is Unit.__table__:
        return Unit.id.in_(units)
    if "unit_id" in table.c:
        inside = table.c.unit_id.in_(units)
        return or_(inside, table.c.unit_id.is_(None)) if table.c.unit_id.nullable else inside
    if "employee_id" in table.c:
        here = select(Employee.id).where(Employee.unit_id.in_(units))
        posted = select(Position.employee_id).where(Position.unit_id.in_(units))
        return or_(table.c.employee_id.in_(here), table.c.employee_id.in_(posted))
    return None


def _during(table: Table, period: Period) -> ColumnElement[bool] | None:
    if {"year", "month"} <= set(table.c.keys()):
        return and_(table.c.year == period.year, table.c.month == period.month)
    if "day" in table.c and table.name != "holiday":  # users move holidays
        return table.c.day.between(period.first, period.last)
    return None
