"""Files to attach: dropped, pasted or picked, and taken out again before they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from wfh_desktop.domain.file_names import shown_name
from wfh_desktop.services.evidence import EvidenceRow
from wfh_desktop.views import icons, labels

WHAT = Qt.ItemDataRole.UserRole
KINDS = {"pdf": "pdf", "jpeg": "photo", "png": "photo"}


class FileList(QListWidget):
    """Holds paths of files and rows of those already attached; Delete takes the chosen one out."""

    files_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setAccessibleName("Berkas eviden")
        self.removed: list[EvidenceRow] = []

    @property
    def paths(self) -> list[Path]:
        """The files to attach, in their order."""
        return [what for what in self._contents() if isinstance(what, Path)]

    def show_attached(self, rows: Iterable[EvidenceRow]) -> None:
        """Show files that the report already has."""
        for row in rows:
            self._append(row.name, labels.size(row.size), KINDS[row.kind], row)

    def add(self, paths: Iterable[Path]) -> None:
        """Add files that are not yet in the list."""
        for path in paths:
            if path not in self.paths and path.is_file():
                size = labels.size(path.stat().st_size)
                kind = KINDS.get(path.suffix.lower().strip("."), "attachment")
                self._append(shown_name(path.name), size, kind, path)
        self.files_changed.emit()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.add(_local(event.mimeData()))
        event.acceptProposedAction()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take_out()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.add(_local(QGuiApplication.clipboard().mimeData()))
        else:
            super().keyPressEvent(event)

    def _append(self, name: str, size: str, icon: str, what: Path | EvidenceRow) -> None:
        item = QListWidgetItem(icons.icon(icon), f"{name}  ({size})", self)
        item.setData(WHAT, what)

    def _take_out(self) -> None:
        for item in self.selectedItems():
            what = item.data(WHAT)
            if isinstance(what, EvidenceRow):
                self.removed.append(what)
            self.takeItem(self.row(item))
        self.files_changed.emit()

    def _contents(self) -> list[Path | EvidenceRow]:
        return [self.item(number).data(WHAT) for number in range(self.count())]


def _local(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
