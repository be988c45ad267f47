"""What is typed in the fields of a form, as plain values that can be compared, kept and put back.

A field is a widget whose name in the form ends in what it is: `starts_edit`, `kind_box`,
`bounded_check`, `rest_spin`, `people_chips`. Its value is what JSON knows; a secret has none.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from wfh_desktop import words
from wfh_desktop.views import labels
from wfh_desktop.views.widgets.choices import Choice
from wfh_desktop.views.widgets.due_edit import DueEdit
from wfh_desktop.views.widgets.people_chips import PeopleChips

ENDINGS = ("_edit", "_box", "_check", "_spin", "_chips")
EMPTY = "(kosong)"
SHOWN = QLineEdit.EchoMode.Normal


@dataclass(frozen=True)
class _Way:
    """How a kind of widget is read, written and told."""

    read: Callable[[Any], Any]
    write: Callable[[Any, Any], object]
    tell: Callable[[Any, Any], str] = lambda _, value: str(value)


@dataclass(frozen=True)
class Field:
    """A field of a form: its name without what it is, and what stands before it."""

    name: str
    caption: str
    widget: QWidget

    def read(self) -> Any:
        """Return what is typed."""
        return self._way.read(self.widget)

    def write(self, value: Any) -> None:
        """Type *value*."""
        self._way.write(self.widget, value)

    def tell(self, value: Any) -> str:
        """Put *value* into words."""
        return self._way.tell(self.widget, value).strip() or EMPTY

    @property
    def _way(self) -> _Way:
        return next(way for kind, way in WAYS.items() if isinstance(self.widget, kind))


def fields(form: QWidget) -> list[Field]:
    """Return the fields of *form* in the order in which it was made; none if it asks a secret."""
    captions = {
        label.buddy(): label.text().replace("&", "").strip()
        for label in form.findChildren(QLabel)
        if label.buddy()
    }
    found = []
    for widget in form.findChildren(QWidget):
        name = widget.objectName()
        ending = next((one for one in ENDINGS if name.endswith(one)), "")
        if not ending or not isinstance(widget, tuple(WAYS)):
            continue
        hidden = isinstance(widget, QLineEdit) and widget.echoMode() is not SHOWN
        if hidden or widget.property("secret"):  # also while an eye shows it
            return []
        name = name.removesuffix(ending)
        own = widget.text().replace("&", "") if isinstance(widget, QCheckBox) else ""
        caption = captions.get(widget) or own or widget.accessibleName()
        found.append(Field(name, caption or words.FIELDS.get(name, name).capitalize(), widget))
    return found


def values(form: QWidget) -> dict[str, Any]:
    """Return everything typed in *form*, by field."""
    return {field.name: field.read() for field in fields(form)}


def write(form: QWidget, typed: Mapping[str, Any]) -> None:
    """Type it all again, twice: some fields decide what others offer."""
    there = [field for field in fields(form) if field.name in typed]
    for field in (*there, *there):
        if field.read() != typed[field.name]:
            field.write(typed[field.name])


def folded(text: str, width: int = 30, height: int = 4) -> str:
    """Return *text* in short lines, cut off after a few."""
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, width) or [""]]
    return "\n".join(lines if len(lines) <= height else [*lines[:height], "…"])


def _chosen(box: QComboBox) -> list[Any]:
    """Return the words in the box, and the value behind them where it is a plain one."""
    text = box.currentText()
    typed_freely = box.isEditable() and text != box.itemText(box.currentIndex())
    return [text, None if typed_freely else _plain(box.currentData())]


def _choose(box: QComboBox, wanted: list[Any]) -> None:
    entries = [[box.itemText(n), _plain(box.itemData(n))] for n in range(box.count())]
    same = [number for number, entry in enumerate(entries) if entry == wanted]
    if wanted[1] is not None:
        same += [number for number, entry in enumerate(entries) if entry[1] == wanted[1]]
    same += [number for number, entry in enumerate(entries) if entry[0] == wanted[0]]
    if same:
        box.setCurrentIndex(same[0])
    elif box.isEditable():
        box.setEditText(wanted[0])


def _plain(data: Any) -> Any:
    value = data.value if isinstance(data, Choice) else data
    if isinstance(value, Enum):
        value = value.value
    return value if isinstance(value, int | str) else None


def _read_day(edit: QDateEdit) -> str:
    return edit.date().toString(Qt.DateFormat.ISODate)


def _tell_day(_: QDateEdit, value: str) -> str:
    return labels.day(date.fromisoformat(value))


def _tell_people(chips: PeopleChips, value: list[int]) -> str:
    return ", ".join(chips.name(key) for key in value)


WAYS: dict[type[QWidget], _Way] = {
    QLineEdit: _Way(QLineEdit.text, QLineEdit.setText),
    QPlainTextEdit: _Way(QPlainTextEdit.toPlainText, QPlainTextEdit.setPlainText),
    QDateEdit: _Way(
        _read_day,
        lambda edit, value: edit.setDate(QDate.fromString(value, Qt.DateFormat.ISODate)),
        _tell_day,
    ),
    QTimeEdit: _Way(
        lambda edit: edit.time().toString("HH:mm"),
        lambda edit, value: edit.setTime(QTime.fromString(value, "HH:mm")),
        lambda _, value: value.replace(":", "."),
    ),
    QSpinBox: _Way(QSpinBox.value, QSpinBox.setValue),
    QCheckBox: _Way(
        QCheckBox.isChecked, QCheckBox.setChecked, lambda _, value: "ya" if value else "tidak"
    ),
    QComboBox: _Way(_chosen, _choose, lambda _, value: value[0]),
    DueEdit: _Way(lambda due: due.edit.text(), lambda due, value: due.edit.setText(value)),
    PeopleChips: _Way(
        lambda chips: chips.people, lambda chips, value: chips.replace(value), _tell_people
    ),
}
