"""Behaviour, aspect by aspect: three choices each, or a number where the older rules ask one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from wfh_desktop.domain.performance.panrb6 import Rating

SHORT = {Rating.BELOW: "Di bawah", Rating.AS: "Sesuai", Rating.ABOVE: "Di atas"}
FIELD = 72


class RatingChoice(QWidget):
    """Three buttons side by side, of which at most one is chosen; a second click takes it back."""

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._last: Rating | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for number, (rating, text) in enumerate(SHORT.items()):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("choice", True)
            button.setToolTip(rating.value)
            button.setAccessibleName(f"{name}: {rating.value}")
            self._group.addButton(button, number)
            layout.addWidget(button)
        self.setFocusProxy(self._group.button(0))
        self._group.idClicked.connect(self._tell)

    @property
    def rating(self) -> Rating | None:
        """The rating chosen, or None."""
        number = self._group.checkedId()
        return list(SHORT)[number] if number >= 0 else None

    def choose(self, rating: Rating | None) -> None:
        """Choose *rating*, or nothing, without telling."""
        self._group.setExclusive(False)
        for number, one in enumerate(SHORT):
            self._group.button(number).setChecked(one is rating)
        self._group.setExclusive(True)
        self._last = rating

    def _tell(self, _: int) -> None:
        self.choose(None if self.rating is self._last else self.rating)
        self.chosen.emit()


class RatingGrid(QWidget):
    """Takes a rating or a number for each aspect; `changed` tells of every entry."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._choices: dict[str, RatingChoice] = {}
        self._numbers: dict[str, QLineEdit] = {}
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setVerticalSpacing(2)
        self._layout.setHorizontalSpacing(12)
        self._layout.setColumnStretch(0, 1)

    def ask(self, names: Sequence[str], *, numbers: bool) -> None:
        """Ask for *names*, by numbers or by ratings; does nothing if it already does."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        while item := self._layout.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._choices, self._numbers = {}, {}
        for row, name in enumerate(names):
            label = QLabel(name)
            self._layout.addWidget(label, row, 0)
            field = self._number(name) if numbers else self._choice(name)
            label.setBuddy(field)
            self._layout.addWidget(field, row, 1, Qt.AlignmentFlag.AlignRight)

    def show_aspects(self, aspects: Mapping[str, str]) -> None:
        """Show what was entered before, or nothing."""
        for name, choice in self._choices.items():
            given = aspects.get(name)
            choice.choose(Rating(given) if given else None)
        for name, field in self._numbers.items():
            field.setText(aspects.get(name, "").replace(".", ","))

    def aspects(self) -> dict[str, str]:
        """Return what is entered so far, by aspect."""
        rated = {name: one.rating.value for name, one in self._choices.items() if one.rating}
        typed = {name: one.text().strip() for name, one in self._numbers.items()}
        return rated | {name: text for name, text in typed.items() if text}

    def choose_all(self, rating: Rating) -> None:
        """Give every aspect that has none yet the same rating."""
        for choice in self._choices.values():
            if choice.rating is None:
                choice.choose(rating)
        self.changed.emit()

    def _choice(self, name: str) -> RatingChoice:
        choice = RatingChoice(name)
        choice.chosen.connect(self.changed)
        self._choices[name] = choice
        return choice

    def _number(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setFixedWidth(FIELD)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setAccessibleName(name)
        field.textEdited.connect(self._typed)
        self._numbers[name] = field
        return field

    def _typed(self, _: str) -> None:
        self.changed.emit()
