"""Which column of a staff list holds what: by its caption, or by its cells where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from wfh_desktop.readers import grades, values
from wfh_desktop.readers.headers import captions, plain
from wfh_desktop.readers.people import is_name
from wfh_desktop.readers.table import Cell, Sheet

_HEADER_WITHIN = 40
_SAMPLE = 300
_MOST = 0.6

_PERSON = r"(?: (?:pegawai|peg|pns|asn|pppk|karyawan|guru|pejabat|aparatur|negeri|sipil|lengkap))*"
_CAPTIONS: tuple[tuple[str, str], ...] = (
    ("number", r"no|nomor|no urut|nomor urut|urut|no duk|nu"),
    ("pin", r"pin(?: absen)?|no id|noid|(?:no|nomor|id) (?:absen|finger|akun|mesin|presensi)|enno"),
    ("nip", r"n ?i ?p(?: (?:baru|18 digit|pppk|ni pppk|nipppk|nip pppk|nrp|nik|nrk))*" + _PERSON),
    ("nip", r"(?:no|nomor) induk(?: pegawai| pppk)?(?: negeri sipil)?(?: nip)?"),
    ("nip", r"ni pppk|nipppk|nipbaru"),
    ("name", r"nama" + _PERSON + r"(?: tanpa gelar| (?:dan |beserta |dengan |serta )?gelar)?"),
    ("name", r"nm ?peg(?:awai)?|nama" + _PERSON + r" (?:dan )?nip(?: baru)?"),
    ("front_title", r"gelar ?(?:depan|dpn)|glr ?depan"),
    ("back_title", r"gelar ?(?:belakang|blkg|blk)|glr ?belakang"),
    ("grade_code", r"gol(?:ongan)? (?:akhir )?id|kd ?gol(?:ongan)?|kode gol(?:ongan)?"),
    ("grade", r"gol(?:ongan)?(?: ?ruang)?(?: (?:akhir|terakhir|gaji))?(?: nama)?|golru|gol rg"),
    ("grade", r"pangkat(?: dan)? gol(?:ongan)?(?: ?(?:ruang|rg))?(?: terakhir)?|pangkat golru"),
    ("grade", r"gol(?:ongan)?(?: ?ruang)? (?:dan )?pangkat"),
    ("rank", r"(?:nama )?pangkat(?: (?:terakhir|nama|akhir))?"),
    ("grade_since", r"tmt (?:gol(?:ongan)?|pangkat)\b.*|(?:gol(?:ongan)?|pangkat)\b.* tmt"),
    ("position_kind", r"jenis jabatan(?: nama)?|jft jfu|(?:kelompok|tipe) jabatan"),
    ("position", r"(?:nama |uraian )?jabatan(?: (?:nama|terakhir|saat ini|sekarang|baru))?"),
    ("position", r"nm ?jab\w*"),
    ("echelon", r"(?:jabatan )?(?:eselon|ess|esl|esel)(?: nama)?"),
    ("unit", r"(?:nama )?(?:skpd|opd|satker|satuan kerja)(?: (?:nama|induk|\(?\d\)?))?"),
    ("unit", r"(?:nama )?perangkat daerah(?: (?:nama|induk))?"),
    ("unit", r"(?:nama )?instansi(?: (?:nama|induk))?|tempat tugas|bidang|bagian"),
    ("unit", r"(?:nama )?unor(?: nama| induk| lengkap)*(?: \(?\d\)?)?|unit organisasi"),
    ("unit", r"(?:nama )?unit(?: ?kerja)?(?: (?:nama|sekarang|penempatan))?"),
    ("unit", r"sub ?unit(?: kerja)?|sub ?bagian|seksi|penempatan"),
    ("status", r"status(?: (?:asn|pegawai|kepegawaian|pns))?|jenis (?:pegawai|asn|kepegawaian)"),
    ("sex", r"jenis kelamin|jns kelamin|j ?k|l p|kelamin|gender"),
    ("birth_date", r"(?:tanggal|tgl|tgl tanggal) ?lahir|lahir"),
)  # fmt: skip
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _CAPTIONS)
_NAMES_PEOPLE = re.compile(r"nama|nip|n i p|nm|no\w* induk|gol|pangkat|tmt|jabatan")
_OTHERS = re.compile(r"atasan|penilai|pasangan|suami|is?tri|ayah|ibu|anak|sekolah|lama|bank|ortu")
_DATE = re.compile(r"^(?:tmt|tgl|tanggal)\b|\btmt$")
_TOP_UNITS = re.compile(r"skpd|opd|satker|satuan kerja|perangkat daerah|instansi|induk")
_SUB_UNITS = re.compile(r"^sub|bidang|bagian|seksi|penempatan")
_POSITIONS = re.compile(
    r"(?:plt|plh|pj)?\.? ?(?:kepala|sekretaris|staf|staff|fungsional|analis|peng\w+|pen\w+|pranata|"
    r"pramu|operator|arsiparis|auditor|guru|dokter|perawat|bidan|bendahara|camat|lurah|kasubag|"
    r"kabid|kasi|inspektur|asisten|direktur|wakil|jabatan)\b",
    re.IGNORECASE,
)
_UNITS = re.compile(
    r"(?:dinas|badan|bagian|bidang|sekretariat|sub ?bag(?:ian)?|sub ?bidang|seksi|upt|uptd|upt\w*|"
    r"puskesmas|kecamatan|kelurahan|inspektorat|kantor|rsud|rumah sakit|sd|sdn|smp|smpn|tk|satuan|"
    r"satpol|balai|cabang|instalasi|laboratorium|desa)\b",
    re.IGNORECASE,
)
_SEXES = frozenset({"pria", "wanita", "laki-laki", "laki laki", "perempuan", "l", "p", "m", "f"})
_STATUSES = frozenset(
    {"pns", "cpns", "pppk", "p3k", "asn", "non asn", "pppk paruh waktu", "honorer"}
)


@dataclass(frozen=True)
class Columns:
    """Where a list has what. Rows and columns are counted from 0; *data* is the first person's row.

    *units* are the columns of the unit from the top downwards, *paths* those among them that
    hold a whole path, the lowest unit first. *dates* are further columns of dates. A *stacked* list
    has two rows a person, with the fields of the second in *below*. *guessed* means that there are
    no captions: the cells decided.
    """

    row: int
    data: int
    fields: dict[str, int]
    units: tuple[int, ...] = ()
    paths: frozenset[int] = frozenset()
    dates: tuple[int, ...] = ()
    below: dict[str, int] = field(default_factory=dict)
    guessed: bool = False

    @property
    def stacked(self) -> bool:
        """Tell whether a person takes two rows."""
        return "nip" in self.below

    @property
    def grade(self) -> int | None:
        """The column that tells the grade: by its name, by its code, or by the rank."""
        wanted = (name for name in ("grade", "grade_code", "rank") if name in self.fields)
        return self.fields.get(next(wanted, ""))

    @property
    def all_dates(self) -> tuple[int, ...]:
        """Every column of dates."""
        named = {self.fields[name] for name in ("birth_date", "grade_since") if name in self.fields}
        return tuple(sorted(named.union(self.dates)))


@lru_cache(maxsize=4096)
def field_of(caption: str) -> str:
    """Return the field that a plain caption means, or nothing."""
    return next((name for name, pattern in _PATTERNS if pattern.fullmatch(caption)), "")


def find(sheet: Sheet) -> Columns | None:
    """Find the columns of a staff list, or None if the sheet is none."""
    candidates = [
        found for row in range(min(sheet.height, _HEADER_WITHIN)) for found in _headers(sheet, row)
    ]
    if not candidates:
        return _by_cells(sheet)
    best = max(candidates, key=lambda one: len(one.fields.keys() - {"number"}) + len(one.below))
    if best.data < sheet.height and _counts_columns(sheet.row(best.data)):
        return replace(best, data=best.data + 1)
    return best


def _headers(sheet: Sheet, row: int) -> Iterator[Columns]:
    """Give what a header beginning at *row* would mean, of one row and of two."""
    top = captions(sheet, row, 1)
    single = _columns(row, row + 1, top)
    if single:
        yield single
    if row + 1 >= sheet.height:
        return
    below, both = captions(sheet, row + 1, 1), captions(sheet, row, 2)
    if not any(map(_NAMES_PEOPLE.match, below)):
        return
    lower = {
        meant: column
        for column, (under, whole) in enumerate(zip(below, both, strict=True))
        if (meant := field_of(under) or field_of(whole))
    }
    if single and "nip" in lower and lower["nip"] == single.fields.get("name"):
        yield replace(single, data=row + 2, below=lower)
    elif double := _columns(row, row + 2, _meant(both, top, below)):
        yield double


def _meant(double: list[str], top: list[str], below: list[str]) -> list[str]:
    """Choose what names a column under two captions: both together, else one that says enough."""
    return [
        next((one for one in (both, under, over) if field_of(one)), both)
        if not _OTHERS.search(both)
        else both
        for both, over, under in zip(double, top, below, strict=True)
    ]


def _columns(row: int, data: int, named: list[str]) -> Columns | None:
    fields: dict[str, int] = {}
    units: list[tuple[float, int, str]] = []
    for column, caption in enumerate(named):
        meant = field_of(caption)
        if meant == "unit":
            units.append((_depth(caption), column, caption))
        elif meant:
            fields.setdefault(meant, column)
    known = fields.keys() - {"number"}
    if not known & {"name", "nip"} or len(known) + bool(units) < 2:
        return None
    return Columns(
        row,
        data,
        fields,
        tuple(column for _, column, _ in sorted(units)),
        frozenset(column for _, column, caption in units if caption in ("unor nama", "nama unor")),
        tuple(column for column, caption in enumerate(named) if _DATE.search(caption)),
    )


def _depth(caption: str) -> float:
    """Tell how low in the tree a column of units lies: 0 is the top."""
    number = re.search(r"\d", caption)
    below = int(number[0]) / 10 if number else 0
    if _TOP_UNITS.search(caption):
        return below
    return below + (2 if _SUB_UNITS.search(caption) else 1)


def _by_cells(sheet: Sheet) -> Columns | None:
    """Tell the columns of a list without captions by what their cells look like."""
    rows = min(sheet.height, _SAMPLE)
    samples = [[column[row] for row in range(rows)] for column in sheet.columns]
    shares = [_shares([cell for cell in cells if cell != ""]) for cells in samples]
    fields: dict[str, int] = {}
    for name in ("nip", "sex", "status", "grade"):
        best = max(range(len(shares)), key=lambda c: shares[c].get(name, 0), default=-1)
        if best >= 0 and shares[best].get(name, 0) >= _MOST and best not in fields.values():
            fields[name] = best
    if "nip" not in fields:
        return None
    free = [c for c in range(len(shares)) if c not in fields.values()]
    named = [c for c in free if shares[c].get("name", 0) >= _MOST]
    if not named:
        return None
    fields["name"] = min(named, key=lambda c: abs(c - fields["nip"]))
    free.remove(fields["name"])
    born = [values.birth_day(values.nip(cell).digits) for cell in samples[fields["nip"]]]
    for column in free:
        dates = [values.written_date(cell) for cell in samples[column]]
        same = sum(day is not None and day == birth for day, birth in zip(dates, born, strict=True))
        if same > _MOST * sum(day is not None for day in dates) > 0:
            fields["birth_date"] = column
    units = tuple(c for c in free if shares[c].get("unit", 0) >= _MOST)
    if posts := [c for c in free if c not in units and shares[c].get("position", 0) >= _MOST]:
        fields["position"] = posts[0]
    return Columns(0, 0, fields, units, guessed=True)


def _shares(cells: Sequence[Cell]) -> dict[str, float]:
    """Return which part of the cells looks like each field."""
    if not cells:
        return {}
    texts = [values.text(cell) for cell in cells]
    tests: dict[str, Callable[[str], object]] = {
        "sex": lambda shown: shown.lower() in _SEXES,
        "status": lambda shown: shown.lower() in _STATUSES,
        "grade": lambda shown: "/" in (grades.grade(shown) or ""),
        "position": _POSITIONS.match,
        "unit": _UNITS.match,
    }
    shares = {name: sum(map(bool, map(test, texts))) / len(cells) for name, test in tests.items()}
    shares["nip"] = sum(_like_nip(cell) for cell in cells) / len(cells)
    distinct = len(set(texts)) / len(texts)
    words = sum(is_name(one) and not any(map(str.isdigit, one)) for one in texts) / len(cells)
    taken = any(shares[name] >= _MOST for name in ("position", "unit", "status", "sex"))
    shares["name"] = 0 if taken or distinct < _MOST else words
    return shares


def _like_nip(cell: Cell) -> bool:
    digits = values.nip(cell).digits
    return digits is not None and len(digits) >= 16


def _counts_columns(cells: Sequence[Cell]) -> bool:
    """Tell whether a row only counts the columns (1, 2, 3 ...), as under many a header."""
    shown = [one for one in map(values.text, cells) if one]
    return len(shown) > 2 and shown == [str(number) for number in range(1, len(shown) + 1)]


def is_header(cells: Sequence[Cell]) -> bool:
    """Tell whether a row repeats the captions."""
    shown = [one for one in map(values.text, cells) if one]
    return sum(bool(field_of(plain(one))) for one in shown) > max(1, len(shown) // 2)


def is_unit(shown: str) -> bool:
    """Tell whether a heading within a list names a unit."""
    return _UNITS.match(shown) is not None
