"""What the window and the papers see of a recommendation: plain rows, read from its snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from wfh_desktop import words
from wfh_desktop.domain.errors import NotFound
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import AuditEntry, Recommendation, RecommendationLine
from wfh_desktop.services.tpp import lines
from wfh_desktop.services.tpp.snapshots import PersonSnapshot


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A numbered column of the list, as its rule set printed it when it was calculated.

    *kind* is rupiah, percent, factor or number: only rupiah are summed. *path* names the step of
    the trail behind its cells, *note* how a computed cell is rounded.
    """

    number: int
    key: str
    caption: str
    formula: str  # "6 × 7", or empty
    kind: str
    digits: int | None
    note: str = ""
    path: str = ""

    @property
    def heading(self) -> str:
        """Return what stands above the column: `8 = 6 × 7`, or `8`."""
        return f"{self.number} = {self.formula}" if self.formula else str(self.number)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One person on the list.

    *refusal* says why nothing could be calculated; then all amounts are zero. *before* is what
    was recommended net for the month before, if anything was. *waiting* tells that somebody other
    than who calculated last has to calculate it: nobody writes their own line.
    """

    id: int
    employee_id: int
    place: int
    person: PersonSnapshot
    cells: tuple[Decimal | None, ...]  # by column
    gross: Decimal
    tax: Decimal
    bpjs: Decimal
    net: Decimal
    refusal: str
    before: Decimal | None
    waiting: bool = False

    @property
    def change(self) -> Decimal | None:
        """Return by how much the net amount differs from the month before."""
        return None if self.before is None else self.net - self.before


@dataclass(frozen=True, slots=True)
class RecommendationDetails:
    """A recommendation with all its lines, in the order of the list."""

    id: int
    version: int
    unit_id: int
    period: Period
    state: State
    revision: int
    replaces_id: int | None
    reason: str
    rule_id: str
    rules_title: str
    rule_digest: str
    legal_basis: tuple[str, ...]
    columns: tuple[ColumnRow, ...]
    lines: tuple[LineRow, ...]
    snapshot: Mapping[str, Any]
    computed_at: datetime
    submitted_at: datetime | None
    submitted_by: str
    submitted_login: str
    locked_at: datetime | None
    locked_by: str
    number: str
    dated: date | None
    digest: str
    shared: bool  # others have their own logins: who submitted does not lock

    @property
    def gross(self) -> Decimal:
        """Return the sum of the gross amounts, in rupiah."""
        return sum((line.gross for line in self.lines), Decimal(0))

    @property
    def net(self) -> Decimal:
        """Return the sum of the net amounts, in rupiah."""
        return sum((line.net for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One revision of a month's recommendation."""

    id: int
    version: int
    revision: int
    state: State
    reason: str
    computed_at: datetime
    locked_at: datetime | None
    locked_by: str
    net: Decimal


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the life of a recommendation: who did what, when, why."""

    at: datetime
    actor: str
    action: str
    details: Mapping[str, Any]


def state(work: Work, unit_id: int, period: Period) -> State:
    """Return how far the month is; a draft if nothing was calculated yet."""
    work.actor.require(Right.READ)
    found = newest(work, unit_id, period)
    return found.state if found else State.DRAFT


def current(work: Work, unit_id: int, period: Period) -> RecommendationDetails | None:
    """Return the newest revision of the unit's recommendation for *period*, if there is one."""
    work.actor.require(Right.READ)
    found = newest(work, unit_id, period)
    return details(work, found.id) if found else None


def details(work: Work, key: int) -> RecommendationDetails:
    """Return one revision as it was calculated. Raises `NotFound`."""
    work.actor.require(Right.READ)
    record = work.get(Recommendation, key)
    snapshot = record.snapshot
    period = Period(record.year, record.month)
    return RecommendationDetails(
        id=record.id,
        version=record.version,
        unit_id=record.unit_id,
        period=period,
        state=record.state,
        revision=record.revision,
        replaces_id=record.replaces_id,
        reason=record.reason,
        rule_id=record.rule_id,
        rules_title=snapshot.get("rules_title", record.rule_id),
        rule_digest=record.rule_digest,
        legal_basis=tuple(snapshot.get("legal_basis", ())),
        columns=tuple(ColumnRow(**column) for column in snapshot.get("columns", ())),
        lines=_lines(work, record, period),
        snapshot=snapshot,
        computed_at=record.computed_at,
        submitted_at=record.submitted_at,
        submitted_by=record.submitted_by,
        submitted_login=record.submitted_login,
        locked_at=record.locked_at,
        locked_by=record.locked_by,
        number=record.number,
        dated=record.dated,
        digest=record.digest,
        shared=lines.is_shared(work),
    )


def revisions(work: Work, unit_id: int, period: Period) -> list[RevisionRow]:
    """Return all revisions of the month, the newest first."""
    work.actor.require(Right.READ)
    net: dict[int, Decimal] = {}
    found = work.session.scalars(_of_month(unit_id, period)).all()
    keys = [record.id for record in found]
    lines = work.session.execute(
        select(RecommendationLine.recommendation_id, RecommendationLine.net).where(
            RecommendationLine.recommendation_id.in_(keys), ~RecommendationLine.withdrawn
        )
    )
    for key, amount in lines:
        net[key] = net.get(key, Decimal(0)) + amount
    return [
        RevisionRow(
            id=record.id,
            version=record.version,
            revision=record.revision,
            state=record.state,
            reason=record.reason,
            computed_at=record.computed_at,
            locked_at=record.locked_at,
            locked_by=record.locked_by,
            net=net.get(record.id, Decimal(0)),
        )
        for record in found
    ]


def explain(work: Work, line_id: int) -> trail.Node:
    """Return the whole trail of one line. Raises `NotFound` if it has none."""
    work.actor.require(Right.READ)
    result = work.session.scalar(
        select(RecommendationLine.result).where(RecommendationLine.id == line_id)
    )
    if not result or "trail" not in result:
        raise NotFound(f"RecommendationLine {line_id}")
    return trail.from_plain(result["trail"])


def trails(work: Work, key: int) -> dict[int, trail.Node]:
    """Return the trails of all lines of a recommendation, by employee, in their order."""
    work.actor.require(Right.READ)
    rows = work.session.execute(
        select(RecommendationLine.employee_id, RecommendationLine.result)
        .where(RecommendationLine.recommendation_id == key, ~RecommendationLine.withdrawn)
        .order_by(RecommendationLine.place, RecommendationLine.id)
    )
    return {
        employee: trail.from_plain(result["trail"])
        for employee, result in rows
        if "trail" in result
    }


def history(work: Work, key: int) -> list[StepRow]:
    """Return what was done with a recommendation, the latest first."""
    work.actor.require(Right.READ)
    rows = work.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject == f"{Recommendation.__tablename__}:{key}")
        .order_by(AuditEntry.id.desc())
    )
    return [StepRow(row.at, row.actor, row.action, row.details) for row in rows]


def newest(work: Work, unit_id: int, period: Period) -> Recommendation | None:
    """Return the newest revision as a record, for use within a unit of work."""
    return work.session.scalars(_of_month(unit_id, period)).first()


def _of_month(unit_id: int, period: Period) -> Select[Recommendation]:
    return (
        select(Recommendation)
        .where(
            Recommendation.unit_id == unit_id,
            Recommendation.year == period.year,
            Recommendation.month == period.month,
        )
        .order_by(Recommendation.revision.desc())
    )


def _lines(work: Work, record: Recommendation, period: Period) -> tuple[LineRow, ...]:
    before = _net_before(work, record.unit_id, period.shifted(-1))
    waiting = _waiting(record)
    rows = work.session.execute(
        select(
            RecommendationLine.id,
            RecommendationLine.employee_id,
            RecommendationLine.place,
            RecommendationLine.person,
            RecommendationLine.result,
            RecommendationLine.gross,
            RecommendationLine.net,
        )
        .where(RecommendationLine.recommendation_id == record.id, ~RecommendationLine.withdrawn)
        .order_by(RecommendationLine.place)
    )
    there = [_line(row, before, waiting) for row in rows]
    unwritten = waiting.keys() - {line.employee_id for line in there}
    there += [waiting[key] for key in unwritten]
    there.sort(key=lambda line: line.place)
    return tuple(replace(line, place=place) for place, line in enumerate(there, start=1))


def _line(row: Any, before: Mapping[int, Decimal], waiting: Mapping[int, LineRow]) -> LineRow:
    late = waiting.get(row.employee_id)
    return LineRow(
        id=row.id,
        employee_id=row.employee_id,
        place=late.place if late else row.place,
        person=PersonSnapshot(**row.person),
        cells=tuple(map(_decimal, row.result.get("cells", ()))),
        gross=row.gross,
        tax=Decimal(row.result.get("tax", 0)),
        bpjs=Decimal(row.result.get("bpjs", 0)),
        net=row.net,
        refusal=late.refusal if late else row.result.get("refusal", ""),
        before=before.get(row.employee_id),
        waiting=late is not None,
    )


def _waiting(record: Recommendation) -> dict[int, LineRow]:
    """Return a row for each person whose line somebody else has to write, without amounts."""
    told = [(one["place"], one["person"]) for one in record.snapshot.get("waiting", ())]
    return {
        person["employee_id"]: LineRow(
            id=-person["employee_id"],
            employee_id=person["employee_id"],
            place=place,
            person=PersonSnapshot(**person),
            cells=(),
            gross=Decimal(0),
            tax=Decimal(0),
            bpjs=Decimal(0),
            net=Decimal(0),
            refusal=words.LACKS["others"],
            before=None,
            waiting=True,
        )
        for place, person in told
    }


def _net_before(work: Work, unit_id: int, period: Period) -> dict[int, Decimal]:
    found = newest(work, unit_id, period)
    if found is None:
        return {}
    rows = work.session.execute(
        select(RecommendationLine.employee_id, RecommendationLine.net).where(
            RecommendationLine.recommendation_id == found.id, ~RecommendationLine.withdrawn
        )
    )
    return dict(rows.all())


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
