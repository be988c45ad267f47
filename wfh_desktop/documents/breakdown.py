"""Rekomendasi dan rincian perhitungan TPP of one person: one sheet with the whole trail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from wfh_desktop.documents import codes, paper, styles, text
from wfh_desktop.documents.ledger import Ledger, ledger
from wfh_desktop.documents.letterhead import Kop, Letterhead
from wfh_desktop.documents.paper import Document, Layout, Mark, Part
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.signatures import Signature, Signatures
from wfh_desktop.documents.tables import Align, Column, Line, fit
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.domain.tpp.trail import Node, rounding_text

PAPER = "rincian"
TITLE = "REKOMENDASI DAN RINCIAN PERHITUNGAN\nTAMBAHAN PENGHASILAN PEGAWAI (TPP)"
TRIED = (  # type sizes, and whether plain inputs share a line, until the sheet is one page
    (8.0, False),
    (7.5, False),
    (7.0, False),
    (7.5, True),
    (7.0, True),
    (6.5, True),
    (6.0, True),
)
CONTINUED = 7.5  # type size of what needs more pages
NET = "TPP yang direkomendasikan"
CLAUSES = (0.12, 0.16, 0.20, 0.24)  # shares of the width that clauses are tried with
LEGEND = (
    "Baris miring menjelaskan dan tidak dijumlahkan; "
    "baris tegak di bawah suatu nilai berjumlah nilai itu."
)
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


def code_of_all(sheets: Sequence[Breakdown]) -> str:
    """Return the code of several sheets together, made of theirs; that of one is its own."""
    each = tuple(code(sheet) for sheet in sheets)
    return each[0] if len(each) == 1 else codes.code(PAPER, each)


def write(sheets: Sequence[Breakdown], layout: Layout, anchor: Anchor | None = None) -> bytes:
    """Return the sheets as one PDF in the order given, a bookmark and own numbers for each."""
    parts = [
        Part(sheet.mark, code(sheet), _story(sheet, layout), bookmark=_bookmark(sheet))
        for sheet in sheets
    ]
    first = sheets[0]
    title = f"Rincian Perhitungan TPP {text.month(first.mark.period)}"
    stamp = code_of_all(sheets)
    return paper.write(Document(title, first.letterhead.office, layout, parts, stamp, anchor))


def _bookmark(sheet: Breakdown) -> str:
    return f"{sheet.person.name} {sheet.person.nip}".strip()


def _story(sheet: Breakdown, layout: Layout) -> list[Flowable]:
    """Return the sheet in the largest type with which it is one page; else let it continue."""
    width, height = paper.room(layout, landscape=False)
    for size, dense in TRIED:
        story = _sized(sheet, layout, size, dense=dense)
        if _high(story, width, height) <= height:
            return story
    return _sized(sheet, layout, CONTINUED, dense=False)


def _high(story: Sequence[Flowable], width: float, height: float) -> float:
    return float(sum(flowable.wrap(width, 10 * height)[1] for flowable in story))


def _sized(sheet: Breakdown, layout: Layout, size: float, *, dense: bool) -> list[Flowable]:
    width, _ = paper.room(layout, landscape=False)
    lines = _lines(_folded(sheet.trail) if dense else sheet.trail)
    signed = Signatures(sheet.signatures, layout, size + 1)
    closing: list[Flowable] = [styles.note(LEGEND, layout, size - 1), Spacer(0, 2 * mm)]
    if len(sheet.signatures) == 1:  # beside the total, to keep it on one page
        halves = [_total(sheet, layout, width / 2 - 5 * mm, size), signed]
        closing.append(styles.beside([halves], [width / 2, width / 2], layout))
    else:
        closing += [_total(sheet, layout, width, size), signed]
    return [
        Kop(sheet.letterhead, layout),
        *styles.title((*TITLE.split("\n"), _month(sheet)), layout, 11),
        _identity(sheet, layout, width, size + 0.5),
        Spacer(0, 2 * mm),
        _shortest(lines, closing, layout, width, size),
    ]


def _shortest(
    lines: Sequence[Line],
    closing: Sequence[Flowable],
    layout: Layout,
    width: float,
    size: float,
) -> Ledger:
    """Return the list with the widths that make it shortest: clauses are few or many."""
    fitted = fit(COLUMNS, lines, width, layout.typeface, largest=size)
    tried = []
    for share in CLAUSES:
        clauses, amounts = width * share, fitted.widths[2]
        widths = (width - clauses - amounts, clauses, amounts)
        tried.append(ledger(replace(fitted, widths=widths), lines, closing))
    return min(tried, key=lambda one: sum(line.height for line in one.laid))


def _month(sheet: Breakdown) -> str:
    return f"BULAN {text.month(sheet.mark.period).upper()}"


def _identity(sheet: Breakdown, layout: Layout, width: float, size: float) -> Table:
    """Return who it is, in two columns."""
    person = sheet.person
    job_class = "-" if person.job_class is None else str(person.job_class)
    left = [
        ("Nama", person.name),
        ("NIP", text.nip(person.nip)),
        ("Pangkat, gol.", f"{person.standing} ({person.status})"),
    ]
    right = [
        ("Jabatan", f"{person.title} (kelas {job_class})"),
        ("Unit kerja", person.unit or "-"),
        ("Aturan", sheet.rules_title),
    ]
    half, gap = width / 2, 3 * mm
    halves = [styles.labels(pairs, layout, half - gap, size) for pairs in (left, right)]
    return styles.beside([halves], [half, half], layout)


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


def _folded(node: Node) -> Node:
    """Return the trail with inputs that only name a value told in the note of their step."""
    plain = [one for one in node.inputs if _only_names_a_value(one)]
    told = "; ".join(f"{one.label} {one.shown}".strip() for one in plain)
    return node._replace(
        note=". ".join(filter(None, (told, node.note))),
        inputs=tuple(_folded(one) for one in node.inputs if one not in plain),
        children=tuple(map(_folded, node.children)),
    )


def _only_names_a_value(node: Node) -> bool:
    said = (node.clause, node.formula, node.rounding, node.note)
    return not any((*said, node.source, node.inputs, node.children))


def _steps(node: Node, depth: int, *, added: bool) -> Iterator[tuple[Node, int, bool]]:
    """Return each step with its depth, and whether it is added up or only explains."""
    yield node, depth, added
    for one in node.inputs:
        yield from _steps(one, depth + 1, added=False)
    for one in node.children:
        yield from _steps(one, depth + 1, added=added)


def _explained(node: Node) -> str:
    """Return what a step is, its formula, its rounding and the rows it counts."""
    told = [f"{node.label} = {node.formula}" if node.formula else node.label]
    if node.rounding:
        told.append(rounding_text(node.rounding))
    if node.note:
        told.append(node.note)
    if node.source:
        told.append(f"Sumber: {'; '.join(node.source)}")
    return text.unbroken(". ".join(one.rstrip(".") for one in told))


def _total(sheet: Breakdown, layout: Layout, width: float, size: float) -> Table:
    decimals = layout.decimals
    pairs = [("Jumlah TPP", text.rupiah(sheet.gross, decimals))]
    if sheet.tax:
        pairs.append(("PPh Pasal 21", text.rupiah(sheet.tax, decimals)))
    if sheet.bpjs:
        pairs.append(("Iuran BPJS Kesehatan", text.rupiah(sheet.bpjs, decimals)))
    pairs += [
        (NET, text.rupiah(sheet.net, decimals)),
        ("Terbilang", text.sentence(text.spelled_rupiah(sheet.net, decimals))),
    ]
    return styles.labels(pairs, layout, width, size + 0.5, bold=NET)
