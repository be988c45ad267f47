"""Who signs the papers of the unit, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain import nip
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.signatories_section import Ui_SignatoriesSection
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import office, people
from wfh_desktop.services.office import ROLES, SignatoryRow
from wfh_desktop.services.people import Overview
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import confirm
from wfh_desktop.views.dialogs.signatory import SignatoryDialog
from wfh_desktop.views.sections.section import Section
from wfh_desktop.views.tables import Column, TableModel


@dataclass(frozen=True)
class Look:
    """Who was ever appointed for the unit, who signs at the end of the month, whom to choose."""

    appointed: list[SignatoryRow]
    signing: dict[str, SignatoryRow]
    overview: Overview


class SignatoriesSection(Section):
    """A table of appointments, with a sentence on who signs this month."""

    key = "signatories"
    title = "Penanda tangan"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.look: Look | None = None
        self.ui = Ui_SignatoriesSection()
        self.ui.setupUi(self)
        self.dress()
        self.model = TableModel[SignatoryRow](COLUMNS, self)
        self.ui.table.attach(self.model, "signatories")
        self.ui.table.selected_changed.connect(self._permit)
        self.ui.table.opened.connect(self._correct)
        self.ui.add_button.clicked.connect(self._add)
        self.ui.correct_button.clicked.connect(self._correct)
        self.ui.withdraw_button.clicked.connect(self._withdraw)

    @override
    def reload(self) -> None:
        scope = self.context.scope
        self.load(partial(_fetch, unit_id=scope.unit_id, period=scope.period), self._show)

    def _show(self, look: Look) -> None:
        self.look = look
        self.model.show(look.appointed)
        month = labels.month(self.context.scope.period)
        lines = [_said(role, look.signing.get(role)) for role in ROLES]
        self.ui.present_label.setText(f"Pada akhir {month}: {'; '.join(lines)}")
        self._permit()

    def _permit(self, _: object = None) -> None:
        nothing = "" if self.ui.table.selected() else "Pilih sebuah penetapan"
        self.allow(self.ui.add_button)
        self.allow(self.ui.correct_button, nothing)
        self.allow(self.ui.withdraw_button, nothing)

    def _add(self) -> None:
        if self.look:
            self.open(SignatoryDialog(self.context, self.look.overview, None, self))

    def _correct(self, _: object = None) -> None:
        row = self.ui.table.selected()
        if self.look and row and not self.forbidden():
            self.open(SignatoryDialog(self.context, self.look.overview, row, self))

    def _withdraw(self) -> None:
        row: SignatoryRow | None = self.ui.table.selected()
        if row is None:
            return
        question = (
            f"Tarik {row.name} sebagai {words.ROLES[row.role].lower()}? "
            "Yang sebelumnya menandatangani lagi."
        )
        task = partial(office.withdraw_signatory, key=row.id, version=row.version)
        confirm.ask(self, question, "Tarik", partial(self.do, task))


def _fetch(work: Work, unit_id: int, period: Period) -> Look:
    return Look(
        office.appointed(work, unit_id),
        office.signatories(work, unit_id, period.last),
        people.overview(work, unit_id, period),
    )


def _said(role: str, row: SignatoryRow | None) -> str:
    name = words.ROLES[role].lower()
    return f"{name} {row.name}" if row else f"{name} belum ditetapkan"


def _capacity(row: SignatoryRow) -> str:
    behalf = f" {row.on_behalf_of}" if row.capacity is Capacity.ON_BEHALF else ""
    return f"{words.CAPACITIES[row.capacity]}{behalf}"


def _times(row: SignatoryRow) -> str:
    if row.valid_to:
        return f"{labels.short_day(row.valid_from)} – {labels.short_day(row.valid_to)}"
    return f"sejak {labels.short_day(row.valid_from)}"


COLUMNS: list[Column[SignatoryRow]] = [
    Column(
        "Peran", lambda row: words.ROLES[row.role], lambda row: ROLES.index(row.role), width=170
    ),
    Column("Nama", lambda row: row.name, width=240),
    Column("NIP", lambda row: nip.printed(row.nip) or labels.NONE, width=188, firm=True),
    Column("Jabatan", lambda row: row.title, width=220),
    Column("Sebagai", _capacity, width=110),
    Column("Berlaku", _times, lambda row: row.valid_from, width=190),
]
