"""What all papers of a unit's month share: who signs, which rules, whether it is final."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wfh_desktop import rulebook
from wfh_desktop.documents import text
from wfh_desktop.documents.letterhead import Letterhead
from wfh_desktop.documents.paper import Mark
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.signatures import Signature, dated
from wfh_desktop.domain.people import Capacity, EmploymentStatus
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import office, tpp, units
from wfh_desktop.services.papers import layouts
from wfh_desktop.services.papers.layouts import LayoutDraft
from wfh_desktop.services.people import PersonRow
from wfh_desktop.services.tpp import PersonSnapshot, RecommendationDetails
from wfh_desktop.services.tpp.facts import choice
from wfh_desktop.services.tpp.snapshots import plain

DIGITS = 8  # of the digest of a rule set, printed as its version


@dataclass(frozen=True, slots=True)
class Month:
    """A unit's month as its papers need it.

    Once something was calculated, kop and signatories are those of its snapshot; before that,
    today's.
    """

    unit_id: int
    unit: str
    period: Period
    details: RecommendationDetails | None
    settings: LayoutDraft
    kop: Mapping[str, Any]
    signers: Mapping[str, Mapping[str, Any]]
    rules: str

    @property
    def final(self) -> bool:
        """Whether the recommendation of the month is locked."""
        return self.details is not None and self.details.state is State.FINAL

    @property
    def revision(self) -> int:
        """The revision of the recommendation; 0 before there is one."""
        return self.details.revision if self.details else 0

    @property
    def mark(self) -> Mark:
        """What stands at the foot of every page."""
        return Mark(self.period, self.rules, self.revision, draft=not self.final)

    @property
    def office(self) -> str:
        """The name of the office in its kop."""
        return str(self.kop.get("office") or self.unit)

    @property
    def day(self) -> str:
        """The date of the letter as printed; empty while it has none."""
        found = self.details.dated if self.details else None
        return text.day(found) if found else ""

    @property
    def letterhead(self) -> Letterhead:
        """The kop surat."""
        logo = self.kop.get("logo")
        return Letterhead(
            government=self.kop.get("government", ""),
            office=self.office,
            unit=self.kop.get("unit", ""),
            address=self.kop.get("address", ""),
            logo=bytes.fromhex(logo) if logo else None,
        )

    def head(self, opening: str = "") -> Signature:
        """Return the signature of the head of the unit."""
        return self._signature("head", opening, f"Kepala {self.unit}")

    def placed(self, signature: Signature) -> Signature:
        """Return *signature* with place and date above it."""
        return replace(signature, opening=dated(self.kop.get("place", ""), self.day))

    def two(self, *roles: str) -> tuple[Signature, ...]:
        """Return the head, who takes note, and the first of *roles* that somebody holds.

        Without any the head signs alone.
        """
        for role in roles:
            if role in self.signers:
                return self.head("Mengetahui,"), self.placed(self._signature(role, "", ""))
        return (self.placed(self.head()),)

    def _signature(self, role: str, opening: str, title: str) -> Signature:
        signer = self.signers.get(role, {})
        lines = text.official(
            signer.get("title") or title,
            Capacity(signer.get("capacity", Capacity.DEFINITIVE)),
            signer.get("on_behalf_of", ""),
        )
        rank, grade = signer.get("rank", ""), signer.get("grade", "")
        return Signature(
            opening=opening,
            title=lines,
            name=signer.get("name", ""),
            rank=rank or (f"Golongan {grade}" if grade else ""),
            nip=signer.get("nip", ""),
        )


def month(work: Work, unit_id: int, period: Period) -> Month:
    """Return what the papers of a unit's month share."""
    found = tpp.current(work, unit_id, period)
    settings = layouts.layout(work, unit_id, period).settings
    if found is not None and "letterhead" in found.snapshot:
        shot = found.snapshot
        version = found.rule_digest[:DIGITS]
        return Month(
            unit_id=unit_id,
            unit=shot["unit"],
            period=period,
            details=found,
            settings=settings,
            kop=shot["letterhead"],
            signers=shot["signatories"],
            rules=f"{found.rules_title} [{found.rule_id} {version}]",
        )
    return _before_calculation(work, unit_id, period, settings)


def _before_calculation(work: Work, unit_id: int, period: Period, settings: LayoutDraft) -> Month:
    signers = office.signatories(work, unit_id, period.last)
    head = office.letterhead(work, unit_id, period)
    names = {row.id: row.name for row in units.tree(work, period.last)}
    return Month(
        unit_id=unit_id,
        unit=names.get(unit_id, ""),
        period=period,
        details=None,
        settings=settings,
        kop={**plain(head), "logo": head.logo.hex() if head.logo else None},
        signers={role: plain(signer) for role, signer in signers.items()},
        rules=_chosen(work, unit_id, period),
    )


def _chosen(work: Work, unit_id: int, period: Period) -> str:
    chosen = choice(work, unit_id, period)
    if chosen is None:
        return "belum dipilih"
    name = rulebook.load(chosen.rule_id).name
    return f"{name} [{chosen.rule_id} {rulebook.digest(chosen.rule_id)[:DIGITS]}]"


def on_paper(person: PersonRow | PersonSnapshot) -> Person:
    """Return a person as lists show them."""
    return Person(
        name=person.name,
        nip=person.nip or "",
        status=EmploymentStatus(person.status),
        grade=person.grade,
        rank=person.rank,
        title=person.title,
        job_class=person.job_class,
        unit=person.unit,
    )
