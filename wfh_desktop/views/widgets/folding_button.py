"""Buttons that keep only their icon where the row they stand in is short of room."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QStyleOptionButton,
    QToolTip,
    QWidget,
)
from typing_extensions import override

FRAME, ARROW = 26, 14  # pixels beside the icon, and of the sign of a menu
SQUEEZE = 60  # pixels that fields and pills give way before the main button folds


class FoldingButton(QPushButton):
    """Folded, it shows its icon; its words stand in the tool tip and stay its accessible name.

    `fold_rows` lets the rows below a widget fold their buttons by themselves.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folded = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def folded(self) -> bool:
        """Whether only the icon is shown."""
        return self._folded

    @property
    def saving(self) -> int:
        """How many pixels are won by folding."""
        return self._whole().width() - self._icon_alone().width()

    def fold(self, folded: bool) -> None:
        """Show the icon alone, or the words beside it."""
        if folded != self._folded:
            self._folded = folded
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return self._icon_alone() if self._folded else self._whole()

    @override
    def minimumSizeHint(self) -> QSize:
        """Return a least width that stays the same: what holds the row must not follow folding.

        The main button alone keeps its words while fields beside it give way.
        """
        return self.sizeHint() if _is_main(self) else self._icon_alone()

    @override
    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        if self._folded:
            option.text = ""

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._folded:
            words = self.text().replace("&", "")
            QToolTip.showText(event.globalPos(), f"{words}\n{self.toolTip()}".strip(), self)
            return True
        return super().event(event)

    def _whole(self) -> QSize:
        return super().sizeHint()

    def _icon_alone(self) -> QSize:
        if self.icon().isNull():
            return self._whole()
        arrow = ARROW if self.menu() else 0
        return QSize(self.iconSize().width() + FRAME + arrow, self._whole().height())


class Row(QObject):
    """Folds the buttons of *layout*, from the left, the main one last, until the rest fits."""

    def __init__(self, layout: QHBoxLayout) -> None:
        owner = layout.parentWidget()
        super().__init__(owner)
        self._layout = layout
        if owner is not None:
            owner.installEventFilter(self)
        self.fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.fit()  # Qt has laid out the row by now
        return False

    def fit(self) -> None:
        """Fold as many buttons as the room of the row asks for, and no more."""
        buttons = [button for button in _buttons(self._layout) if not button.isHidden()]
        empty = sum(spacer.sizeHint().width() for spacer in _spacers(self._layout))
        wanted = self._layout.sizeHint().width() - empty
        squeeze = min(SQUEEZE, wanted - self._layout.minimumSize().width())
        lacking = wanted - self._layout.geometry().width()
        lacking += sum(button.saving for button in buttons if button.folded)
        for button in sorted(buttons, key=_is_main):
            button.fold(lacking > (squeeze if _is_main(button) else 0))
            lacking -= button.saving if button.folded else 0


def fold_rows(widget: QWidget) -> None:
    """Let all rows below *widget* that hold folding buttons fold them as they need."""
    for layout in widget.findChildren(QHBoxLayout):
        if next(_buttons(layout), None):
            Row(layout)


def _is_main(button: QPushButton) -> bool:
    return bool(button.property("main"))


def _buttons(layout: QHBoxLayout) -> Iterator[FoldingButton]:
    for item in _items(layout):
        button = item.widget()
        if isinstance(button, FoldingButton):
            yield button


def _spacers(layout: QHBoxLayout) -> Iterator[QSpacerItem]:
    for item in _items(layout):
        spacer = item.spacerItem()
        if spacer is not None:
            yield spacer


def _items(layout: QHBoxLayout) -> Iterator[QLayoutItem]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if item is not None:
            yield item
