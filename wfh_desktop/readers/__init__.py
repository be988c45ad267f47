"""Files to plain records and problems. Knows no database."""

from __future__ import annotations

TYPE_CHECKING = False  # without the weight of `typing`: the parsing process starts with this
if TYPE_CHECKING:
    from pathlib import Path

    from wfh_desktop.domain.periods import Period
    from wfh_desktop.readers.records import Reading

__all__ = ["read"]


def read(source: Path | bytes, *, name: str = "", period: Period | None = None) -> Reading:
    """Read a file of attendance or staff, whatever it is called; its content decides.

    *name* is what the user calls a file that is given as bytes. *period* helps a month matrix that
    does not say its month, and becomes a question. Raise `Unreadable`, and nothing else, for a file
    that cannot be read as a whole; its first limit is the name of the file.
    """
    from wfh_desktop.readers import reading

    return reading.read(source, name=name, period=period)
