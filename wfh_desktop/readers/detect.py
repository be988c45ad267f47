"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import values
from wfh_desktop.readers.headers import plain
from wfh_desktop.readers.table import Sheet


class Container(StrEnum):
    """What has to be opened first to see the cells; the values name the parser."""

    WORKBOOK = "workbook"
    WEBPAGE = "webpage"
    TEXT = "text"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REPLACED = b"\xef\xbf\xbd"
_DESTROYED = (
    _REPLACED * 2 + b"\x11\xe0",
    b"\xc3\x90\xc3\x8f\x11\xc3\xa0",
    b"PK\x03\x04" + _REPLACED,
)
_OTHER_FILES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "foto JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "basis data SQLite"),
    (b"7z\xbc\xaf", "arsip 7-Zip"),
    (b"Rar!", "arsip RAR"),
    (b"\x1f\x8b", "arsip GZIP"),
    (b"MZ", "program Windows"),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARKUP = re.compile(r"\s*<[a-z!?/][^<>]{0,400}>", re.IGNORECASE)
_TABLE = re.compile(r"<t(?:able|r|d)\b", re.IGNORECASE)
_FRAMES = re.compile(r"<frameset|<x:WorksheetSource|<o:File\s+HRef", re.IGNORECASE)
_SERVER_FAULT = re.compile(
    r"A PHP Error was encountered|A Database Error Occurred|An uncaught Exception was encountered|"
    r"<b>(?:Fatal error|Parse error|Warning|Notice)</b>:|"
    r"\b(?:500 Internal Server Error|502 Bad Gateway|503 Service|404 Not Found|403 Forbidden)\b|"
    r"Whoops, looks like something went wrong",
    re.IGNORECASE,
)
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?![<>])", re.MULTILINE)
_UNSEEN = re.compile(r"<script\b.*?</script>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_ROW, _CELL = re.compile(r"<tr\b", re.IGNORECASE), re.compile(r"<td\b", re.IGNORECASE)
_CHAT = re.compile(
    r"^[\u200e\u200f]?\[?\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4},?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
    r"[\s\u202f]*(?:[ap]\.?\s?m\.?)?\]?\s*(?:-\s)?[^\t,;|]{1,60}?(?::\s|\w)",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 30
_ROWS = 40

# Formats known by words that stand in their header; all words of a set must be there.
_LATER: tuple[tuple[frozenset[str], str], ...] = tuple(
    (frozenset(words.split("|")), name)
    for words, name in (
        ("enno|tmno|vm", "ALOG"),
        ("enno|tmno|department", "ALOG"),
        ("enno|tmno", "GLog"),
        ("enno|mchn", "GLog"),
        ("tanggal scan|pin", "log pindai Fingerspot"),
        ("scan date|pin", "log pindai Fingerspot"),
        ("scan masuk|scan pulang", "laporan harian Solution/Fingerspot"),
        ("scan masuk|scan keluar", "laporan harian Solution/Fingerspot"),
        ("awal tugas|akhir tugas", "laporan ZKTime"),
        ("tgl waktu|no pin", "log pindai ZKTime"),
        ("tgl waktu|no id", "log pindai ZKTime"),
        ("absen pagi|absen sore", "presensi harian Perindag"),
        ("absen masuk|absen pulang", "presensi Tolikara"),
        ("schedule information report", "StandardReport"),
        ("attendance record report", "StandardReport"),
        ("statistical report of attendance", "StandardReport"),
        ("cap waktu", "jawaban Google Formulir"),
        ("jam masuk|jam pulang", "laporan presensi harian"),
        ("jam masuk|jam keluar", "laporan presensi harian"),
        ("jam datang|jam pulang", "laporan presensi harian"),
        ("waktu masuk|waktu pulang", "laporan presensi harian"),
        ("nama|masuk|pulang", "laporan presensi harian"),
        ("nama|datang|pulang", "laporan presensi harian"),
    )
)
_OPERATOR_LOG = frozenset({"senno", "genno"})
_MOMENT = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4} \d{1,2}:\d{2}(:\d{2})?")


def container(content: bytes) -> Container:
    """Tell what a file is; raise `Unreadable` for what never holds a table."""
    if content.startswith(b"PK"):
        if content.startswith(_DESTROYED[2]):
            raise Unreadable("destroyed_workbook")
        return Container.WORKBOOK
    if content.startswith(_OLE):
        _check_old_workbook(content)
        return Container.WORKBOOK
    if content.startswith(_DESTROYED[:2]):
        raise Unreadable("destroyed_workbook")
    for magic, kind in _OTHER_FILES:
        if content.startswith(magic):
            raise Unreadable("other_file", kind)
    start = decoded(content[:65_536], whole=False)
    if _MARKUP.match(start) or (_TABLE.search(start) and "</t" in start.lower()):
        return Container.WEBPAGE
    return Container.TEXT


def _check_old_workbook(content: bytes) -> None:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise Unreadable("encrypted")
    if holds("_VBA_PROJECT"):
        raise Unreadable("macros")
    if holds("WordDocument"):
        raise Unreadable("other_office", "Word (.doc)")
    if holds("PowerPoint Document"):
        raise Unreadable("other_office", "PowerPoint (.ppt)")
    if not (holds("Workbook") or holds("Book")):
        raise Unreadable("broken_file")


def decoded(content: bytes, *, whole: bool = True) -> str:
    """Return the text of a file in UTF-8, UTF-16 or CP1252; raise `Unreadable` for binary files."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, errors="replace")
    if content[1:2] == b"\0" and content[3:4] == b"\0":
        return content.decode("utf-16-le", errors="replace")
    try:
        shown = content.decode("utf-8", errors="strict" if whole else "ignore")
    except UnicodeDecodeError:
        shown = content.decode("cp1252", errors="replace")
    sample = shown[:4096]
    if len(_CONTROLS.findall(sample)) * 50 > len(sample):
        raise Unreadable("binary")
    return shown


def check_text(text: str) -> None:
    """Refuse text that is known to be no report: blank, or two versions merged by git."""
    if not text.strip("\0 \t\r\n\ufeff"):
        raise Unreadable("empty")
    if mark := _CONFLICT.search(text):
        raise Unreadable("merge_conflict", text.count("\n", 0, mark.start()) + 1)


def check_page(text: str) -> None:
    """Refuse pages that are no report: server faults, empty shells, other XML."""
    if _SERVER_FAULT.search(text):
        raise Unreadable("server_fault")
    start = text[:4096]
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<?xml" in start:
        raise Unreadable("other_office", "XML Spreadsheet 2003")
    if "<smses" in start:
        raise Unreadable("not_yet", "cadangan SMS")
    seen = _UNSEEN.sub("", text)
    if _FRAMES.search(text) and not _CELL.search(seen):
        raise Unreadable("frames")
    if not _ROW.search(seen):
        raise Unreadable("html_without_table")


def check_lines(lines: Sequence[str]) -> None:
    """Refuse text formats that are known but not read: chats, mails, machine logs."""
    sample = [line for line in lines[:200] if line.strip()][:_SAMPLE]
    for line in sample[:3]:
        _check_words({plain(word) for word in re.split(r"[\t,;]", line)})
    if 2 * sum(_CHAT.match(line) is not None for line in sample) > len(sample):
        raise Unreadable("not_yet", "percakapan WhatsApp")
    if (
        sample
        and sample[0].startswith("From ")
        and any(line.lower().startswith(("date:", "subject:")) for line in sample)
    ):
        raise Unreadable("not_yet", "kotak surat (mbox)")
    if sample and sample[0].lstrip().startswith(("{", "[{", "[\n")):
        raise Unreadable("other_file", "JSON")


def check_sheets(sheets: Sequence[Sheet]) -> None:
    """Refuse tables in formats that are known but not read yet, and tables without any cell."""
    if not any(sheet.height for sheet in sheets):
        raise Unreadable("empty_sheets")
    for sheet in sheets:
        for row in range(min(sheet.height, _ROWS)):
            cells = sheet.row(row)
            _check_words({plain(values.text(cell)) for cell in cells if cell != ""})
        if sheet.height and _pairs_of_moments(sheet):
            raise Unreadable("not_yet", "presensi Tolikara")


def _check_words(words: set[str]) -> None:
    if words >= _OPERATOR_LOG:
        raise Unreadable("operator_log")
    for needed, name in _LATER:
        if words >= needed:
            raise Unreadable("not_yet", name)


def _pairs_of_moments(sheet: Sheet) -> bool:
    """Tell whether the first row is `id, moment in, moment out`, as in files without captions."""
    cells = [values.text(cell) for cell in sheet.row(0) if cell != ""]
    return len(cells) <= 6 and sum(_MOMENT.match(cell) is not None for cell in cells) == 2
