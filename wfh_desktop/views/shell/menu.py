"""The menu of the person: how the window looks, and help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox

from wfh_desktop import __version__
from wfh_desktop.settings import Settings
from wfh_desktop.views import icons, theme

if TYPE_CHECKING:
    from wfh_desktop.views.main_window import MainWindow

SCHEMES = (
    (theme.Scheme.SYSTEM, "Tampilan mengikuti sistem"),
    (theme.Scheme.LIGHT, "Tampilan terang"),
    (theme.Scheme.DARK, "Tampilan gelap"),
)
ABOUT = (
    "<b>WFH Desktop {0}</b><br>Pengawasan ASN yang bekerja dari rumah atau kantor, "
    "sampai rekomendasi TPP.<br><br>Basis data: {1}"
)


class PersonMenu(QMenu):
    """Choices that hold for this user on this computer."""

    def __init__(self, settings: Settings, window: MainWindow) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        self.setToolTipsVisible(True)
        group = QActionGroup(self)
        for scheme, words in SCHEMES:  # no icons: they would hide which one is chosen
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(settings.scheme == scheme)
            action.triggered.connect(partial(self._choose_scheme, scheme))
            group.addAction(action)
        self.addSeparator()
        self.compact_action = self._switch("Mode rapat", "F12")
        self.compact_action.setChecked(settings.compact)
        self.compact_action.toggled.connect(window.set_compact)
        self.full_action = self._switch("Layar penuh", "F11")
        self.full_action.toggled.connect(window.toggle_full_screen)
        self.addSeparator()
        self.history_action = self.addAction(
            icons.icon("history"), "Riwayat yang dipilih…", "Ctrl+R"
        )
        self.addSeparator()
        self.password_action = self.addAction(icons.icon("key"), "Ganti kata sandi…")
        self.leave_action = self.addAction(icons.icon("close"), "Keluar")
        self.database_action = self.addAction(icons.icon("database"), "Basis data lain…")
        self.addSeparator()
        self.addAction(icons.icon("help"), "Pintasan papan ketik", "F1", self._show_shortcuts)
        self.addAction(icons.icon("about"), "Tentang WFH Desktop", self._show_about)
        window.addActions(self.actions())  # so that their keys work while the menu is closed

    def _switch(self, words: str, key: str) -> QAction:
        action = self.addAction(words)
        action.setCheckable(True)
        action.setShortcut(key)
        return action

    def _choose_scheme(self, scheme: theme.Scheme, _: bool = False) -> None:
        self._settings.scheme = scheme.value
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, scheme)

    def _show_shortcuts(self) -> None:
        from wfh_desktop.views.shell.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window).open()

    def _show_about(self) -> None:
        text = ABOUT.format(__version__, self._window.status_bar.database_label.toolTip())
        box = QMessageBox(self._window)
        box.setWindowTitle("Tentang")
        box.setText(text)
        box.open()
