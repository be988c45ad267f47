"""The list of a recommendation as a file for a spreadsheet, each export noted in the audit log."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from wfh_desktop import words
from wfh_desktop.documents import workbook
from wfh_desktop.documents.workbook import Cell, Table
from wfh_desktop.domain import cells
from wfh_desktop.domain.file_names import safe_name
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.tpp import figures
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.files import save
from wfh_desktop.persistence.models import Recommendation
from wfh_desktop.services.tpp.reading import LineRow, RecommendationDetails, details

HEADS = ("No", "Nama", "NIP", "Golongan", "Jabatan", "Kelas")
REMARK = "Keterangan"
CSV = ".csv"
UTF8_MARK = "\ufeff"  # without it Excel takes UTF-8 for the letters of its own country


def export(
    work: Work,
    key: int,
    path: Path,
    *,
    only: Collection[int] | None = None,
    search: str = "",
) -> int:
    """Save the list as XLSX, or as CSV if *path* ends so; return the number of people.

    *only* are the employees that a *search* left. The audit log keeps who took what with them:
    search, number of people and the digest of the file. Raises `Unwritable`.
    """
    work.actor.require(Right.READ)
    shown = details(work, key)
    lines = [line for line in shown.lines if only is None or line.employee_id in only]
    table = _table(shown, lines, search)
    content = _csv(table) if path.suffix.lower() == CSV else workbook.xlsx(table)
    save(content, path, 0o600)
    work.log(
        "recommendation.exported",
        work.get(Recommendation, key),
        rows=len(lines),
        search=search,
        format=path.suffix.lower().lstrip("."),
        sha256=sha256(content).hexdigest(),
    )
    return len(lines)


def name(shown: RecommendationDetails) -> str:
    """Return what the file is called unless the user says otherwise."""
    words_of_it = f"Daftar TPP {shown.period} {shown.snapshot.get('unit', '')}"
    return safe_name(words_of_it, ".xlsx" if shown.state is State.FINAL else " (DRAF).xlsx")


def _table(shown: RecommendationDetails, lines: list[LineRow], search: str) -> Table:
    unit = str(shown.snapshot.get("unit", ""))
    state = f"{shown.state.value}, revisi {shown.revision}" if shown.revision else shown.state.value
    heads = tuple(f"{one.heading} {one.caption}" for one in shown.columns)
    return Table(
        name="TPP",
        lines=(
            f"Daftar perhitungan TPP {words.month(shown.period)}",
            *filter(None, (unit, shown.rules_title)),
            f"Keadaan: {state}",
            *([f"Hanya yang memuat: {search}"] if search else []),
        ),
        heads=(*HEADS, *heads, REMARK),
        rows=tuple(_row(line, len(shown.columns)) for line in lines),
        totals=_totals(shown, lines),
        digits=(*(0 for _ in HEADS), *(one.digits for one in shown.columns), 0),
    )


def _row(line: LineRow, columns: int) -> tuple[Cell, ...]:
    person = line.person
    return (
        line.place,
        person.name,
        person.nip,
        person.grade,
        person.title,
        person.job_class,
        *(line.cells or (None,) * columns),
        line.refusal,
    )


def _totals(shown: RecommendationDetails, lines: list[LineRow]) -> tuple[Cell, ...]:
    def total(place: int) -> Decimal:
        found = [line.cells[place] for line in lines if place < len(line.cells)]
        return sum((one for one in found if one is not None), Decimal(0))

    sums = (
        total(place) if one.kind == "rupiah" else None for place, one in enumerate(shown.columns)
    )
    return (None, "JUMLAH", *(None for _ in HEADS[2:]), *sums, None)


def _csv(table: Table) -> bytes:
    rows = [[line] for line in table.lines]
    rows += [[_text(cell) for cell in row] for row in (table.heads, *table.rows, table.totals)]
    return (UTF8_MARK + cells.separated(rows)).encode("utf-8", "replace")


def _text(cell: Cell) -> str:
    """Return a cell as Indonesian spreadsheets read it: an exact number with a comma."""
    if cell is None:
        return ""
    return figures.plain(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)
