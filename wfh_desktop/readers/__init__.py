"""Files to plain records and problems. Knows no database."""

from __future__ import annotations

TYPE_CHECKING = False  # without the weight of `typing`: the parsing process starts with this
if TYPE_CHECKING:
    from pathlib import Path

    from wfh_desktop.domain.periods import Period
    from wfh_desktop.readers.records import Reading

__all__ = ["read", "serve_if_asked"]

PARSE = "--parse-cells"  # how a frozen program is told to be the parsing process


def read(source: Path | bytes, *, name: str = "", period: Period | None = None) -> Reading:
    """Read a file of attendance or staff, whatever it is called; its content decides.

    *name* is what the user calls a file that is given as bytes. *period* helps a month matrix that
    does not say its month, and becomes a question. Raise `Unreadable`, and nothing else, for a file
    that cannot be read as a whole; its first limit is the name of the file.
    """
    from wfh_desktop.readers import reading

    return reading.read(source, name=name, period=period)


def serve_if_asked(arguments: list[str]) -> None:
    """Be the parsing process, and never return, if the program was started for that.

    A frozen program has no other interpreter than itself; its entry points call this first.
    """
    if arguments[:1] == [PARSE]:
        from wfh_desktop.readers import parsers

        parsers.serve(arguments[1])
