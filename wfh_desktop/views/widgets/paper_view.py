"""A paper on the screen, as it comes out of the printer: page by page, near or far."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.views import icons, labels
from wfh_desktop.views.widgets.empty_state import EmptyState

NEAREST, FARTHEST, STEP = 4.0, 0.25, 1.25
GAP = 10  # pixels around a page


class PaperView(QWidget):
    """Shows a PDF with buttons for page and zoom; `empty` says why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = QPdfDocument(self)
        self._bytes = QByteArray()
        self._buffer = QBuffer(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName("Pratinjau naskah")
        # A bar that comes and goes changes the width that the pages are fitted to, without end.
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.view)
        self.earlier_button = _button("left", "Halaman sebelumnya (PgUp)")
        self.later_button = _button("right", "Halaman berikutnya (PgDn)")
        self.farther_button = _button("zoom_out", "Perkecil (Ctrl+-)")
        self.nearer_button = _button("zoom_in", "Perbesar (Ctrl++)")
        self.fit_button = _button("fit", "Selebar jendela (Ctrl+0)")
        self.bar = QWidget()
        self.page_label = QLabel()
        self.zoom_label = QLabel()
        self._lay_out()

        self.earlier_button.clicked.connect(self._earlier)
        self.later_button.clicked.connect(self._later)
        self.farther_button.clicked.connect(self._farther)
        self.nearer_button.clicked.connect(self._nearer)
        self.fit_button.clicked.connect(self._fit)
        self.view.pageNavigator().currentPageChanged.connect(self._tell)
        self.view.zoomFactorChanged.connect(self._tell)
        self._tell()

    def show_paper(self, content: bytes) -> None:
        """Show a PDF from its first page."""
        self._buffer.close()
        self._bytes = QByteArray(content)
        self._buffer.setBuffer(self._bytes)
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self.stack.setCurrentWidget(self.view)
        self._go(0)

    def say(self, sentence: str, action: str = "") -> None:
        """Show a sentence instead of a paper, and perhaps what can be done about it."""
        self.document.close()
        self.empty.say(sentence, action, "file")
        self.stack.setCurrentWidget(self.empty)
        self._tell()

    @property
    def page(self) -> int:
        """The page that is shown, from 1; 0 without a paper."""
        return self.view.pageNavigator().currentPage() + 1 if self.document.pageCount() else 0

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Plus: self._nearer,
            Qt.Key.Key_Equal: self._nearer,
            Qt.Key.Key_Minus: self._farther,
            Qt.Key.Key_0: self._fit,
        }
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in acts:
            acts[Qt.Key(event.key())]()
        elif event.key() == Qt.Key.Key_PageDown:
            self._later()
        elif event.key() == Qt.Key.Key_PageUp:
            self._earlier()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        bar = QHBoxLayout(self.bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(4)
        self.page_label.setProperty("role", "muted")
        self.zoom_label.setProperty("role", "muted")
        self.zoom_label.setMinimumWidth(44)
        self.zoom_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.earlier_button, self.page_label, self.later_button):
            bar.addWidget(widget)
        bar.addStretch()
        for widget in (
            self.farther_button,
            self.zoom_label,
            self.nearer_button,
            self.fit_button,
        ):
            bar.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)

    def _go(self, page: int) -> None:
        self.view.pageNavigator().jump(page, QPointF(), 0)
        self._tell()

    def _earlier(self) -> None:
        if self.page > 1:
            self._go(self.page - 2)

    def _later(self) -> None:
        if self.page < self.document.pageCount():
            self._go(self.page)

    def _nearer(self) -> None:
        self._zoom(self._factor() * STEP)

    def _farther(self) -> None:
        self._zoom(self._factor() / STEP)

    def _zoom(self, factor: float) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(min(NEAREST, max(FARTHEST, factor)))
        self._tell()

    def _fit(self) -> None:
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._tell()

    def _factor(self) -> float:
        """Return how large the page is shown; 1 is as large as on paper."""
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom or not self.document.pageCount():
            return self.view.zoomFactor()
        inches = self.document.pagePointSize(max(self.page - 1, 0)).width() / 72
        room = self.view.viewport().width() - 2 * GAP
        return room / (inches * self.logicalDpiX()) if inches else 1.0

    def _tell(self) -> None:
        pages = self.document.pageCount()
        self.page_label.setText(f"Halaman {self.page} dari {pages}" if pages else "")
        fitted = self.view.zoomMode() is not QPdfView.ZoomMode.Custom
        percent = labels.number(round(self._factor() * 100))
        self.zoom_label.setText("pas" if fitted else f"{percent}%")
        self.earlier_button.setEnabled(self.page > 1)
        self.later_button.setEnabled(self.page < pages)
        self.bar.setVisible(pages > 0)


def _button(icon: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("flat", True)
    button.setIcon(icons.icon(icon))
    button.setToolTip(tip)
    button.setAccessibleName(tip.split(" (", maxsplit=1)[0])
    return button
