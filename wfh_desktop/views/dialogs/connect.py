"""The dialog in which a database is chosen, and in which one signs in to a shared one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QWidget
from typing_extensions import override

from wfh_desktop import paths, words
from wfh_desktop.domain.errors import Invalid, Problem, Refusal, Unreadable
from wfh_desktop.forms.connect_dialog import Ui_ConnectDialog
from wfh_desktop.persistence import address, secrets
from wfh_desktop.persistence.opening import Opened, open_database
from wfh_desktop.settings import Settings
from wfh_desktop.views import icons, theme
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.widgets.fields import show_problems

FILE, DATABASE = "wfh.db", "kinerja"
WRONG = "server_password"  # the code under which a server refuses who signs in
PATIENCE, LONGEST = 3, 60  # failures without a pause, and the longest pause in seconds
NO_KEYRING = (
    "Komputer ini tidak mempunyai tempat kata sandi yang aman, jadi kata sandi tidak dapat "
    "disimpan; ia hanya berlaku sampai aplikasi ditutup."
)
Opening = Callable[[Progress], Opened]


@dataclass(frozen=True)
class Answer:
    """What came of signing in."""

    opened: Opened
    url: str


class ConnectDialog(Sheet):
    """Asks until a database can be opened; `chosen` carries what opens it, and its address.

    A server is spoken to before the dialog goes, so that a wrong password can be typed again;
    each failure after the third is followed by a longer pause.
    """

    chosen = Signal(object, str)

    def __init__(
        self, context: Context, settings: Settings, url: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.settings = settings
        self.failures = 0
        self.pause = 0  # seconds until one may try again
        self._turn = 0
        self.ui = Ui_ConnectDialog()
        self.ui.setupUi(self)
        icons.dress(self)
        self._ok = self.ui.button_box.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setProperty("main", True)
        theme.repolish(self._ok)
        self.ui.button_box.button(QDialogButtonBox.StandardButton.Cancel).setText("Batal")
        self.ui.remember_note.hide()
        self._clock = QTimer(self)
        self._clock.setInterval(1_000)
        self._clock.timeout.connect(self._tick)
        self.ui.button_box.accepted.connect(self.accept)
        self.ui.button_box.rejected.connect(self.reject)
        self.ui.server_radio.toggled.connect(self._arrange)
        self.ui.remember_check.toggled.connect(self._ask_keyring)
        choose = partial(self._choose, self.ui.certificate_edit, QFileDialog.FileMode.ExistingFile)
        self.ui.certificate_button.clicked.connect(choose)
        choose = partial(self._choose, self.ui.path_edit, QFileDialog.FileMode.AnyFile)
        self.ui.path_button.clicked.connect(choose)
        self.show_url(url)

    def show_url(self, url: str) -> None:
        """Show the database *url*, and ask for what is not known of it: at least the password."""
        ui, server = self.ui, address.read(url) if url else None
        path = url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else ""
        ui.path_edit.setText(path or str(paths.data_folder() / FILE))
        ui.database_name_edit.setText(server.database if server else DATABASE)
        ui.password_edit.clear()
        show_problems(self, ())
        if server:
            ui.host_edit.setText(", ".join(server.hosts))
            ui.login_edit.setText(address.shown(server.login))
            ui.certificate_edit.setText(server.certificate)
        (ui.server_radio if server or not url else ui.file_radio).setChecked(True)
        self._arrange()
        first = ui.password_edit if server and server.login else ui.login_edit
        (first if ui.server_radio.isChecked() else ui.path_edit).setFocus()

    @override
    def accept(self) -> None:
        if self.pause or not self._ok.isEnabled():
            return
        show_problems(self, ())
        try:
            self._take_server() if self.ui.server_radio.isChecked() else self._take_file()
        except Invalid as refusal:
            self._mark(refusal)

    @override
    def reject(self) -> None:
        self._turn += 1  # what is still on its way is not wanted any more
        self._ready(ready=True)
        super().reject()

    def _take_server(self) -> None:
        ui = self.ui
        server = address.typed(
            ui.host_edit.text(),
            ui.database_name_edit.text(),
            ui.login_edit.text(),
            ui.certificate_edit.text(),
        )
        task = partial(
            sign_in,
            url=server.url,
            password=ui.password_edit.text(),
            remember=ui.remember_check.isChecked(),
        )
        self._turn += 1
        self._ready(ready=False)
        self.context.jobs.compute(
            self,
            task,
            partial(self._enter, self._turn),
            refused=partial(self._refuse, self._turn),
            failed=partial(self._ready, ready=True),
            label="Masuk ke server",
        )

    def _take_file(self) -> None:
        path = self.ui.path_edit.text().strip()
        if not path:
            raise Invalid([Problem("path", "required")])
        url = f"sqlite:///{Path(path).expanduser()}"
        self.settings.database_url = url
        super().accept()
        self.chosen.emit(partial(_open, url), url)

    def _enter(self, turn: int, answer: Answer) -> None:
        if turn != self._turn:  # cancelled meanwhile
            answer.opened.close()
            return
        self.failures = 0
        self.ui.password_edit.clear()
        self._ready(ready=True)
        self.settings.database_url = answer.url
        super().accept()
        self.chosen.emit(lambda _: answer.opened, answer.url)

    def _refuse(self, turn: int, refusal: Refusal) -> None:
        if turn != self._turn:
            return
        self._ready(ready=True)
        if isinstance(refusal, Unreadable) and refusal.code == WRONG:
            self.failures += 1
            self.ui.password_problem.show_problem(words.explain(refusal))
            self.ui.password_edit.selectAll()
            self.ui.password_edit.setFocus()
            self._wait()
        else:
            self.ui.other_problem.show_problem(words.explain(refusal))

    def _wait(self) -> None:
        """Let whoever guesses wait longer each time."""
        if self.failures >= PATIENCE:
            self.pause = min(LONGEST, 2 ** (self.failures - PATIENCE + 1))
            self._clock.start()
            self._say_pause()

    def _tick(self) -> None:
        self.pause = max(0, self.pause - 1)
        if not self.pause:
            self._clock.stop()
        self._say_pause()

    def _say_pause(self) -> None:
        self._ok.setEnabled(not self.pause)
        self._ok.setText(f"Tunggu {self.pause} detik" if self.pause else self._act())

    def _ready(self, *, ready: bool) -> None:
        """Let nothing be typed while the server is asked; giving up is always possible."""
        for widget in (self.ui.server_radio, self.ui.file_radio, self.ui.server_room):
            widget.setEnabled(ready)
        self._ok.setEnabled(ready)
        self._ok.setText(self._act() if ready else "Menghubungi server…")

    def _act(self) -> str:
        return "Masuk" if self.ui.server_radio.isChecked() else "Buka"

    def _arrange(self) -> None:
        shared, ui = self.ui.server_radio.isChecked(), self.ui
        ui.server_room.setVisible(shared)
        ui.file_room.setVisible(not shared)
        self.setWindowTitle("Masuk" if shared else "Basis data")
        self._say_pause()

    def _ask_keyring(self, wanted: bool) -> None:
        if wanted:
            self.context.jobs.compute(self, _keyring, self._show_keyring)

    def _show_keyring(self, there: bool) -> None:
        self.ui.remember_note.setText("" if there else NO_KEYRING)
        self.ui.remember_note.setHidden(there)
        if not there:
            self.ui.remember_check.setChecked(False)
            self.ui.remember_check.setEnabled(False)

    def _mark(self, refusal: Invalid) -> None:
        show_problems(self, refusal.problems)
        field = self.findChild(QWidget, f"{refusal.problems[0].field}_edit")
        if field is not None:
            field.setFocus()

    def _choose(self, edit: QLineEdit, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, "Pilih berkas", edit.text())
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(edit.setText)
        dialog.open()


def sign_in(progress: Progress, url: str, password: str, *, remember: bool) -> Answer:  # noqa: ARG001
    """Open a shared database; let the system keep the password, or forget it."""
    opened = open_database(url, password)
    if remember:
        secrets.keep(url, password)
    else:
        secrets.forget(url)
    return Answer(opened, url)


def _open(url: str, progress: Progress) -> Opened:  # noqa: ARG001 - one file is one step
    return open_database(url)


def _keyring(progress: Progress) -> bool:  # noqa: ARG001 - asked once
    return secrets.available()
