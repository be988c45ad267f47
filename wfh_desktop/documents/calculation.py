"""Daftar perhitungan TPP: numbered columns whose captions and figures come from the rule set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from reportlab.platypus import Flowable, Spacer

from wfh_desktop.documents import codes, paper, styles, text
from wfh_desktop.documents.ledger import ledger
from wfh_desktop.documents.paper import Document, Layout, Mark, Part
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.signatures import Signature, Signatures
from wfh_desktop.documents.tables import Align, Column, Line, Role, fit

PAPER = "daftar"
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
    digits: int | None = None  # None: rupiah as the office prints them, others as they are


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


def write(listed: Calculation, layout: Layout) -> bytes:
    """Return the list alone as PDF."""
    title = f"Daftar Perhitungan TPP {text.month(listed.mark.period)}"
    part = Part(listed.mark, code(listed), story(listed, layout), landscape=True, bookmark=title)
    return paper.write(Document(title, listed.office, layout, (part,)))


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


def totals(listed: Calculation, decimals: int) -> tuple[Decimal | None, ...]:
    """Return the sum of each rupiah column as printed; None for columns that are not summed."""
    return _sums(listed.columns, listed.lines, decimals)


def _columns(listed: Calculation) -> list[Column]:
    first = (
        Column("No.", Align.RIGHT, "1"),
        Column("Nama / NIP", formula="2", wraps=True),
        Column("Gol.", Align.CENTRE, "3"),
        Column("Jabatan", formula="4", wraps=True),
        Column("Kelas jabatan", Align.CENTRE, "5"),
    )
    figures = (
        Column(text.unbroken(one.caption), Align.RIGHT, text.unbroken(one.formula))
        for one in listed.columns
    )
    return [*first, *figures]


def _lines(listed: Calculation, layout: Layout) -> Iterator[Line]:
    if not listed.lines:
        yield Line(("", "Tidak ada pegawai", "", "", "", *("" for _ in listed.columns)))
        return
    if listed.subtotals:
        yield from _grouped(listed, layout)
    else:
        yield from _numbered(listed, enumerate(listed.lines, start=1), layout)
    yield _sum(listed, listed.lines, "JUMLAH", Role.TOTAL, layout)


def _grouped(listed: Calculation, layout: Layout) -> Iterator[Line]:
    """Return the lines by golongan, by rank within each, with a sum for each."""
    by_group = sorted(listed.lines, key=lambda line: line.person.group_order)
    numbered = enumerate(by_group, start=1)
    for group, members in groupby(numbered, key=lambda pair: pair[1].person.group):
        inside = list(members)
        yield Line((group,), Role.GROUP)
        yield from _numbered(listed, inside, layout)
        caption = f"Jumlah {group} ({len(inside)} orang)"
        yield _sum(listed, [line for _, line in inside], caption, Role.SUBTOTAL, layout)


def _numbered(
    listed: Calculation, lines: Iterable[tuple[int, CalculationLine]], layout: Layout
) -> Iterator[Line]:
    for place, line in lines:
        yield _line(listed, place, line, layout)
        if line.remark:
            yield Line((f"{line.person.name}: {line.remark}",), Role.NOTE)


def _line(listed: Calculation, place: int, line: CalculationLine, layout: Layout) -> Line:
    person = line.person
    return Line(
        (
            str(place),
            person.label,
            person.grade,
            person.title,
            "-" if person.job_class is None else str(person.job_class),
            *(
                _written(column, cell, layout.decimals)
                for column, cell in zip(listed.columns, line.cells, strict=True)
            ),
        )
    )


def _sum(
    listed: Calculation,
    lines: Sequence[CalculationLine],
    caption: str,
    role: Role,
    layout: Layout,
) -> Line:
    sums = _sums(listed.columns, lines, layout.decimals)
    cells = (
        "" if total is None else text.number(total, _decimals(column, layout.decimals))
        for column, total in zip(listed.columns, sums, strict=True)
    )
    return Line(("", caption, "", "", "", *cells), role)


def _sums(
    columns: Sequence[Figures], lines: Sequence[CalculationLine], decimals: int
) -> tuple[Decimal | None, ...]:
    return tuple(
        sum(
            (
                text.rounded(cell, _decimals(column, decimals))
                for line in lines
                if (cell := line.cells[number]) is not None
            ),
            Decimal(),
        )
        if column.kind == "rupiah"
        else None
        for number, column in enumerate(columns)
    )


def _decimals(column: Figures, decimals: int) -> int:
    return decimals if column.digits is None else column.digits


def _written(column: Figures, cell: Decimal | None, decimals: int) -> str:
    """Return a figure as the list prints it; a dash where the person has none."""
    if cell is None:
        return "-"
    if column.kind == "rupiah":
        return text.number(cell, _decimals(column, decimals))
    return text.figure(cell) if column.digits is None else text.number(cell, column.digits)
