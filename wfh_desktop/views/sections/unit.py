"""The tree of units, and the kop surat of the unit that is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from wfh_desktop.domain.errors import Conflict, Invalid, Refusal
from wfh_desktop.domain.merging import Difference, Standing
from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.unit_section import Ui_UnitSection
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import office, units
from wfh_desktop.services.office import LetterheadDraft, LetterheadRow
from wfh_desktop.services.units import UnitDetails
from wfh_desktop.views import errors, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.conflict import Cells, ask_about
from wfh_desktop.views.dialogs.unit import ReorganiseDialog, UnitDialog, UnitEndDialog
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.sections.section import Section
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets import toast, typed
from wfh_desktop.views.widgets.fields import show_problems
from wfh_desktop.views.widgets.letterhead_preview import Kop

PICTURES = "Gambar (*.png *.jpg *.jpeg)"
LINES = ("government", "office", "unit", "address", "place", "number_template")


@dataclass(frozen=True)
class Look:
    """What the section shows: the tree of the month, and the kop of the unit."""

    tree: list[UnitDetails]
    kop: LetterheadRow


class UnitSection(Section):
    """Units at the left, the kop of the chosen unit at the right with a preview."""

    key = "letterhead"
    title = "Unit dan kop surat"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.look: Look | None = None
        self.ui = Ui_UnitSection()
        self.ui.setupUi(self)
        self.dress()
        self.model = TableModel[UnitDetails](COLUMNS, self)
        self.ui.units_table.attach(self.model, "units")
        ui = self.ui
        self.edits = {name: getattr(ui, f"{name}_edit") for name in LINES}
        for edit in self.edits.values():
            edit.textChanged.connect(self._preview)
        ui.units_table.selected_changed.connect(self._permit)
        ui.units_table.opened.connect(self._correct)
        ui.add_button.clicked.connect(self._add)
        ui.correct_button.clicked.connect(self._correct)
        ui.reorganise_button.clicked.connect(self._reorganise)
        ui.end_button.clicked.connect(self._end)
        ui.logo_button.clicked.connect(self._choose_logo)
        ui.no_logo_button.clicked.connect(partial(self._set_logo, None))
        ui.save_button.clicked.connect(self._save)

    @override
    def reload(self) -> None:
        scope = self.context.scope
        self.load(partial(_fetch, unit_id=scope.unit_id, period=scope.period), self._show)

    def _show(self, look: Look) -> None:
        self.look = look
        self.model.show(look.tree)
        if self.ui.units_table.selected() is None:
            self.ui.units_table.select_key(self.context.scope.unit_id)
        self._show_kop(look.kop)
        self._permit()

    def _show_kop(self, kop: LetterheadRow) -> None:
        for name, edit in self.edits.items():
            edit.setText(getattr(kop, name))
        own = kop.unit_id == self.context.scope.unit_id
        name = (
            next((row.name for row in self.look.tree if row.id == kop.unit_id), "")
            if self.look
            else ""
        )
        if kop.id == 0:
            said = (
                "Belum ada kop. Yang terlihat disusun dari nama unit; simpan untuk menetapkannya."
            )
        elif own:
            said = f"Kop {name}, dipakai juga oleh unit di bawahnya."
        else:
            said = f"Memakai kop {name}. Simpan untuk membuat kop sendiri."
        self.ui.inherited_label.setText(said)
        show_problems(self, ())
        self._preview()

    def _preview(self) -> None:
        texts = {
            name: self.edits[name].text() for name in ("government", "office", "unit", "address")
        }
        logo = self.look.kop.logo if self.look else None
        self.ui.preview.show_kop(Kop(**texts, logo=logo))

    def _permit(self, _: object = None) -> None:
        ui = self.ui
        nothing = "" if ui.units_table.selected() else "Pilih sebuah unit"
        self.allow(ui.add_button)
        for button in (ui.correct_button, ui.reorganise_button, ui.end_button):
            self.allow(button, nothing)
        self.allow(ui.save_button)
        self.allow(ui.logo_button, "" if self._version() else "Simpan kop unit ini dahulu")
        has_logo = self._version() and self.look and self.look.kop.logo
        self.allow(ui.no_logo_button, "" if has_logo else "Kop ini tanpa logo")

    def _add(self) -> None:
        if self.look:
            below = self.ui.units_table.selected()
            self.open(UnitDialog(self.context, self.look.tree, None, below, self))

    def _correct(self, _: object = None) -> None:
        row = self.ui.units_table.selected()
        if self.look and row and not self.forbidden():
            self.open(UnitDialog(self.context, self.look.tree, row, None, self))

    def _reorganise(self) -> None:
        row = self.ui.units_table.selected()
        if self.look and row:
            self.open(ReorganiseDialog(self.context, self.look.tree, row, self))

    def _end(self) -> None:
        if row := self.ui.units_table.selected():
            self.open(UnitEndDialog(self.context, row, self), "Unit diakhiri")

    def _version(self) -> int:
        """Return the version of the unit's own kop; 0 while it has none."""
        kop = self.look.kop if self.look else None
        return kop.version if kop and kop.unit_id == self.context.scope.unit_id else 0

    def _save(self) -> None:
        draft = LetterheadDraft(**{name: edit.text() for name, edit in self.edits.items()})
        task = partial(
            office.set_letterhead,
            unit_id=self.context.scope.unit_id,
            version=self._version(),
            draft=draft,
        )
        self.context.jobs.run(
            self, task, lambda _: toast.say(self, "Kop surat tersimpan"), refused=self._refused
        )

    def _refused(self, refusal: Refusal) -> None:
        if isinstance(refusal, Invalid):
            show_problems(self, refusal.problems)
        elif isinstance(refusal, Conflict):
            scope = self.context.scope
            task = partial(_fetch, unit_id=scope.unit_id, period=scope.period)
            self.load(task, partial(self._compare, refusal))
        else:
            errors.show(self, refusal)

    def _compare(self, refusal: Conflict, look: Look) -> None:
        """Keep what was typed; ask about the lines that somebody else changed meanwhile."""
        before, mine = self.look.kop if self.look else look.kop, self._typed()
        found = [
            Difference(name, getattr(before, name), text, getattr(look.kop, name))
            for name, text in mine.items()
        ]
        clashes = [one for one in found if one.standing is Standing.BOTH]
        captions = {field.name: field.caption for field in typed.fields(self)}
        cells = Cells(clashes, captions.__getitem__, str)
        ask_about(self, refusal, cells, partial(self._renew, look, mine))

    def _renew(self, look: Look, mine: Mapping[str, str], given_up: frozenset[str]) -> None:
        self.look = look
        self._show_kop(look.kop)
        for name in mine.keys() - given_up:
            self.edits[name].setText(mine[name])
            self.edits[name].setModified(True)

    def _typed(self) -> dict[str, str]:
        """Return the lines of the kop that say something else than what is stored."""
        kop = self.look.kop if self.look else None
        texts = {name: edit.text() for name, edit in self.edits.items()}
        return {name: text for name, text in texts.items() if text != getattr(kop, name, "")}

    def _choose_logo(self) -> None:
        dialog = QFileDialog(self, "Logo untuk kop surat", "", PICTURES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.take_logo(Path(path)))
        dialog.open()

    def take_logo(self, path: Path) -> None:
        """Read a picture and put it into the kop."""
        self.context.jobs.compute(self, partial(_read, path=path), self._set_logo)

    def _set_logo(self, content: bytes | None) -> None:
        task = partial(
            office.set_logo,
            unit_id=self.context.scope.unit_id,
            version=self._version(),
            content=content,
        )
        self.do(task, "Logo tersimpan" if content else "Logo dihapus")


def _fetch(work: Work, unit_id: int, period: Period) -> Look:
    return Look(units.listing(work, period.last), office.letterhead(work, unit_id, period))


def _read(progress: Progress, path: Path) -> bytes:  # noqa: ARG001 - one file is one step
    return path.read_bytes()


def _times(row: UnitDetails) -> str:
    last = f" sampai {labels.short_day(row.valid_to)}" if row.valid_to else ""
    return f"{labels.short_day(row.valid_from)}{last}"


COLUMNS: list[Column[UnitDetails]] = [
    Column(
        "Unit",
        lambda row: f"{'      ' * row.depth}{row.name}",
        lambda _: 0,
        tip=lambda row: f"Dahulu {', '.join(row.formerly)}" if row.formerly else row.name,
        width=292,
        firm=True,
    ),
    Column("Kode", lambda row: row.code or labels.NONE, width=70),
    Column("Zona", lambda row: row.zone.value, width=60),
    Column("Sejak", _times, lambda row: row.valid_from, width=110),
]
