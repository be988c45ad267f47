"""Rekomendasi dan rincian perhitungan TPP of one person: one sheet with the whole trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from wfh_desktop.documents import codes, paper, styles, text
from wfh_desktop.documents.ledger import ledger
from wfh_desktop.documents.letterhead import Kop, Letterhead
from wfh_desktop.documents.paper import Document, Layout, Mark, Part
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.signatures import Signature, Signatures
from wfh_desktop.documents.tables import Align, Column, Grid, Line, fit
from wfh_desktop.domain.tpp.trail import Node, rounding_text

PAPER = "rincian"
TITLE = "REKOMENDASI DAN RINCIAN PERHITUNGAN\nTAMBAHAN PENGHASILAN PEGAWAI (TPP)"
LEGEND = (
    "Baris miring menjelaskan dan tidak dijumlahkan; "
    "baris tegak di bawah suatu nilai berjumlah nilai itu."
)
SIZES = (8.0, 7.5, 7.0, 6.5, 6.0)  # tried one after the other until the sheet is one page
COLUMNS = (
    Column("Uraian dan cara menghitung", wraps=True),
    Column("Dasar", wraps=True),
    Column("Nilai", Align.RIGHT),
)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Everything the paper prints about one person."""

    mark: Mark
    letterhead: Letterhead
    person: Person
    rules_title: str
    trail: Node
    gross: Decimal
    tax: Decimal
    bpjs: Decimal
    net: Decimal
    signatures: tuple[Signature, ...]


def code(sheet: Breakdown) -> str:
    """Return the code of the paper, made of what it prints."""
    return codes.code(PAPER, sheet)


def write(sheets: Sequence[Breakdown], layout: Layout) -> bytes:
    """Return the sheets as one PDF in the order given, a bookmark and own numbers for each."""
    parts = [
        Part(sheet.mark, code(sheet), _story(sheet, layout), bookmark=_bookmark(sheet))
        for sheet in sheets
    ]
    first = sheets[0]
    title = f"Rincian Perhitungan TPP {text.month(first.mark.period)}"
    return paper.write(Document(title, first.letterhead.office, layout, parts))


def _bookmark(sheet: Breakdown) -> str:
    return f"{sheet.person.name} {sheet.person.nip}".strip()


def _story(sheet: Breakdown, layout: Layout) -> list[Flowable]:
    """Return the sheet in the largest type with which it is one page; else in the largest."""
    width, height = paper.room(layout, landscape=False)
    for size in SIZES:
        story = _sized(sheet, layout, size)
        if _high(story, width, height) <= height:
            return story
    return _sized(sheet, layout, SIZES[1])


def _high(story: Sequence[Flowable], width: float, height: float) -> float:
    return float(sum(flowable.wrap(width, 10 * height)[1] for flowable in story))


def _sized(sheet: Breakdown, layout: Layout, size: float) -> list[Flowable]:
    width, _ = paper.room(layout, landscape=False)
    lines = _lines(sheet.trail)
    grid = fit(COLUMNS, lines, width, layout.typeface, largest=size)
    closing = [
        styles.note(LEGEND, layout, size - 1),
        *_total(sheet, layout, width, size),
        Signatures(sheet.signatures, layout, size + 1),
    ]
    return [
        Kop(sheet.letterhead, layout),
        *styles.title((*TITLE.split("\n"), _month(sheet)), layout, 11),
        styles.labels(_identity(sheet), layout, width, size + 0.5),
        Spacer(0, 2 * mm),
        ledger(_proportioned(grid, width), lines, closing),
    ]


def _proportioned(grid: Grid, width: float) -> Grid:
    """Give the explanations all the room that clauses and amounts can spare."""
    amounts = grid.widths[2]
    clauses = min(grid.widths[1], width * 0.24)
    widths = (width - clauses - amounts, clauses, amounts)
    return Grid(grid.columns, widths, grid.size, grid.typeface)


def _month(sheet: Breakdown) -> str:
    return f"BULAN {text.month(sheet.mark.period).upper()}"


def _identity(sheet: Breakdown) -> list[tuple[str, str]]:
    person = sheet.person
    pairs = [
        ("Nama", person.name),
        ("NIP", text.nip(person.nip)),
        ("Pangkat, golongan", f"{person.standing} ({person.status})"),
        ("Jabatan", person.title),
        ("Kelas jabatan", str(person.job_class) if person.job_class is not None else "-"),
        ("Unit kerja", person.unit),
        ("Aturan", sheet.rules_title),
    ]
    return [(label, value) for label, value in pairs if value]


def _lines(node: Node) -> list[Line]:
    """Return a line for each step, the amounts with their commas below each other."""
    steps = list(_steps(node, 0, added=True))
    amounts = text.level([node.shown for node, _, _ in steps])
    return [
        Line(
            (_explained(node), node.clause, amount),
            indent=depth,
            bold=depth == 0,
            italic=not added,
        )
        for (node, depth, added), amount in zip(steps, amounts, strict=True)
    ]


def _steps(node: Node, depth: int, *, added: bool) -> Iterator[tuple[Node, int, bool]]:
    """Return each step with its depth, and whether it is added up or only explains."""
    yield node, depth, added
    for one in node.inputs:
        yield from _steps(one, depth + 1, added=False)
    for one in node.children:
        yield from _steps(one, depth + 1, added=added)


def _explained(node: Node) -> str:
    """Return what a step is, its formula, its rounding and the rows it counts."""
    told = [f"= {node.formula}"] if node.formula else []
    if node.rounding:
        told.append(f"Pembulatan: {rounding_text(node.rounding)}")
    if node.note:
        told.append(f"Catatan: {node.note}")
    if node.source:
        told.append(f"Sumber: {'; '.join(node.source)}")
    return text.unbroken("\n".join(filter(None, (node.label, ". ".join(told)))))


def _total(sheet: Breakdown, layout: Layout, width: float, size: float) -> list[Flowable]:
    decimals = layout.decimals
    pairs = [("Jumlah TPP", text.rupiah(sheet.gross, decimals))]
    if sheet.tax:
        pairs.append(("PPh Pasal 21", text.rupiah(sheet.tax, decimals)))
    if sheet.bpjs:
        pairs.append(("Iuran BPJS Kesehatan", text.rupiah(sheet.bpjs, decimals)))
    pairs += [
        ("TPP yang direkomendasikan", text.rupiah(sheet.net, decimals)),
        ("Terbilang", text.sentence(text.spelled_rupiah(sheet.net, decimals))),
    ]
    return [Spacer(0, 2 * mm), styles.labels(pairs, layout, width, size + 0.5)]
