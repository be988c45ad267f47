"""The bar at the top of the window: unit, month and its state, search, the person who acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.views import icons
from wfh_desktop.views.context import Scope
from wfh_desktop.views.shell.finder import Finder
from wfh_desktop.views.shell.unit_chooser import UnitChooser
from wfh_desktop.views.widgets.icon_label import IconLabel
from wfh_desktop.views.widgets.month_picker import MonthPicker
from wfh_desktop.views.widgets.status_pill import StatusPill

HEIGHT = 48
PERSON = 300  # pixels at most for who acts
STATES = {
    State.DRAFT: ("Draf", "attention", "Rekomendasi TPP bulan ini masih dapat diubah."),
    State.SUBMITTED: ("Diajukan", "accent", "Rekomendasi TPP bulan ini sudah diajukan."),
    State.FINAL: ("Dikunci", "good", "Rekomendasi TPP bulan ini sudah final; datanya terkunci."),
}


class TopBar(QFrame):
    """Shows the scope and lets the user change it."""

    unit_chosen = Signal(int, str)

    def __init__(self, scope: Scope, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self.setProperty("bar", "top")
        self.setFixedHeight(HEIGHT)
        self.mark = IconLabel("attendance", "accent", 20)
        self.name = QLabel("WFH Desktop")
        self.name.setProperty("role", "heading")
        self.unit_chooser = UnitChooser()
        self.month_picker = MonthPicker()
        self.state_pill = StatusPill()
        self.finder = Finder()
        self.person_button = QToolButton()
        self.person_button.setProperty("flat", True)
        self.person_button.setIcon(icons.icon("person"))
        self.person_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.person_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.person_button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.person_button.setShortcut("Alt+M")
        self.show_person(person)
        self._lay_out()
        self.month_picker.chosen.connect(scope.choose_period)
        self.unit_chooser.chosen.connect(self.unit_chosen)
        scope.changed.connect(self._show_scope)
        scope.state_changed.connect(self._show_state)
        self._show_scope()

    def show_person(self, name: str, roles: Sequence[str] = ()) -> None:
        """Say who acts, and as what."""
        short = [name, *roles[:1], *([f"+{len(roles) - 1}"] if len(roles) > 1 else [])]
        text = self.fontMetrics().elidedText(" · ".join(short), Qt.TextElideMode.ElideRight, PERSON)
        self.person_button.setText(text.replace("&", "&&"))
        said = "\n".join([name, *roles, "Akun, tampilan dan bantuan (Alt+M)"])
        self.person_button.setToolTip(said)
        self.person_button.setAccessibleName(" · ".join([name, *roles]))

    def set_cramped(self, cramped: bool) -> None:
        """Leave out the name of the program and of the person in a narrow window."""
        self.name.setHidden(cramped)
        style = Qt.ToolButtonStyle
        beside = style.ToolButtonIconOnly if cramped else style.ToolButtonTextBesideIcon
        self.person_button.setToolButtonStyle(beside)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self.mark)
        layout.addWidget(self.name)
        layout.addSpacing(24)
        for widget in (self.unit_chooser, self.month_picker, self.state_pill):
            layout.addWidget(widget)
        layout.addStretch()
        layout.addWidget(self.finder)
        layout.addWidget(self.person_button)

    def _show_scope(self) -> None:
        self.month_picker.show_period(self._scope.period)
        self.unit_chooser.show_unit(self._scope.unit_id)
        self._show_state()

    def _show_state(self) -> None:
        text, tone, tip = STATES[self._scope.state]
        self.state_pill.show_state(text if self._scope.unit_id else "", tone)
        self.state_pill.setToolTip(tip)
