"""How much a file may hold, and what no file may hold, checked before anything parses it."""

from __future__ import annotations

import io
import re
import zlib

TYPE_CHECKING = False  # without the weight of `typing`: the parsing process starts with this
if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator

    from wfh_desktop.domain.errors import Unreadable

MEGABYTE = 1 << 20
FILE_SIZE = 20 * MEGABYTE  # 200 000 rows of 13 columns are 8 MB as XLSX, 20 MB as text
# The largest staff list of one government is below 100 000 people, and a scan log of 200 000 rows
# is more than a year of 150 people; beyond that somebody exported the wrong thing.
ROWS = 200_000
COLUMNS = 512
LINES = 5 * ROWS
CELLS = 3_000_000
MARKS = 2_000_000  # opening and closing, of a web page: a month of 1 000 people has 130 000
SHEETS = 100
ENTRIES = 300  # parts of a workbook; 100 sheets with drawings have about 210
UNPACKED = 160 * MEGABYTE  # 200 000 rows of 13 columns unpack to 150 MB
RATIO = 200  # the most repetitive real sheets pack 1:50
RATIO_FROM = MEGABYTE  # below that size a ratio means nothing
SECONDS = 30  # the largest list takes 5
MEMORY = 576 * MEGABYTE  # the largest list needs 380, beside what the libraries take up

LENGTH = 100_000  # letters of a cell; a spreadsheet itself holds 32 767

_CHUNK = 256 * 1024  # unpacked
_PIECE = 16 * 1024  # packed
_LOCAL_HEADER = 30
_STORED, _DEFLATED = 0, 8
_DOCTYPE = b"<!DOCTYPE"
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_ENCRYPTED = 1
_FAR_CELL = re.compile(rb'c r="([A-Z]{3}[0-9]+|[A-Z]{1,2}[0-9]{7})"[^>/]{0,40}><')  # not empty
_OFFICE = (
    ("xl/workbook.bin", "Excel biner (.xlsb)"),
    ("word/document.xml", "Word (.docx)"),
    ("ppt/presentation.xml", "PowerPoint (.pptx)"),
    ("content.xml", "OpenDocument (.ods)"),
)


def refusal(code: str, *limits: object, place: str = "") -> Unreadable:
    """Return the refusal of a file; it is rare enough to be loaded only now."""
    from wfh_desktop.domain.errors import Unreadable

    return Unreadable(code, *limits, place=place)


def check_sheets(count: int) -> None:
    """Refuse a workbook with more sheets than anything we read has."""
    if count > SHEETS:
        raise refusal("too_many_sheets", count, SHEETS)


def check_size(size: int) -> None:
    """Refuse a file that is empty or larger than `FILE_SIZE` bytes."""
    if size == 0:
        raise refusal("empty")
    if size > FILE_SIZE:
        raise refusal("too_large", size // MEGABYTE, FILE_SIZE // MEGABYTE)


def check_lengths(columns: Iterable[Iterable[object]]) -> None:
    """Refuse a sheet with a cell of more letters than any spreadsheet holds."""
    for cells in columns:
        if any(isinstance(cell, str) and len(cell) > LENGTH for cell in cells):
            raise refusal("bomb")


def check_page(content: bytes) -> None:
    """Refuse a web page of so many elements that its tree would fill the memory."""
    if (rows := content.lower().count(b"<tr")) > ROWS:
        raise refusal("too_many_rows", _counted(rows), _counted(ROWS))
    if content.count(b"<") > MARKS:
        raise refusal("bomb")


def check_lines(count: int) -> None:
    """Refuse text of far more lines than rows: a cell may hold a few of them."""
    if count > LINES:
        raise refusal("too_many_rows", _counted(count), _counted(ROWS))


def check_extent(height: int, width: int, place: str = "") -> None:
    """Refuse a sheet with more rows, columns or cells than anything we read has."""
    if height > ROWS:
        raise refusal("too_many_rows", _counted(height), _counted(ROWS), place=place)
    if width > COLUMNS or height * width > CELLS:
        raise refusal("too_many_columns", width, COLUMNS, place=place)


def _counted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def check_workbook(content: bytes) -> None:
    """Refuse a ZIP that is no plain XLSX: broken, encrypted, with macros, or a bomb.

    Sizes are those really met while unpacking; what the ZIP says about itself is not believed.
    """
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_contents(archive.infolist())
            unpacked = 0
            for entry in archive.infolist():
                unpacked += _unpack(memoryview(content), entry, UNPACKED - unpacked)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError) as fault:
        raise refusal("broken_zip") from fault
    except NotImplementedError as fault:  # a packing that nothing here unpacks
        raise refusal("broken_file") from fault


def _check_contents(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > ENTRIES:
        raise refusal("bomb")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise refusal("encrypted")
    names = {entry.filename.lower() for entry in entries}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise refusal("macros")
    if "xl/workbook.xml" in names:
        return
    for part, product in _OFFICE:
        if part in names:
            raise refusal("other_office", product)
    if any(name.endswith(("_chat.txt", ".txt")) and "chat" in name for name in names):
        raise refusal("not_yet", "percakapan WhatsApp")
    raise refusal("plain_zip" if names else "broken_zip")


def _unpack(content: memoryview, entry: zipfile.ZipInfo, allowed: int) -> int:
    size, tail = 0, b""
    markup = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    for chunk in _chunks(content, entry):
        size += len(chunk)
        if size > allowed or (size > RATIO_FROM and size > RATIO * max(entry.compress_size, 1)):
            raise refusal("bomb")
        if markup:
            if _DOCTYPE in tail + chunk:
                raise refusal("entities")
            markup = not _ELEMENT.search(chunk)  # a document type stands before all elements
            tail = chunk[-len(_DOCTYPE) :]
    return size


def _chunks(content: memoryview, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece; twice as fast as `zipfile`, which also checks its sum."""
    header = content[entry.header_offset :][:_LOCAL_HEADER]
    name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    start = entry.header_offset + _LOCAL_HEADER + name + extra
    packed = content[start : start + entry.compress_size]
    if entry.compress_type == _STORED:
        yield from (bytes(packed[at : at + _CHUNK]) for at in range(0, len(packed), _CHUNK))
    elif entry.compress_type == _DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        for at in range(0, len(packed), _PIECE):
            piece: bytes | memoryview = packed[at : at + _PIECE]
            while piece:
                yield unpacker.decompress(piece, _CHUNK)
                piece = unpacker.unconsumed_tail
    else:
        raise NotImplementedError(entry.compress_type)


def far_cell(content: bytes) -> str:
    """Name a filled cell far beyond any table, which makes parsers reserve all cells before it.

    For a workbook that passed `check_workbook` and still took too much memory; else empty.
    """
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith("xl/worksheets/"):
                markup = b"".join(_chunks(memoryview(content), entry))
                if far := _FAR_CELL.search(markup):
                    return far[1].decode("ascii")
    return ""
