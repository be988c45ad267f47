"""From an empty window to one that shows a unit: the database, the units, the first start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from wfh_desktop.domain.errors import NotAllowed, Refusal, Unreadable
from wfh_desktop.settings import Settings
from wfh_desktop.views.context import Context
from wfh_desktop.views.jobs import Progress, spare_what_is_loaded
from wfh_desktop.views.shell.preload import load_services
from wfh_desktop.views.shell.reception import Action, Reception

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work
    from wfh_desktop.persistence.opening import Opened
    from wfh_desktop.services.demo import Demo
    from wfh_desktop.services.units import UnitRow
    from wfh_desktop.views.dialogs.connect import ConnectDialog

WELCOME = (
    "Basis data ini belum berisi unit kerja. Siapkan unit Anda dalam beberapa langkah, "
    "atau lihat dulu cara kerja aplikasi dengan unit contoh: 40 pegawai rekaan dengan presensi, "
    "tugas, laporan dan rekomendasi TPP."
)
SIGN_IN = "server_password"  # nobody has signed in yet, or not with the right password
SIGN_IN_WORDS = (
    "Basis data bersama hanya dibuka oleh pegawai yang mempunyai akun. Masuk dengan NIP dan kata "
    "sandi Anda; akun dibuat oleh administrator unit."
)
WITHOUT_MANDATE = (
    "Akun Anda belum mempunyai mandat yang berlaku hari ini. Mintalah kepada administrator unit: "
    "peran apa, di unit mana, sejak dan sampai kapan."
)
PIN = ("pin_needed", "pin_wrong", "pin_wait")
LOCKED = "Basis data ini dibuka dengan PIN. PIN hanya menahan orang yang lewat."
WITH_BACKUP = ("database_damaged_with_backup", "database_lost_with_backup")
FAULT = (
    "Terjadi kesalahan pada program ketika basis data dibuka. Rinciannya sudah dicatat. "
    "Data Anda tidak diubah."
)


class Start(QObject):
    """Opens the database behind the window; `ready` carries the units once there are any.

    `replaced` carries what opens another database than the one that is open, and its address.
    """

    attached = Signal(object)
    ready = Signal(object)
    replaced = Signal(object, str)

    def __init__(
        self,
        context: Context,
        opening: Callable[[Progress], Opened],
        reception: Reception,
        parent: QWidget,
        *,
        demo: bool,
        url: str = "",
    ) -> None:
        super().__init__(parent)
        self._demo = demo
        self._url = url
        self._dialog: ConnectDialog | None = None
        self._context = context
        self._opening = opening
        self._reception = reception
        self._window = parent
        context.reopen = self.replaced.emit

    def open_database(self) -> None:
        """Open the database in a job; the window stands meanwhile."""
        self._reception.say("database", "muted", "Membuka basis data…", "Sebentar saja.")
        self._context.jobs.compute(
            self._window,
            self._opening,
            self._attach,
            refused=self._refuse,
            failed=partial(self._cannot_open, FAULT),
            label="Membuka basis data",
        )

    def choose_database(self) -> None:
        """Ask which database to work on, and who signs in to a shared one."""
        if self._dialog is None:
            dialogs = import_module("wfh_desktop.views.dialogs.connect")
            self._dialog = dialogs.ConnectDialog(self._context, Settings(), parent=self._window)
            self._dialog.chosen.connect(self._take)
        self._dialog.show_url(self._url)
        self._dialog.open()

    def look_for_units(self) -> None:
        """Show the units there are, or welcome whoever starts for the first time."""
        today = datetime.now().astimezone().date()
        task = partial(_units, day=today)
        self._context.jobs.run(self._window, task, self._show, refused=self._not_allowed)

    def _attach(self, opened: Opened) -> None:
        self._context.attach(opened)
        self.attached.emit(opened)
        self.look_for_units()

    def _take(self, opening: Callable[[Progress], Opened], url: str) -> None:
        if self._context.opened is not None:
            self.replaced.emit(opening, url)
            return
        self._opening, self._url = opening, url
        self.open_database()

    def _refuse(self, refusal: Refusal) -> None:
        from wfh_desktop import words

        if isinstance(refusal, Unreadable) and refusal.code == SIGN_IN:
            sign_in = ("Masuk…", "key", self.choose_database)
            self._reception.say("key", "accent", "Silakan masuk", SIGN_IN_WORDS, [sign_in])
            self.choose_database()
        elif isinstance(refusal, Unreadable) and refusal.code in PIN:
            self._say_locked(refusal)
        elif isinstance(refusal, Unreadable) and refusal.code in WITH_BACKUP:
            rescue = partial(self._rescue, str(refusal.limits[-1]))
            act = ("Pulihkan cadangan itu", "history", rescue)
            self._cannot_open(words.explain(refusal), act)
        else:
            self._cannot_open(words.explain(refusal))

    def _say_locked(self, refusal: Unreadable) -> None:
        """Ask for the PIN of a file; say why, if it was asked for before."""
        from wfh_desktop import words

        name, path = str(refusal.limits[0]), str(refusal.limits[-1])
        why = "" if refusal.code == PIN[0] else words.explain(refusal)
        ask = partial(self._ask_pin, name, path, why)
        actions: list[Action] = [
            ("Masukkan PIN…", "key", ask),
            ("Basis data lain…", "database", self.choose_database),
        ]
        self._reception.say("key", "accent", "Terkunci dengan PIN", why or LOCKED, actions)
        ask()

    def _ask_pin(self, name: str, path: str, why: str) -> None:
        dialogs = import_module("wfh_desktop.views.dialogs.pin")
        dialog = dialogs.PinDialog(name, why, self._window)
        dialog.given.connect(partial(self._open_with_pin, path))
        dialog.open()

    def _open_with_pin(self, path: str, pin: str) -> None:
        self._opening = partial(_open_file, path, pin)
        self.open_database()

    def _rescue(self, path: str) -> None:
        """Put the newest good backup in the place of a damaged file, then open it."""
        self._reception.say("history", "muted", "Memulihkan cadangan…", "Sebentar saja.")
        self._context.jobs.compute(
            self._window,
            partial(_rescue, path),
            lambda _: self.open_database(),
            refused=self._refuse,
            failed=partial(self._cannot_open, FAULT),
            label="Memulihkan cadangan",
        )

    def _not_allowed(self, refusal: Refusal) -> None:
        """Say why somebody who signed in sees nothing."""
        from wfh_desktop import words

        why = WITHOUT_MANDATE if isinstance(refusal, NotAllowed) else words.explain(refusal)
        actions = [
            ("Coba lagi", "refresh", self.look_for_units),
            ("Masuk sebagai orang lain…", "key", self.choose_database),
        ]
        self._reception.say("key", "attention", "Belum ada yang dapat dibuka", why, actions)

    def _cannot_open(self, why: str, *more: Action) -> None:
        actions: list[Action] = [
            *more,
            ("Coba lagi", "refresh", self.open_database),
            ("Basis data lain…", "database", self.choose_database),
        ]
        self._reception.say("bad", "bad", "Basis data tidak dapat dibuka", why, actions)

    def _show(self, rows: list[UnitRow]) -> None:
        if rows:
            self.ready.emit(rows)
        elif self._demo:
            self._demo = False
            self._build_demo()
        else:
            self._welcome()
        self._context.jobs.compute(self._window, load_services, lambda _: spare_what_is_loaded())

    def _welcome(self) -> None:
        self._reception.say(
            "unit",
            "accent",
            "Selamat datang di WFH Desktop",
            WELCOME,
            [
                ("Siapkan unit saya", "unit", self._set_up),
                ("Coba dengan unit contoh", "people", self._build_demo),
                ("Masuk ke server bersama…", "database", self.choose_database),
                ("Pulihkan cadangan…", "history", self._choose_backup),
            ],
        )

    def _choose_backup(self) -> None:
        """Ask for a backup, such as one that a broken computer left in its second place."""
        dialog = QFileDialog(self._window, "Pulihkan cadangan", "", "Cadangan (*.db)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._look_at_backup)
        dialog.open()

    def _look_at_backup(self, name: str) -> None:
        task = partial(_proved, name)
        self._context.jobs.compute(self._window, task, self._restore, label="Memeriksa cadangan")

    def _restore(self, backup: Path) -> None:
        if self._context.opened:
            url = self._context.opened.database.engine.url
            path = Path(url.database or "").absolute()
            self.replaced.emit(partial(_open_restored, backup, path), str(url))

    def _set_up(self) -> None:
        dialogs = import_module("wfh_desktop.views.dialogs.first_start")
        dialog = dialogs.FirstStartDialog(self._context, self._window)
        dialog.accepted.connect(self.look_for_units)
        dialog.open()

    def _build_demo(self) -> None:
        demo = import_module("wfh_desktop.services.demo")
        self._reception.say(
            "calculate",
            "accent",
            "Menyiapkan unit contoh…",
            "40 pegawai, dua bulan presensi, tugas dan laporan sedang dibuat.",
        )
        self._context.jobs.run(
            self._window,
            demo.build,
            self._show_demo,
            refused=self._demo_stopped,
            failed=self.look_for_units,
            label="Menyiapkan unit contoh",
        )

    def _show_demo(self, demo: Demo) -> None:
        self._context.scope.choose_period(demo.opened)
        self.look_for_units()

    def _demo_stopped(self, _: Refusal) -> None:
        self.look_for_units()


def _units(work: Work, day: date) -> list[UnitRow]:
    """Return all units, and load in the worker what the first page will import."""
    from wfh_desktop.services import home, units  # noqa: F401

    return units.readable(work, day)


def _open_file(path: str, pin: str, _: Progress) -> Opened:
    from wfh_desktop.persistence.opening import open_database

    return open_database(f"sqlite:///{path}", pin)


def _rescue(path: str, _: Progress) -> None:
    from wfh_desktop.persistence.backup import rescue

    rescue.rescue(Path(path))


def _proved(name: str, progress: Progress) -> Path:
    from wfh_desktop.persistence.backup import require_good

    require_good(Path(name), progress)
    return Path(name)


def _open_restored(backup: Path, path: Path, _: Progress) -> Opened:
    from wfh_desktop.persistence.opening import open_restored

    return open_restored(backup, path)
