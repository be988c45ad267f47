"""wfhctl audit: the chain that seals every change, its anchors, and papers in doubt."""

from __future__ import annotations

import argparse
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wfh_desktop import words
from wfh_desktop.cli.database import perform
from wfh_desktop.cli.parser import Commands
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.papers import Finding
from wfh_desktop.words import audit as sentences

if TYPE_CHECKING:
    from wfh_desktop.services.audit import Verdict
    from wfh_desktop.services.papers.verifying import Verdict as PaperVerdict


def add(commands: Commands) -> None:
    """Register the family of commands."""
    family = commands.add_parser("audit", help="jejak perubahan, segelnya, dan keaslian dokumen")
    acts = family.add_subparsers(dest="action", required=True, metavar="TINDAKAN")
    acts.add_parser("seal", help="menyegel perubahan yang belum disegel").set_defaults(run=_seal)
    verify = acts.add_parser("verify", help="memeriksa seluruh rantai segel")
    verify.add_argument("--anchors", metavar="BERKAS", type=Path, nargs="+", default=[],
                        help="catatan jangkar yang disimpan di luar basis data")  # fmt: skip
    verify.set_defaults(run=_verify)
    anchors = acts.add_parser("anchors", help="mencatat jangkar bulan ini ke berkas")
    anchors.add_argument("--out", metavar="TUJUAN", type=Path, required=True,
                         help="folder, atau berkas yang ditambah satu baris")  # fmt: skip
    anchors.set_defaults(run=_anchors)
    check = acts.add_parser("check", help="memeriksa keaslian sebuah dokumen")
    check.add_argument("paper", metavar="BERKAS|KODE", help="PDF, atau kode di kaki halamannya")
    check.set_defaults(run=_check)


def _seal(options: argparse.Namespace) -> None:
    from wfh_desktop.services import audit

    print(f"{_number(perform(options, audit.seal))} perubahan disegel.")


def _verify(options: argparse.Namespace) -> int:
    """Make the whole chain anew; 0 only if it is whole and has every anchor."""
    from wfh_desktop.services import audit
    from wfh_desktop.services.audit import anchors

    for path in options.anchors:
        if not path.is_file():
            raise Unreadable("missing", path.name)
    kept = [one.anchor for path in options.anchors for one in anchors.read(path)]
    verdict = perform(options, partial(audit.verify, anchors=kept))
    _tell(verdict, len(kept))
    return 0 if verdict.sound else 1


def _tell(verdict: Verdict, anchors: int) -> None:
    print(f"Segel utuh           : {_number(verdict.links)}")
    print(f"Jangkar dicocokkan   : {_number(anchors)}")
    print(f"Belum disegel        : {_number(verdict.unsealed)}")
    if verdict.late:
        print(f"Perhatian: yang tertua sudah menunggu {_number(verdict.age)} detik.")
    if verdict.head:
        print(f"Segel terakhir       : {verdict.head.seal} {verdict.head.hash}")
    if verdict.broken:
        when = f" ({_moment(verdict.at)})" if verdict.at else ""
        print(f"RANTAI PUTUS: {sentences.broken(verdict.broken)}")
        if verdict.what:
            print(f"Catatan yang terkena : {verdict.what}{when}")
    elif not anchors:
        print("Rantai utuh. Tanpa jangkar, rantai yang ditulis ulang seluruhnya tidak terlihat.")
    else:
        print("Rantai utuh dan memuat semua jangkar.")


def _anchors(options: argparse.Namespace) -> int:
    from wfh_desktop.services import audit

    kept = perform(options, partial(audit.write, out=options.out))
    if kept is None:
        print("Belum ada perubahan yang dapat disegel.")
        return 1
    print(f"Segel {_number(kept.anchor.seal)} · {kept.anchor.short} dicatat.")
    return 0


def _check(options: argparse.Namespace) -> int:
    """Check a file if there is one of that name, else a code; 0 only if it is genuine."""
    from wfh_desktop.services import papers

    path = Path(options.paper)
    if path.suffix.lower() == ".pdf" and not path.is_file():
        raise Unreadable("missing", path.name)
    content = path.read_bytes() if path.is_file() else None
    code = "" if content is not None else options.paper
    verdict = perform(options, partial(papers.check, content=content, code=code))
    _tell_paper(verdict)
    return 0 if verdict.finding is Finding.AUTHENTIC and verdict.anchored is not False else 1


def _tell_paper(verdict: PaperVerdict) -> None:
    issued = verdict.issued
    print(sentences.FINDINGS[verdict.finding])
    newest = issued.newest if issued else None
    print(sentences.meaning(verdict.finding, file=verdict.file, newest=newest))
    if issued:
        print(f"Dokumen     : {words.PAPERS[issued.paper]}, revisi {issued.revision}")
        print(f"Unit, bulan : {issued.unit}, {words.month(issued.period)}")
        print(f"Diterbitkan : {_moment(issued.at)} oleh {issued.actor}")
        print(f"Kode        : {issued.code}")
    if verdict.anchored is not None:
        print(sentences.ANCHORED[verdict.anchored])


def _moment(at: datetime) -> str:
    here = at.astimezone()
    return f"{words.day(here.date())} pukul {here:%H.%M}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
