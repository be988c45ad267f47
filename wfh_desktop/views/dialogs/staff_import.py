"""The dialog that shows what a staff list would change, and takes the answers to its doubts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from wfh_desktop import readers, words
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.domain.people import Level
from wfh_desktop.forms.staff_import_dialog import Ui_StaffImportDialog
from wfh_desktop.readers.records import Reading
from wfh_desktop.services import staff_import
from wfh_desktop.services.staff_import import (
    READY,
    Answer,
    Assignment,
    Candidate,
    Choices,
    Imported,
    Preview,
    PreviewRow,
    Take,
    TitleRow,
    Verdict,
    report,
    title_key,
)
from wfh_desktop.services.staff_import.wishes import NIP_DOUBTS
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.dialogs.staff_import_columns import FATES, MISSING, ROWS, TITLES
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.page import permit
from wfh_desktop.views.tables import TableModel
from wfh_desktop.views.widgets import choices, toast

SIZE = (1060, 660)
ASSIGNMENTS = {
    Assignment.HERE: "semua ke {unit}",
    Assignment.OWN_ROWS: "hanya baris milik {unit}",
    Assignment.BY_FILE: "menurut kolom unit di berkas",
}
TAKES = {  # what taking a line as it stands means, by the question
    "in_other_unit": "&Pindahkan ke unit ini",
    "was_deactivated": "&Aktifkan lagi",
    "line_contradicts": "&Ambil baris ini",
    "same_person": "&Tambah sebagai orang lain",
    "same_name_stored": "&Tambah sebagai orang lain",
}


@dataclass(frozen=True)
class Upload:
    """A staff list as it was read, with the file itself."""

    name: str
    content: bytes
    reading: Reading


class StaffImportDialog(Sheet):
    """Preview and questions; nothing is stored before *Simpan*, and that can be taken back.

    What the file says holds from *since* on, until the user chooses another day.
    """

    applied = Signal(object)

    def __init__(
        self, context: Context, path: Path, since: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.upload: Upload | None = None
        self.preview: Preview | None = None
        self.choices = Choices(context.scope.unit_id, since)
        self._kind: Verdict | None = None
        self.ui = Ui_StaffImportDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        icons.dress(self)
        self.rows_model = TableModel[PreviewRow](ROWS, self)
        self.ui.rows_table.attach(self.rows_model)
        self.titles_model = TableModel[TitleRow](TITLES, self)
        self.ui.titles_table.attach(self.titles_model)
        self.missing_model = TableModel[Candidate](MISSING, self)
        self.ui.missing_table.attach(self.missing_model)
        self.count_buttons = {verdict: self._count_button(verdict) for verdict in FATES}
        self._prepare()
        self._connect()
        self._read(path)

    @override
    def reject(self) -> None:
        if self.isEnabled():  # not while it is being stored
            super().reject()

    def answer(self, answers: dict[int, Answer]) -> None:
        """Take answers to questions about lines, and look again."""
        self.choices = replace(self.choices, answers={**self.choices.answers, **answers})
        self._refresh()

    def _prepare(self) -> None:
        ui, unit = self.ui, self.context.scope.unit_name
        ui.valid_from_edit.set_day(self.choices.valid_from)
        offered = [(text.format(unit=unit), one) for one, text in ASSIGNMENTS.items()]
        choices.fill(ui.assignment_box, offered, self.choices.assignment)
        ui.assignment_box.setMinimumContentsLength(44)
        choices.fill(ui.level_box, [(level.value, level) for level in Level], Level.ADMINISTRATOR)
        ui.create_check.hide()
        ui.answer_frame.hide()
        permit(ui.apply_button, "Berkas sedang dibaca")

    def _connect(self) -> None:
        ui = self.ui
        ui.valid_from_edit.dateChanged.connect(self._choose)
        ui.assignment_box.currentIndexChanged.connect(self._choose)
        ui.create_check.toggled.connect(self._choose)
        ui.search_edit.textChanged.connect(ui.rows_table.set_filter)
        ui.rows_table.selected_changed.connect(self._show_answers)
        ui.same_button.clicked.connect(self._same)
        ui.take_button.clicked.connect(partial(self._answer_selected, Take.AS_IT_IS))
        ui.skip_button.clicked.connect(partial(self._answer_selected, Take.LEAVE_OUT))
        ui.accept_button.clicked.connect(self._accept_proposals)
        ui.without_button.clicked.connect(self._take_without_nip)
        ui.level_button.clicked.connect(self._set_level)
        ui.titles_table.opened.connect(self._set_level)
        ui.titles_table.selected_changed.connect(self._show_level)
        ui.cancel_button.clicked.connect(self.reject)
        ui.apply_button.clicked.connect(self._apply)

    def _read(self, path: Path) -> None:
        self.ui.file_label.setText(path.name)
        self.ui.about_label.setText("Berkas sedang dibaca…")
        self.context.jobs.compute(
            self, partial(_read, path=path), self._compare, refused=self._unreadable
        )

    def _unreadable(self, refusal: Refusal) -> None:
        self.ui.about_label.clear()
        self.ui.message_bar.say(words.explain(refusal), "bad")
        self.ui.message_bar.close_button.hide()
        permit(self.ui.apply_button, "Berkas ini tidak dapat dibaca")

    def _compare(self, upload: Upload) -> None:
        self.upload = upload
        about = upload.reading.format
        self.ui.about_label.setText(about[:1].upper() + about[1:])
        self._refresh()

    def _choose(self) -> None:
        ui = self.ui
        self.choices = replace(
            self.choices,
            valid_from=ui.valid_from_edit.day(),
            assignment=choices.value(ui.assignment_box),
            create_units=ui.create_check.isChecked(),
        )
        self._refresh()

    def _refresh(self) -> None:
        """Compare again, with the answers given so far."""
        if self.upload is None:
            return
        permit(self.ui.apply_button, "Berkas sedang dibandingkan")
        task = partial(
            staff_import.preview,
            reading=self.upload.reading,
            choices=self.choices,
            content=self.upload.content,
        )
        show = partial(self._show, self.choices)
        self.context.jobs.run(self, task, show, refused=self._unreadable)

    def _show(self, compared: Choices, preview: Preview) -> None:
        if compared is not self.choices:  # a newer answer is on its way
            return
        self.preview = preview
        ui = self.ui
        ui.create_check.setVisible(compared.assignment is Assignment.BY_FILE)
        self._show_counts(preview)
        self._show_rows()
        self.titles_model.show(preview.titles)
        self.missing_model.show(preview.not_in_file)
        tabs = (
            (ui.titles_tab, "Jenjang jabatan", preview.titles),
            (ui.missing_tab, "Tidak ada di berkas", preview.not_in_file),
        )
        for tab, title, rows in tabs:
            ui.tabs.setTabText(ui.tabs.indexOf(tab), f"{title} ({len(rows)})")
            ui.tabs.setTabVisible(ui.tabs.indexOf(tab), bool(rows))
        self._tell(preview)
        ready = preview.count(*READY)
        ui.apply_button.setText(f"&Simpan {labels.number(ready)} pegawai" if ready else "&Simpan")
        permit(ui.apply_button, "" if ready else "Tidak ada yang siap disimpan")

    def _tell(self, preview: Preview) -> None:
        said = [words.remark(one.code, one.limits) for one in preview.problems]
        units = len(preview.missing_units)
        foreign = report.others(preview)
        if foreign and self.choices.assignment is Assignment.HERE:
            said.insert(0, f"{foreign} Semua akan masuk ke unit ini, kecuali “Unit” diubah.")
        if preview.known_since:
            day = labels.day(preview.known_since.date())
            said.insert(0, f"Berkas yang sama sudah diimpor {day}.")
        if units and not self.choices.create_units:
            said.insert(0, f"{units} unit di berkas belum ada. Centang “Buat unit yang belum ada”.")
        if said:
            more = f" Dan {len(said) - 3} catatan lain." if len(said) > 3 else ""
            self.ui.message_bar.say(" ".join(said[:3]) + more, "attention")
            self.ui.message_bar.setToolTip("\n".join(said[:30]))
        else:
            self.ui.message_bar.clear()
        left = preview.count(Verdict.QUESTION, Verdict.LEFT_OUT)
        parts = [f"{labels.number(len(preview.rows))} baris"]
        if left:
            parts.append(f"{labels.number(left)} tidak disimpan selama belum dijawab")
        if units and self.choices.create_units:
            parts.append(f"{units} unit dibuat")
        self.ui.summary_label.setText("  ·  ".join(parts))

    # lines

    def _count_button(self, verdict: Verdict) -> QPushButton:
        _, icon, tone = FATES[verdict]
        button = QPushButton(icons.icon(icon, tone), "")
        button.setCheckable(True)
        button.clicked.connect(partial(self._show_kind, verdict))
        button.hide()
        self.ui.counts_layout.addWidget(button)
        return button

    def _show_counts(self, preview: Preview) -> None:
        for verdict, button in self.count_buttons.items():
            word, _, _ = FATES[verdict]
            button.setText(f"{word} {labels.number(preview.count(verdict))}")
            button.setToolTip(f"Tampilkan hanya: {word}")
            button.setVisible(bool(preview.count(verdict)))

    def _show_kind(self, verdict: Verdict) -> None:
        self._kind = verdict if self.count_buttons[verdict].isChecked() else None
        for other, button in self.count_buttons.items():
            button.setChecked(other is self._kind)
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self.preview.rows if self.preview else ()
        order = list(FATES)
        some = [row for row in rows if self._kind in (None, row.verdict)]
        self.rows_model.show(sorted(some, key=lambda row: order.index(row.verdict)))
        if self.ui.rows_table.selected() is None and some:
            self.ui.rows_table.selectRow(0)
        self._show_answers(self.ui.rows_table.selected())

    def _show_answers(self, row: PreviewRow | None) -> None:
        """Show why a line needs an answer, and the answers there are."""
        ui = self.ui
        ui.answer_frame.setVisible(row is not None)
        if row is None or self.preview is None:
            return
        chosen = self._selected()
        why = report.reasons(row)
        ui.reason_label.setText(" ".join(why) or f"{FATES[row.verdict][0]}: {row.name}")
        choices.fill(ui.candidate_box, map(_named, row.candidates))
        one_line = len(chosen) == 1 and bool(row.candidates)
        for widget in (ui.candidate_label, ui.candidate_box, ui.same_button):
            widget.setVisible(one_line)
        asked = (
            row.verdict in (Verdict.QUESTION, Verdict.LEFT_OUT)
            or row.number in self.choices.answers
        )
        code = row.questions[0].code if row.questions else ""
        doubted = "&Tambahkan tanpa NIP" if code in NIP_DOUBTS else "&Ambil baris ini"
        ui.take_button.setText(TAKES.get(code, doubted))
        ui.take_button.setVisible(asked and code not in ("unit_missing", "newer_known"))
        ui.skip_button.setVisible(row.verdict in (Verdict.QUESTION, *READY))
        self._offer_all(self.preview)

    def _offer_all(self, preview: Preview) -> None:
        waiting = {row.number for row in preview.rows if row.verdict is Verdict.QUESTION}
        offered = len(waiting & set(preview.proposals))
        damaged = len(self._damaged())
        self.ui.accept_button.setText(f"&Terima semua usulan ({offered})")
        self.ui.accept_button.setVisible(offered > 0)
        self.ui.without_button.setText(f"Ambil semua tanpa &NIP ({damaged})")
        self.ui.without_button.setVisible(damaged > 0)

    def _selected(self) -> list[PreviewRow]:
        rows: list[PreviewRow] = self.ui.rows_table.selected_rows()
        return rows

    def _damaged(self) -> list[PreviewRow]:
        rows = self.preview.rows if self.preview else ()
        return [
            row
            for row in rows
            if row.verdict is Verdict.QUESTION and {one.code for one in row.questions} <= NIP_DOUBTS
        ]

    def _same(self) -> None:
        key = choices.value(self.ui.candidate_box)
        self.answer({row.number: Answer(Take.SAME_AS, key) for row in self._selected()})

    def _answer_selected(self, take: Take) -> None:
        self.answer({row.number: Answer(take) for row in self._selected()})

    def _accept_proposals(self) -> None:
        if self.preview:
            self.answer(self.preview.proposals)

    def _take_without_nip(self) -> None:
        self.answer({row.number: Answer(Take.AS_IT_IS) for row in self._damaged()})

    def _show_level(self, row: TitleRow | None) -> None:
        if row is not None:
            choices.select(self.ui.level_box, row.level)

    def _set_level(self, _: object = None) -> None:
        level = choices.value(self.ui.level_box)
        rows: list[TitleRow] = self.ui.titles_table.selected_rows()
        levels = {title_key(row.title): level for row in rows}
        self.choices = replace(self.choices, levels={**self.choices.levels, **levels})
        self._refresh()

    # storing

    def _apply(self) -> None:
        if self.upload is None or self.preview is None or not self.ui.apply_button.isEnabled():
            return
        self.setEnabled(False)
        task = partial(
            staff_import.apply,
            reading=self.upload.reading,
            choices=self.choices,
            name=self.upload.name,
            content=self.upload.content,
            seen=self.preview.digest,
        )
        self.context.jobs.run(
            self,
            task,
            self._applied,
            refused=self._refused,
            failed=partial(self.setEnabled, True),
            label=f"Mengimpor {self.upload.name}",
        )

    def _applied(self, done: Imported) -> None:
        self.setEnabled(True)
        owner = self.parentWidget() or self
        jobs = self.context.jobs
        undone = partial(toast.say, owner, "Impor diurungkan")
        task = partial(staff_import.undo, file_id=done.id)
        undo = partial(jobs.run, owner, task, lambda _: undone(), label="Mengurungkan impor")
        toast.say(owner, report.done(done), undo)
        self.applied.emit(done)
        self.accept()

    def _refused(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        errors.show(self, refusal)
        self._refresh()


def _named(one: Candidate) -> tuple[str, int]:
    place = f", {one.unit}" if one.unit else ""
    return f"{one.name} ({one.nip or 'tanpa NIP'}{place})", one.employee_id


def _read(progress: Progress, path: Path) -> Upload:  # noqa: ARG001 - one file is one step
    """Read a file, and keep its bytes as the evidence of what was taken from it."""
    reading = readers.read(path)
    return Upload(path.name, path.read_bytes(), reading)
