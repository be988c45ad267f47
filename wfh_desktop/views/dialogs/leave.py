"""The dialog in which a leave is recorded, with its length by the unit's calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.forms.leave_dialog import Ui_LeaveDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import leave, people
from wfh_desktop.services.leave import LeaveDraft, Look
from wfh_desktop.services.people import LeaveRow, PersonDetails
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices


class LeaveDialog(EntryDialog):
    """Grants a leave, or corrects *row*."""

    def __init__(
        self,
        context: Context,
        person: PersonDetails,
        row: LeaveRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.person = person
        self.row = row
        self.ui = Ui_LeaveDialog()
        self.ui.setupUi(self)
        ui = self.ui
        kinds = [(f"{words.LEAVES[kind].capitalize()} ({kind})", kind) for kind in LeaveKind]
        choices.fill(ui.kind_box, kinds, LeaveKind.ANNUAL)
        ui.starts_edit.set_day(entry.first_day(context))
        ui.ends_edit.set_day(entry.first_day(context))
        if row:
            self.fill(row)
        self.setWindowTitle("Koreksi cuti" if row else "Catat cuti")
        ui.starts_edit.dateChanged.connect(self._follow)
        for changed in (ui.ends_edit.dateChanged, ui.kind_box.currentIndexChanged):
            changed.connect(self._look)
        self.begin(ui.button_box)
        self._look()

    @override
    def task(self) -> Callable[[Work], Any]:
        if self.row is None:
            return partial(leave.grant, employee_id=self.person.id, draft=self.draft())
        return partial(leave.correct, key=self.row.id, version=self.row.version, draft=self.draft())

    @override
    def again(self) -> Callable[[Work], LeaveRow] | None:
        return self.row and partial(_fetch, person_id=self.person.id, key=self.row.id)

    @override
    def fill(self, row: LeaveRow) -> None:
        ui = self.ui
        choices.select(ui.kind_box, row.kind)
        ui.starts_edit.set_day(row.starts)
        ui.ends_edit.set_day(row.ends)
        ui.document_edit.setText(row.document)
        ui.remark_edit.setText(row.note)

    def draft(self) -> LeaveDraft:
        """Return what was typed so far."""
        return LeaveDraft(
            kind=choices.value(self.ui.kind_box),
            starts=self.ui.starts_edit.day(),
            ends=self.ui.ends_edit.day(),
            document=self.ui.document_edit.text(),
            note=self.ui.remark_edit.text(),
        )

    def _follow(self) -> None:
        """Let the last day not lie before the first one."""
        if self.ui.ends_edit.day() < self.ui.starts_edit.day():
            self.ui.ends_edit.set_day(self.ui.starts_edit.day())
        self._look()

    def _look(self) -> None:
        draft = self.draft()
        task = partial(leave.look, unit_id=self.person.unit_id, draft=draft)
        self.context.jobs.run(self, task, partial(self._say, draft))

    def _say(self, draft: LeaveDraft, look: Look) -> None:
        if draft != self.draft():
            return
        doubts = " ".join(words.problem(one) for one in look.doubts)
        self.ui.span_note.setText(
            f"{look.days} hari, di antaranya {look.working_days} hari kerja. {doubts}".strip()
        )


def _fetch(work: Work, person_id: int, key: int) -> LeaveRow:
    return entry.one_of(people.details(work, person_id).leaves, key)
