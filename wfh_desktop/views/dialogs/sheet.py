"""What all dialogs have in common: none is larger than the screen, whatever it holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QBoxLayout,
    QComboBox,
    QDialog,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.views.widgets.folding_button import fold_rows

FRAME = QSize(12, 44)  # pixels that the frame of a dialog takes
LOWEST = 120  # pixels of the body that are always seen


class Sheet(QDialog):
    """A dialog that scrolls all above its last row, the buttons, once the screen is too low.

    It is laid out in a `QVBoxLayout`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body: _Body | None = None
        self._fitted = False

    @override
    def setVisible(self, visible: bool) -> None:
        if visible and not self._fitted:
            self._fitted = True
            fold_rows(self)
            self._fit()
        super().setVisible(visible)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._fitted:
            self._scroll_if_needed()
        return done

    def room(self) -> QSize:
        """Return how large the dialog can be on its screen."""
        return self.screen().availableSize() - FRAME

    def _fit(self) -> None:
        room = self.room()
        self.ensurePolished()
        self.setMinimumSize(self.minimumSize().boundedTo(room))
        self._scroll_if_needed()
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.size().boundedTo(room))

    def _scroll_if_needed(self) -> None:
        layout = self.layout()
        if self._body is None and isinstance(layout, QBoxLayout):
            needed = layout.totalMinimumSize().height()
            if layout.hasHeightForWidth():
                needed = max(needed, layout.totalMinimumHeightForWidth(self.width()))
            if needed > self.room().height():
                self._scroll(layout)

    def _scroll(self, layout: QBoxLayout) -> None:
        """Move all rows but the last one into an area that scrolls."""
        self._body = _Body(layout)
        layout.insertWidget(0, self._body, 1)
        QApplication.instance().focusChanged.connect(self._keep_in_sight)  # type: ignore[union-attr]

    def _keep_in_sight(self, _: QWidget | None, focused: QWidget | None) -> None:
        """Keep the field in sight that got the focus, by a key or because it is wrong."""
        if self._body is not None and focused is not None and self._body.isAncestorOf(focused):
            self._body.ensureWidgetVisible(focused)


class _Body(QScrollArea):
    """Takes all rows but the last one out of *layout*; as wide as they are."""

    def __init__(self, layout: QBoxLayout) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(layout.spacing())
        while layout.count() > 1:
            _move_first(layout, column)
        self.setWidget(rows)
        for field in (*rows.findChildren(QComboBox), *rows.findChildren(QAbstractSpinBox)):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)

    @override
    def sizeHint(self) -> QSize:
        return self._wide(self._rows.sizeHint())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(self._rows.minimumSizeHint()).width(), LOWEST)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the sheet, and not change a value that it passes."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            event.setAccepted(watched.hasFocus())
            return not watched.hasFocus()
        return super().eventFilter(watched, event)

    def _wide(self, size: QSize) -> QSize:
        return size + QSize(self.verticalScrollBar().sizeHint().width(), 0)


def _move_first(source: QBoxLayout, target: QVBoxLayout) -> None:
    stretch = source.stretch(0)
    item = source.takeAt(0)
    if item is None:
        return
    if (widget := item.widget()) is not None:
        target.addWidget(widget, stretch)
    elif (layout := item.layout()) is not None:
        target.addLayout(layout, stretch)
    else:
        target.addItem(item)
