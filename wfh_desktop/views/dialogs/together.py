"""The dialog that gives many people the same, and shows of each what would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialogButtonBox, QPushButton, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Invalid, Refusal
from wfh_desktop.forms.together_dialog import Ui_TogetherDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import people
from wfh_desktop.services.people import ChangeRow, CommonDraft, Overview, PersonRow
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.page import permit
from wfh_desktop.views.tables import Column, TableModel
from wfh_desktop.views.widgets import choices
from wfh_desktop.views.widgets.fields import show_problems

UNCHANGED: tuple[str, object] = ("(tidak diubah)", None)
CAPTIONS = {
    "position_title": "Jabatan",
    "level": "Jenjang",
    "job_class": "Kelas",
    "unit_id": "Unit",
    "superior_id": "Atasan",
    "grade": "Gol.",
}
NOTHING_YET = "Isi sekurang-kurangnya satu yang berbeda dari yang tercatat"


class TogetherDialog(EntryDialog):
    """Tries what was typed after every entry; `stored` carries what was changed."""

    def __init__(
        self,
        context: Context,
        overview: Overview,
        persons: Sequence[PersonRow],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.keys = [person.id for person in persons]
        self._turn = 0
        self.ui = Ui_TogetherDialog()
        self.ui.setupUi(self)
        self.model = TableModel[ChangeRow](_columns(()), self)
        self.ui.preview_table.attach(self.model)
        self.setWindowTitle(f"Ubah untuk {len(persons)} orang")
        self._fill(overview, persons)
        self.begin(self.ui.button_box, f"Ubah {len(persons)} orang")
        self._connect()
        self._try()

    @override
    def task(self) -> Callable[[Work], Any]:
        return partial(people.change_together, keys=self.keys, draft=self._draft())

    def _fill(self, overview: Overview, persons: Sequence[PersonRow]) -> None:
        ui = self.ui
        choices.fill(ui.level_box, [UNCHANGED, *entry.levels()])
        choices.fill(ui.job_class_box, [UNCHANGED, *entry.classes()[1:]])
        choices.fill(ui.grade_box, [UNCHANGED, *_grades(persons)])
        choices.fill(ui.unit_id_box, [UNCHANGED, *entry.places(overview.units)])
        choices.fill(ui.superior_id_box, [UNCHANGED, *entry.superiors(overview.superiors)[1:]])
        ui.since_edit.set_day(entry.first_day(self.context))
        titles = sorted({row.person.title for row in overview.rows if row.person.title})
        completer = QCompleter(titles, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        ui.position_title_edit.setCompleter(completer)

    def _connect(self) -> None:
        ui = self.ui
        for box in (ui.level_box, ui.job_class_box, ui.grade_box):
            box.currentIndexChanged.connect(self._try)
        for box in (ui.unit_id_box, ui.superior_id_box):
            box.currentTextChanged.connect(self._try)
        ui.position_title_edit.textChanged.connect(self._try)
        ui.since_edit.dateChanged.connect(self._try)

    def _draft(self) -> CommonDraft:
        ui = self.ui
        return CommonDraft(
            since=ui.since_edit.day(),
            title=ui.position_title_edit.text().strip() or None,
            level=choices.value(ui.level_box),
            job_class=choices.value(ui.job_class_box),
            unit_id=choices.typed(ui.unit_id_box, "unit_id"),
            superior_id=choices.typed(ui.superior_id_box, "superior_id"),
            grade=choices.value(ui.grade_box),
        )

    def _try(self, *_: object) -> None:
        """Show what would change; of several calls only the last one's answer is shown."""
        self._turn += 1
        try:
            task = partial(people.preview_together, keys=self.keys, draft=self._draft())
        except Invalid as refusal:
            self._hesitate(self._turn, refusal)
            return
        turn = self._turn
        self.context.jobs.run(
            self, task, partial(self._show, turn), refused=partial(self._hesitate, turn)
        )

    def _show(self, turn: int, rows: list[ChangeRow]) -> None:
        if turn != self._turn:
            return
        show_problems(self, ())
        self.model.set_columns(_columns(rows))
        self.model.show(rows)
        self.ui.preview_table.resizeColumnsToContents()
        changing = sum(bool(row.changes) for row in rows)
        ok = self._ok()
        ok.setText(f"Ubah {changing or len(rows)} orang")
        permit(ok, "" if changing else NOTHING_YET)

    def _hesitate(self, turn: int, refusal: Refusal) -> None:
        """Mark what cannot be done as soon as it is typed, and leave the cursor where it is."""
        if turn != self._turn:
            return
        self.model.show(())
        why = words.explain(refusal)
        permit(self._ok(), why)
        problems = refusal.problems if isinstance(refusal, Invalid) else ()
        rest = show_problems(self, problems)
        lines = [words.problem(one) for one in rest] if problems else [why]
        self.ui.other_problem.show_problem("\n".join(lines))

    def _ok(self) -> QPushButton:
        return self.ui.button_box.button(QDialogButtonBox.StandardButton.Ok)


def _columns(rows: Sequence[ChangeRow]) -> list[Column[ChangeRow]]:
    """Return a column for each field that changes of somebody: its new value as the caption."""
    after = {change.field: change.after for row in rows for change in row.changes}
    fields = [
        Column(f"{CAPTIONS[field]}\n→ {text}", partial(_before, field), width=84)
        for field, text in after.items()
    ]
    return [
        Column("Pegawai", lambda row: row.name, width=180),
        *fields,
        Column("Caranya", _how, width=90),
    ]


def _before(field: str, row: ChangeRow) -> str:
    """Return what a field says now of a person of whom it changes."""
    found = (change.before or labels.NONE for change in row.changes if change.field == field)
    return next(found, "tetap")


def _how(row: ChangeRow) -> str:
    if not row.changes:
        return "tetap"
    return "baru" if row.dated else "dilengkapi"


def _grades(persons: Sequence[PersonRow]) -> Iterator[tuple[str, object]]:
    """Yield the golongan of every status among the people, each once."""
    seen = set()
    for status in dict.fromkeys(person.status for person in persons):
        for text, grade in entry.grades(status)[1:]:
            if grade not in seen:
                seen.add(grade)
                yield text, grade
