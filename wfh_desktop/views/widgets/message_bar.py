"""A quiet bar at the top of a page that says what concerns the page, with what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from wfh_desktop.views import icons, theme
from wfh_desktop.views.widgets.icon_label import IconLabel


class MessageBar(QFrame):
    """Takes no room until `say` is called; tones are good, attention, bad and neutral."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], object] | None = None
        self._other: Callable[[], object] | None = None
        self._sign = IconLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.action_button = QPushButton()
        self.other_button = QPushButton()
        self.close_button = QToolButton()
        self.close_button.setProperty("flat", True)
        self.close_button.setIcon(icons.icon("close"))
        self.close_button.setToolTip("Tutup pesan")
        self.close_button.setAccessibleName("Tutup pesan")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)
        for button in (self.action_button, self.other_button):
            button.setAutoDefault(False)
            layout.addWidget(button)
        layout.addWidget(self.close_button)
        self.other_button.hide()
        self.action_button.clicked.connect(self._act)
        self.other_button.clicked.connect(self._act_otherwise)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def say(
        self,
        text: str,
        tone: str = "neutral",
        action: str = "",
        then: Callable[[], object] | None = None,
    ) -> None:
        """Show *text*; a button with the words *action* calls *then*."""
        name = {"neutral": "info"}.get(tone, tone)
        self._sign.show_icon(name, tone)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        if self._other:
            self._other = None
            self.other_button.hide()
            self.close_button.show()
        self._action = then
        self.setProperty("message", tone)
        theme.repolish(self)
        self.show()

    def offer_other(self, action: str, then: Callable[[], object]) -> None:
        """Offer a second button instead of only closing the bar."""
        self.other_button.setText(action)
        self.other_button.show()
        self.close_button.hide()
        self._other = then

    @property
    def text(self) -> str:
        """What is said at the moment; empty while the bar is hidden."""
        return "" if self.isHidden() else self._text.text()

    def clear(self) -> None:
        """Take the message away."""
        self.hide()

    def _act(self) -> None:
        if self._action:
            self._action()

    def _act_otherwise(self) -> None:
        if self._other:
            self._other()
