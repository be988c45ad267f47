"""Matplotlib figures, the same for screen and paper; imported on first use."""

from wfh_desktop.charts.drawing import Drawing, Stroke, Words, drawn
from wfh_desktop.charts.figures import (
    DARK,
    LIGHT,
    PAPER,
    Achievement,
    Ink,
    PresenceDay,
    against_target,
    predicates,
    presence,
    presence_of,
)

__all__ = [
    "DARK",
    "LIGHT",
    "PAPER",
    "Achievement",
    "Drawing",
    "Ink",
    "PresenceDay",
    "Stroke",
    "Words",
    "against_target",
    "drawn",
    "predicates",
    "presence",
    "presence_of",
]
