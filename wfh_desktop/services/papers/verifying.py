"""Telling a paper that this database issued from one that was altered, replaced or made up.

A file is genuine only if it is the very bytes that were issued. Of a sheet of paper only the code
can be looked up: what stands beside it has to be compared with the original by eye.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, or_, select, text

from wfh_desktop.documents.marking import PREFIX
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.domain.papers import Finding, Paper
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import AuditEntry, PrintedPaper, Recommendation, Unit
from wfh_desktop.services import audit

LETTERS = "A-Z2-7"
_IN_FILE = re.compile(
    rb"%b kode=([%b]{4}-[%b]{4}-[%b]{4})(?: segel=(\d{1,18}) jangkar=([0-9a-f]{64}))?"
    % (PREFIX.encode(), *(LETTERS.encode(),) * 3)
)
_TYPED = re.compile(rf"(?:{PREFIX}:)?([{LETTERS}]{{12}})(?::(\d{{1,18}}):([0-9A-F]{{12}}))?")
_ON_SERVER = text("SELECT * FROM audit.paper(CAST(:codes AS text[]), :hash)")


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper as it went out of the house."""

    paper: Paper
    unit: str
    period: Period
    revision: int
    draft: bool
    code: str
    at: datetime
    actor: str
    whole: bool  # the file is the same byte for byte
    newest: int | None  # the latest final revision of the month


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of checking a paper; *issued* is the one it is, or pretends to be.

    *file* tells whether bytes were compared or only a code was looked up; *anchored* whether the
    seal that it names is still in the chain, None where it names none.
    """

    finding: Finding
    file: bool
    code: str
    issued: Issued | None
    anchored: bool | None


def check(work: Work, content: bytes | None, code: str = "") -> Verdict:
    """Tell what the file with *content* is, or without one the paper that bears *code*."""
    work.actor.require(Right.READ)
    codes, anchor = _named(content, code)
    hash_ = sha256(content).hexdigest() if content is not None else ""
    issued = _best(_issued(work, codes, hash_))
    return Verdict(
        finding=_finding(issued, file=content is not None),
        file=content is not None,
        code=issued.code if issued and issued.whole else next(iter(codes), ""),
        issued=issued,
        anchored=audit.holds(work, anchor) if anchor else None,
    )


def typed(words: str) -> str:
    """Return the code somebody typed or scanned as papers print it; empty if it is none."""
    found = _TYPED.fullmatch(_squeezed(words))
    return _grouped(found[1]) if found else ""


def _finding(issued: Issued | None, *, file: bool) -> Finding:
    if issued is None:
        return Finding.UNKNOWN
    if issued.draft:
        return Finding.DRAFT
    if file and not issued.whole:
        return Finding.ALTERED
    if issued.newest is not None and issued.newest > issued.revision:
        return Finding.SUPERSEDED
    return Finding.AUTHENTIC


def _named(content: bytes | None, code: str) -> tuple[list[str], Anchor | None]:
    """Return the codes that a file or a typed line names, and the seal beside the last of them."""
    if content is not None:
        found = _IN_FILE.findall(content)
        sealed = [Anchor(int(seal), hash_.decode()) for _, seal, hash_ in found if seal]
        codes = list(dict.fromkeys(name.decode() for name, _, _ in found))
        return codes + [one for one in [typed(code)] if one], sealed[-1] if sealed else None
    match = _TYPED.fullmatch(_squeezed(code))
    if match is None:
        return [], None
    anchor = Anchor(int(match[2]), match[3].lower()) if match[2] else None
    return [_grouped(match[1])], anchor


def _squeezed(words: str) -> str:
    return re.sub(r"[\s\-]", "", words).upper()


def _grouped(letters: str) -> str:
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def _best(found: Sequence[Issued]) -> Issued | None:
    """Return what says most: the same bytes before a mere code, what is final before a draft."""
    order = sorted(found, key=lambda one: (not one.whole, one.draft, -one.revision))
    return order[0] if order else None


def _issued(work: Work, codes: Sequence[str], hash_: str) -> list[Issued]:
    """Return the papers with one of *codes*, alone or as a sheet among others, or with *hash_*.

    A server tells so much of any unit's papers to whoever holds one in hand.
    """
    if work.shared:
        given = {"codes": list(codes), "hash": hash_}
        return [_row(row) for row in work.session.execute(_ON_SERVER, given)]
    direct = or_(PrintedPaper.code.in_(codes), PrintedPaper.sha256 == hash_)
    return _here(work, direct, hash_) or _here(work, _holds_sheet(work, codes), hash_)


def _here(work: Work, wanted: ColumnElement[bool], hash_: str) -> list[Issued]:
    newest = (
        select(func.max(Recommendation.revision))
        .where(
            Recommendation.unit_id == PrintedPaper.unit_id,
            Recommendation.year == PrintedPaper.year,
            Recommendation.month == PrintedPaper.month,
            Recommendation.state == State.FINAL,
        )
        .scalar_subquery()
    )
    query = select(PrintedPaper, Unit.name, newest).join(Unit, Unit.id == PrintedPaper.unit_id)
    return [
        _row(
            [
                *(one.paper, unit, one.year, one.month, one.revision, one.draft, one.code),
                *(one.at, one.actor),
                one.sha256 == hash_ and (one.draft or sha256(one.content).hexdigest() == hash_),
                latest,
            ]
        )
        for one, unit, latest in work.session.execute(query.where(wanted))
    ]


def _holds_sheet(work: Work, codes: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition of a paper of many sheets, one of which has one of *codes*."""
    words = cast(AuditEntry.details, String)
    query = select(AuditEntry.subject).where(
        AuditEntry.action == "paper.issued",
        or_(*(words.contains(f'"{code}"') for code in codes)) if codes else text("0 = 1"),
    )
    subjects = work.session.scalars(query).all()
    return PrintedPaper.id.in_([int(subject.partition(":")[2]) for subject in subjects])


def _row(values: Sequence[Any]) -> Issued:
    paper, unit, year, month, *others = values
    return Issued(Paper(paper), unit, Period(year, month), *others)
