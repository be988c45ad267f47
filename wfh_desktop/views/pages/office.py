"""The page Atur: what the office decides, section by section."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.forms.office_page import Ui_OfficePage
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import (
    Account,
    BaseAmount,
    Ceiling,
    Employee,
    FormerUnit,
    Holiday,
    Letterhead,
    Mandate,
    Position,
    RuleChoice,
    Schedule,
    Signatory,
    Unit,
)
from wfh_desktop.views.context import Context
from wfh_desktop.views.page import Page, Place
from wfh_desktop.views.sections.about import AboutSection
from wfh_desktop.views.sections.accounts import AccountsSection
from wfh_desktop.views.sections.backup import BackupSection
from wfh_desktop.views.sections.calendar import CalendarSection
from wfh_desktop.views.sections.rules import RulesSection
from wfh_desktop.views.sections.section import Section
from wfh_desktop.views.sections.signatories import SignatoriesSection
from wfh_desktop.views.sections.unit import UnitSection
from wfh_desktop.views.widgets.amount_grid import AmountGrid

SECTIONS: tuple[type[Section], ...] = (
    UnitSection,
    SignatoriesSection,
    CalendarSection,
    RulesSection,
    AccountsSection,
    BackupSection,
    AboutSection,
)
ELSEWHERE = {
    "amounts": ("rules", 1),
    "ceiling": ("rules", 2),
}  # places that are a tab inside a section


class OfficePage(Page):
    """A tab for each section; the one that is looked at is fetched, the others when they are."""

    key = "office"
    title = "Atur"
    icon = "office"
    watches = frozenset(
        {
            Account,
            BaseAmount,
            Ceiling,
            Employee,
            FormerUnit,
            Holiday,
            Letterhead,
            Mandate,
            Position,
            RuleChoice,
            Schedule,
            Signatory,
            Unit,
        }
    )

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_OfficePage()
        self.ui.setupUi(self)
        self.sections = {kind.key: kind(context) for kind in SECTIONS}
        for section in self.sections.values():
            self.ui.tabs.addTab(section, section.title)
        self._unfetched: set[str] = set(self.sections)
        self.setFocusProxy(self.ui.tabs.tabBar())
        self.ui.tabs.currentChanged.connect(self._fetch)

    @override
    def reload(self) -> None:
        self.ui.unit_label.setText(self.context.scope.unit_name)
        self._unfetched = set(self.sections)
        self.load(_nothing, lambda _: self._fetch())

    @override
    def editing(self) -> bool:
        typed = any(grid.unsaved for grid in self.findChildren(AmountGrid))
        return typed or super().editing()

    @override
    def visit(self, place: Place) -> None:
        part, inner = ELSEWHERE.get(place.part, (place.part, 0))
        section = self.sections.get(part)
        if section is None:
            return
        self.ui.tabs.setCurrentWidget(section)
        if isinstance(section, RulesSection):
            section.ui.tabs.setCurrentIndex(inner)

    def _fetch(self) -> None:
        section = self.ui.tabs.currentWidget()
        if isinstance(section, Section) and section.key in self._unfetched:
            self._unfetched.discard(section.key)
            section.reload()


def _nothing(_: Work) -> None:
    """Fetch nothing for the page itself: its sections do."""
