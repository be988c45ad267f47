"""The dialog in which a hukuman disiplin is recorded that the authorised official imposed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.domain import discipline as rules
from wfh_desktop.domain.discipline import Kind, SanctionLevel
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.numbers import read as number
from wfh_desktop.forms.sanction_dialog import Ui_SanctionDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import discipline, people
from wfh_desktop.services.discipline import SanctionDraft
from wfh_desktop.services.people import PersonDetails, SanctionRow
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import entry
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices


class SanctionDialog(EntryDialog):
    """Records a sanction, or corrects *row*, for instance once its decree is issued."""

    amounts = frozenset({"factor"})

    def __init__(
        self,
        context: Context,
        person: PersonDetails,
        row: SanctionRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, parent)
        self.person = person
        self.row = row
        self.ui = Ui_SanctionDialog()
        self.ui.setupUi(self)
        ui = self.ui
        choices.fill(ui.level_box, [(level.value.capitalize(), level) for level in SanctionLevel])
        choices.fill(ui.lowered_class_box, [("(tidak diturunkan)", None), *entry.classes()[1:]])
        ui.starts_edit.set_day(entry.first_day(context))
        ui.ends_edit.set_day(context.scope.period.last)
        self._offer_kinds()
        if row:
            self.fill(row)
        self.setWindowTitle("Koreksi hukuman disiplin" if row else "Catat hukuman disiplin")
        ui.starts_edit.dateChanged.connect(self._offer_kinds)
        ui.kind_box.activated.connect(self._follow_kind)
        self.begin(ui.button_box)

    @override
    def task(self) -> Callable[[Work], Any]:
        ui = self.ui
        draft = SanctionDraft(
            level=choices.value(ui.level_box),
            kind=ui.kind_box.currentText(),
            starts=ui.starts_edit.day(),
            ends=ui.ends_edit.day(),
            decree=ui.decree_edit.text(),
            lowered_class=choices.value(ui.lowered_class_box),
            factor=self._factor(),
        )
        if self.row is None:
            return partial(discipline.record, employee_id=self.person.id, draft=draft)
        return partial(discipline.correct, key=self.row.id, version=self.row.version, draft=draft)

    @override
    def again(self) -> Callable[[Work], SanctionRow] | None:
        return self.row and partial(_fetch, person_id=self.person.id, key=self.row.id)

    @override
    def fill(self, row: SanctionRow) -> None:
        ui = self.ui
        ui.starts_edit.set_day(row.starts)
        ui.ends_edit.set_day(row.ends)
        self._offer_kinds()
        ui.kind_box.setEditText(row.kind)
        choices.select(ui.level_box, row.level)
        ui.decree_edit.setText(row.decree)
        choices.select(ui.lowered_class_box, row.lowered_class)
        factor = "" if row.factor is None else labels.number((row.factor * 100).normalize())
        ui.factor_edit.setText(factor)

    def _offer_kinds(self) -> None:
        """Offer the kinds of the regulation that holds on the first day."""
        typed = self.ui.kind_box.currentText()
        kinds = rules.kinds(self.ui.starts_edit.day())
        choices.fill(self.ui.kind_box, [(kind.name, kind) for kind in kinds])
        self.ui.kind_box.setCurrentIndex(self.ui.kind_box.findText(typed) if typed else -1)
        if self.ui.kind_box.currentIndex() < 0:
            self.ui.kind_box.setEditText(typed)

    def _follow_kind(self) -> None:
        """Fill in what the regulation says of the kind; every field can still be changed."""
        kind = choices.value(self.ui.kind_box)
        if not isinstance(kind, Kind):
            return
        ui = self.ui
        choices.select(ui.level_box, kind.level)
        if kind.months:
            ui.ends_edit.setDate(ui.starts_edit.date().addMonths(kind.months).addDays(-1))
        share = "" if kind.factor is None else labels.number((kind.factor * 100).normalize())
        ui.factor_edit.setText(share)

    def _factor(self) -> Decimal | None:
        text = self.ui.factor_edit.text().strip().rstrip("%").strip()
        if not text:
            return None
        percent = number(text)
        if percent is None:
            raise Invalid([Problem("factor", "not_a_number", (text,))])
        return percent / 100


def _fetch(work: Work, person_id: int, key: int) -> SanctionRow:
    return entry.one_of(people.details(work, person_id).sanctions, key)
