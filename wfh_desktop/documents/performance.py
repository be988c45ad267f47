"""Rekapitulasi kinerja bulanan: what each person did against target, and a page of charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportlab.lib.units import inch
from reportlab.platypus import Flowable, PageBreak, Spacer

from wfh_desktop.documents import codes, paper, styles, text
from wfh_desktop.documents.ledger import ledger
from wfh_desktop.documents.paper import Document, Layout, Mark, Part
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.signatures import Signature, Signatures
from wfh_desktop.documents.tables import Align, Column, Line, Role, fit
from wfh_desktop.domain.chain import Anchor

PAPER = "kinerja"
TITLE = "REKAPITULASI KINERJA BULANAN"
UNRATED = "Belum dinilai"
ORDER = (
    "Sangat Baik",
    "Baik",
    "Cukup",
    "Butuh Perbaikan",
    "Kurang",
    "Buruk",
    "Sangat Kurang",
)
LEGEND = (
    "Capaian: rata-rata realisasi terhadap target bulan ini (sasaran yang belum ada realisasinya "
    "dihitung 0); Diterima, dikembalikan, menunggu: jumlah laporan hasil kerja menurut "
    "keputusannya; tanda -: belum ada. Nilai dan predikat menurut "
)


@dataclass(frozen=True, slots=True)
class PerformanceLine:
    """One person's month against target."""

    person: Person
    targets: int  # how many targets the month has
    reached: Decimal | None  # mean share of them, 1 is all; None without targets
    accepted: int  # work reports by decision
    returned: int
    waiting: int
    results: str  # rating of hasil kerja
    behaviour: str  # rating of perilaku kerja
    score: Decimal | None  # 0 to 120
    predicate: str  # empty while it is missing
    note: str = ""


@dataclass(frozen=True, slots=True)
class PerformanceRecap:
    """Everything the paper prints."""

    mark: Mark
    office: str
    unit: str
    generation: str  # the rule of appraisal: `PermenPANRB 6/2022`
    lines: tuple[PerformanceLine, ...]
    signatures: tuple[Signature, ...]


def code(recap: PerformanceRecap) -> str:
    """Return the code of the paper, made of what it prints."""
    return codes.code(PAPER, recap)


def write(recap: PerformanceRecap, layout: Layout, anchor: Anchor | None = None) -> bytes:
    """Return the paper as PDF."""
    title = f"Rekapitulasi Kinerja {text.month(recap.mark.period)}"
    story = [*_recap(recap, layout), PageBreak(), *_charts(recap, layout)]
    stamp = code(recap)
    part = Part(recap.mark, stamp, story, landscape=True, bookmark=title)
    return paper.write(Document(title, recap.office, layout, (part,), stamp, anchor))


def distribution(lines: Sequence[PerformanceLine]) -> dict[str, int]:
    """Count people by predicate, best first; the words of the rule in force and those missing."""
    counted = Counter(line.predicate or UNRATED for line in lines)
    known = {name: counted[name] for name in ORDER if counted[name]}
    strange = {name: number for name, number in counted.items() if name not in (*ORDER, UNRATED)}
    missing = {UNRATED: counted[UNRATED]} if counted[UNRATED] else {}
    return known | strange | missing


def _heading(recap: PerformanceRecap, layout: Layout, *more: str) -> list[Flowable]:
    month = f"BULAN {text.month(recap.mark.period).upper()}"
    return styles.title((TITLE, *more, recap.unit.upper(), month), layout)


def _recap(recap: PerformanceRecap, layout: Layout) -> list[Flowable]:
    width, _ = paper.room(layout, landscape=True)
    lines = _lines(recap.lines)
    closing = [
        Spacer(0, 3),
        styles.note(f"{LEGEND}{recap.generation}.", layout),
        Signatures(recap.signatures, layout, size=9),
    ]
    grid = fit(_columns(), lines, width, layout.typeface)
    return [*_heading(recap, layout), ledger(grid, lines, closing)]


def _columns() -> tuple[Column, ...]:
    right, centre = Align.RIGHT, Align.CENTRE
    return (
        Column("No.", right),
        Column("Nama / NIP", wraps=True),
        Column("Gol.", centre),
        Column("Jabatan", wraps=True),
        Column("Jumlah", right, group="Target bulan ini"),
        Column("Capaian (%)", right, group="Target bulan ini"),
        Column("Diterima", right, group="Laporan hasil kerja"),
        Column("Dikembalikan", right, group="Laporan hasil kerja"),
        Column("Menunggu", right, group="Laporan hasil kerja"),
        Column("Hasil kerja", wraps=True),
        Column("Perilaku kerja", wraps=True),
        Column("Nilai", right),
        Column("Predikat", wraps=True),
        Column("Keterangan", wraps=True),
    )


def _lines(lines: Sequence[PerformanceLine]) -> list[Line]:
    body = [_line(place, line) for place, line in enumerate(lines, start=1)]
    if not body:
        return [Line(("", "Tidak ada pegawai", *[""] * 12))]
    sums = (
        sum(line.accepted for line in lines),
        sum(line.returned for line in lines),
        sum(line.waiting for line in lines),
    )
    targets = _count(sum(line.targets for line in lines))
    total = ("", "JUMLAH", "", "", targets, "", *map(_count, sums), *[""] * 5)
    return [*body, Line(total, Role.TOTAL)]


def _line(place: int, line: PerformanceLine) -> Line:
    return Line(
        (
            str(place),
            line.person.label,
            line.person.grade,
            line.person.title,
            _count(line.targets),
            "-" if line.reached is None else text.number(line.reached * 100, 2),
            _count(line.accepted),
            _count(line.returned),
            _count(line.waiting),
            line.results or "-",
            line.behaviour or "-",
            "-" if line.score is None else text.number(line.score, 2),
            line.predicate or "-",
            line.note,
        )
    )


def _count(count: int) -> str:
    return text.number(count) if count else "-"


def _charts(recap: PerformanceRecap, layout: Layout) -> list[Flowable]:
    """Return the distribution of predicates beside the bars of the people."""
    from wfh_desktop import charts  # matplotlib takes long to load
    from wfh_desktop.documents.pictures import Picture

    shares = [charts.Achievement(line.person.name, line.reached) for line in recap.lines]
    heading = _heading(recap, layout, "GRAFIK")
    width, height = paper.room(layout, landscape=True)
    high = (height - 90) / inch
    left, right = width * 0.36 / inch, width * 0.62 / inch
    bars = min(high, 0.9 + 0.24 * max(len(shares), 6))
    pictures = (
        Picture(charts.drawn(charts.predicates(distribution(recap.lines), size=(left, 3.6)))),
        Picture(charts.drawn(charts.against_target(shares, size=(right, bars)))),
    )
    return [*heading, styles.beside([pictures], [width * 0.37, width * 0.63], layout)]
