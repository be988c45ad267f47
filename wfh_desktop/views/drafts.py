"""What is typed and not stored yet, kept on this computer until it is stored or given up.

Each user has drafts of their own, apart for every database; nobody else can read them. They
survive a crash and a lost network, and go after a week. Files are written and read in one
thread of their own, one after the other.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

KEPT = timedelta(days=7)
LARGEST = 1_000_000  # bytes: what is typed by hand is never longer
log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Draft:
    """What was typed in a dialog, when, and what the record said when it was opened."""

    at: str  # a moment in UTC
    typed: dict[str, Any]
    base: dict[str, Any]
    version: int = 0  # of the record; 0 for a new one

    @property
    def moment(self) -> datetime:
        """When it was typed."""
        return datetime.fromisoformat(self.at)


class Drafts:
    """Keeps one draft for each key, beside those of other databases; none before `attach`."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._worker = ThreadPoolExecutor(1, "drafts")

    def attach(self, folder: Path, database: str) -> None:
        """Keep drafts for *database* below *folder* from now on.

        The name is whatever tells databases and their users apart; it is never written.
        """
        self.folder = folder / _hidden(database)
        self._do(partial(_sweep, folder))

    def keep(
        self, key: str, typed: dict[str, Any], base: dict[str, Any], version: int = 0
    ) -> Future[None]:
        """Write what was *typed*, in place of what was kept before under the same key."""
        draft = Draft(datetime.now(UTC).isoformat(), typed, base, version)
        return self._do(partial(_write, self._path(key), draft))

    def find(self, key: str) -> Future[Draft | None]:
        """Look for what was typed under *key* and is younger than a week."""
        return self._do(partial(_read, self._path(key)))

    def drop(self, key: str) -> Future[None]:
        """Forget what was typed: it is stored, or given up."""
        return self._do(partial(_drop, self._path(key)))

    def close(self) -> None:
        """Finish what was begun."""
        self._worker.shutdown()

    def _do(self, act: Callable[[], T]) -> Future[T]:
        return self._worker.submit(act)

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{_hidden(key)}.json"


def _hidden(text: str) -> str:
    """Return a name for a file that says nothing about people."""
    return sha256(text.encode()).hexdigest()[:32]


def _write(path: Path, draft: Draft) -> None:
    """Replace the file as a whole; a disk that is full costs the draft, not the dialog."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(draft), file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            _drop(Path(name))  # there only if it failed
    except OSError:
        log.warning("a draft could not be kept", exc_info=True)


def _read(path: Path) -> Draft | None:
    try:
        if path.stat().st_size > LARGEST:
            return None
        draft = Draft(**json.loads(path.read_text(encoding="utf-8")))
        fresh = datetime.now(UTC) - draft.moment < KEPT
    except (OSError, ValueError, TypeError):  # none there, or one that is not ours
        return None
    return draft if fresh else None


def _drop(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what is older than a week, of whichever database, and what was half written."""
    oldest = (datetime.now(UTC) - KEPT).timestamp()
    for path in folder.glob("*/*"):
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
