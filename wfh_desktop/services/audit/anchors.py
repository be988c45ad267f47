"""Links of the chain that are remembered outside the database, where its owner cannot reach them.

The same file serves a computer that remembers what it saw, and the file of the month that is
printed or mailed to the Inspektorat: a line for each link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wfh_desktop import paths
from wfh_desktop.domain.chain import Anchor
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.persistence import files
from wfh_desktop.persistence.database import Work
from wfh_desktop.services.audit.sealing import head, holds, installation, seal

HEAD = "# Jangkar jejak perubahan WFH Desktop, basis data {}"
MONTH = "jangkar-{:%Y-%m}.txt"
_LINE = re.compile(r"(\S+) segel (\d{1,18}) ([0-9a-f]{64})")
_NAME = re.compile(r"[0-9A-Za-z-]{1,36}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A link and when it was the last one."""

    at: datetime
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Watch:
    """What a look at the database shows: the link that is *lost*, or the one to remember.

    It is remembered only after the look has ended well, and only if it was there before it.
    """

    install_id: str
    seen: Kept | None
    lost: Kept | None


def folder() -> Path:
    """Return where this computer remembers links; it may not exist yet."""
    return paths.data_folder() / "jangkar"


def watch(work: Work, where: Path) -> Watch:
    """Seal what is new; tell whether the database still has all links remembered in *where*."""
    install_id = installation(work)
    known = read(_file(where, install_id)) if _NAME.fullmatch(install_id) else []
    lost = next((one for one in known if not holds(work, one.anchor)), None)
    last = head(work)
    seal(work)
    return Watch(install_id, Kept(work.now, last) if last and not lost else None, lost)


def remember(seen: Watch, where: Path, beside: Path | None = None) -> None:
    """Keep the link that was seen: the last of each month, and the last of all.

    In the folder *beside* the database, where its backups are, a file of the month gets the last
    link of each day: to be handed to the Inspektorat.
    """
    if seen.seen is None or not _NAME.fullmatch(seen.install_id):
        return
    path = _file(where, seen.install_id)
    _write(path, seen.install_id, _thinned([*read(path), seen.seen], "%Y-%m"))
    if beside and beside.is_dir():
        month = beside / MONTH.format(seen.seen.at)
        _write(month, seen.install_id, _thinned([*read(month), seen.seen], "%Y-%m-%d"))


def forget(install_id: str, where: Path) -> None:
    """Begin to remember anew, after the user was told; what was known is put aside."""
    path = _file(where, install_id)
    if path.exists():
        number = 1
        while (aside := path.with_suffix(f".lama-{number}")).exists():
            number += 1
        path.replace(aside)


def write(work: Work, out: Path) -> Kept | None:
    """Seal what is new and add the last link to the file *out*, or to that of the month in it."""
    seal(work)
    last = head(work)
    if last is None:
        return None
    kept = Kept(work.now, last)
    path = out / MONTH.format(work.now) if out.is_dir() else out
    _write(path, installation(work), [*read(path), kept])
    return kept


def read(path: Path) -> list[Kept]:
    """Return the links that a file remembers, oldest first; none if there is no such file."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Unreadable("unreadable", path.name) from error
    return [kept for line in lines if (kept := _parsed(line))]


def _parsed(line: str) -> Kept | None:
    match = _LINE.match(line)
    if not match:
        return None
    with suppress(ValueError):
        return Kept(datetime.fromisoformat(match[1]), Anchor(int(match[2]), match[3]))
    return None


def _thinned(kept: Iterable[Kept], span: str) -> list[Kept]:
    """Return the last link of each month, or of each day."""
    return list({one.at.strftime(span): one for one in kept}.values())


def _write(path: Path, install_id: str, kept: Iterable[Kept]) -> None:
    lines = [HEAD.format(install_id)]
    lines += [f"{k.at.isoformat()} segel {k.anchor.seal} {k.anchor.hash}" for k in kept]
    with files.writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    files.save(("\n".join(lines) + "\n").encode(), path)


def _file(where: Path, install_id: str) -> Path:
    return where / f"{install_id}.txt"
