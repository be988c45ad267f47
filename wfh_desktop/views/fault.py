"""The message about a fault, with a report that the user reads before passing it on."""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QSaveFile
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

ROLE = QMessageBox.ButtonRole
FILE = "laporan-kesalahan.txt"


class FaultBox(QMessageBox):
    """Shows *report* at once; copying and saving take exactly what is shown and leave it open."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDetailedText(report)
        for button in self.buttons():  # the only one there is: it unfolds the details
            button.click()
            button.hide()
        self.copy_button = self._stay("&Salin rincian")
        self.save_button = self._stay("S&impan rincian…")
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Close))
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._choose)

    def save(self, path: str) -> None:
        """Write the report to *path*."""
        file = QSaveFile(path)
        stored = (
            file.open(QIODevice.OpenModeFlag.WriteOnly)
            and file.write(self.detailedText().encode()) >= 0
            and file.commit()
        )
        name = file.fileName()
        said = "Rincian tersimpan" if stored else f"{name} tidak dapat disimpan: pilih map lain"
        self.save_button.setText(said)

    def _stay(self, words: str) -> QPushButton:
        """Add a button that does not close the box."""
        button = self.addButton(words, ROLE.ActionRole)
        button.clicked.disconnect()
        return button

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.detailedText())
        self.copy_button.setText("Rincian tersalin")

    def _choose(self) -> None:
        dialog = QFileDialog(self, "Simpan rincian kesalahan", FILE, "Teks (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self.save)
        dialog.open()
