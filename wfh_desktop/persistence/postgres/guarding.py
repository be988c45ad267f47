"""What the server refuses in rows whoever asks, generated from a table."""

from __future__ import annotations

from collections.abc import Iterator


def statements() -> Iterator[str]:
    """Return the guards."""
    yield from ()
