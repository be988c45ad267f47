"""Small files that become huge, endless or treacherous once they are opened."""

import io
import json
import re
import resource
import struct
import sys
import zipfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # also run as a program of its own

from tests.readers import files
from tests.readers.files import raw_xlsx, xlsx, zipped

ONE = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row></sheetData>'
DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{}]>'
LAUGHS = DTD.format("".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)))
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"A" * 100_000}">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
ANYWHERE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
LIST = [["Nama", "NIP", "Gol"], *([f"Pegawai {n}", files.nip(n), "III/b"] for n in range(20))]


def bombs():
    """Yield their names and bytes, twenty and more."""
    cell = ONE.format("&a8;")
    yield "billion laughs in a sheet", raw_xlsx(cell, head=LAUGHS)
    yield "billion laughs in UTF-16", _utf16()
    yield "quadratic", raw_xlsx(ONE.format("&a;" * 20_000), head=QUADRATIC)
    yield "file from outside", raw_xlsx(ONE.format("&e;"), head=OUTSIDE)
    yield "type from the network", raw_xlsx(ONE.format("x"), head=ANYWHERE)
    yield "one long word", raw_xlsx(ONE.format("A" * 40_000_000))
    yield "a word below the ratio", raw_xlsx(ONE.format(_noise(20_000_000)))
    yield "far cell", _cells('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "far row", _cells('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 900_000))
    yield "many rows", _cells(rows)
    wide = "".join(f'<c r="{_column(n)}1"><v>1</v></c>' for n in range(16_384))
    yield "many columns", _cells(f'<row r="1">{wide}</row>')
    yield "deep markup", raw_xlsx("<a>" * 400_000 + "</a>" * 400_000)
    spans = '<mergeCell ref="A1:XFD1048576"/>' * 50_000
    yield "wide merges", raw_xlsx(f"{ONE.format('x')}<mergeCells>{spans}</mergeCells>")
    yield "many parts", zipped({"xl/workbook.xml": "<a/>"} | {f"xl/{n}": "" for n in range(9000)})
    yield "parts upon each other", _overlapping()
    yield "a ZIP of ZIPs", zipped({"xl/workbook.xml": "<a/>", "a.zip": bytes(100_000_000)})
    yield "names that climb out", _climbing()
    yield (
        "numbers beyond all",
        _cells(
            '<row r="-1"><c r="A1" s="99999"><v>1e999</v></c></row>'
            '<row r="99999999999"><c r="A99999999999"><v>nan</v></c></row>'
        ),
    )
    yield "many sheets", _sheets(2000)
    yield "spans of a page", b"<table>" + b'<tr><td colspan="200" rowspan="200">x' * 60_000
    yield "rows of a page", b"<table>" + b"<tr><td>x" * 2_000_000
    yield "a page in itself", b"<table><tr><td>" * 200_000
    yield "a page of entities", b"<table><tr><td>" + b"&amp;" * 4_000_000
    yield "cells of a page", b"<table><tr>" + b"<td>x" * 3_000_000
    yield "scans without end", b"7\t2022-01-01 07:00:00\t1\t0\t1\t0\n" * 550_000
    yield "one line of text", b"Nama;NIP\n" + b"x" * 19_000_000
    yield "columns of text", b";".join([b"x"] * 2_000_000) + b"\n"
    yield "lines of text", b"Nama;NIP\n" + b"a;b\n" * 4_900_000
    yield "quotes without end", b'Nama;NIP\n"' + b'a;"b\n' * 3_000_000
    yield "an old book that bites its tail", _circle()


def _cells(rows):
    return raw_xlsx(f"<sheetData>{rows}</sheetData>")


def _column(number):
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _noise(count):
    """Return letters that pack well, but not so well that anybody minds."""
    return "".join(f"{n:x}" for n in range(count // 5))


def _utf16():
    parts = _parts(raw_xlsx(ONE.format("&a8;")))
    name = "xl/worksheets/sheet1.xml"
    text = LAUGHS.replace('"1.0"', '"1.0" encoding="UTF-16"') + parts[name].decode()
    return zipped(parts | {name: text.encode("utf-16")})


def _parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _overlapping():
    """Let two hundred entries of the directory unpack the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(20_000_000)) + packer.flush()
    name = b"xl/workbook.xml"
    sizes = struct.pack("<III", 0, len(packed), 20_000_000)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes
    local += struct.pack("<HH", len(name), 0) + name + packed
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
    entry += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    count = 200
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(entry) * count, len(local), 0)
    return local + entry * count + b"PK\x05\x06" + end


def _climbing():
    out = io.BytesIO(xlsx(LIST))
    with zipfile.ZipFile(out, "a") as archive:
        for name in ("../../../evil.txt", "/tmp/evil.txt", "C:\\evil.txt", "xl/../../evil.txt"):
            archive.writestr(name, "x")
    return out.getvalue()


def _sheets(count):
    parts = _parts(raw_xlsx(ONE.format("x")))
    book = parts["xl/workbook.xml"].decode()
    one = book[book.index("<sheet ") : book.index("/>", book.index("<sheet ")) + 2]
    many = "".join(one.replace('name="', f'name="{n}') for n in range(count))
    return zipped(parts | {"xl/workbook.xml": book.replace(one, many)})


def _circle():
    """Point the table of sectors of an old workbook at itself."""
    content = bytearray(files.xls([[str(cell) for cell in row] for row in LIST]))
    content[512:1024] = struct.pack("<128I", *([0] * 128))
    return bytes(content)


def write(folder):
    """Write each bomb into a file; its maker's own memory is not measured."""
    for number, (name, content) in enumerate(bombs()):
        folder.joinpath(f"{number:02} {name}").write_bytes(content)


def _seconds():
    """Return how long this process and its children have computed, whatever else is going on."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _most_memory():
    """Return the most memory of this process in MB; `getrusage` would count that of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(folder):
    """Yield what became of each: read or refused, in how many seconds, with how much memory.

    Memory is the most that this process and any of its children took so far, in MB.
    """
    from wfh_desktop import readers
    from wfh_desktop.domain.errors import Unreadable

    for path in sorted(folder.iterdir()):
        start = _seconds()
        try:
            readers.read(path)
            outcome = "read"
        except Unreadable as refusal:
            outcome = refusal.code
        except BaseException as fault:
            outcome = f"uncaught {type(fault).__name__}"
        yield {
            "name": path.name[3:],
            "outcome": outcome,
            "seconds": round(_seconds() - start, 2),
            "own": _most_memory(),
            "parser": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
            "kilobytes": path.stat().st_size // 1024,
        }


if __name__ == "__main__":
    place = Path(sys.argv[2])
    if sys.argv[1] == "write":
        write(place)
    else:
        sys.stdout.write(json.dumps(list(measured(place))))
