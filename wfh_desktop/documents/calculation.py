"""Daftar perhitungan TPP: numbered columns whose captions and figures come from the rule set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from reportlab.platypus import Flowable, Spacer

from wfh_desktop.documents import codes, paper, styles, text
from wfh_desktop.documents.ledger import ledger
from wfh_desktop.documents.paper import Document, Layout, Mark, Part
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.signatures import Signature, Signatures
from wfh_desktop.documents.tables import Align, Column, Line, Role, fit
from wfh_desktop.domain.chain import Anchor

PAPER = "daftar"
WHO = (
    Column("No.", Align.RIGHT),
    Column("Nama / NIP", wraps=True),
    Column("Gol.", Align.CENTRE),
    Column("Jabatan", wraps=True),
    Column("Kelas jabatan", Align.CENTRE),
)
FIRST = len(WHO) + 1  # the number of the first column of figures
SEN, SHARE_DECIMALS = 2, 4
TITLE = "DAFTAR PERHITUNGAN TAMBAHAN PENGHASILAN PEGAWAI (TPP)"
LEGEND = (
    "Baris JUMLAH adalah penjumlahan angka rupiah yang tercetak; persentase dan faktor tidak "
    "dijumlahkan. Angka rupiah dibulatkan saat dicetak; angka persis, pasal dan caranya ada pada "
    "rincian perhitungan setiap pegawai."
)


@dataclass(frozen=True, slots=True)
class Figures:
    """A column of figures: caption, the line under it, and how its cells are written."""

    caption: str
    formula: str  # `9` or `9 = 5 × 8`
    kind: str  # rupiah, percent, factor, number; only rupiah are summed
    digits: int | None = None  # None: as many decimals as the cells of the column need


@dataclass(frozen=True, slots=True)
class CalculationLine:
    """One person with their figures, in the order of the columns."""

    person: Person
    cells: tuple[Decimal | None, ...]
    remark: str = ""  # why there are no figures; printed below the line


@dataclass(frozen=True, slots=True)
class Calculation:
    """Everything the list prints."""

    mark: Mark
    office: str
    unit: str
    rules_title: str
    columns: tuple[Figures, ...]
    lines: tuple[CalculationLine, ...]
    signatures: tuple[Signature, ...]
    subtotals: bool = False  # a sum for each golongan


def code(listed: Calculation) -> str:
    """Return the code of the paper, made of what it prints."""
    return codes.code(PAPER, listed)


def write(listed: Calculation, layout: Layout, anchor: Anchor | None = None) -> bytes:
    """Return the list alone as PDF."""
    title = f"Daftar Perhitungan TPP {text.month(listed.mark.period)}"
    stamp = code(listed)
    part = Part(listed.mark, stamp, story(listed, layout), landscape=True, bookmark=title)
    return paper.write(Document(title, listed.office, layout, (part,), stamp, anchor))


def story(listed: Calculation, layout: Layout) -> list[Flowable]:
    """Return the list to be put on sheets that lie across."""
    width, _ = paper.room(layout, landscape=True)
    lines = list(_lines(listed, layout))
    month = f"BULAN {text.month(listed.mark.period).upper()}"
    closing = [
        Spacer(0, 3),
        styles.note(f"Dasar: {listed.rules_title}. {LEGEND}", layout),
        Signatures(listed.signatures, layout, size=9),
    ]
    grid = fit(_columns(listed), lines, width, layout.typeface)
    return [
        *styles.title((TITLE, listed.unit.upper(), month), layout),
        ledger(grid, lines, closing),
    ]


def totals(listed: Calculation, layout: Layout) -> tuple[Decimal | None, ...]:
    """Return the sum of each rupiah column as printed; None for columns that are not summed."""
    return _sums(listed, listed.lines, decimals(listed, layout))


def decimals(listed: Calculation, layout: Layout) -> tuple[int, ...]:
    """Return how many decimals each column is printed with, the same in all its cells.

    The office decides how rupiah are printed at the least; nothing that counts is cut off.
    """
    return tuple(
        max(
            _needed(column, [line.cells[number] for line in listed.lines]),
            layout.decimals if column.kind == "rupiah" else 0,
        )
        for number, column in enumerate(listed.columns)
    )


def _needed(column: Figures, cells: Sequence[Decimal | None]) -> int:
    if column.digits is not None:
        return column.digits
    rupiah = column.kind == "rupiah"
    most = SEN if rupiah else SHARE_DECIMALS
    needed = max((text.needed(cell, most) for cell in cells if cell is not None), default=0)
    return SEN if rupiah and needed else needed


def _columns(listed: Calculation) -> list[Column]:
    """Return the columns with their numbers; those before the figures are counted with them."""
    counted = [replace(one, formula=str(place)) for place, one in enumerate(WHO, start=1)]
    figures = (
        Column(_caption(one), Align.RIGHT, _two_lines(one.formula)) for one in listed.columns
    )
    return [*counted, *figures]


def _caption(column: Figures) -> str:
    """Return the caption, which says of percentages that they are."""
    plain = column.kind != "percent" or "%" in column.caption
    return text.unbroken(column.caption if plain else f"{column.caption} (%)")


def _two_lines(formula: str) -> str:
    """Return `9 =` over `7 × 8`, which fits narrower columns than one line."""
    return text.unbroken(formula.replace(" = ", " =\n", 1).replace(" x ", " × "))


def _lines(listed: Calculation, layout: Layout) -> Iterator[Line]:
    if not listed.lines:
        yield Line(("", "Tidak ada pegawai", "", "", "", *("" for _ in listed.columns)))
        return
    places = decimals(listed, layout)
    if listed.subtotals:
        yield from _grouped(listed, places)
    else:
        yield from _numbered(enumerate(listed.lines, start=1), places)
    yield _sum(listed, listed.lines, places, "JUMLAH", Role.TOTAL)


def _grouped(listed: Calculation, places: Sequence[int]) -> Iterator[Line]:
    """Return the lines by golongan, by rank within each, with a sum for each."""
    by_group = sorted(listed.lines, key=lambda line: line.person.group_order)
    numbered = enumerate(by_group, start=1)
    for group, members in groupby(numbered, key=lambda pair: pair[1].person.group):
        inside = list(members)
        yield Line((group,), Role.GROUP)
        yield from _numbered(inside, places)
        caption = f"Jumlah {group} ({len(inside)} orang)"
        yield _sum(listed, [line for _, line in inside], places, caption, Role.SUBTOTAL)


def _numbered(
    lines: Iterable[tuple[int, CalculationLine]], places: Sequence[int]
) -> Iterator[Line]:
    for number, line in lines:
        yield _line(number, line, places)
        if line.remark:
            yield Line((f"{line.person.name}: {line.remark}",), Role.NOTE)


def _line(number: int, line: CalculationLine, places: Sequence[int]) -> Line:
    person = line.person
    figures = (
        "-" if cell is None else text.number(cell, most)
        for cell, most in zip(line.cells, places, strict=True)
    )
    job_class = "-" if person.job_class is None else str(person.job_class)
    return Line((str(number), person.label, person.grade, person.title, job_class, *figures))


def _sum(
    listed: Calculation,
    lines: Sequence[CalculationLine],
    places: Sequence[int],
    caption: str,
    role: Role,
) -> Line:
    cells = (
        "" if total is None else text.number(total, most)
        for total, most in zip(_sums(listed, lines, places), places, strict=True)
    )
    return Line(("", caption, "", "", "", *cells), role)


def _sums(
    listed: Calculation, lines: Sequence[CalculationLine], places: Sequence[int]
) -> tuple[Decimal | None, ...]:
    return tuple(
        _printed_sum([line.cells[number] for line in lines], places[number])
        if column.kind == "rupiah"
        else None
        for number, column in enumerate(listed.columns)
    )


def _printed_sum(cells: Sequence[Decimal | None], most: int) -> Decimal:
    return sum((text.rounded(cell, most) for cell in cells if cell is not None), Decimal())
