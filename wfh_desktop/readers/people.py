"""How a sheet names a person: a name cell, perhaps with the NIP in it, a NIP cell, a PIN cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from wfh_desktop.readers import values
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.records import Person
from wfh_desktop.readers.table import Cell

_NIP_BELOW = re.compile(
    r"^(?P<name>.*?)[\s,/(]*(?:\bNI(?:P|\s*PPPK)\b\s*[.:]*\s*|NIP\s*[.:]\s*|\n\s*)"
    r"(?P<nip>'?\d[\d .\-]{14,26}\d)[\s)]*$",
    re.IGNORECASE | re.DOTALL,
)
_NIP_DIGITS = 18
_LONG_NUMBER = re.compile(r"\d[\d .\-]{14}")
_LETTERS = re.compile(r"[^\W\d_]")
_UNIT = re.compile(
    r"^(?:opd|skpd|unit(?: kerja| organisasi)?|instansi|perangkat daerah|satuan kerja)\s*:\s*(.+)$",
    re.IGNORECASE,
)


def name_and_nip(cell: Cell) -> tuple[str, Cell]:
    """Split a name cell that holds the NIP too (`Nama⏎NIP. 1967…`); else the NIP is empty."""
    if isinstance(cell, str) and len(cell) > _NIP_DIGITS and _LONG_NUMBER.search(cell):
        parts = _NIP_BELOW.match(cell.strip())
        if parts:
            return values.text(parts["name"]), parts["nip"]
    return values.given(cell), ""


def is_name(shown: str) -> bool:
    """Tell whether a text can be the name of a person: it has letters."""
    return shown[:1].isalpha() or _LETTERS.search(shown) is not None


def report(nip: values.Nip, problems: Problems, place: str) -> None:
    """Turn what is wrong with a NIP into a problem at its place."""
    if nip.fault:
        problems.error(nip.fault, place, nip.digits or "")
    elif nip.damaged:
        problems.question("nip_damaged", place, nip.digits or "")


@dataclass(slots=True)
class Namesakes:
    """Remembers who was met, to say when one NIP has two names."""

    _names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def met(self, nip: str | None, name: str | None, place: str) -> None:
        """Remember a person with a sound NIP."""
        if nip and name:
            self._names[nip].setdefault(_plain(name), place)

    def differ(self, nip: str | None) -> bool:
        """Tell whether a NIP has two names."""
        return nip is not None and len(self._names.get(nip, ())) > 1

    def report(self, problems: Problems) -> None:
        """Ask about every NIP that has two names."""
        for nip, names in self._names.items():
            if len(names) > 1:
                places = list(names.values())
                problems.question("nip_two_names", places[1], nip, places[0])


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.partition(",")[0])).casefold()


def person(name_cell: Cell, nip_cell: Cell, pin_cell: Cell = "") -> tuple[Person, values.Nip]:
    """Read a person from the cells of a line of attendance."""
    name, inside = name_and_nip(name_cell)
    nip = values.nip(inside or nip_cell)
    pin = values.pin(pin_cell)
    return Person(nip.digits, pin, name or None, nip.damaged), nip


def key(one: Person) -> str:
    """Return what tells people of one file apart: NIP, else PIN, else name."""
    return one.nip or one.pin or (one.name or "").casefold()


def title(cells: Iterable[Cell]) -> str:
    """Join the filled cells of a title row."""
    return " ".join(filter(None, (values.text(cell) for cell in cells)))


def unit_named(rows: Iterable[Iterable[Cell]]) -> str:
    """Return the unit that a title row names (`OPD : Dinas Contoh`), or nothing."""
    for row in rows:
        if parts := _UNIT.match(title(row)):
            return parts[1].strip()
    return ""
