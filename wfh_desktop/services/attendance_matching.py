"""Whom the lines of an attendance file mean: by NIP, by PIN and device, name only as proposal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select

from wfh_desktop.domain.likeness import ALIKE, alike, plain
from wfh_desktop.domain.nip import EXACT_DIGITS
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Alias, Employee, Unit
from wfh_desktop.readers import names
from wfh_desktop.readers.records import Person
from wfh_desktop.services import records
from wfh_desktop.services.people import PersonRow

PIN, NAME = "pin", "name"
ZERO = "0"  # a finger the machine did not recognise


class Match(StrEnum):
    """How sure it is whom a line of the file means."""

    SURE = "sure"
    ASK = "ask"  # somebody is likely, or several are: the user decides
    FOREIGN = "foreign"  # a person of another unit
    UNKNOWN = "unknown"  # nobody here has this NIP, PIN or name
    SKIPPED = "skipped"  # the user said: leave out


class Doubt(StrEnum):
    """Why it has to be asked, or why nobody was found; `words.DOUBTS` has the sentences."""

    NONE = ""
    NAME_ALIKE = "name_alike"
    NIP_DAMAGED = "nip_damaged"
    PIN_COLLISION = "pin_collision"
    PIN_OTHER_DEVICE = "pin_other_device"
    SAME_PERSON = "same_person"
    NOT_RECOGNISED = "not_recognised"
    OTHER_UNIT = "other_unit"
    NOT_ON_LIST = "not_on_list"


@dataclass(frozen=True, slots=True)
class Found:
    """Whom one person of the file means. *candidates* are likely ones, the best first."""

    key: str
    person: Person
    device: str
    lines: int
    match: Match
    doubt: Doubt = Doubt.NONE
    candidates: tuple[int, ...] = ()
    unit: str = ""  # where a foreign person serves

    @property
    def id(self) -> str:
        """What tells the row apart."""
        return self.key

    @property
    def employee_id(self) -> int | None:
        """Whom it means, if that is sure."""
        return self.candidates[0] if self.match is Match.SURE else None

    @property
    def shown(self) -> str:
        """What the file calls the person."""
        pin = self.person.pin and f"PIN {self.person.pin}"
        return " · ".join(filter(None, (self.person.name, self.person.nip, pin))) or "?"


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a file names, on which device, in how many lines."""

    person: Person
    device: str
    lines: int


@dataclass(frozen=True, slots=True)
class _Verdict:
    match: Match
    doubt: Doubt = Doubt.NONE
    people: tuple[int, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class _Office:
    """Everybody of the unit, by the ways a file may name them."""

    by_nip: Mapping[str, int]
    names: Mapping[int, str]  # without degrees
    elsewhere: Mapping[str, str]  # NIP to the name of another unit
    pins: Mapping[str, Sequence[tuple[str, int]]]  # bare PIN to device and person
    called: Mapping[tuple[str, ...], int]  # names that were confirmed before


def bare(pin: str) -> str:
    """Return a PIN as it compares: spreadsheets and machines drop leading zeros."""
    return pin.strip().lstrip("0") or ZERO


def key_of(person: Person, device: str) -> str:
    """Return what tells people of one file apart; two machines may use one PIN for two people."""
    return "|".join((device, person.nip or "", person.pin or "", person.name or ""))


def match(
    work: Work,
    roster: Sequence[PersonRow],
    named: Mapping[str, Named],
    answers: Mapping[str, int | None],
) -> dict[str, Found]:
    """Find everybody in *named*, by `key_of`, among *roster*, obeying *answers*."""
    office = _office(work, roster, [one.person for one in named.values()])
    here = frozenset(row.id for row in roster)
    found = {}
    for key, one in named.items():
        said = _answered(answers, key, here) or _verdict(office, one.person, one.device)
        found[key] = Found(
            key,
            one.person,
            one.device,
            one.lines,
            said.match,
            said.doubt,
            said.people,
            said.unit,
        )
    return _told_apart(found, answers)


def proposals(found: Iterable[Found]) -> dict[str, int]:
    """Return whom to choose where somebody is likely and nobody else in the file claims them."""
    found = tuple(found)
    takers = Counter(one.candidates[0] for one in found if one.candidates)
    return {
        one.key: one.candidates[0]
        for one in found
        if one.match is Match.ASK and one.candidates and takers[one.candidates[0]] == 1
    }


def remember(
    work: Work,
    roster: Sequence[PersonRow],
    found: Iterable[Found],
    answers: Mapping[str, int | None],
) -> None:
    """Keep what was answered: next time this PIN or name needs no question."""
    places = {row.id: row.unit_id for row in roster}
    for one in found:
        if one.key not in answers or one.employee_id is None:
            continue
        pin, name = one.person.pin or "", one.person.name or ""
        if bare(pin) != ZERO:
            alias = Alias(kind=PIN, device=one.device, value=pin.strip())
        elif name:
            alias = Alias(kind=NAME, device="", value=" ".join(name.split()))
        else:
            continue
        alias.unit_id, alias.employee_id = places[one.employee_id], one.employee_id
        _keep(work, alias)


def _keep(work: Work, wanted: Alias) -> None:
    """Let a name mean a person, whoever it meant before: the user has just said so."""
    same = select(Alias).where(
        Alias.unit_id == wanted.unit_id,
        Alias.kind == wanted.kind,
        Alias.device == wanted.device,
        Alias.value == wanted.value,
    )
    stored = work.session.scalar(same)
    if stored is None:
        records.noted(work, work.add(wanted), "alias.added")
    else:
        records.amend(
            work, stored, "alias.confirmed", employee_id=wanted.employee_id, withdrawn=False
        )


def _answered(answers: Mapping[str, int | None], key: str, here: frozenset[int]) -> _Verdict | None:
    """Return what the user said of this person; an answer that fits nobody here is none."""
    chosen = answers.get(key)
    if chosen in here:
        return _sure(chosen)
    return _Verdict(Match.SKIPPED) if key in answers and chosen is None else None


def _verdict(office: _Office, person: Person, device: str) -> _Verdict:
    """NIP before PIN before name; what is only likely is asked."""
    if person.nip and not person.nip_damaged:
        return _by_nip(office, person)
    if person.nip:
        return _by_damaged_nip(office, person)
    if person.pin and (settled := _by_pin(office, person.pin, device)):
        return settled
    called = office.called.get(_plain(person))
    if called and not person.pin:
        return _sure(called)
    likely = _likely(office, person)
    if likely:
        return _Verdict(Match.ASK, Doubt.NAME_ALIKE, likely)
    return _Verdict(Match.UNKNOWN, Doubt.NOT_ON_LIST)


def _by_nip(office: _Office, person: Person) -> _Verdict:
    nip = person.nip or ""
    if nip in office.by_nip:
        return _sure(office.by_nip[nip])
    if nip in office.elsewhere:
        return _Verdict(Match.FOREIGN, Doubt.OTHER_UNIT, unit=office.elsewhere[nip])
    numbered = set(office.by_nip.values())
    likely = tuple(one for one in _likely(office, person) if one not in numbered)
    if likely:
        return _Verdict(Match.ASK, Doubt.NAME_ALIKE, likely)
    return _Verdict(Match.UNKNOWN, Doubt.NOT_ON_LIST)


def _by_damaged_nip(office: _Office, person: Person) -> _Verdict:
    """Ask who it is: a spreadsheet has destroyed the last three digits."""
    kept = (person.nip or "")[:EXACT_DIGITS]
    same = [key for nip, key in office.by_nip.items() if nip[:EXACT_DIGITS] == kept]
    called = office.called.get(_plain(person))
    if called in same:
        return _sure(called)
    likely = _likely(office, person)
    both = tuple(dict.fromkeys([key for key in likely if key in same] + same + list(likely)))
    if both:
        return _Verdict(Match.ASK, Doubt.NIP_DAMAGED, both)
    return _Verdict(Match.UNKNOWN, Doubt.NOT_ON_LIST)


def _by_pin(office: _Office, pin: str, device: str) -> _Verdict | None:
    """Look a PIN up on its device; the same PIN on another device is only a proposal."""
    number = bare(pin)
    if number == ZERO:
        return _Verdict(Match.UNKNOWN, Doubt.NOT_RECOGNISED)
    holders = office.pins.get(number, ())
    here = {person for place, person in holders if place in {device, ""}}
    exact = {person for place, person in holders if device and place == device}
    for sure in (here, exact):  # a PIN of this very device settles one that has no device
        if len(sure) == 1:
            return _sure(*sure)
    if here:
        return _Verdict(Match.ASK, Doubt.PIN_COLLISION, tuple(sorted(here)))
    if holders:
        people = tuple(dict.fromkeys(person for _, person in holders))
        return _Verdict(Match.ASK, Doubt.PIN_OTHER_DEVICE, people)
    return None


def _sure(employee_id: int) -> _Verdict:
    return _Verdict(Match.SURE, Doubt.NONE, (employee_id,))


def _likely(office: _Office, person: Person) -> tuple[int, ...]:
    """Return people whose name is like the one in the file, the likeliest first."""
    name = _bare_name(person.name or "")
    if not name:
        return ()
    scores = ((alike(name, other), key) for key, other in office.names.items())
    best = sorted((score, key) for score, key in scores if score >= ALIKE)
    return tuple(key for _, key in reversed(best))


def _told_apart(found: dict[str, Found], answers: Mapping[str, int | None]) -> dict[str, Found]:
    """Ask where two people of the file mean the same person, unless two PINs do or it was said."""
    takers: defaultdict[int, list[Found]] = defaultdict(list)
    for one in found.values():
        if one.employee_id is not None and not one.person.pin:
            takers[one.employee_id].append(one)
    for same in takers.values():
        for one in same if len(same) > 1 else ():
            if one.key not in answers:
                asked = replace(one, match=Match.ASK, doubt=Doubt.SAME_PERSON)
                found[one.key] = asked
    return found


def _office(work: Work, roster: Sequence[PersonRow], people: Iterable[Person]) -> _Office:
    ids = [row.id for row in roster]
    by_nip = {row.nip: row.id for row in roster if row.nip}
    asked = {person.nip for person in people if person.nip} - by_nip.keys()
    elsewhere = work.session.execute(
        select(Employee.nip, Unit.name)
        .join(Unit, Unit.id == Employee.unit_id)
        .where(Employee.nip.in_(asked))
    )
    pins: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    called: dict[tuple[str, ...], int] = {}
    aliases = select(Alias.kind, Alias.device, Alias.value, Alias.employee_id).where(
        Alias.kind.in_((PIN, NAME)), Alias.employee_id.in_(ids), Alias.withdrawn.is_(False)
    )
    for kind, device, value, employee_id in work.session.execute(aliases):
        if kind == PIN:
            pins[bare(value)].append((device, employee_id))
        else:
            called[plain(_bare_name(value))] = employee_id
    return _Office(
        by_nip,
        {row.id: _bare_name(row.name) for row in roster},
        {nip: unit for nip, unit in elsewhere if nip},
        pins,
        called,
    )


def _plain(person: Person) -> tuple[str, ...]:
    return plain(_bare_name(person.name or ""))


def _bare_name(name: str) -> str:
    return names.split(name).name if name.strip() else ""
