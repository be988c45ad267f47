"""How a unit wants its papers: sheet, margins, typeface and the fixed words of its letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from wfh_desktop.documents.fonts import Typeface
from wfh_desktop.documents.paper import Layout, Margins, Size
from wfh_desktop.domain.errors import Problem, refuse
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import PaperLayout, Unit
from wfh_desktop.services import records, units

LEAST, FOOT, MOST = 8, 14, 60  # millimetres; the foot of the page needs more
LINES = ("addressee", "copies")


@dataclass(frozen=True, slots=True)
class LayoutDraft:
    """The settings of a unit's papers as typed in."""

    layout: Layout = field(default_factory=Layout)
    subtotals: bool = False
    addressee: tuple[str, ...] = ()
    nature: str = "Biasa"
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """The settings that hold for a unit; *id* 0 if nobody up to the top of the tree set any."""

    id: int
    version: int
    unit_id: int  # whose they are: the unit itself, or the nearest above
    settings: LayoutDraft


def layout(work: Work, unit_id: int, period: Period) -> LayoutRow:
    """Return the settings of a unit's papers: its own, or those of the nearest above."""
    work.actor.require(Right.READ)
    line = [unit_id, *(row.id for row in units.path(work, unit_id, period.last))]
    query = select(PaperLayout).where(PaperLayout.unit_id.in_(line))
    stored = {row.unit_id: row for row in work.session.scalars(query)}
    for key in line:
        if key in stored:
            return _row(stored[key])
    return LayoutRow(0, 0, unit_id, LayoutDraft())


def set_layout(work: Work, unit_id: int, version: int, draft: LayoutDraft) -> None:
    """Give a unit its own settings, or change them; *version* 0 if it has none yet."""
    work.actor.require(Right.ADMINISTER)
    refuse(_problems(draft))
    values = _values(draft)
    stored = work.session.scalar(select(PaperLayout).where(PaperLayout.unit_id == unit_id))
    if stored is None:
        work.get(Unit, unit_id)
        new = work.add(PaperLayout(unit_id=unit_id, **values))
        records.noted(work, new, "paper_layout.set")
    else:
        record = work.get(PaperLayout, stored.id, version)
        records.amend(work, record, "paper_layout.changed", **values)


def _problems(draft: LayoutDraft) -> Iterator[Problem]:
    for margins in (draft.layout.letter, draft.layout.sheet):
        for name in ("top", "right", "bottom", "left"):
            least = FOOT if name == "bottom" else LEAST
            if not least <= getattr(margins, name) <= MOST:
                yield Problem(f"margin_{name}", "margin_range", (least, MOST))
    for name in LINES:
        if len("\n".join(getattr(draft, name))) > 400:
            yield Problem(name, "too_long", (400,))


def _values(draft: LayoutDraft) -> dict[str, object]:
    chosen = draft.layout
    return {
        "size": chosen.size.value,
        "typeface": chosen.typeface.value,
        "letter": _millimetres(chosen.letter),
        "sheet": _millimetres(chosen.sheet),
        "decimals": chosen.decimals,
        "placeholder": chosen.placeholder,
        "subtotals": draft.subtotals,
        "addressee": "\n".join(draft.addressee),
        "nature": draft.nature.strip(),
        "copies": "\n".join(draft.copies),
    }


def _millimetres(margins: Margins) -> list[int]:
    return [margins.top, margins.right, margins.bottom, margins.left]


def _row(stored: PaperLayout) -> LayoutRow:
    chosen = Layout(
        size=Size(stored.size),
        typeface=Typeface(stored.typeface),
        letter=Margins(*stored.letter),
        sheet=Margins(*stored.sheet),
        decimals=stored.decimals,
        placeholder=stored.placeholder,
    )
    settings = LayoutDraft(
        layout=chosen,
        subtotals=stored.subtotals,
        addressee=tuple(stored.addressee.splitlines()),
        nature=stored.nature,
        copies=tuple(stored.copies.splitlines()),
    )
    return LayoutRow(stored.id, stored.version, stored.unit_id, settings)
