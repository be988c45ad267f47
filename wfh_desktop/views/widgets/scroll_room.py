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

LOWEST = 80  # pixels that are always seen
VALUES = (QComboBox, QAbstractSpinBox)
EDGE = 8  # pixels between rows and scroll bar


class ScrollRoom(QScrollArea):
    """As wide as its rows need, as high as there is room for. Put the rows into `body`.

    Call `attend` once fields are there.
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

    def attend(self) -> None:
        """Keep the field in sight that has the focus; let the wheel change no value it passes."""
        for field in self.rows.findChildren(QWidget):
            if isinstance(field, VALUES):
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            if field.focusPolicy() & Qt.FocusPolicy.TabFocus:
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
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched)
        passed = isinstance(watched, VALUES) and not watched.hasFocus()
        if event.type() != QEvent.Type.Wheel or not passed:
            return super().eventFilter(watched, event)
        event.ignore()
        return True

    def _with_bar(self, size: QSize) -> QSize:
        return size + QSize(self.verticalScrollBar().sizeHint().width(), 0)
