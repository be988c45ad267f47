"""What stands in the window while there is no page to show: opening, a refusal, a welcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from wfh_desktop.views import icons
from wfh_desktop.views.widgets.icon_label import IconLabel

WIDTH = 520
Action = tuple[str, str, Callable[[], object]]  # words, icon, what it does


class Reception(QWidget):
    """A heading, a few sentences and at most a few actions, the first one the main one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = IconLabel(size=48)
        self.heading = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.heading.setProperty("role", "title")
        self.sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        self.sentence.setFixedWidth(WIDTH)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self.buttons: list[QPushButton] = []
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(2)
        for widget in (self._sign, self.heading, self.sentence):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._row)
        layout.addStretch(3)

    def say(
        self, icon: str, tone: str, heading: str, sentence: str, actions: Sequence[Action] = ()
    ) -> None:
        """Show something else, with a button for each of *actions*."""
        self._sign.show_icon(icon, tone)
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.sentence.setMinimumHeight(self.sentence.heightForWidth(WIDTH))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(sentence)
        while (item := self._row.takeAt(0)) is not None:
            if button := item.widget():
                button.deleteLater()
        self.buttons = [self._button(*action, main=not n) for n, action in enumerate(actions)]
        self._row.addStretch()
        for button in self.buttons:
            self._row.addWidget(button)
            button.show()
        self._row.addStretch()
        if self.buttons:
            self.buttons[0].setFocus()

    def _button(
        self, words: str, icon: str, act: Callable[[], object], *, main: bool
    ) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("main", main)
        button.setIcon(icons.icon(icon, "on_accent" if main else ""))
        button.setAutoDefault(True)
        button.clicked.connect(act)
        return button
