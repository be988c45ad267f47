"""The dialog in which another name of a person is recorded: PIN, telephone, name in chats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.forms.alias_dialog import Ui_AliasDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import people
from wfh_desktop.services.people import ALIAS_KINDS, AliasDraft, PersonDetails
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets import choices


class AliasDialog(EntryDialog):
    """Adds another name of a person."""

    def __init__(
        self, context: Context, person: PersonDetails, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.person = person
        self.ui = Ui_AliasDialog()
        self.ui.setupUi(self)
        kinds = [(words.ALIASES[kind], kind) for kind in ALIAS_KINDS]
        choices.fill(
            self.ui.kind_box, [(text[:1].upper() + text[1:], kind) for text, kind in kinds]
        )
        self.ui.kind_box.currentIndexChanged.connect(self._show_device)
        self.begin(self.ui.button_box, "Tambah")
        self.ui.value_edit.setFocus()

    @override
    def task(self) -> Callable[[Work], Any]:
        kind = choices.value(self.ui.kind_box)
        device = self.ui.device_edit.text() if kind == "pin" else ""
        draft = AliasDraft(kind, self.ui.value_edit.text(), device)
        return partial(people.add_alias, employee_id=self.person.id, draft=draft)

    def _show_device(self) -> None:
        """Ask for the device only where a PIN means one."""
        shown = choices.value(self.ui.kind_box) == "pin"
        self.ui.device_label.setVisible(shown)
        self.ui.device_edit.setVisible(shown)
