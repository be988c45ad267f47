"""What is known of the backups of one database, beside them in their folder.

Losing the file loses no backup: what a name says is in the name, the rest can be checked anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from wfh_desktop.domain.backups import State
from wfh_desktop.persistence.files import save

NAME = "catatan.json"
_TURN = Lock()


@dataclass(frozen=True)
class Note:
    """What is known of one backup."""

    state: State = State.UNKNOWN
    checked: datetime | None = None
    sha256: str = ""
    faults: tuple[str, ...] = ()
    counter: int = 0  # of the changes of the database when it was copied
    second: bool = False  # whether a checked copy was put into the second place


@dataclass(frozen=True)
class Journal:
    """Notes by file name, the second place, and when backups were last tried."""

    notes: Mapping[str, Note] = field(default_factory=dict)
    second: str = ""
    second_at: datetime | None = None  # when a copy last arrived there
    asked_at: datetime | None = None  # since when a second place is wanted
    trial_at: datetime | None = None
    trial: State = State.UNKNOWN

    def note(self, name: str) -> Note:
        """Return what is known of the backup *name*."""
        return self.notes.get(name, Note())

    def noting(self, name: str, note: Note) -> Journal:
        """Return the journal with *note* about the backup *name*."""
        return replace(self, notes={**self.notes, name: note})

    def without(self, names: set[str]) -> Journal:
        """Return the journal without what was known of *names*."""
        return replace(
            self, notes={name: one for name, one in self.notes.items() if name not in names}
        )


def read(folder: Path) -> Journal:
    """Return the journal of *folder*; an empty one if it is missing or unreadable."""
    try:
        return _from_plain(json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Journal()


def change(folder: Path, how: Callable[[Journal], Journal]) -> Journal:
    """Store what *how* makes of the journal, one after the other; raise `Unwritable`."""
    with _TURN:
        made = how(read(folder))
        write(folder, made)
    return made


def write(folder: Path, journal: Journal) -> None:
    """Store the journal; raise `Unwritable`."""
    plain = _to_plain(journal)
    save(json.dumps(plain, indent=1, sort_keys=True).encode(), folder / NAME, 0o600)


def _to_plain(journal: Journal) -> dict[str, Any]:
    return {
        "second": journal.second,
        "second_at": _text(journal.second_at),
        "asked_at": _text(journal.asked_at),
        "trial_at": _text(journal.trial_at),
        "trial": journal.trial,
        "notes": {
            name: {
                "state": note.state,
                "checked": _text(note.checked),
                "sha256": note.sha256,
                "faults": list(note.faults),
                "counter": note.counter,
                "second": note.second,
            }
            for name, note in journal.notes.items()
        },
    }


def _from_plain(plain: Mapping[str, Any]) -> Journal:
    notes = {
        str(name): Note(
            State(note["state"]),
            _moment(note["checked"]),
            str(note["sha256"]),
            tuple(map(str, note["faults"])),
            int(note["counter"]),
            bool(note["second"]),
        )
        for name, note in plain["notes"].items()
    }
    return Journal(
        notes,
        str(plain["second"]),
        _moment(plain["second_at"]),
        _moment(plain["asked_at"]),
        _moment(plain["trial_at"]),
        State(plain["trial"]),
    )


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
