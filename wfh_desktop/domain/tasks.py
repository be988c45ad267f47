"""Tasks given to people, and the only ways between their states."""

from __future__ import annotations

from enum import StrEnum


class TaskState(StrEnum):
    """Life of one person's share of a task."""

    GIVEN = "diberikan"
    IN_PROGRESS = "dikerjakan"
    REPORTED = "dilaporkan"
    DONE = "selesai"
    CANCELLED = "dibatalkan"
