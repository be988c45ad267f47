"""A person's targets with bars: how much was to be done, how much was, how well, how late."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from wfh_desktop.domain.targets import TargetState
from wfh_desktop.services.realisation import TargetRow
from wfh_desktop.views import labels, theme
from wfh_desktop.views.tables import ALIGNMENTS, Column, TableModel
from wfh_desktop.views.widgets.bars import Index, paint_bar, tone

ROW = 62
MARGIN = 8
FIGURE = 56  # pixels for "100%" at the end of a line


class TargetList(QListView):
    """Lists targets; `chosen` carries the selected one or None, `opened` the one to change."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TableModel[TargetRow](COLUMNS, self)
        self.setModel(self.rows)
        self.setItemDelegate(TargetDelegate(self))
        self.setAccessibleName("Target dan realisasi")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.activated.connect(self._open)

    def show_targets(self, targets: Sequence[TargetRow]) -> None:
        """Show *targets*, keeping the one that was selected."""
        before = self.selected()
        self.rows.show(targets)
        keys = [target.id for target in targets]
        if before is not None and before.id in keys:
            self.setCurrentIndex(self.rows.index(keys.index(before.id), 0))
        self._tell()

    def selected(self) -> TargetRow | None:
        """Return the selected target, or None."""
        index = self.currentIndex()
        chosen = index.isValid() and self.selectionModel().isSelected(index)
        return self.rows.rows[index.row()] if chosen else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.selected())

    def _open(self, *_: object) -> None:
        target = self.selected()
        if target is not None:
            self.opened.emit(target)


class TargetDelegate(QStyledItemDelegate):
    """Paints a target in three lines: its words, its bar, its figures."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget
        )
        model = index.model()
        assert isinstance(model, TableModel)
        target: TargetRow = model.rows[index.row()]
        room = option.rect.adjusted(MARGIN, 5, -MARGIN, -5)
        line = room.height() // 3
        lines = [QRect(room.x(), room.y() + line * n, room.width(), line) for n in range(3)]
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        percent = target.done.quantity / target.quantity * 100
        painter.drawText(lines[0], ALIGNMENTS["right"], labels.percent(percent / 100, 0))
        _draw(painter, lines[0].adjusted(0, 0, -FIGURE, 0), title(target), option.font)
        draft = target.state is TargetState.DRAFT
        paint_bar(painter, lines[1], percent, "neutral" if draft else tone(percent))
        painter.setPen(theme.colour("muted"))
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        _draw(painter, lines[2], figures(target), small)
        painter.restore()


def title(target: TargetRow) -> str:
    """Return the words of a target, marked while it is a draft."""
    return f"Konsep: {target.title}" if target.state is TargetState.DRAFT else target.title


def figures(target: TargetRow) -> str:
    """Return what was asked and achieved: 3 dari 4 laporan · mutu 87,5 dari 100 · tepat waktu."""
    done = target.done
    parts = [
        f"{_by_hand(target, 'quantity')}{labels.number(done.quantity)} dari "
        f"{labels.number(target.quantity)} {target.measure}",
    ]
    if done.quantity:
        quality = labels.number(done.quality, 1).removesuffix(",0")
        parts.append(
            f"mutu {_by_hand(target, 'quality')}{quality} dari {labels.number(target.quality)}"
        )
    if "days" in done.by_hand:
        parts.append(f"waktu ✎{labels.number(done.days)} dari {labels.number(target.days)} hari")
    elif done.late_days:
        parts.append(f"terlambat {done.late_days} hari")
    if target.cost is not None:
        spent = labels.rupiah(done.cost) if done.cost is not None else "belum diisi"
        parts.append(f"biaya {spent} dari {labels.rupiah(target.cost)}")
    return "  ·  ".join(parts)


def _by_hand(target: TargetRow, aspect: str) -> str:
    return "✎" if aspect in target.done.by_hand else ""


def _draw(painter: QPainter, room: QRect, text: str, font: QFont) -> None:
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, ALIGNMENTS["left"], shown)


def _told(target: TargetRow) -> str:
    return f"{title(target)}, {figures(target)}"


COLUMNS: tuple[Column[TargetRow], ...] = (
    Column(
        "Target",
        _told,
        tip=lambda target: f"{title(target)}\nSasaran: {target.objective}\n{figures(target)}",
    ),
)
