"""A short word at the foot of the window after something was done, with a way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

SHOWN = 6_000  # milliseconds
ABOVE_FOOT = 40  # pixels: clear of the status bar


class Toast(QFrame):
    """Says *text* for six seconds; while it is there, Ctrl+Z or its button takes it back."""

    def __init__(self, owner: QWidget, text: str, undo: Callable[[], object] | None = None) -> None:
        super().__init__(owner.window())
        self._undo = undo
        self.setProperty("message", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8 if undo else 16, 8)
        layout.addWidget(QLabel(text))
        self.undo_button = QPushButton("Urungkan")
        self.undo_button.setToolTip("Urungkan (Ctrl+Z)")
        self.undo_button.setShortcut("Ctrl+Z")
        self.undo_button.setEnabled(undo is not None)
        self.undo_button.clicked.connect(self._take_back)
        layout.addWidget(self.undo_button)
        self.undo_button.setVisible(
            undo is not None
        )  # once it has a parent: else a window of its own
        self.setAccessibleName(text)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.close)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def appear(self) -> None:
        """Show it in the place of any earlier one."""
        for other in self.window().findChildren(Toast):
            if other is not self:
                other.close()
        self.window().installEventFilter(self)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._clock.start(SHOWN)

    def _place(self) -> None:
        room = self.window().size()
        self.move(
            QPoint((room.width() - self.width()) // 2, room.height() - self.height() - ABOVE_FOOT)
        )

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.close()
        if undo:
            undo()


def say(owner: QWidget, text: str, undo: Callable[[], object] | None = None) -> Toast:
    """Say *text* at the foot of the window of *owner*; *undo* is the inverse action."""
    toast = Toast(owner, text, undo)
    toast.appear()
    return toast
