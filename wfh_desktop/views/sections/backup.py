"""The backups of a local file: what there is, making, checking and restoring, the second place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from wfh_desktop.domain.backups import Reason, State
from wfh_desktop.forms.backup_section import Ui_BackupSection
from wfh_desktop.persistence import backup, pin
from wfh_desktop.persistence.backup import Backup, journal, second
from wfh_desktop.persistence.backup.journal import Journal
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.opening import Opened, open_restored
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import confirm
from wfh_desktop.views.dialogs.pin import ChangePinDialog
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.sections.section import Section
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.words.backups import FAULTS, REASONS_OF_BACKUP

ON_SERVER = "Basis data ini di server. Cadangannya dibuat dan diuji oleh pengelola server."
NO_SECOND = "Belum ada. Bila komputer ini hilang atau disknya rusak, cadangan di sini ikut hilang."
RESTORE = (
    "Kembali ke keadaan {0}? Semua yang disimpan sesudahnya tidak tampak lagi. Berkas yang "
    "sekarang tetap disimpan di map yang sama, dan jendela dibuka kembali."
)


@dataclass(frozen=True)
class Look:
    """What the section shows; no file if the database is on a server."""

    file: Path | None = None
    rows: tuple[Backup, ...] = ()
    book: Journal = field(default_factory=Journal)
    there: bool = False  # whether the second place can be reached now
    overdue: int | None = None
    pin: bool = False


class BackupSection(Section):
    """A table of backups with what can be done with each; below it the second place and the PIN."""

    key = "backup"
    title = "Cadangan"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.look = Look()
        self.ui = Ui_BackupSection()
        self.ui.setupUi(self)
        self.dress()
        self.model = TableModel[Backup](COLUMNS, self)
        ui = self.ui
        ui.table.attach(self.model, "backups")
        ui.table.selected_changed.connect(self._permit)
        ui.make_button.clicked.connect(self._make)
        ui.check_button.clicked.connect(self._check)
        ui.restore_button.clicked.connect(self._ask_to_restore)
        ui.second_button.clicked.connect(self._choose_second)
        ui.no_second_button.clicked.connect(partial(self._set_second, ""))
        ui.pin_button.clicked.connect(self._change_pin)
        ui.move_button.clicked.connect(self._move)

    @override
    def reload(self) -> None:
        self.load(_fetch, self._show)

    def _show(self, look: Look) -> None:
        self.look, ui = look, self.ui
        local = look.file is not None
        for widget in (ui.table, ui.make_button, ui.check_button, ui.restore_button, ui.pin_title,
                       ui.pin_label, ui.pin_button, ui.second_title, ui.second_label,
                       ui.second_button, ui.no_second_button, ui.move_title, ui.move_label,
                       ui.move_button, ui.limits_label):  # fmt: skip
            widget.setVisible(local)
        ui.present_label.setText(_present(look) if local else ON_SERVER)
        if not local:
            ui.message_bar.clear()
            return
        self.model.show(look.rows)
        ui.second_label.setText(_second(look))
        ui.pin_label.setText(
            "Diminta setiap kali berkas ini dibuka; hanya menahan orang yang lewat."
            if look.pin
            else "Tidak dipasang."
        )
        self._warn()
        self._permit()

    def _warn(self) -> None:
        """Say what is missing, the worst first; nothing if nothing is."""
        bar, look = self.ui.message_bar, self.look
        newest = look.rows[0] if look.rows else None
        if newest and newest.note.state in {State.SUSPECT, State.DAMAGED}:
            bar.say(f"Cadangan terbaru {newest.note.state}: {_faults(newest)}.", "bad")
        elif look.book.trial is State.DAMAGED:
            bar.say("Uji pulih terakhir gagal. Buat cadangan baru dan periksa disknya.", "bad")
        elif look.overdue:
            what = "dipasang" if look.book.second else "dipilih"
            said = f"Sudah {look.overdue} hari tanpa salinan di tempat lain; belum {what}."
            bar.say(said, "attention", "Pilih…", self._choose_second)
        else:
            bar.clear()

    def _permit(self, _: object = None) -> None:
        ui, row = self.ui, self.ui.table.selected()
        nothing = "" if row else "Pilih sebuah cadangan"
        ui.check_button.setEnabled(not nothing)
        damaged = "Cadangan ini rusak" if row and row.note.state is State.DAMAGED else ""
        self.allow(ui.restore_button, nothing or damaged)
        self.allow(ui.second_button)
        self.allow(ui.no_second_button, "" if self.look.book.second else "Belum ada tempat kedua")
        self.allow(ui.pin_button)
        self.allow(ui.move_button)

    def _make(self) -> None:
        self.context.jobs.run(self, _make, self._made, label="Membuat cadangan")

    def _made(self, made: Backup) -> None:
        toast.say(self, f"Cadangan dibuat dan diperiksa: {made.note.state}")
        self.reload()

    def _check(self) -> None:
        if row := self.ui.table.selected():
            task = partial(_check, row)
            self.context.jobs.compute(self, task, self._checked, label="Memeriksa cadangan")

    def _checked(self, row: Backup) -> None:
        toast.say(self, f"Cadangan {labels.moment(row.moment)}: {row.note.state}")
        self.reload()

    def _ask_to_restore(self) -> None:
        row: Backup | None = self.ui.table.selected()
        if row is not None and not self.forbidden():
            question = RESTORE.format(labels.moment(row.moment))
            confirm.ask(self, question, "Pulihkan", partial(self._prove, row))

    def _prove(self, row: Backup) -> None:
        """Look at the backup before the window is closed for it."""
        task = partial(_prove, row.path)
        self.context.jobs.compute(self, task, self._restore, label="Memeriksa cadangan")

    def _restore(self, source: Path) -> None:
        if self.look.file and self.context.opened:
            url = str(self.context.opened.database.engine.url)
            self.context.reopen(partial(_restore, source, self.look.file), url)

    def _choose_second(self) -> None:
        dialog = QFileDialog(self, "Tempat kedua", self.look.book.second)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._set_second)
        dialog.open()

    def _set_second(self, place: str) -> None:
        if self.look.file:
            task = partial(_set_second, self.look.file, place)
            said = "Menyalin ke tempat kedua" if place else ""
            self.context.jobs.compute(self, task, self._sent, refused=self._not_sent, label=said)

    def _sent(self, count: int) -> None:
        said = f"{count} cadangan disalin dan dibandingkan" if count else "Tersimpan"
        toast.say(self, said)
        self.reload()

    def _not_sent(self, refusal: Exception) -> None:
        from wfh_desktop.views import errors

        errors.show(self, refusal)
        self.reload()

    def _change_pin(self) -> None:
        if self.look.file:
            dialog = ChangePinDialog(self.context, self.look.file, known=self.look.pin, parent=self)
            dialog.accepted.connect(self.reload)
            dialog.open()

    def _move(self) -> None:
        from wfh_desktop.views.dialogs.move import MoveDialog

        if self.look.file and not self.forbidden():
            dialog = MoveDialog(self.context, self.look.file, self)
            dialog.accepted.connect(self.reload)
            dialog.open()


def _fetch(work: Work) -> Look:
    file = backup.file_of(work.session.get_bind())
    if file is None:
        return Look()
    folder = backup.folder_of(file)
    return Look(
        file,
        tuple(backup.listing(folder, file.stem)),
        journal.read(folder),
        second.there(folder) is not None,
        second.overdue(folder, datetime.now(UTC)),
        pin.is_set(file),
    )


def _make(work: Work) -> Backup:
    database = work.session.get_bind()
    file = backup.file_of(database)
    assert file is not None
    folder = backup.folder_of(file)
    made = backup.make(database, folder, Reason.ASKED, progress=work.progress)
    if second.there(folder):
        second.send(folder, file.stem, progress=work.progress)
    return made


def _check(row: Backup, progress: Progress) -> Backup:
    return backup.check(row, progress)


def _prove(source: Path, progress: Progress) -> Path:
    backup.require_good(source, progress)
    return source


def _restore(source: Path, file: Path, _: Progress) -> Opened:
    return open_restored(source, file)


def _set_second(file: Path, place: str, progress: Progress) -> int:
    folder = backup.folder_of(file)
    second.choose(folder, place)
    return len(second.send(folder, file.stem, progress=progress)) if place else 0


def _present(look: Look) -> str:
    if not look.rows:
        return "Belum ada cadangan."
    last = f"Terakhir {labels.moment(look.rows[0].moment)}, {look.rows[0].note.state}."
    if look.book.trial_at is None:
        return last
    return f"{last} Uji pulih {labels.moment(look.book.trial_at)}: {look.book.trial}."


def _second(look: Look) -> str:
    if not look.book.second:
        return NO_SECOND
    away = "" if look.there else " (tidak terpasang)"
    since = labels.moment(look.book.second_at) if look.book.second_at else "belum pernah"
    return f"{look.book.second}{away} · salinan terakhir {since}"


def _faults(row: Backup) -> str:
    known = {name: FAULTS.get(name.partition(":")[0], name) for name in row.note.faults}
    return ", ".join(known.values()) or str(row.note.state)


TONES = {
    State.GOOD: "good",
    State.SUSPECT: "attention",
    State.DAMAGED: "bad",
    State.UNKNOWN: "neutral",
}
COLUMNS: list[Column[Backup]] = [
    Column(
        "Dibuat",
        lambda row: labels.moment(row.moment),
        lambda row: row.moment,
        width=170,
        firm=True,
    ),
    Column("Sebab", lambda row: REASONS_OF_BACKUP[row.why], width=190),
    Column(
        "Ukuran", lambda row: labels.size(row.size), lambda row: row.size, align="right", width=90
    ),
    Column(
        "Keadaan",
        lambda row: str(row.note.state),
        tone=lambda row: TONES[row.note.state],
        icon=lambda row: TONES[row.note.state],
        tip=_faults,
        width=140,
    ),
    Column(
        "Tempat kedua", lambda row: "ada salinan" if row.note.second else labels.NONE, width=120
    ),
    Column("Berkas", lambda row: row.path.name, width=260),
]
