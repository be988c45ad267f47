"""The life of a TPP recommendation: draft, submitted, final; a final one is only ever revised."""

from __future__ import annotations

from enum import StrEnum

from wfh_desktop.domain.errors import Invalid, Problem


class State(StrEnum):
    """Life of one revision of a recommendation."""

    DRAFT = "draf"
    SUBMITTED = "diajukan"
    FINAL = "dikunci"


NEXT = {
    State.DRAFT: {State.SUBMITTED},
    State.SUBMITTED: {State.FINAL, State.DRAFT},  # back to draft: reopened, with a reason
    State.FINAL: set[State](),  # a correction is a new revision
}


def step(current: State, wanted: State) -> State:
    """Return *wanted* if a recommendation may go there from *current*; else raise `Invalid`."""
    if wanted not in NEXT[current]:
        raise Invalid([Problem("state", "no_such_step", (current.value, wanted.value))])
    return wanted
