"""Icons that take their colour from the palette, sharp at every size.

Names are those of `resources/icons.toml`. In a form, give a button the dynamic property
`icon_name`; pages put such icons on by themselves, dialogs call `dress(self)`.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from wfh_desktop.views import keys, theme

PROPERTY = "icon_name"


@cache
def source(name: str) -> bytes:
    """Return the SVG of the icon *name*; raise `LookupError` if it is not in icons.toml."""
    file = QFile(f":/icons/{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise LookupError(f"no icon named {name} in resources/icons.toml")
    return bytes(file.readAll().data())


class PaletteIcon(QIconEngine):
    """Draws an SVG whose strokes are `currentColor` in the colour of the text beside it."""

    def __init__(self, name: str, tone: str = "") -> None:
        super().__init__()
        self.name = name
        self.tone = tone

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        drawing = source(self.name).replace(b"currentColor", self._colour(mode).encode())
        QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(rect))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    @override
    def clone(self) -> QIconEngine:
        return PaletteIcon(self.name, self.tone)

    def _colour(self, mode: QIcon.Mode) -> str:
        if self.tone and mode != QIcon.Mode.Disabled:
            return theme.colour(self.tone).name()
        disabled = mode == QIcon.Mode.Disabled
        group = QPalette.ColorGroup.Disabled if disabled else QPalette.ColorGroup.Active
        palette = QGuiApplication.palette()
        return palette.color(group, QPalette.ColorRole.ButtonText).name()


def icon(name: str, tone: str = "") -> QIcon:
    """Return the icon *name* in the colour of buttons' text, or of a *tone* such as "good"."""
    source(name)
    return QIcon(PaletteIcon(name, tone))


def dress(widget: QWidget) -> None:
    """Put icons on all buttons below *widget* whose form names one in `icon_name`.

    From then on they also hear both of their keys.
    """
    for button in widget.findChildren(QAbstractButton):
        name = button.property(PROPERTY)
        if name:
            button.setIcon(icon(name, "on_accent" if button.property("main") else ""))
    keys.pair(widget)
