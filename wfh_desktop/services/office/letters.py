"""Changing the kop surat and who signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from wfh_desktop.domain import careers
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Capacity, Right
from wfh_desktop.domain.ranks import PNS_GRADES, PPPK_GRADES
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Letterhead, Signatory, Unit
from wfh_desktop.services import records, timeline
from wfh_desktop.services.office.logo import small_png
from wfh_desktop.services.office.papers import ROLES
from wfh_desktop.services.people.careers import NEVER

ACTING = frozenset({Capacity.PLT, Capacity.PLH})


@dataclass(frozen=True, slots=True)
class LetterheadDraft:
    """The lines of a kop surat as typed in."""

    government: str
    office: str
    unit: str = ""
    address: str = ""
    place: str = ""
    number_template: str = ""


@dataclass(frozen=True, slots=True)
class SignatoryDraft:
    """Who signs in a role from a day on: one of the people, or an official from elsewhere."""

    role: str
    title: str
    valid_from: date
    employee_id: int | None = None
    name: str = ""
    nip: str = ""
    grade: str = ""
    capacity: Capacity = Capacity.DEFINITIVE
    on_behalf_of: str = ""
    valid_to: date | None = None


def set_letterhead(work: Work, unit_id: int, version: int, draft: LetterheadDraft) -> None:
    """Give a unit its own kop surat, or change it; *version* 0 if it has none yet."""
    work.actor.require(Right.ADMINISTER)
    refuse(Problem(name, "required") for name in ("government", "office") if not _line(draft, name))
    stored = _letterhead(work, unit_id, version)
    values = {
        name: _line(draft, name)
        for name in ("government", "office", "unit", "address", "place", "number_template")
    }
    if stored is None:
        new = work.add(Letterhead(unit_id=unit_id, **values))
        records.noted(work, new, "letterhead.set")
    else:
        records.amend(work, stored, "letterhead.changed", **values)


def set_logo(work: Work, unit_id: int, version: int, content: bytes | None) -> None:
    """Put a picture into the kop surat of a unit, drawn anew as a small PNG; None takes it out.

    Raises `Unreadable` for what is no picture, or one too large to open safely.
    """
    work.actor.require(Right.ADMINISTER)
    logo = small_png(content) if content is not None else None
    stored = _letterhead(work, unit_id, version)
    if stored is None:
        stored = work.add(Letterhead(unit_id=unit_id))
    stored.logo = logo
    work.log("letterhead.logo", stored, size=len(logo) if logo else 0)


def appoint(work: Work, unit_id: int, draft: SignatoryDraft) -> int:
    """Let somebody sign in a role from a day on; return the row's number.

    A definitive official ends the one before; a Plt, Plh or a.n. signs beside him for his time.
    """
    work.actor.require(Right.ADMINISTER)
    work.get(Unit, unit_id)
    refuse(_problems(draft))
    new = Signatory(unit_id=unit_id, withdrawn=False, **_columns(draft))
    if draft.capacity not in ACTING:
        timeline.place(_definitive(work, unit_id, draft.role), new)
    work.add(new)
    records.noted(work, new, "signatory.appointed")
    return new.id


def correct_signatory(work: Work, key: int, version: int, draft: SignatoryDraft) -> None:
    """Correct who signs: name, title, words above the name, dates."""
    work.actor.require(Right.ADMINISTER)
    row = work.get(Signatory, key, version)
    refuse(_problems(draft))
    if row.capacity not in ACTING and draft.capacity not in ACTING:
        timeline.make_room(_definitive(work, row.unit_id, row.role), row, draft.valid_from)
    records.amend(work, row, "signatory.corrected", **_columns(draft))


def withdraw_signatory(work: Work, key: int, version: int) -> None:
    """Take back an appointment entered by mistake; the one before it signs on."""
    work.actor.require(Right.ADMINISTER)
    row = work.get(Signatory, key, version)
    if row.capacity not in ACTING:
        others = [one for one in _definitive(work, row.unit_id, row.role) if one is not row]
        timeline.lift(others, row)
    records.amend(work, row, "signatory.withdrawn", withdrawn=True, valid_to=NEVER)


def _letterhead(work: Work, unit_id: int, version: int) -> Letterhead | None:
    stored = work.session.scalar(select(Letterhead).where(Letterhead.unit_id == unit_id))
    if stored is None:
        work.get(Unit, unit_id)
        return None
    return work.get(Letterhead, stored.id, version)


def _definitive(work: Work, unit_id: int, role: str) -> list[Signatory]:
    query = select(Signatory).where(
        Signatory.unit_id == unit_id,
        Signatory.role == role,
        Signatory.capacity.not_in(ACTING),
        ~Signatory.withdrawn,
    )
    return list(work.session.scalars(query.order_by(Signatory.valid_from, Signatory.id)))


def _problems(draft: SignatoryDraft) -> Iterator[Problem]:
    if draft.role not in ROLES:
        yield Problem("role", "required")
    if not draft.title.strip():
        yield Problem("position_title", "required")
    if draft.employee_id is None and not draft.name.strip():
        yield Problem("name", "required")
    if draft.employee_id is None:
        yield from careers.read_nip(draft.nip)[1]
        if draft.grade and draft.grade not in (*PNS_GRADES, *PPPK_GRADES):
            yield Problem("grade", "grade_unknown", (draft.grade,))
    if draft.capacity is Capacity.ON_BEHALF and not draft.on_behalf_of.strip():
        yield Problem("on_behalf_of", "required")
    if draft.valid_to and draft.valid_to < draft.valid_from:
        yield Problem("valid_to", "before_start")


def _columns(draft: SignatoryDraft) -> dict[str, object]:
    outside = draft.employee_id is None
    nip = careers.read_nip(draft.nip)[0] if outside else None
    return {
        "role": draft.role,
        "employee_id": draft.employee_id,
        "name": draft.name.strip() if outside else "",
        "nip": nip.digits if nip else "",
        "grade": draft.grade if outside else "",
        "title": draft.title.strip(),
        "capacity": draft.capacity,
        "on_behalf_of": draft.on_behalf_of.strip(),
        "valid_from": draft.valid_from,
        "valid_to": draft.valid_to,
    }


def _line(draft: LetterheadDraft, name: str) -> str:
    return " ".join(str(getattr(draft, name)).split())
