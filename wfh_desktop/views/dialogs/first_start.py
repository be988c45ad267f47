"""The first start: five steps, each of them tried, and everything stored at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from wfh_desktop import readers, rulebook, words
from wfh_desktop.domain import numbers
from wfh_desktop.domain.calendar import PRESETS, Zone
from wfh_desktop.domain.careers import PPPK, Identity, read_nip
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.domain.people import Capacity, EmploymentStatus, Level
from wfh_desktop.forms.first_start_dialog import Ui_FirstStartDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import first_start
from wfh_desktop.services.first_start import Done, Setup, StaffFile, Step
from wfh_desktop.services.staff_import import READY, Preview, PreviewRow, Verdict
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.person import explain_nip
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.dialogs.staff_import_columns import ROWS
from wfh_desktop.views.dialogs.unit import ZONES
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.page import permit
from wfh_desktop.views.tables import TableModel
from wfh_desktop.views.widgets import choices
from wfh_desktop.views.widgets.fields import show_problems

T = TypeVar("T")
TITLES = ("Pemerintah daerah", "Unit kerja", "Pimpinan", "Aturan TPP", "Pegawai")
FILES = "Daftar pegawai (*.xlsx *.xls *.csv *.txt *.html *.htm);;Semua berkas (*)"
LATER = "(pilih nanti)"
HEADS = (Capacity.DEFINITIVE, Capacity.PLT, Capacity.PLH)


class FirstStartDialog(Sheet):
    """Back and forth between five steps; nothing is stored before *Selesai*."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.file: StaffFile | None = None
        self.ui = Ui_FirstStartDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icons.dress(self)
        self.model = TableModel[PreviewRow](ROWS[:4], self)
        self.ui.staff_table.attach(self.model)
        self._prepare()
        self._connect()
        self._show_step(Step.REGION)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return Step(self.ui.stack.currentIndex())

    def setup(self) -> Setup:
        """Return what was typed so far; raise `Invalid` for what is no number."""
        ui = self.ui
        factor = ui.unit_factor_edit.text().strip()
        number = numbers.read(factor) if factor and ui.unit_factor_edit.isEnabled() else None
        if factor and number is None:
            raise Invalid([Problem("unit_factor", "not_a_number", (factor,))])
        return Setup(
            region=ui.region_edit.text(),
            zone=choices.value(ui.zone_box),
            since=ui.since_edit.day(),
            office=ui.office_name_edit.text(),
            place=ui.place_edit.text(),
            address=ui.address_edit.text(),
            preset=choices.value(ui.preset_box),
            head=self._head(),
            head_title=ui.head_title_edit.text(),
            head_capacity=choices.value(ui.head_capacity_box),
            head_level=choices.value(ui.head_level_box),
            head_status=self._head_status(),
            head_grade=choices.value(ui.head_grade_box) or "",
            head_class=choices.value(ui.head_class_box),
            rule_id=choices.value(ui.rule_id_box) or "",
            unit_factor=number,
            staff=self.file and replace(self.file, without_nip=ui.without_check.isChecked()),
        )

    @override
    def reject(self) -> None:
        if self.isEnabled():  # not while it is being stored
            super().reject()

    def take_file(self, path: Path) -> None:
        """Read a staff list, then show what it would bring."""
        self.ui.file_label.setText(f"Membaca {path.name}…")
        self.context.jobs.compute(
            self, partial(_read, path=path), self._take, refused=self._unreadable
        )

    def _prepare(self) -> None:
        ui = self.ui
        choices.fill(ui.zone_box, [(text, zone) for zone, text in ZONES.items()], Zone.WIB)
        ui.since_edit.set_day(self.context.scope.period.first.replace(month=1))
        choices.fill(ui.preset_box, [(one.name, one.key) for one in PRESETS], PRESETS[0].key)
        capacities = [(words.CAPACITIES[one].capitalize(), one) for one in HEADS]
        choices.fill(ui.head_capacity_box, capacities, Capacity.DEFINITIVE)
        choices.fill(ui.head_level_box, entry.levels(), Level.JPT_PRATAMA)
        choices.fill(ui.head_class_box, entry.classes())
        choices.fill(ui.head_grade_box, entry.grades(EmploymentStatus.PNS))
        sets = [(rules.name, rules.id) for rules in rulebook.all()]
        choices.fill(ui.rule_id_box, [(LATER, ""), *sets], "")
        ui.nip_note.hide()
        ui.without_check.hide()
        ui.staff_table.hide()
        self._explain_rules()

    def _connect(self) -> None:
        ui = self.ui
        ui.cancel_button.clicked.connect(self.reject)
        ui.back_button.clicked.connect(self._back)
        ui.next_button.clicked.connect(self._next)
        ui.demo_button.clicked.connect(self._demo)
        ui.head_nip_edit.textChanged.connect(self._read_nip)
        ui.rule_id_box.currentIndexChanged.connect(self._explain_rules)
        ui.file_button.clicked.connect(self._choose_file)
        ui.no_file_button.clicked.connect(self._drop_file)
        ui.without_check.toggled.connect(self._look)

    def _show_step(self, step: Step) -> None:
        ui = self.ui
        ui.stack.setCurrentIndex(step)
        lines = [_line(number, step) for number in Step]
        ui.steps_label.setText("".join(f"<p>{line}</p>" for line in lines))
        ui.steps_label.setAccessibleName(f"Langkah {step + 1} dari {len(TITLES)}: {TITLES[step]}")
        ui.back_button.setVisible(step is not Step.REGION)
        ui.next_button.setText("&Selesai" if step is Step.STAFF else "&Lanjut")
        if step is Step.RULES and not choices.value(ui.rule_id_box):
            self._suggest_rules()
        firsts = (
            ui.region_edit,
            ui.office_name_edit,
            ui.head_name_edit,
            ui.rule_id_box,
            ui.file_button,
        )
        firsts[step].setFocus()

    def _back(self) -> None:
        show_problems(self, ())
        self._show_step(Step(self.step - 1))

    def _next(self) -> None:
        """Try what was typed so far; go on, or store everything after the last step."""
        try:
            setup = self.setup()
        except Invalid as refusal:
            self._mark(refusal)
            return
        if self.step is Step.STAFF:
            self._run(partial(first_start.set_up, setup=setup), self._finish)
        else:
            task = partial(first_start.check, setup=setup, step=self.step)
            self._run(task, self._checked)

    def _run(self, task: Callable[[Work], T], then: Callable[[T], object]) -> None:
        self.setEnabled(False)
        enable = partial(self.setEnabled, True)
        label = "Menyiapkan unit" if self.step is Step.STAFF else ""
        self.context.jobs.run(self, task, then, refused=self._refused, failed=enable, label=label)

    def _checked(self, _: Preview | None) -> None:
        self.setEnabled(True)
        show_problems(self, ())
        self._show_step(Step(self.step + 1))

    def _finish(self, done: Done) -> None:
        self.setEnabled(True)
        self.context.scope.choose_unit(done.unit_id, self.ui.office_name_edit.text().strip())
        self.accept()

    def _refused(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        if isinstance(refusal, Invalid):
            self._mark(refusal)
        else:
            errors.show(self, refusal)

    def _mark(self, refusal: Invalid) -> None:
        rest = show_problems(self, refusal.problems)
        self.ui.other_problem.show_problem("\n".join(words.problem(one) for one in rest))

    # head

    def _head(self) -> Identity | None:
        ui = self.ui
        typed = (ui.head_name_edit, ui.head_nip_edit, ui.head_title_edit)
        if self.step < Step.HEAD or not any(field.text().strip() for field in typed):
            return None
        return Identity(
            name=ui.head_name_edit.text(),
            nip=ui.head_nip_edit.text(),
            front_title=ui.front_title_edit.text(),
            back_title=ui.back_title_edit.text(),
        )

    def _head_status(self) -> EmploymentStatus:
        number, _ = read_nip(self.ui.head_nip_edit.text())
        return EmploymentStatus.PPPK if number and number.is_pppk else EmploymentStatus.PNS

    def _read_nip(self) -> None:
        explain_nip(self.ui.head_nip_edit, self.ui.nip_note)
        status = self._head_status()
        offered = [
            self.ui.head_grade_box.itemText(number)
            for number in range(self.ui.head_grade_box.count())
        ]
        if (status in PPPK) == any(text.startswith("III/") for text in offered):
            choices.fill(self.ui.head_grade_box, entry.grades(status))

    # rules

    def _suggest_rules(self) -> None:
        """Offer the rule set of the region that was typed, if there is one."""
        region = self.ui.region_edit.text().casefold()
        for rules in rulebook.all():
            names = rules.region.casefold().replace("kota", "").replace("provinsi", "")
            if names.strip() and names.strip() in region:
                choices.select(self.ui.rule_id_box, rules.id)
                return

    def _explain_rules(self) -> None:
        ui = self.ui
        rule_id = choices.value(ui.rule_id_box)
        rules = rulebook.load(rule_id) if rule_id else None
        basis = "; ".join(one.number for one in rules.legal_basis) if rules else ""
        ui.rule_note.setText(f"{basis}. {len(rules.examples)} contoh hitung." if rules else "")
        has_factor = bool(rules) and any(one.code == "UNIT" for one in rules.multipliers)  # type: ignore[union-attr]
        ui.unit_factor_label.setVisible(has_factor)
        ui.unit_factor_edit.setVisible(has_factor)
        ui.unit_factor_edit.setEnabled(has_factor)

    # staff

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, "Daftar pegawai", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.take_file(Path(path)))
        dialog.open()

    def _take(self, file: StaffFile) -> None:
        self.file = file
        self.ui.file_label.setText(file.name)
        self._look()

    def _drop_file(self) -> None:
        self.file = None
        self.ui.file_label.clear()
        self.ui.preview_label.clear()
        self.ui.staff_table.hide()
        self.ui.without_check.hide()
        permit(self.ui.next_button)

    def _unreadable(self, refusal: Refusal) -> None:
        self._drop_file()
        self.ui.preview_label.setText(words.explain(refusal))

    def _look(self) -> None:
        """Try the whole setup with the staff list, and show what it would bring."""
        if self.file is None:
            return
        try:
            task = partial(first_start.check, setup=self.setup(), step=Step.STAFF)
        except Invalid as refusal:
            self._mark(refusal)
            return
        permit(self.ui.next_button, "Berkas sedang dibandingkan")
        self.context.jobs.run(self, task, self._show_preview, refused=self._not_previewed)

    def _show_preview(self, preview: Preview | None) -> None:
        ui = self.ui
        permit(ui.next_button)
        if preview is None:  # the file was left out meanwhile
            return
        self.model.show(preview.rows)
        ui.staff_table.show()
        ready, waiting = preview.count(*READY), preview.count(Verdict.QUESTION)
        said = f"{labels.number(ready)} pegawai siap disimpan."
        if waiting:
            said += f" {labels.number(waiting)} baris dilewati, karena perlu dijawab lebih dahulu."
        if preview.titles:
            said += f" Jenjang {len(preview.titles)} nama jabatan dianggap; periksa nanti."
        ui.preview_label.setText(said)
        ui.without_check.setVisible(bool(waiting) or ui.without_check.isChecked())

    def _not_previewed(self, refusal: Refusal) -> None:
        permit(self.ui.next_button)
        self._unreadable(refusal)

    def _demo(self) -> None:
        """Build the demo unit instead."""
        build = cast("Callable[[Work], object]", import_module("wfh_desktop.services.demo").build)
        self.setEnabled(False)
        enable = partial(self.setEnabled, True)
        self.context.jobs.run(
            self,
            build,
            self._built,
            refused=self._refused,
            failed=enable,
            label="Menyiapkan unit contoh",
        )

    def _built(self, _: object) -> None:
        self.setEnabled(True)
        self.accept()


def _line(number: Step, present: Step) -> str:
    mark = "✓ " if number < present else f"{number + 1}. "
    text = f"{mark}{TITLES[number]}"
    return f"<b>{text}</b>" if number is present else text


def _read(progress: Progress, path: Path) -> StaffFile:  # noqa: ARG001 - one file is one step
    reading = readers.read(path)
    return StaffFile(path.name, path.read_bytes(), reading)
