"""An optional PIN before a local file is opened. It stops the passer-by and nobody else.

The file itself is not encrypted: whoever can read it needs no PIN. The PIN is kept beside it as
Argon2id, so that at least the digits, which people use elsewhere too, cannot be read off.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from wfh_desktop.domain.errors import Invalid, Problem, Unreadable
from wfh_desktop.persistence.files import save, writing

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TIME, MEMORY, LANES = 3, 64 * 1024, 1  # passes, KiB and threads of Argon2id
SHORTEST, LONGEST = 4, 32
FREE = 3  # wrong tries without waiting
LONGEST_WAIT = 900  # seconds


@dataclass(frozen=True)
class Lock:
    """What stands beside the database: the hash, and how often it was tried in vain."""

    hash: str
    failures: int = 0
    last: str = ""  # moment of the last wrong try


def is_set(database: Path) -> bool:
    """Return whether the database file asks for a PIN."""
    return _file(database).exists()


def require(database: Path, pin: str, now: datetime | None = None) -> None:
    """Raise `Unreadable` unless the file asks for no PIN or *pin* is it.

    After three wrong ones each further one makes the next wait twice as long.
    """
    lock = _read(database)
    if lock is None:
        return
    if not pin:
        raise Unreadable("pin_needed", database.name, str(database))
    now = now or datetime.now(UTC)
    if seconds := wait(lock, now):
        raise Unreadable("pin_wait", database.name, seconds, str(database))
    if not _fits(lock.hash, pin):
        _write(database, Lock(lock.hash, lock.failures + 1, now.isoformat()))
        raise Unreadable("pin_wrong", database.name, str(database))
    if lock.failures:
        _write(database, Lock(lock.hash))


def wait(lock: Lock, now: datetime) -> int:
    """Return for how many seconds no PIN is taken; a clock set back does not make it longer."""
    if lock.failures < FREE or not lock.last:
        return 0
    delay = min(1 << min(lock.failures - FREE + 1, 20), LONGEST_WAIT)
    left = datetime.fromisoformat(lock.last) + timedelta(seconds=delay) - now
    return min(max(ceil(left.total_seconds()), 0), delay)


def change(database: Path, new: str, old: str = "") -> None:
    """Let the file ask for *new* from now on; for nothing if it is empty.

    Raises `Unreadable` if there is a PIN and it is not *old*, `Invalid` if *new* is too short.
    """
    require(database, old)
    if not new:
        with writing(_file(database)):
            _file(database).unlink(missing_ok=True)
        return
    if not SHORTEST <= len(new) <= LONGEST:
        raise Invalid([Problem("pin", "pin_length", (SHORTEST, LONGEST))])
    if len(set(new)) == 1 or new in "01234567890" or new in "09876543210":
        raise Invalid([Problem("pin", "pin_easy")])
    _write(database, Lock(_hasher().hash(new)))


def _fits(hashed: str, pin: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    with suppress(VerificationError, InvalidHashError):
        return _hasher().verify(hashed, pin)
    return False


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(TIME, MEMORY, LANES)


def _read(database: Path) -> Lock | None:
    try:
        return Lock(**json.loads(_file(database).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        return Lock("")  # unreadable: no PIN fits; whoever owns the folder can remove the file


def _write(database: Path, lock: Lock) -> None:
    save(json.dumps(asdict(lock)).encode(), _file(database), 0o600)


def _file(database: Path) -> Path:
    return database.with_name(f"{database.name}.pin")
