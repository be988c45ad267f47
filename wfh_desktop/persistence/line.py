"""A connection that does not wait for ever. Imported when a server is first spoken to."""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any, TypeVar

import psycopg
from typing_extensions import override

ANSWER = 45.0  # seconds; the server itself gives up a statement after 30
T = TypeVar("T")


class Line(psycopg.Connection[Any]):
    """Breaks off when no answer comes although the network still takes what is sent.

    Keepalives notice a server that is gone, not one that hangs, nor a device in between that
    answers in its place.
    """

    @override
    def wait(self, gen: Generator[Any, Any, T], *arguments: Any, **options: Any) -> T:
        return super().wait(self._limited(gen), *arguments, **options)

    def _limited(self, gen: Generator[Any, Any, T]) -> Generator[Any, Any, T]:
        until = monotonic() + ANSWER
        try:
            state = next(gen)
            while True:
                ready = yield state
                if not ready and monotonic() > until:
                    self.close()
                    raise psycopg.OperationalError("timeout: the server does not answer")
                state = gen.send(ready)
        except StopIteration as done:
            answer: T = done.value
            return answer
