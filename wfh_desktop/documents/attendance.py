"""Rekapitulasi kehadiran: the month in numbers for each person, then day by day, then a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.platypus import Flowable, PageBreak, Spacer

from wfh_desktop.documents import codes, paper, styles, text
from wfh_desktop.documents.ledger import ledger
from wfh_desktop.documents.paper import Document, Layout, Mark, Part
from wfh_desktop.documents.people import Person
from wfh_desktop.documents.signatures import Signature, Signatures
from wfh_desktop.documents.tables import Align, Column, Line, Role, fit
from wfh_desktop.domain.attendance import PersonDay, Status, Summary, Workplace
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.domain.leave import LeaveKind

PAPER = "kehadiran"
TITLE = "REKAPITULASI KEHADIRAN"
LEGEND = (
    "JHK: jumlah hari kerja; H: hadir (WFO: di kantor, termasuk piket; WFH: dari rumah); "
    "DL: dinas luar; S: sakit; I: izin; CT: cuti tahunan; CB: cuti besar; CS: cuti sakit; "
    "CM: cuti melahirkan; CAP: cuti alasan penting; CLTN: cuti di luar tanggungan negara; "
    "TB: tugas belajar; MPP: masa persiapan pensiun; TK: tanpa keterangan; TL: terlambat; "
    "PSW: pulang sebelum waktunya; TAP: tidak absen masuk atau pulang (kali); "
    "BJ: belum jelas, belum dihitung; Kor.: hari yang dikoreksi; "
    "% hadir: (H + DL) / (H + DL + TK)."
)
DAY_LEGEND = (
    "L: libur; PKT: piket; ?: belum jelas; -: belum dinilai; tanda *: hari yang dikoreksi; "
    "baris kedua: t = terlambat, p = pulang sebelum waktunya, a = tidak absen masuk atau pulang."
)
CODES = {
    Status.PRESENT: "WFO",
    Status.DUTY: "DL",
    Status.LEAVE: "C",
    Status.SICK: "S",
    Status.PERMIT: "I",
    Status.ABSENT: "TK",
    Status.HOLIDAY: "L",
    Status.UNCLEAR: "?",
    Status.PENDING: "-",
}
PLACES = {Workplace.HOME: "WFH", Workplace.DUTY_ROSTER: "PKT"}


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One person's month."""

    person: Person
    summary: Summary
    days: tuple[PersonDay, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A day that somebody corrected, or that is unclear, in words."""

    name: str
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class AttendanceRecap:
    """Everything the paper prints."""

    mark: Mark
    office: str
    unit: str
    lines: tuple[AttendanceLine, ...]
    corrected: tuple[Remark, ...]
    unclear: tuple[Remark, ...]
    signatures: tuple[Signature, ...]


def code(recap: AttendanceRecap) -> str:
    """Return the code of the paper, made of what it prints."""
    rows = [line.cells for line in (*_recap_lines(recap.lines), *_day_lines(recap.lines))]
    others = (recap.office, recap.unit, recap.corrected, recap.unclear, recap.signatures)
    return codes.code(PAPER, (recap.mark, rows, others))


def write(recap: AttendanceRecap, layout: Layout, anchor: Anchor | None = None) -> bytes:
    """Return the paper as PDF."""
    story: list[Flowable] = [
        *_recap(recap, layout),
        PageBreak(),
        *_day_by_day(recap, layout),
        *_remarks("Hari yang dikoreksi", recap.corrected, layout),
        *_remarks("Hari yang belum jelas (belum dihitung)", recap.unclear, layout),
        PageBreak(),
        *_chart(recap, layout),
    ]
    title = f"Rekapitulasi Kehadiran {text.month(recap.mark.period)}"
    stamp = code(recap)
    part = Part(recap.mark, stamp, story, landscape=True, bookmark=title)
    return paper.write(Document(title, recap.office, layout, (part,), stamp, anchor))


def _heading(recap: AttendanceRecap, layout: Layout, *more: str) -> list[Flowable]:
    month = text.month(recap.mark.period).upper()
    lines = (TITLE, *more, recap.unit.upper(), f"BULAN {month}")
    return styles.title(lines, layout)


def _recap(recap: AttendanceRecap, layout: Layout) -> list[Flowable]:
    width, _ = paper.room(layout, landscape=True)
    lines = _recap_lines(recap.lines)
    closing = [
        Spacer(0, 3),
        styles.note(LEGEND, layout),
        Signatures(recap.signatures, layout, size=9),
    ]
    grid = fit(_recap_columns(), lines, width, layout.typeface)
    return [*_heading(recap, layout), ledger(grid, lines, closing)]


def _recap_columns() -> tuple[Column, ...]:
    centre, right = Align.CENTRE, Align.RIGHT
    columns = [
        Column("No.", right),
        Column("Nama / NIP", wraps=True),
        Column("Gol.", centre),
        Column("Jabatan", wraps=True),
        Column("JHK", right),
        Column("H", right),
        Column("WFO", right),
        Column("WFH", right),
        Column("DL", right),
        Column("S", right),
        Column("I", right),
        *(Column(kind.value, right, group="Cuti dan tugas belajar") for kind in LeaveKind),
        Column("TK", right),
        Column("kali", right, group="TL"),
        Column("menit", right, group="TL"),
        Column("kali", right, group="PSW"),
        Column("menit", right, group="PSW"),
        Column("TAP", right),
        Column("BJ", right),
        Column("Kor.", right),
        Column("% hadir", right),
    ]
    return tuple(columns)


def _recap_lines(lines: Sequence[AttendanceLine]) -> list[Line]:
    printed = [_counts(line) for line in lines]
    body = [
        Line((str(place), line.person.label, line.person.grade, line.person.title,
              *map(_count, counts), _share(line.summary)))
        for place, (line, counts) in enumerate(zip(lines, printed, strict=True), start=1)
    ]  # fmt: skip
    if not body:
        blank = [""] * (len(_recap_columns()) - 2)
        return [Line(("", "Tidak ada pegawai", *blank))]
    totals = [sum(column) for column in zip(*printed, strict=True)]
    return [*body, Line(("", "JUMLAH", "", "", *map(_count, totals), ""), Role.TOTAL)]


def _counts(line: AttendanceLine) -> tuple[int, ...]:
    month = line.summary
    return (
        month.working_days,
        month.present,
        month.wfo,
        month.wfh,
        month.duty,
        month.sick,
        month.permit,
        *(month.leave.get(kind, 0) for kind in LeaveKind),
        month.absent,
        len(month.late),
        sum(month.late),
        len(month.early),
        sum(month.early),
        month.missing_taps,
        month.unclear,
        sum(day.corrected for day in line.days),
    )


def _count(count: int) -> str:
    """Return a count; nothing is a dash, so that the eye finds what happened."""
    return text.number(count) if count else "-"


def _share(month: Summary) -> str:
    """Return the share of days attended; a dash for someone who owed none."""
    owed = month.present + month.duty + month.absent
    return f"{text.number(month.attendance * 100, 2)}" if owed else "-"


def _day_by_day(recap: AttendanceRecap, layout: Layout) -> list[Flowable]:
    width, _ = paper.room(layout, landscape=True)
    lines = _day_lines(recap.lines)
    days = recap.mark.period.days
    columns = [Column("No.", Align.RIGHT), Column("Nama", wraps=True)]
    columns += [
        Column(f"{text.short_weekday(day)}\n{day.day}", Align.CENTRE, group="Tanggal")
        for day in days
    ]
    grid = fit(columns, lines, width, layout.typeface, largest=7.5)
    note = styles.note(DAY_LEGEND, layout)
    return [*_heading(recap, layout, "RINCIAN HARIAN"), ledger(grid, lines, [Spacer(0, 3), note])]


def _day_lines(lines: Sequence[AttendanceLine]) -> list[Line]:
    return [
        Line(
            (str(place), line.person.name, *map(day_code, line.days)),
            shaded=frozenset(
                number
                for number, day in enumerate(line.days, start=2)
                if day.status is Status.HOLIDAY
            ),
        )
        for place, line in enumerate(lines, start=1)
    ]


def day_code(day: PersonDay) -> str:
    """Return what stands in a cell of the month: `WFO`, `DL*`, or `WFH` over `tp`."""
    written = CODES[day.status]
    if day.status is Status.PRESENT and day.workplace:
        written = PLACES.get(day.workplace, written)
    if day.status is Status.LEAVE and day.leave:
        written = day.leave.value
    marks = (
        ("t" if day.late_minutes else "")
        + ("p" if day.early_minutes else "")
        + ("a" if day.no_in or day.no_out else "")
    )
    return f"{written}{'*' if day.corrected else ''}" + (f"\n{marks}" if marks else "")


def _remarks(caption: str, remarks: Sequence[Remark], layout: Layout) -> list[Flowable]:
    if not remarks:
        return []
    width, _ = paper.room(layout, landscape=True)
    lines = [
        Line((str(place), one.name, text.long_day(one.day), one.words))
        for place, one in enumerate(remarks, start=1)
    ]
    columns = (
        Column("No.", Align.RIGHT),
        Column("Nama", wraps=True),
        Column("Hari"),
        Column(caption, wraps=True),
    )
    return [Spacer(0, 8), ledger(fit(columns, lines, width, layout.typeface), lines)]


def _chart(recap: AttendanceRecap, layout: Layout) -> list[Flowable]:
    from wfh_desktop import charts  # matplotlib takes long to load
    from wfh_desktop.documents.pictures import Picture

    months = [line.days for line in recap.lines]
    days = [charts.presence_of(day) for day in zip(*months, strict=True)]
    picture = Picture(charts.drawn(charts.presence(days)))
    return [*_heading(recap, layout, "GRAFIK KEHADIRAN"), picture]
