"""Surat rekomendasi TPP of a unit, with its Daftar perhitungan TPP as attachment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table

from wfh_desktop.documents import calculation, codes, paper, styles, text
from wfh_desktop.documents.calculation import Calculation
from wfh_desktop.documents.letterhead import Kop, Letterhead
from wfh_desktop.documents.paper import Document, Layout, Mark, Part
from wfh_desktop.documents.signatures import BLANK_DATE, Signature, Signatures
from wfh_desktop.documents.tables import Align
from wfh_desktop.domain.chain import Anchor

PAPER = "rekomendasi"
SIZE = 11.0
BLANK_NUMBER = "." * 32  # the secretariat gives the number later
NET = "Jumlah TPP yang direkomendasikan"
SUBJECT = "Rekomendasi Pembayaran Tambahan Penghasilan Pegawai (TPP) Bulan {month}"


@dataclass(frozen=True, slots=True)
class Amounts:
    """What the letter recommends, as sums of the printed rows of its attachment."""

    people: int
    gross: Decimal
    tax: Decimal
    bpjs: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Everything the letter prints; *calculation* is its attachment."""

    mark: Mark
    letterhead: Letterhead
    number: str  # empty leaves room for it
    nature: str  # Biasa, Segera
    place: str
    day: str  # `2 Oktober 2026`, or empty
    addressee: tuple[str, ...]  # `Kepala BKPSDM Kabupaten Contoh`, `di Kota Contoh`
    unit: str
    legal_basis: tuple[str, ...]
    amounts: Amounts
    signature: Signature  # without place and date: they stand at the head of the letter
    calculation: Calculation
    copies: tuple[str, ...] = ()  # tembusan


def code(letter: Recommendation) -> str:
    """Return the code of the paper, made of what it prints."""
    return codes.code(PAPER, letter)


def write(letter: Recommendation, layout: Layout, anchor: Anchor | None = None) -> bytes:
    """Return letter and attachment as one PDF, numbered through."""
    title = f"Rekomendasi TPP {text.month(letter.mark.period)}"
    stamp = code(letter)
    parts = (
        Part(letter.mark, stamp, _letter(letter, layout), bookmark="Surat rekomendasi TPP"),
        Part(
            letter.mark,
            stamp,
            [*_reference(letter, layout), *calculation.story(letter.calculation, layout)],
            landscape=True,
            bookmark="Lampiran: Daftar perhitungan TPP",
            follows=True,
        ),
    )
    return paper.write(Document(title, letter.letterhead.office, layout, parts, stamp, anchor))


def _letter(letter: Recommendation, layout: Layout) -> list[Flowable]:
    width, _ = paper.room(layout, landscape=False)
    signed = KeepTogether(
        [
            styles.paragraph(CLOSING, layout, SIZE),
            Signatures((letter.signature,), layout, SIZE),
            *_copies(letter, layout),
        ]
    )
    return [
        Kop(letter.letterhead, layout),
        *_head(letter, layout, width),
        *_recital(letter, layout),
        *_amounts(letter, layout, width),
        styles.paragraph(ATTACHED, layout, SIZE),
        Spacer(0, 2 * mm),
        signed,
    ]


ATTACHED = (
    "Rincian perhitungan setiap pegawai tercantum dalam Lampiran yang merupakan bagian tidak "
    "terpisahkan dari surat ini. Perhitungan didasarkan pada rekapitulasi kehadiran dan penilaian "
    "kinerja bulan yang bersangkutan."
)
CLOSING = (
    "Demikian rekomendasi ini disampaikan untuk menjadi bahan pertimbangan dan proses lebih "
    "lanjut. Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih."
)


def _head(letter: Recommendation, layout: Layout, width: float) -> list[Flowable]:
    """Return Nomor to Hal on the left, place and date on the right of the first line."""
    left = width * 0.62
    labels = styles.labels(
        [
            ("Nomor", letter.number or BLANK_NUMBER),
            ("Sifat", letter.nature),
            ("Lampiran", "1 (satu) berkas"),
            ("Hal", SUBJECT.format(month=text.month(letter.mark.period))),
        ],
        layout,
        left,
        SIZE,
    )
    right = styles.plain(layout.typeface, SIZE, Align.RIGHT)
    dated = f"{letter.place or BLANK_DATE}, {letter.day or BLANK_DATE}"
    dateline = Paragraph(text.markup(dated), right)
    head = styles.beside([[labels, dateline]], [left, width - left], layout)
    return [head, Spacer(0, 5 * mm), *_addressee(letter, layout), Spacer(0, 4 * mm)]


def _addressee(letter: Recommendation, layout: Layout) -> list[Flowable]:
    style = styles.plain(layout.typeface, SIZE)
    first, *rest = letter.addressee or (BLANK_NUMBER,)
    lines = (f"Yth. {first}", *rest)
    return [Paragraph(text.markup(line), style) for line in lines]


def _recital(letter: Recommendation, layout: Layout) -> list[Flowable]:
    """Return what the recommendation rests on, numbered where it is more than one regulation."""
    month = text.month(letter.mark.period)
    about = (
        "bersama ini kami sampaikan rekomendasi pembayaran Tambahan Penghasilan Pegawai (TPP) bagi "
        f"Aparatur Sipil Negara pada {letter.unit} untuk bulan {month}, sebagai berikut:"
    )
    match letter.legal_basis:
        case ():
            return [styles.paragraph(text.sentence(about), layout, SIZE), Spacer(0, 2 * mm)]
        case (only,):
            words = f"Berdasarkan {only}, {about}"
            return [styles.paragraph(words, layout, SIZE), Spacer(0, 2 * mm)]
        case several:
            return [
                styles.paragraph("Berdasarkan:", layout, SIZE),
                _numbered(several, layout),
                styles.paragraph(about, layout, SIZE),
                Spacer(0, 2 * mm),
            ]


def _numbered(items: Sequence[str], layout: Layout) -> Table:
    width, _ = paper.room(layout, landscape=False)
    rows = [
        [styles.paragraph(f"{place}.", layout, SIZE), styles.paragraph(item, layout, SIZE)]
        for place, item in enumerate(items, start=1)
    ]
    return styles.beside(rows, [8 * mm, width - 8 * mm], layout)


def _amounts(letter: Recommendation, layout: Layout, width: float) -> list[Flowable]:
    amounts, decimals = letter.amounts, layout.decimals
    people = f"{text.number(amounts.people)} ({text.terbilang(amounts.people)}) orang"
    pairs = [("Jumlah pegawai", people), ("Jumlah TPP", text.rupiah(amounts.gross, decimals))]
    if amounts.tax:
        pairs.append(("Potongan PPh Pasal 21", text.rupiah(amounts.tax, decimals)))
    if amounts.bpjs:
        pairs.append(("Potongan iuran BPJS Kesehatan", text.rupiah(amounts.bpjs, decimals)))
    pairs += [
        (NET, text.rupiah(amounts.net, decimals)),
        ("Terbilang", text.sentence(text.spelled_rupiah(amounts.net, decimals))),
    ]
    inset = 6 * mm
    table = styles.labels(pairs, layout, width - inset, SIZE, bold=NET)
    framed = styles.beside([["", table]], [inset, width - inset], layout)
    return [framed, Spacer(0, 3 * mm)]


def _copies(letter: Recommendation, layout: Layout) -> list[Flowable]:
    if not letter.copies:
        return []
    size = SIZE - 1.5
    lines = [f"{place}. {copy}" for place, copy in enumerate(letter.copies, start=1)]
    return [
        Spacer(0, 4 * mm),
        *(styles.paragraph(line, layout, size) for line in ("Tembusan:", *lines)),
    ]


def _reference(letter: Recommendation, layout: Layout) -> list[Flowable]:
    """Return the block that ties the attachment to its letter, top left."""
    width, _ = paper.room(layout, landscape=True)
    words = f"Lampiran Surat {text.sentence(letter.unit)}"
    return [
        styles.note(words, layout, 8),
        styles.labels(
            [
                ("Nomor", letter.number or BLANK_NUMBER),
                ("Tanggal", letter.day or BLANK_DATE),
            ],
            layout,
            width * 0.5,
            8,
        ),
        Spacer(0, 2 * mm),
    ]
