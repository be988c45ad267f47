"""The dialog that shows what an attendance file would change, and takes the answers it needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.forms.attendance_import_dialog import Ui_AttendanceImportDialog
from wfh_desktop.readers.records import Severity
from wfh_desktop.services import attendance_import, attendance_people, staff_import
from wfh_desktop.services.attendance_import import Answers, Imported, Preview, Upload
from wfh_desktop.services.attendance_matching import Found, Match, proposals
from wfh_desktop.services.attendance_people import addable
from wfh_desktop.services.attendance_plan import PlanRow, RowKind
from wfh_desktop.services.staff_import import Imported as StaffImported
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.page import permit
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.import_rows import FATES, ROW_COLUMNS
from wfh_desktop.views.widgets.person_combo import PersonCombo

SIZE = (1040, 640)
ANSWERED = (Match.ASK, Match.UNKNOWN, Match.FOREIGN)
CHOSEN_COLUMN = 4


class PeopleModel(TableModel[Found]):
    """People of the file; answering one keeps the lists beside the others open."""

    def replace(self, rows: Sequence[Found]) -> None:
        """Show the same people with other answers."""
        self.rows = rows
        if rows:
            last = self.index(len(rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class AttendanceImportDialog(Sheet):
    """Preview and questions; `applied` carries what was stored. Nothing changes before that."""

    applied = Signal(object)

    def __init__(self, context: Context, upload: Upload, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.upload = upload
        self.unit_id, self.period = context.scope.unit_id, context.scope.period
        self.preview: Preview | None = None
        self.chosen: dict[str, int | None] = {}
        self.looked_at: set[str] = set()
        self._shown: RowKind | None = None
        self.ui = Ui_AttendanceImportDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        icons.dress(self)

        self.people_model = PeopleModel(self._people_columns(), self)
        self.ui.people_table.attach(self.people_model)
        self.rows_model = TableModel[PlanRow](ROW_COLUMNS, self)
        self.ui.rows_table.attach(self.rows_model)
        self.ui.splitter.setStretchFactor(1, 1)
        self.count_buttons = {kind: self._count_button(kind) for kind in FATES}
        self.doubt_boxes: dict[str, QCheckBox] = {}
        self.combos: dict[str, PersonCombo] = {}
        self.ui.questions_room.hide()

        self.ui.people_table.opened.connect(self._accept_one)
        self.ui.accept_button.clicked.connect(self._accept_proposals)
        self.ui.skip_button.clicked.connect(self._skip_rest)
        self.ui.add_people_button.clicked.connect(self._add_people)
        self.ui.search_edit.textChanged.connect(self.ui.rows_table.set_filter)
        self.ui.apply_button.clicked.connect(self._apply)
        self.ui.cancel_button.clicked.connect(self.reject)
        self._describe()
        self._refresh()

    def choose(self, key: str, employee_id: int | None) -> None:
        """Answer whom a person of the file means; None leaves the person out."""
        self.chosen[key] = employee_id
        self._refresh()

    @override
    def reject(self) -> None:
        if self.isEnabled():  # not while the file is being taken over
            super().reject()

    def _describe(self) -> None:
        reading = self.upload.reading
        parts = [reading.format[:1].upper() + reading.format[1:]]
        if reading.first and reading.last:
            parts.append(labels.span(reading.first, reading.last))
        if reading.unit:
            parts.append(reading.unit)
        self.ui.file_label.setText(self.upload.name)
        self.ui.about_label.setText("  ·  ".join(parts))

    def _refresh(self) -> None:
        """Compare again, with the answers given so far."""
        permit(self.ui.apply_button, "Berkas sedang dibandingkan")
        self.context.jobs.run(
            self,
            partial(
                attendance_import.preview,
                unit_id=self.unit_id,
                period=self.period,
                upload=self.upload,
                answers=self._answers(),
            ),
            self._show,
        )

    def _answers(self) -> Answers:
        return Answers(dict(self.chosen), frozenset(self.looked_at))

    def _show(self, preview: Preview) -> None:
        first, self.preview = self.preview is None, preview
        self._show_people(preview)
        self._show_doubts(preview)
        self._show_counts(preview)
        self._show_rows()
        self._tell(preview)
        notes = [one for one in preview.remarks if one.severity is not Severity.QUESTION]
        self.ui.remarks_label.setText(f"{len(notes)} catatan pembacaan" if notes else "")
        self.ui.remarks_label.setToolTip(_remarks(preview, 25))
        permit(self.ui.apply_button, self._why_not(preview))
        if first:
            (self.ui.people_table if self.combos else self.ui.apply_button).setFocus()

    def _why_not(self, preview: Preview) -> str:
        if preview.closed:
            return f"{labels.month(preview.period)} sudah dikunci"
        if preview.open_questions:
            return f"Masih ada {preview.open_questions} pertanyaan yang belum dijawab"
        return "" if preview.ready else "Tidak ada yang baru di berkas ini"

    def _tell(self, preview: Preview) -> None:
        bar, counts = self.ui.message_bar, preview.counts
        about = preview.upload.reading.period
        if preview.closed:
            bar.say(f"{self._why_not(preview)}; tidak ada yang dapat disimpan.", "bad")
        elif about and about != preview.period:
            bar.say(
                f"Berkas ini tentang {labels.month(about)}, yang dipilih "
                f"{labels.month(preview.period)}.",
                "attention",
            )
        elif preview.earlier:
            last = preview.earlier[-1]
            when = f"{labels.day(last.at.date())} pukul {labels.clock(last.at.time())}"
            bar.say(f"Berkas yang sama sudah diimpor {when} oleh {last.actor}.", "neutral")
        elif counts[RowKind.NEW] or counts[RowKind.CHANGED]:
            bar.clear()
        elif counts[RowKind.DOUBTFUL] or counts[RowKind.UNMATCHED]:
            bar.say(
                "Pilih pegawai yang dimaksud; pilihan diingat untuk impor berikutnya.", "neutral"
            )
        else:
            bar.say("Tidak ada yang baru di berkas ini untuk bulan yang dipilih.", "neutral")

    # people

    def _show_people(self, preview: Preview) -> None:
        asked = [one for one in preview.people if one.match in ANSWERED or one.key in self.chosen]
        if [one.key for one in asked] == list(self.combos):
            self.people_model.replace(asked)
        else:
            self.people_model.show(asked)
            self.combos = dict(map(self._combo, range(len(asked)), asked))
        for key, combo in self.combos.items():
            combo.show_choice(self.chosen.get(key, PersonCombo.OPEN))
        table = self.ui.people_table
        waiting = preview.open_questions
        unknown = sum(one.match is Match.UNKNOWN for one in asked)
        text = f"{unknown} orang tidak dikenal" if unknown else "Semua pertanyaan sudah dijawab"
        self.ui.questions_label.setText(f"{waiting} pertanyaan" if waiting else text)
        self.ui.questions_room.setVisible(bool(asked or self.doubt_boxes or preview.doubts))
        table.setVisible(bool(asked))
        offered = proposals(preview.asked)
        permit(self.ui.accept_button, "" if offered else "Tidak ada usulan yang menunggu")
        permit(self.ui.skip_button, "" if preview.asked else "Tidak ada yang menunggu")
        new = len(addable(preview.people))
        self.ui.add_people_button.setVisible(bool(new))
        self.ui.add_people_button.setText(f"Tam&bahkan {new} pegawai dari berkas ini")

    def _combo(self, number: int, one: Found) -> tuple[str, PersonCombo]:
        table = self.ui.people_table
        combo = PersonCombo(self.preview.roster if self.preview else (), table)
        combo.setAccessibleName(f"Pegawai untuk {one.shown}")
        combo.chosen.connect(partial(self.choose, one.key))
        index = self.people_model.index(number, CHOSEN_COLUMN)
        table.setIndexWidget(table.sorter.mapFromSource(index), combo)
        return one.key, combo

    def _people_columns(self) -> list[Column[Found]]:
        return [
            Column("Di berkas", lambda one: one.shown, width=230),
            Column("Baris", lambda one: str(one.lines), lambda one: one.lines, "right", width=56),
            Column(
                "Mengapa ditanyakan",
                lambda one: words.DOUBTS.get(one.doubt, "") + (f" {one.unit}" if one.unit else ""),
                width=290,
            ),
            Column("Usulan", self._proposal, tip=self._proposal_tip, width=180),
            Column("Pegawai", lambda _: ""),
        ]

    def _proposal(self, one: Found) -> str:
        names = [self._name(key) for key in one.candidates] if one.match is Match.ASK else []
        more = f" (+{len(names) - 1})" if len(names) > 1 else ""
        return f"{names[0]}{more}" if names else ""

    def _proposal_tip(self, one: Found) -> str:
        return "\n".join(self._name(key) for key in one.candidates)

    def _name(self, employee_id: int) -> str:
        roster = self.preview.roster if self.preview else ()
        return next((row.name for row in roster if row.id == employee_id), "")

    def _accept_one(self, one: Found) -> None:
        """Take the proposal of a row, or open its list of people."""
        if one.match is Match.ASK and one.candidates:
            self.choose(one.key, one.candidates[0])
        else:
            self.combos[one.key].setFocus()

    def _accept_proposals(self) -> None:
        if self.preview:
            self.chosen |= proposals(self.preview.asked)
            self._refresh()

    def _add_people(self) -> None:
        """Put everybody with an unknown, sound NIP on the staff list."""
        self.setEnabled(False)
        self.context.jobs.run(
            self,
            partial(
                attendance_people.add,
                unit_id=self.unit_id,
                period=self.period,
                upload=self.upload,
                answers=self._answers(),
            ),
            self._added,
            refused=self._refused,
            failed=self._enable,
            label="Menambahkan pegawai",
        )

    def _added(self, done: StaffImported) -> None:
        self._enable()
        left = f", {done.left_out} perlu diisi sendiri" if done.left_out else ""
        text = f"{done.added} pegawai ditambahkan{left}; lengkapi golongan dan jabatannya"
        toast.say(self, text, partial(self._remove_people, done.id))
        self._refresh()

    def _remove_people(self, key: int) -> None:
        self.context.jobs.run(self, partial(staff_import.undo, file_id=key), self._refresh_after)

    def _refresh_after(self, _: object) -> None:
        self._refresh()

    def _skip_rest(self) -> None:
        if self.preview:
            self.chosen |= dict.fromkeys(one.key for one in self.preview.asked)
            self._refresh()

    # doubts of the reader

    def _show_doubts(self, preview: Preview) -> None:
        for code in preview.doubts:
            if code not in self.doubt_boxes:
                found = [one for one in preview.remarks if one.code == code]
                first = words.remark(code, found[0].limits)
                box = QCheckBox(f"Sudah saya periksa ({len(found)}): {first}")
                places = [f"{one.place}: {words.remark(code, one.limits)}" for one in found[:25]]
                box.setToolTip("\n".join(places))
                box.toggled.connect(partial(self._accept_doubt, code))
                self.doubt_boxes[code] = box
                self.ui.doubts_layout.addWidget(box)

    def _accept_doubt(self, code: str, accepted: bool) -> None:
        (self.looked_at.add if accepted else self.looked_at.discard)(code)
        self._refresh()

    # lines

    def _count_button(self, kind: RowKind) -> QPushButton:
        _, icon, tone = FATES[kind]
        button = QPushButton(icons.icon(icon, tone), "")
        button.setCheckable(True)
        button.clicked.connect(partial(self._show_kind, kind))
        button.hide()
        self.ui.counts_layout.addWidget(button)
        return button

    def _show_counts(self, preview: Preview) -> None:
        counts = preview.counts
        for kind, button in self.count_buttons.items():
            word, _, _ = FATES[kind]
            button.setText(f"{word} {labels.number(counts[kind])}")
            button.setToolTip(f"Tampilkan hanya: {word}")
            button.setVisible(bool(counts[kind]))

    def _show_kind(self, kind: RowKind, checked: bool) -> None:
        self._shown = kind if checked else None
        for other, button in self.count_buttons.items():
            button.setChecked(other is self._shown)
        self._show_rows()

    def _show_rows(self) -> None:
        rows = self.preview.rows if self.preview else ()
        order = list(FATES)
        some = [row for row in rows if self._shown in {None, row.kind}]
        self.rows_model.show(sorted(some, key=lambda row: order.index(row.kind)))

    # taking over

    def _apply(self) -> None:
        if not self.ui.apply_button.isEnabled():
            return
        self.setEnabled(False)
        self.context.jobs.run(
            self,
            partial(
                attendance_import.apply,
                unit_id=self.unit_id,
                period=self.period,
                upload=self.upload,
                answers=self._answers(),
            ),
            self._applied,
            refused=self._refused,
            failed=self._enable,
            label=f"Mengimpor {self.upload.name}",
        )

    def _applied(self, done: Imported) -> None:
        self.setEnabled(True)
        self.applied.emit(done)
        self.accept()

    def _refused(self, refusal: Refusal) -> None:
        self._enable()
        errors.show(self, refusal)
        self._refresh()

    def _enable(self) -> None:
        self.setEnabled(True)


def _remarks(preview: Preview, most: int) -> str:
    said = [(one.place, words.remark(one.code, one.limits)) for one in preview.remarks]
    lines = [": ".join(filter(None, parts)) for parts in said]
    return "\n".join([*lines[:most], *[f"… dan {len(lines) - most} lagi"] * (len(lines) > most)])
