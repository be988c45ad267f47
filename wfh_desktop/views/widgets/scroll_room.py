"""Room for rows that scroll upright where they do not fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

LOWEST = 96  # pixels that are always seen
EDGE = 8  # pixels between rows and scroll bar


class ScrollRoom(QScrollArea):
    """As wide as its rows need, as high as there is room for. Put the rows into `body`.

    Call `tame_wheel` once they are there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows = QWidget()
        self.body = QVBoxLayout(self.rows)
        self.body.setContentsMargins(0, 0, EDGE, 0)
        self.setWidget(self.rows)

    def tame_wheel(self) -> None:
        """Let the wheel scroll the rows, and not change a value that it passes."""
        for field in (
            *self.rows.findChildren(QComboBox),
            *self.rows.findChildren(QAbstractSpinBox),
        ):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)

    @override
    def sizeHint(self) -> QSize:
        return self._with_bar(self.rows.sizeHint())

    @override
    def minimumSizeHint(self) -> QSize:
        least = self._with_bar(self.rows.minimumSizeHint())
        return QSize(least.width(), min(least.height(), LOWEST))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        wheel = event.type() == QEvent.Type.Wheel
        if wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _with_bar(self, size: QSize) -> QSize:
        return size + QSize(self.verticalScrollBar().sizeHint().width(), 0)
