"""Files that prove a report, shown where one decides on it: pictures and PDF, file by file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from wfh_desktop.services.evidence import EvidenceFile
from wfh_desktop.views import icons, labels
from wfh_desktop.views.widgets.elided_label import ElidedLabel

LARGEST_SIDE = 3_000  # pixels: what a screen can use of a picture
ZOOM_STEP = 1.25
ZOOMS = (0.1, 8.0)


class PictureView(QScrollArea):
    """A picture that fills the room it has, or is enlarged in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._zoom = 0.0  # 0: as large as the room allows
        self._label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName("Gambar eviden")

    def show_image(self, image: QImage) -> None:
        """Show *image* as large as the room allows."""
        self._image, self._zoom = image, 0.0
        self._scale()

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom = 0.0
        self._scale()

    def zoom(self, factor: float) -> None:
        """Show the picture larger or smaller than now."""
        now = self._zoom or self._fitting()
        self._zoom = min(max(now * factor, ZOOMS[0]), ZOOMS[1])
        self._scale()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scale()

    def _fitting(self) -> float:
        if self._image.isNull():
            return 1.0
        room = self.maximumViewportSize() * self.devicePixelRatio()
        return min(room.width() / self._image.width(), room.height() / self._image.height(), 1.0)

    def _scale(self) -> None:
        if self._image.isNull():
            self._label.setPixmap(QPixmap())
            return
        scale = self._zoom or self._fitting()
        shown = self._image.scaled(
            self._image.size() * scale,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(self.devicePixelRatio())
        self._label.setPixmap(QPixmap.fromImage(shown))


class EvidenceView(QFrame):
    """Shows one file of a report after the other; `open_asked` names one to show elsewhere."""

    open_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._files: Sequence[EvidenceFile] = ()
        self._number = 0
        self._bytes = QBuffer(self)
        self._document = QPdfDocument(self)
        self.name_label = ElidedLabel()
        self.name_label.setProperty("role", "heading")
        self.name_label.setTextFormat(Qt.TextFormat.PlainText)
        self.count_label = QLabel()
        self.count_label.setProperty("role", "muted")
        self.previous_button = _button("left", "Berkas sebelumnya (Ctrl+PgUp)", "Ctrl+PgUp")
        self.next_button = _button("right", "Berkas berikutnya (Ctrl+PgDn)", "Ctrl+PgDown")
        self.smaller_button = _button("zoom_out", "Perkecil (Ctrl+-)", "Ctrl+-")
        self.fit_button = _button("fit", "Tampilkan seluruhnya (Ctrl+0)", "Ctrl+0")
        self.larger_button = _button("zoom_in", "Perbesar (Ctrl++)", "Ctrl++")
        self.open_button = _button(
            "external", "Buka di aplikasi lain (Ctrl+Shift+O)", "Ctrl+Shift+O"
        )
        self.message_label = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.message_label.setProperty("role", "muted")
        self.message_label.setWordWrap(True)
        self.message_label.setTextFormat(Qt.TextFormat.PlainText)
        self.picture = PictureView()
        self.pdf = QPdfView(self)
        self.pdf.setDocument(self._document)
        self.pdf.setPageMode(QPdfView.PageMode.MultiPage)
        self.pdf.setAccessibleName("PDF eviden")
        # A bar that comes and goes changes the width that the pages are fitted to, without end.
        self.pdf.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.stack = QStackedWidget()
        for widget in (self.message_label, self.picture, self.pdf):
            self.stack.addWidget(widget)
        self._lay_out()
        self.previous_button.clicked.connect(self.previous)
        self.next_button.clicked.connect(self.next)
        self.smaller_button.clicked.connect(self._smaller)
        self.larger_button.clicked.connect(self._larger)
        self.fit_button.clicked.connect(self._fit)
        self.open_button.clicked.connect(self._ask_to_open)
        self.say("")

    def show_files(self, files: Sequence[EvidenceFile]) -> None:
        """Show the first of *files*, at least one."""
        self._files = files
        self._show(0)

    def say(self, sentence: str) -> None:
        """Show *sentence* instead of files."""
        self._files = ()
        self.name_label.setText("Eviden")
        self._tell(sentence)
        self._permit()

    def previous(self) -> None:
        """Show the file before."""
        self._show(max(self._number - 1, 0))

    def next(self) -> None:
        """Show the file after."""
        self._show(min(self._number + 1, len(self._files) - 1))

    @override
    def sizeHint(self) -> QSize:
        return QSize(380, 400)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addWidget(self.name_label, 1)
        head.addWidget(self.previous_button)
        head.addWidget(self.count_label)
        head.addWidget(self.next_button)
        for button in (self.smaller_button, self.fit_button, self.larger_button, self.open_button):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)

    def _show(self, number: int) -> None:
        if not self._files:
            return
        self._number = number
        file = self._files[number]
        self.name_label.setText(file.name)
        self.name_label.setToolTip(f"{file.name}, {labels.size(len(file.content))}")
        if file.kind == "pdf":
            self._show_pdf(file.content)
        else:
            self._show_picture(file.content)
        self._permit()

    def _show_picture(self, content: bytes) -> None:
        image = decode(content)
        if image is None:
            self._tell("Gambar ini tidak dapat dibuka.")
            return
        self.picture.show_image(image)
        self.stack.setCurrentWidget(self.picture)

    def _show_pdf(self, content: bytes) -> None:
        self._document.close()
        self._bytes.close()
        self._bytes.setData(QByteArray(content))
        self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._bytes)
        if self._document.error() is not QPdfDocument.Error.None_:
            locked = self._document.error() is QPdfDocument.Error.IncorrectPassword
            self._tell("PDF ini memakai kata sandi." if locked else "PDF ini tidak dapat dibuka.")
            return
        self._fit()
        self.stack.setCurrentWidget(self.pdf)

    def _tell(self, sentence: str) -> None:
        self.message_label.setText(sentence)
        self.stack.setCurrentWidget(self.message_label)

    def _permit(self) -> None:
        several = len(self._files) > 1
        self.count_label.setText(f"{self._number + 1} / {len(self._files)}" if several else "")
        for button in (self.previous_button, self.next_button):
            button.setVisible(several)
        self.previous_button.setEnabled(self._number > 0)
        self.next_button.setEnabled(self._number + 1 < len(self._files))
        self.open_button.setVisible(bool(self._files))
        seen = bool(self._files) and self.stack.currentWidget() is not self.message_label
        for button in (self.smaller_button, self.fit_button, self.larger_button):
            button.setVisible(seen)

    def _ask_to_open(self) -> None:
        self.open_asked.emit(self._files[self._number].id)

    def _smaller(self) -> None:
        self._zoom(1 / ZOOM_STEP)

    def _larger(self) -> None:
        self._zoom(ZOOM_STEP)

    def _fit(self) -> None:
        self.pdf.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.picture.fit()

    def _zoom(self, factor: float) -> None:
        if self.stack.currentWidget() is self.picture:
            self.picture.zoom(factor)
            return
        if self.pdf.zoomMode() is QPdfView.ZoomMode.FitToWidth:
            page = self._document.pagePointSize(0).width() or 1
            self.pdf.setZoomFactor(self.pdf.viewport().width() / (page * 96 / 72))
            self.pdf.setZoomMode(QPdfView.ZoomMode.Custom)
        wanted = self.pdf.zoomFactor() * factor
        self.pdf.setZoomFactor(min(max(wanted, ZOOMS[0]), ZOOMS[1]))


def decode(content: bytes) -> QImage | None:
    """Return a picture turned upright and no larger than a screen can use, or None."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > LARGEST_SIDE:
        reader.setScaledSize(
            size.scaled(LARGEST_SIDE, LARGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        )
    image = reader.read()
    return None if image.isNull() else image


def _button(name: str, tip: str, shortcut: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("flat", True)
    button.setIcon(icons.icon(name))
    button.setToolTip(tip)
    button.setAccessibleName(tip.split(" (", maxsplit=1)[0])
    button.setShortcut(shortcut)
    return button
