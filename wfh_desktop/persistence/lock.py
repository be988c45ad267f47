"""One process at a time: a lock of the operating system on a file beside the database."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self


class FileLock:
    """Held until `release` or the end of the process, however that comes.

    Its file also tells how the last process went: what `mark` writes, only `release` takes away.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor
        self.unclean = os.fstat(descriptor).st_size > 0
        self._marked = False

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """Lock the file *path*, or return None if another process holds it.

        The file is left behind when the lock is released: removing it would let a third
        process lock a file that is no longer there. Raises `OSError` if it cannot be written.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        if _lock(descriptor):
            return cls(descriptor)
        os.close(descriptor)
        return None

    def mark(self) -> None:
        """Note that the database is in use now; it is on the disk before anything is written."""
        if self._descriptor is not None:
            os.lseek(self._descriptor, 1, os.SEEK_SET)  # Windows locks the first byte
            os.write(self._descriptor, b"open")
            os.fsync(self._descriptor)
            self._marked = True

    def release(self) -> None:
        """Let others in."""
        if self._descriptor is not None:
            if self._marked:
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
