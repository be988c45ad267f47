"""What tests of use cases share."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event


@pytest.fixture
def queries(work):
    """Count the statements that a block sends to the database."""

    @contextmanager
    def counting():
        sent = []
        engine = work.session.get_bind()

        def note(*args):
            sent.append(args[2])

        event.listen(engine, "before_cursor_execute", note)
        yield lambda: len(sent)
        event.remove(engine, "before_cursor_execute", note)

    return counting
