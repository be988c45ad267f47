"""Files that are written whole or not at all, and why one could not be written."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wfh_desktop.domain.errors import Unwritable

REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EEXIST: "missing",
}
_SQLITE = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "denied",
    sqlite3.SQLITE_PERM: "denied",
    sqlite3.SQLITE_CANTOPEN: "missing",
    sqlite3.SQLITE_IOERR: "failed",
}
PRIMARY = 0xFF  # of an extended result code of SQLite


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system or SQLite says about writing *path* into `Unwritable`."""
    try:
        yield
    except OSError as error:
        raise _unwritable(REASONS.get(error.errno or 0, "failed"), path) from error
    except sqlite3.OperationalError as error:
        code = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & PRIMARY)
        if code is None:
            raise
        raise _unwritable(code, path) from error


def save(content: bytes, path: Path, mode: int = 0o644) -> Path:
    """Write *content* to *path*, which afterwards is whole or as it was before; return it.

    Raises `Unwritable` if the folder is missing, may not be written to, or the disk is full.
    """
    with writing(path), spare(path) as temporary:
        with temporary.open("wb") as file:
            file.write(content)
        put(temporary, path, mode)
    return path


@contextmanager
def spare(path: Path) -> Iterator[Path]:
    """Give an empty file of nobody else's business beside *path*; it is gone afterwards."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)


def put(temporary: Path, path: Path, mode: int = 0o600) -> None:
    """Let *temporary* take the place of *path*, so that a power cut leaves one of the two."""
    temporary.chmod(mode)
    sync(temporary)
    temporary.replace(path)
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Wait until what was written to *path* is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in *folder* are on the disk, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems do not sync folders
            os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(code: str, path: Path) -> Unwritable:
    return Unwritable(code, path.name if code in {"full", "failed"} else str(path.parent))
