"""Bars painted into tables and lists: how much of something was achieved."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from wfh_desktop.views import labels, theme
from wfh_desktop.views.tables import ALIGNMENTS, DataTable, TableModel

FULL = Decimal(100)
HEIGHT = 6
TEXT = 46  # pixels for "100%" beside a bar
Index = QModelIndex | QPersistentModelIndex


def tone(percent: Decimal) -> str:
    """Return the colour of an achievement: good from 100 %, attention from 90 %, else bad."""
    if percent >= FULL:
        return "good"
    return "attention" if percent >= 90 else "bad"


def paint_bar(painter: QPainter, room: QRect, percent: Decimal, colour: str) -> None:
    """Paint a bar filled to *percent*, at most the whole, over the width of *room*."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    track = QRectF(room.x(), room.center().y() - HEIGHT / 2 + 1, room.width(), HEIGHT)
    painter.setBrush(theme.colour("line"))
    painter.drawRoundedRect(track, HEIGHT / 2, HEIGHT / 2)
    filled = QRectF(track)
    filled.setWidth(track.width() * float(min(max(percent, Decimal()), FULL) / FULL))
    if filled.width():
        painter.setBrush(theme.colour(colour))
        painter.drawRoundedRect(filled, HEIGHT / 2, HEIGHT / 2)
    painter.restore()


class ShareDelegate(QStyledItemDelegate):
    """Paints a percentage as a bar with its figure; for None the cell's own words."""

    def __init__(self, table: DataTable, percent: Callable[[Any], Decimal | None]) -> None:
        super().__init__(table)
        self._table = table
        self._percent = percent

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        source = self._table.sorter.mapToSource(index)
        model = self._table.sorter.sourceModel()
        assert isinstance(model, TableModel)
        percent = self._percent(model.rows[source.row()])
        room = option.rect.adjusted(8, 0, -8, -1)
        if percent is None:
            painter.setPen(theme.colour("muted"))
            painter.drawText(room, ALIGNMENTS["left"], str(index.data() or ""))
            return
        figure = QRect(room.right() - TEXT, room.y(), TEXT, room.height())
        paint_bar(painter, room.adjusted(0, 0, -TEXT - 4, 0), percent, tone(percent))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(figure, ALIGNMENTS["right"], labels.percent(percent / 100, 0))
