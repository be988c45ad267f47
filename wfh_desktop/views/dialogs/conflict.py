"""The dialog in which one chooses, field by field, after somebody else changed the same record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from wfh_desktop import words
from wfh_desktop.domain.errors import Conflict
from wfh_desktop.domain.merging import Difference, Side, Standing
from wfh_desktop.forms.conflict_dialog import Ui_ConflictDialog
from wfh_desktop.views import errors, theme
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.page import permit
from wfh_desktop.views.widgets.typed import EMPTY, folded

ABOUT = (
    "{who} menyimpan perubahan pada data yang sama{when} ketika Anda mengisinya. Pilih isian yang "
    "disimpan pada setiap baris. Isian Anda belum hilang."
)
SIGNS = {
    Standing.MINE: "hanya Anda yang mengubah",
    Standing.THEIRS: "hanya mereka yang mengubah",
    Standing.BOTH: "keduanya mengubah",
}
STORE, BACK = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel
TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class Line:
    """A field in which both differ, in words."""

    field: Any
    caption: str
    mine: str
    theirs: str
    base: str
    standing: Standing
    proposal: Side | None  # None: it has to be chosen


class ConflictDialog(Sheet):
    """Shows *Milik Anda*, *Milik <siapa>* and *Semula*; `resolved` carries a side by field.

    What only one of both changed is chosen to begin with; an amount that they changed is not.
    """

    resolved = Signal(object)

    def __init__(
        self, refusal: Conflict, lines: Sequence[Line], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lines = lines
        self.groups: dict[Any, QButtonGroup] = {}
        self.ui = Ui_ConflictDialog()
        self.ui.setupUi(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        who = refusal.by or "Orang lain"
        self.ui.about_label.setText(ABOUT.format(who=who, when=words.since(refusal.at)))
        for place, text in enumerate(("Isian", "Milik Anda", f"Milik {who}", "Semula")):
            self.ui.lines_grid.addWidget(_label(text, "heading"), 0, place)
        for number, line in enumerate(lines, start=1):
            self._show(number, line)
        self._name_buttons()
        self.ui.mine_button.clicked.connect(partial(self._choose_all, Side.MINE))
        self.ui.theirs_button.clicked.connect(partial(self._choose_all, Side.THEIRS))
        self.ui.button_box.accepted.connect(self._resolve)
        self.ui.button_box.rejected.connect(self.reject)
        self._count()
        self._order()
        self._go_to_first()
        self.ensurePolished()
        self.resize(self.sizeHint())  # Qt gives a dialog two thirds of the screen, and cuts

    def choose(self, field: Any, side: Side) -> None:
        """Take one side's value of *field*."""
        self.groups[field].button(list(Side).index(side)).setChecked(True)

    @property
    def chosen(self) -> dict[Any, Side]:
        """The sides chosen so far, by field."""
        numbers = {field: group.checkedId() for field, group in self.groups.items()}
        return {field: list(Side)[number] for field, number in numbers.items() if number >= 0}

    def _show(self, number: int, line: Line) -> None:
        grid, group = self.ui.lines_grid, QButtonGroup(self)
        self.groups[line.field] = group
        caption = QVBoxLayout()
        caption.setSpacing(0)
        caption.addWidget(_label(line.caption))
        caption.addWidget(_label(SIGNS.get(line.standing, ""), "caption"))
        caption.addStretch()
        grid.addLayout(caption, number, 0)
        for place, (side, text) in enumerate(((Side.MINE, line.mine), (Side.THEIRS, line.theirs))):
            button = QRadioButton(folded(text).replace("&", "&&"))
            button.setToolTip(text)
            whose = self.ui.lines_grid.itemAtPosition(0, place + 1)
            heading = whose.widget() if whose else None
            named = heading.text() if isinstance(heading, QLabel) else ""
            button.setAccessibleName(f"{line.caption}, {named}: {text}")
            button.setChecked(side is line.proposal)
            group.addButton(button, place)
            grid.addWidget(button, number, place + 1, TOP)
        base = _label(folded(line.base), "muted")
        base.setToolTip(line.base)
        grid.addWidget(base, number, 3, TOP)
        group.idToggled.connect(self._count)

    def _name_buttons(self) -> None:
        box = self.ui.button_box
        store = box.button(STORE)
        store.setText("Simpan pilihan")
        store.setProperty("main", True)
        theme.repolish(store)
        back = box.button(BACK)
        back.setText("Kembali ke isian")

    def _go_to_first(self) -> None:
        """Begin at the first field that is not chosen yet, without choosing there."""
        fields = [line.field for line in self.lines]
        first = next((one for one in fields if one not in self.chosen), fields[0])
        (self.groups[first].checkedButton() or self.groups[first].buttons()[0]).setFocus()

    def _order(self) -> None:
        """Let Tab go from above to below: the buttons were there before the fields."""
        box = self.ui.button_box
        last: QWidget = self.ui.theirs_button
        buttons = [button for group in self.groups.values() for button in group.buttons()]
        for widget in (*buttons, box.button(STORE), box.button(BACK)):
            QWidget.setTabOrder(last, widget)
            last = widget

    def _choose_all(self, side: Side, _: bool = False) -> None:
        for field in self.groups:
            self.choose(field, side)

    def _count(self, *_: object) -> None:
        """Say how much is still to be chosen; nothing is stored before."""
        left = len(self.lines) - len(self.chosen)
        self.ui.left_label.setText(f"{left} isian belum dipilih" if left else "")
        store = self.ui.button_box.button(STORE)
        permit(store, "Pilih dahulu setiap isian" if left else "")

    def _resolve(self) -> None:
        self.resolved.emit(self.chosen)
        self.accept()


@dataclass(frozen=True)
class Cells:
    """Cells of a grid that were typed here and changed elsewhere, and how to speak of them."""

    clashes: Sequence[Difference]
    caption: Callable[[Any], str]
    tell: Callable[[Any], str]


def ask_about(
    owner: QWidget, refusal: Conflict, cells: Cells, then: Callable[[frozenset[Any]], object]
) -> None:
    """Ask whose value stays in each cell; call *then* with the cells that are given up.

    Where nobody else touched what was typed, there is nothing to ask: it is only told.
    """
    if not cells.clashes:
        then(frozenset())
        errors.show(owner, refusal)
        return
    lines = [
        Line(
            one.field,
            cells.caption(one.field),
            cells.tell(one.mine) or EMPTY,
            cells.tell(one.theirs) or EMPTY,
            cells.tell(one.base) or EMPTY,
            one.standing,
            None,
        )
        for one in cells.clashes
    ]
    dialog = ConflictDialog(refusal, lines, owner)
    dialog.resolved.connect(partial(_give_up, then))
    dialog.open()


def _give_up(then: Callable[[frozenset[Any]], object], sides: dict[Any, Side]) -> None:
    then(frozenset(field for field, side in sides.items() if side is Side.THEIRS))


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role != "heading")
    if role:
        label.setProperty("role", role)
    return label
