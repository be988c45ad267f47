"""What all dialogs have in common: none is larger than the screen, whatever it holds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from wfh_desktop.views.widgets.folding_button import fold_rows
from wfh_desktop.views.widgets.scroll_room import ScrollRoom

BY_TAB = Qt.FocusPolicy.TabFocus
FRAME = QSize(12, 44)  # pixels that the frame of a dialog takes


class Sheet(QDialog):
    """A dialog that scrolls all above its last row, the buttons, once the screen is too low.

    Until then it grows with what is said in it: Qt leaves a dialog as it is when a sentence of
    several lines appears. It is laid out in a `QVBoxLayout`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._body: ScrollRoom | None = None
        self._fitted = False
        self.installEventFilter(self)

    @override
    def setVisible(self, visible: bool) -> None:
        if visible and not self._fitted:
            self._fitted = True
            fold_rows(self)
            self._fit()
        super().setVisible(visible)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the dialog itself: `event` in Python would outlive the dialog that it deletes."""
        if watched is self and event.type() == QEvent.Type.LayoutRequest and self._fitted:
            self._scroll_if_needed()
        return super().eventFilter(watched, event)

    def room(self) -> QSize:
        """Return how large the dialog can be on its screen."""
        return self.screen().availableSize() - FRAME

    def _fit(self) -> None:
        room = self.room()
        self.ensurePolished()
        self.setMinimumSize(self.minimumSize().boundedTo(room))
        self._scroll_if_needed()
        given = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        wanted = self.size() if given else self.sizeHint()
        if given or wanted != wanted.boundedTo(room):
            self.resize(wanted.boundedTo(room))

    def _scroll_if_needed(self) -> None:
        layout = self.layout()
        if self._body is None and isinstance(layout, QBoxLayout):
            needed = layout.totalMinimumSize().height()
            if layout.hasHeightForWidth():
                needed = max(needed, layout.totalMinimumHeightForWidth(self.width()))
            if needed > self.room().height():
                self._scroll(layout)
            elif self.isVisible() and needed > self.height():
                self.resize(self.width(), needed)

    def _scroll(self, layout: QBoxLayout) -> None:
        """Move all rows but the last one into an area that scrolls."""
        focused = self.focusWidget() or self._first()
        self._body = ScrollRoom()
        self._body.body.setSpacing(layout.spacing())
        while layout.count() > 1:
            _move_first(layout, self._body.body)
        self._body.attend()
        layout.insertWidget(0, self._body, 1)
        if focused is not None:  # else the buttons come first: they alone did not move
            focused.setFocus()
        layout.activate()
        shown = self.size() if self.isVisible() else self.minimumSize()
        self.resize(self.sizeHint().expandedTo(shown).boundedTo(self.room()))

    def _first(self) -> QWidget | None:
        """Return what Tab reaches first."""
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if widget.focusPolicy() & BY_TAB and widget.isEnabled():
                return widget
            widget = widget.nextInFocusChain()
        return None


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
