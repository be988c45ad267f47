"""Names, pictures and files that mean harm, for tests that must survive them."""

import io
import itertools
import random
import struct
import zipfile
import zlib
from functools import cache

from PIL import Image

NAMES = (
    "..", ".", "", " ", "...", "/", "\\", "/etc/passwd", "../../etc/passwd", "..\\..\\x.pdf",
    "C:\\Windows\\System32\\x.dll", "\\\\server\\share\\x.pdf", "\\\\?\\C:\\x",
    "//server/share/x", "a:b", "foto.png:evil.exe", "foto.png::$DATA", "file:///etc/passwd",
    "http://x/y.png", "CON", "con.png", "PRN.pdf", "AUX", "NUL", "NUL.txt", "COM1.png", "LPT9",
    "CONIN$", "COM\u00b9", "foto.png.exe", "foto.png ", "foto.png.", "foto.png...", " foto.png",
    "foto .png", "-rf", "~", "--help", "$(reboot).png", "`id`.png", "foto;rm -rf ~.png",
    "foto|x.png", "foto&x.png", "%2e%2e%2f", "%00.png", "foto%n%s.png", "{0}.png", "{field}",
    "a\x00b.png", "a\nb.png", "a\rb.png", "a\tb.png", "a\x1b[31m.png", "a\x7f.png",
    "a\u202egnp.exe", "a\u202dx.png", "a\u2066b\u2069.png", "a\u200bb.png", "a\ufeffb.png",
    "\u2028.png", "\u2029.png", "a\ud800b.png", "\udcff.png", "a\ue000.png", "\U000e0041.png",
    "cafe\u0301.png", "\u1100\u1161\u11a8.png", "\u0300" * 300, "x" * 300, "x" * 300 + ".pdf",
    "\U0001f600" * 300, "." * 300, "/" * 300, "a/" * 200 + "b.png", "<b>foto</b>.png",
    "<img src=x onerror=alert(1)>.png", "'; DROP TABLE evidence;--.png", "=1+1.png",
    "@SUM(A1).png", "+62.png", "desktop.ini", "autorun.inf", ".htaccess", "foto.lnk", "foto.url",
    "foto.scf", "foto.png\u2215..\u2215x", "\uff0e\uff0e\uff0fx.png", "\u2024\u2024/x",
)  # fmt: skip


def names(count=500):
    """Return hostile names, the known ones first, then made of their pieces."""
    chance = random.Random(17)
    pieces = [name for name in NAMES if name]
    made = itertools.chain(NAMES, ("".join(chance.choices(pieces, k=3)) for _ in itertools.count()))
    return list(itertools.islice(made, count))


def picture(form="JPEG", size=(64, 48), **saved):
    """Return a picture whose corner tells how it was turned."""
    drawn = Image.new("RGB", size, (200, 30, 30))
    drawn.paste((20, 20, 220), (0, 0, size[0] // 4, size[1] // 4))
    out = io.BytesIO()
    drawn.save(out, form, **saved)
    return out.getvalue()


def archive(**entries):
    """Return a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def chunk(kind, content):
    """Return a chunk of a PNG, with its sum."""
    sum_ = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", sum_)


def png(width, height, *chunks, rows=b"", depth=8, colour=2):
    """Return a PNG that claims a size and holds what it is given."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = (chunk(b"IHDR", head), *chunks, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@cache
def bombs():
    """Return pictures that are small as files and huge or endless once opened."""
    flat = zlib.compress(b"\0" * 5_000_000, 9)
    jpeg = bytearray(picture())
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 65_500, 65_500)
    return {
        "60.000 x 60.000": png(60_000, 60_000, rows=flat),
        "a billion in a row": png(2_000_000_000, 1, rows=flat),
        "bits": png(100_000, 100_000, rows=flat, depth=1, colour=0),
        "text": png(
            8, 8, chunk(b"zTXt", b"x\0\0" + zlib.compress(b"a" * 60_000_000, 9)), rows=flat
        ),
        "profile": png(
            8, 8, chunk(b"iCCP", b"x\0\0" + zlib.compress(b"a" * 60_000_000, 9)), rows=flat
        ),
        "jpeg": bytes(jpeg),
        "no size": png(0, 0, rows=flat),
        "cut": picture(size=(3000, 2000))[:2000],
        "cut png": picture("PNG", size=(300, 200))[:120],
        "nothing behind the start": b"\xff\xd8\xff",
        "text behind the start": b"\x89PNG\r\n\x1a\n" + b"x" * 1000,
    }


def polyglots():
    """Return files that are two things at once."""
    script = b"<html><script>alert(1)</script></html>"
    program = b"MZ" + b"\0" * 100 + b"PE\0\0"
    return {
        "jpeg and zip": picture() + archive(**{"../evil.exe": "x"}),
        "jpeg and html": picture(comment=script),
        "jpeg and program": picture() + program,
        "png and zip": picture("PNG") + archive(**{"evil.exe": "x"}),
        "png and script": picture("PNG") + script,
        "png with text": png_with_text(script),
        "jpeg with exif": picture(exif=exif(1)),
    }


def png_with_text(text):
    whole = picture("PNG")
    return whole[:33] + chunk(b"tEXt", b"Comment\0" + text) + whole[33:]


def exif(orientation):
    """Return EXIF with an orientation, a place on earth and a marked name."""
    made = Image.Exif()
    made[0x0112] = orientation
    made[0x010F] = "RAHASIA-KAMERA"
    made.get_ifd(0x8825)[1] = "S"
    return made.tobytes()
