"""Choosing a value of the domain in a combo box.

Qt turns a `StrEnum` that it keeps into a plain text; wrapped in a `Choice` it stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from wfh_desktop.domain.errors import Invalid, Problem

SHORTEST = 14  # letters that are always seen of a long entry; the list itself is wider
WIDEST, SCROLL = 640, 36  # pixels


@dataclass(frozen=True)
class Choice:
    """A value behind an entry of a combo box."""

    value: Any


def fill(box: QComboBox, choices: Iterable[tuple[str, object]], current: object = None) -> None:
    """Offer *choices*, words and value, and choose the one whose value is *current*.

    In a box where one can type, any part of the words finds an entry.
    """
    box.clear()
    for text, value in choices:
        box.addItem(text, Choice(value))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    longest = max((len(box.itemText(number)) for number in range(box.count())), default=0)
    box.setMinimumContentsLength(min(longest, SHORTEST))
    box.view().setMinimumWidth(min(box.view().sizeHintForColumn(0) + SCROLL, WIDEST))
    select(box, current)
    completer = box.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)


def select(box: QComboBox, value: object) -> bool:
    """Choose the entry with this value; tell whether there is one."""
    for number in range(box.count()):
        if box.itemData(number).value == value:
            box.setCurrentIndex(number)
            return True
    return False


def add(box: QComboBox, text: str, value: object) -> None:
    """Offer one more choice, unless its value is offered already."""
    if all(box.itemData(number).value != value for number in range(box.count())):
        box.addItem(text, Choice(value))


def value(box: QComboBox) -> Any:
    """Return the value of the entry that is chosen; None if there is none."""
    data = box.currentData()
    return data.value if isinstance(data, Choice) else None


def typed(box: QComboBox, field: str) -> Any:
    """Return the value of the entry whose words stand in the box where one can type.

    Raises `Invalid` for *field* if something else was typed.
    """
    number = box.findText(box.currentText(), Qt.MatchFlag.MatchFixedString)
    if number < 0:
        raise Invalid([Problem(field, "not_in_list", (box.currentText().strip(),))])
    return box.itemData(number).value
