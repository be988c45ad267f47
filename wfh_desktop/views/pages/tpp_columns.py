"""The columns of the TPP list on the screen: numbered and captioned as they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap

from wfh_desktop.services.tpp import ColumnRow, LineRow
from wfh_desktop.views import labels
from wfh_desktop.views.tables import Column

CAPTION = 13  # letters of a caption in one line of the header


def _tip(line: LineRow) -> str:
    person = line.person
    lines = (person.name, f"NIP {person.nip}" if person.nip else "", person.rank, person.title)
    return "\n".join(filter(None, (*lines, line.refusal)))


def _tone(line: LineRow) -> str:
    if line.waiting:
        return "attention"
    return "bad" if line.refusal else ""


FIXED: tuple[Column[LineRow], ...] = (
    Column("1\nNo", lambda line: str(line.place), lambda line: line.place, align="right", width=44),
    Column(
        "2\nNama",
        lambda line: line.person.name,
        tip=_tip,
        tone=_tone,
        icon=lambda line: "waiting" if line.waiting else _tone(line),
        total=lambda _: "JUMLAH",
        width=176,
    ),
    Column("3\nGol.", lambda line: line.person.grade, lambda line: line.person.grade, width=50),
    Column("4\nJabatan", lambda line: line.person.title, width=110),
    Column(
        "5\nKelas",
        lambda line: labels.number(line.person.job_class),
        lambda line: line.person.job_class or 0,
        align="right",
        width=60,
    ),
)


def list_columns(columns: Sequence[ColumnRow]) -> list[Column[LineRow]]:
    """Return the columns of the list as they are printed, and the change from last month."""
    return [*FIXED, *(_column(place, column) for place, column in enumerate(columns)), CHANGE]


def _column(place: int, column: ColumnRow) -> Column[LineRow]:
    def value(line: LineRow) -> Decimal | None:
        return line.cells[place] if place < len(line.cells) else None

    def text(line: LineRow) -> str:
        return labels.number(value(line), column.digits)

    def total(lines: Sequence[LineRow]) -> str:
        return labels.number(sum((value(line) or Decimal(0) for line in lines), Decimal(0)), 0)

    return Column(
        "\n".join((*wrap(column.heading, CAPTION), *wrap(column.caption, CAPTION))),
        text,
        lambda line: value(line) or Decimal(0),
        align="right",
        total=total if column.kind == "rupiah" else None,
        title_tip="\n".join(filter(None, (f"{column.heading}: {column.caption}", column.note))),
    )


def _change(line: LineRow) -> str:
    if line.waiting:
        return "menunggu"
    return labels.number(line.change, 0) if line.change else ""


def _change_tone(line: LineRow) -> str:
    if line.waiting:
        return "attention"
    return ("bad" if line.change < 0 else "good") if line.change else ""


def _change_tip(line: LineRow) -> str:
    if line.waiting:
        return line.refusal
    if line.before is None:
        return "Tidak ada pada bulan lalu"
    return f"Bulan lalu {labels.rupiah(line.before)}"


CHANGE: Column[LineRow] = Column(
    "±\nBulan lalu",
    _change,
    lambda line: line.change or Decimal(0),
    align="right",
    tip=_change_tip,
    tone=_change_tone,
)
