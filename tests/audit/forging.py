"""Papers that were forged in every way a forger with an editor has."""

import io
import re
from dataclasses import dataclass, field

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from wfh_desktop.domain.papers import Finding

KNOWN = (Finding.ALTERED, Finding.SUPERSEDED, Finding.DRAFT, Finding.UNKNOWN)  # never accepted


@dataclass
class Tally:
    """How many forgeries were tried, and which were taken for genuine."""

    tried: int = 0
    accepted: list = field(default_factory=list)

    def add(self, name, verdict):
        self.tried += 1
        if verdict.finding not in KNOWN:
            self.accepted.append(name)


def flips(genuine, dice, count):
    """Change one byte at places of every kind: head, objects, streams, codes, tables, end."""
    keywords = genuine.index(b"/Keywords")
    table = genuine.rindex(b"\nxref")
    stream = [match.end() for match in re.finditer(rb"stream\r?\n", genuine)]
    places = [0, 5, keywords, keywords + 15, keywords + 25, keywords + 60, table, table + 30]
    places += [genuine.rindex(b"trailer") + 10, len(genuine) - 2, len(genuine) - 8]
    while len(places) < count:
        places.append(dice.randrange(len(genuine)))
        places.append(dice.choice(stream[:-1]) + dice.randrange(10))
    for place in places[:count]:
        forged = bytearray(genuine)
        forged[place] ^= 1 << dice.randrange(8)
        yield f"flip at {place}", bytes(forged)


def edits(genuine, other):
    """Append, cut, add an update, write anew, or paste the code of another paper."""
    yield "byte appended", genuine + b" "
    yield "comment appended", genuine + b"\n%% lampiran\n"
    yield "another file appended", genuine + other
    yield "last byte cut", genuine[:-1]
    yield "first line cut", genuine.partition(b"\n")[2]
    yield "nothing at all", b""
    yield "incremental update", updated(genuine)
    yield "written anew", rewritten(genuine)
    own, others = code(genuine), code(other)
    yield "code of another paper", genuine.replace(own, others)
    yield "code of another paper pasted behind", genuine + b"\n" + others
    yield "made up, with the code of this one", made_up(own)
    yield "made up, without a code", made_up(b"")


def code(pdf):
    """Return the whole line by which a file names itself."""
    return re.search(rb"WFH kode=[^)]*", pdf)[0]


def updated(pdf):
    """Replace what a page says by a proper update at the end of the file."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    page = writer.pages[0]
    page.mediabox.right = float(page.mediabox.right) + 1
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def rewritten(pdf):
    """Take the pages over into a new file, keywords and all."""
    reader = PdfReader(io.BytesIO(pdf))
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    writer.add_metadata(dict(reader.metadata))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def made_up(line):
    """Write a paper of one's own that names itself as a genuine one does."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0)
    canvas.setKeywords(line.decode())
    canvas.drawString(72, 700, "Rekomendasi TPP Rp9.000.000")
    canvas.save()
    return out.getvalue()


def codes(dice, count):
    """Return codes as nobody ever printed them."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    for _ in range(count):
        drawn = "".join(dice.choice(letters) for _ in range(12))
        yield f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"
