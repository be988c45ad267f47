"""Dialogs in which a person is added, or their identity corrected."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain import careers, nip
from wfh_desktop.domain.careers import PNS, PPPK, Identity, PositionDraft, RankDraft
from wfh_desktop.domain.nip import Nip
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.identity_dialog import Ui_IdentityDialog
from wfh_desktop.forms.person_dialog import Ui_PersonDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import people
from wfh_desktop.services.people import Overview, PersonDetails
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices


class IdentityDialog(EntryDialog):
    """Corrects name, degrees, NIP and telephone."""

    def __init__(
        self, context: Context, person: PersonDetails, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.person = person
        self.ui = Ui_IdentityDialog()
        self.ui.setupUi(self)
        self.row = person
        self.fill(person)
        self.ui.nip_edit.textChanged.connect(self._read_nip)
        self.begin(self.ui.button_box)
        self._read_nip()

    @override
    def task(self) -> Callable[[Work], Any]:
        identity = Identity(
            name=self.ui.name_edit.text(),
            nip=self.ui.nip_edit.text(),
            front_title=self.ui.front_title_edit.text(),
            back_title=self.ui.back_title_edit.text(),
            phone=self.ui.phone_edit.text(),
        )
        return partial(people.edit, key=self.row.id, version=self.row.version, identity=identity)

    @override
    def again(self) -> Callable[[Work], PersonDetails]:
        return partial(people.details, key=self.row.id)

    @override
    def fill(self, row: PersonDetails) -> None:
        self.ui.name_edit.setText(row.name)
        self.ui.front_title_edit.setText(row.front_title)
        self.ui.back_title_edit.setText(row.back_title)
        self.ui.nip_edit.setText(nip.printed(row.nip))
        self.ui.phone_edit.setText(row.phone)

    def _read_nip(self) -> None:
        explain_nip(self.ui.nip_edit, self.ui.nip_note)


class PersonDialog(EntryDialog):
    """Adds a person with status, golongan and first position; `stored` carries their number."""

    def __init__(self, context: Context, overview: Overview, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PersonDialog()
        self.ui.setupUi(self)
        ui = self.ui
        choices.fill(ui.status_box, entry.statuses(), EmploymentStatus.PNS)
        choices.fill(ui.level_box, entry.levels(), Level.PELAKSANA)
        choices.fill(ui.job_class_box, entry.classes())
        choices.fill(ui.unit_id_box, entry.places(overview.units), context.scope.unit_id)
        choices.fill(ui.superior_id_box, entry.superiors(overview.superiors))
        ui.valid_from_edit.set_day(entry.first_day(context))
        self._offer_grades()
        ui.status_box.currentIndexChanged.connect(self._offer_grades)
        ui.nip_edit.textChanged.connect(self._read_nip)
        self.begin(ui.button_box, "Tambah")
        ui.nip_note.hide()

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        since = ui.valid_from_edit.day()
        return partial(
            people.add,
            identity=Identity(
                name=ui.name_edit.text(),
                nip=ui.nip_edit.text(),
                front_title=ui.front_title_edit.text(),
                back_title=ui.back_title_edit.text(),
            ),
            rank=RankDraft(choices.value(ui.status_box), since, choices.value(ui.grade_box)),
            position=PositionDraft(
                unit_id=choices.typed(ui.unit_id_box, "unit_id"),
                title=ui.position_title_edit.text(),
                level=choices.value(ui.level_box),
                job_class=choices.value(ui.job_class_box),
                superior_id=choices.typed(ui.superior_id_box, "superior_id"),
                valid_from=since,
            ),
        )

    def _read_nip(self) -> None:
        """Say what the number says, and let it choose between PNS and PPPK."""
        number = explain_nip(self.ui.nip_edit, self.ui.nip_note)
        if number is None:
            return
        fitting = PPPK if number.is_pppk else PNS
        if choices.value(self.ui.status_box) not in fitting:
            status = EmploymentStatus.PPPK if number.is_pppk else EmploymentStatus.PNS
            choices.select(self.ui.status_box, status)

    def _offer_grades(self) -> None:
        choices.fill(self.ui.grade_box, entry.grades(choices.value(self.ui.status_box)))


def explain_nip(field: QLineEdit, note: QLabel) -> Nip | None:
    """Show below *field* whose number it is, once it is one; return it."""
    number, _ = careers.read_nip(field.text())
    note.setVisible(number is not None)
    if number is None:
        return None
    year, month = number.start
    start = f"kontrak ke-{month} tahun {year}" if number.is_pppk else f"TMT {_month(year, month)}"
    doubts = " ".join(words.problem(one) for one in nip.warnings(number))
    note.setText(f"Lahir {words.day(number.born)}, {number.sex.value}, {start}. {doubts}".strip())
    return number


def _month(year: int, month: int) -> str:
    return words.month(Period(year, month))
