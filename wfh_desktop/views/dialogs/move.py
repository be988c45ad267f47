"""The dialog that moves the whole file to a server, shows how far it is, and what it came to."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.backups import Reason
from wfh_desktop.domain.errors import Cancelled, Invalid, Refusal, Unreadable
from wfh_desktop.domain.moves import Report, TableCount
from wfh_desktop.forms.move_dialog import Ui_MoveDialog
from wfh_desktop.persistence import address, backup, moving
from wfh_desktop.persistence.backup import Backup
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.files import save
from wfh_desktop.views import icons
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.jobs import Job, Progress
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.fields import show_problems
from wfh_desktop.words import moving as told

DATABASE = "kinerja"
STOPPED = "Dihentikan. Yang sudah sampai tetap di server; tekan Lanjutkan untuk meneruskannya."
AGAIN = frozenset(  # what a new beginning puts right
    {"move_changed", "move_other_source", "move_source_changed", "move_differs"}
)
SHOWN = 12  # letters of a checksum in the table; the report has all of them


@dataclass
class Latest:
    """What the worker is at; it holds no widget."""

    table: str = ""


@dataclass(frozen=True)
class Wish:
    """Where everything shall go."""

    url: str
    password: str = field(repr=False)
    restart: bool = False


class MoveDialog(Sheet):
    """Asks for the server's administrator, moves a fresh backup of the file, shows every table.

    The address and the password are kept nowhere. Closing it stops the move, which may go on
    another day; `accepted` is emitted once everything has arrived.
    """

    def __init__(self, context: Context, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.file = file
        self.report: Report | None = None
        self._job: Job | None = None
        self._latest = Latest()
        self.ui = Ui_MoveDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icons.dress(self)
        self.ui.database_name_edit.setText(DATABASE)
        self.model = TableModel[TableCount](COLUMNS, self)
        self.ui.table.attach(self.model)
        self.ui.restart_check.hide()
        self.ui.move_button.clicked.connect(self._begin)
        self.ui.close_button.clicked.connect(self.reject)
        self.ui.save_button.clicked.connect(self._choose_file)
        self.ui.certificate_button.clicked.connect(self._choose_certificate)
        context.jobs.progressed.connect(self._progress)
        self._show(self.ui.ask_room)
        self.ui.host_edit.setFocus()

    @override
    def reject(self) -> None:
        """Stop what is running; close if nothing is."""
        if self._job:
            self._job.cancel()
            self.ui.step_label.setText("Menghentikan…")
        elif self.report and self.report.same:
            super().accept()
        else:
            super().reject()

    def _show(self, room: QWidget) -> None:
        ui = self.ui
        for one in (ui.ask_room, ui.progress_room, ui.result_room):
            one.setVisible(one is room)
        ui.move_button.setVisible(room is ui.ask_room)
        ui.save_button.setVisible(room is ui.result_room)
        ui.close_button.setText(
            {ui.ask_room: "Batal", ui.progress_room: "Hentikan"}.get(room, "Tutup")
        )
        if self.isVisible():
            self.adjustSize()

    def _begin(self) -> None:
        ui = self.ui
        show_problems(self, ())
        try:
            server = address.typed(
                ui.host_edit.text(),
                ui.database_name_edit.text(),
                ui.login_edit.text(),
                ui.certificate_edit.text(),
            )
        except Invalid as refusal:
            show_problems(self, refusal.problems)
            self._focus(f"{refusal.problems[0].field}_edit")
            return
        self._show(ui.progress_room)
        ui.close_button.setFocus()
        ui.step_label.setText("Membuat cadangan…")
        ui.bar.setRange(0, 0)
        wish = Wish(server.url, ui.password_edit.text(), ui.restart_check.isChecked())
        then = partial(self._move, wish)
        self._job = self.context.jobs.run(
            self, _make, then, refused=self._refuse, failed=self._give_up
        )

    def _move(self, wish: Wish, made: Backup) -> None:
        self.ui.step_label.setText("Menyiapkan server…")
        self._latest = Latest()
        task = partial(_move, made.path, wish, self._latest)
        self._job = self.context.jobs.compute(
            self, task, self._moved, refused=self._refuse, failed=self._give_up
        )

    def _progress(self, job: Job, done: int, total: int) -> None:
        if job is not self._job or not total:
            return
        self.ui.bar.setRange(0, 1000)
        self.ui.bar.setValue(1000 * done // total)
        if self._latest.table and not job.cancelled:
            step = "Menyalin" if 2 * done <= total else "Membandingkan"
            self.ui.step_label.setText(f"{step} tabel {self._latest.table}")

    def _moved(self, report: Report) -> None:
        self._job, self.report = None, report
        self.ui.password_edit.clear()
        self.model.show(report.tables)
        self.ui.verdict_label.setText("\n".join(told.closing(report)))
        self._show(self.ui.result_room)
        self.ui.save_button.setFocus()

    def _refuse(self, refusal: Refusal) -> None:
        self._give_up()
        if isinstance(refusal, Cancelled):
            self.ui.other_problem.show_problem(STOPPED)
            self.ui.move_button.setText("&Lanjutkan")
            return
        self.ui.other_problem.show_problem(words.explain(refusal))
        if isinstance(refusal, Unreadable):
            self.ui.restart_check.setVisible(refusal.code in AGAIN)
            self._focus("password_edit" if refusal.code == "server_password" else "host_edit")

    def _give_up(self) -> None:
        self._job = None
        self._show(self.ui.ask_room)

    def _focus(self, name: str) -> None:
        if field := self.findChild(QWidget, name):
            field.setFocus()

    def _choose_certificate(self) -> None:
        dialog = QFileDialog(self, "Sertifikat server")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.ui.certificate_edit.setText)
        dialog.open()

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, "Simpan laporan", f"Pemindahan {self.file.stem}.txt")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _save(self, path: str) -> None:
        if self.report:
            task = partial(_save, self.report, Path(path))
            self.context.jobs.compute(self, task, lambda _: toast.say(self, "Laporan tersimpan"))


def _make(work: Work) -> Backup:
    """Back up the open file: the copy is of one moment, and nobody else has it open."""
    database = work.session.get_bind()
    file = backup.file_of(database)
    assert file is not None
    folder = backup.folder_of(file)
    return backup.make(database, folder, Reason.ASKED, progress=work.progress)


def _move(copy: Path, wish: Wish, latest: Latest, progress: Progress) -> Report:
    def tell(step: moving.Step) -> None:
        latest.table = step.table
        progress(step.done, step.total)

    progress(0, 0)
    with (
        closing(moving.open_source(f"sqlite:///{copy}")) as source,
        closing(moving.open_target(wish.url, wish.password, lambda _: progress(0, 0))) as target,
    ):
        return moving.move(source, target, tell, restart=wish.restart)


def _save(report: Report, path: Path, progress: Progress) -> None:  # noqa: ARG001 - one small file
    save(told.text(report).encode(), path)


COLUMNS: list[Column[TableCount]] = [
    Column("Tabel", lambda row: row.name, width=160, firm=True),
    Column(
        "Baris asal",
        lambda row: told.number(row.source_rows),
        lambda row: row.source_rows,
        align="right",
        width=90,
    ),
    Column(
        "Baris tujuan",
        lambda row: told.number(row.target_rows),
        lambda row: row.target_rows,
        align="right",
        width=100,
    ),
    Column(
        "SHA-256",
        lambda row: f"{row.target_digest[:SHOWN]}…",
        tip=lambda row: f"Asal: {row.source_digest}\nTujuan: {row.target_digest}",
        width=130,
    ),
    Column(
        "Hasil",
        told.verdict,
        tone=lambda row: "good" if row.same else "bad",
        icon=lambda row: "good" if row.same else "bad",
        width=110,
    ),
]
