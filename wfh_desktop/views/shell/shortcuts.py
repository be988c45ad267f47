"""The keys of the window, and the list of them that the user can open."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from wfh_desktop.views.dialogs.sheet import Sheet

KEYS = (
    ("Ctrl+1 … Ctrl+9", "Buka halaman"),
    ("Alt+Kiri, Alt+Kanan", "Bulan sebelumnya, bulan berikutnya"),
    ("Ctrl+M", "Pilih bulan; PgUp dan PgDn mengganti tahunnya"),
    ("Ctrl+U", "Pilih unit"),
    ("Ctrl+K", "Cari orang atau halaman"),
    ("Ctrl+F", "Cari di halaman ini"),
    ("Ctrl+N", "Tambah di halaman ini"),
    ("Ctrl+S", "Simpan"),
    ("Ctrl+P", "Cetak"),
    ("Ctrl+Z", "Urungkan"),
    ("Ctrl+C", "Salin sel terpilih untuk lembar kerja"),
    ("Ctrl+R", "Riwayat baris atau sel yang dipilih"),
    ("F2", "Ubah"),
    ("F5", "Muat ulang"),
    ("F11", "Layar penuh"),
    ("F12", "Mode rapat"),
    ("Ctrl+B", "Ciutkan menu"),
    ("F6", "Pindah antara menu, halaman dan bilah atas"),
    ("Esc", "Tutup panel atau dialog"),
)


class ShortcutsDialog(Sheet):
    """Lists the keys that work everywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Pintasan papan ketik")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for row, (keys, meaning) in enumerate(KEYS):
            name = QLabel(keys)
            name.setProperty("role", "heading")
            grid.addWidget(name, row, 0)
            grid.addWidget(QLabel(meaning), row, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addSpacing(8)
        layout.addWidget(buttons)
