"""The dialog in which an office decides how its papers look."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop.documents.fonts import Typeface
from wfh_desktop.documents.paper import Layout, Margins, Size
from wfh_desktop.domain.errors import Invalid, Refusal
from wfh_desktop.domain.people import Right
from wfh_desktop.forms.paper_layout_dialog import Ui_PaperLayoutDialog
from wfh_desktop.services import papers
from wfh_desktop.services.papers import LayoutDraft, LayoutRow
from wfh_desktop.views import errors
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.page import permit
from wfh_desktop.views.widgets.fields import show_problems

NATURES = ("Biasa", "Segera", "Sangat segera", "Terbatas", "Rahasia")
SIZES = {Size.F4: "F4 / folio (215 × 330 mm)", Size.A4: "A4 (210 × 297 mm)"}
TYPEFACES = {
    Typeface.SANS: "Liberation Sans (selebar Arial)",
    Typeface.SERIF: "Liberation Serif (selebar Times New Roman)",
}
SIDES = ("top", "right", "bottom", "left")


class PaperLayoutDialog(Sheet):
    """Shows the settings that hold for the unit; saving makes them the unit's own."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.version = 0
        self.ui = Ui_PaperLayoutDialog()
        self.ui.setupUi(self)
        for size, words in SIZES.items():
            self.ui.size_box.addItem(words, size.value)
        for typeface, words in TYPEFACES.items():
            self.ui.typeface_box.addItem(words, typeface.value)
        self.ui.nature_box.addItems(NATURES)
        self.ui.button_box.accepted.connect(self.accept)
        self.ui.button_box.rejected.connect(self.reject)
        self.setEnabled(False)
        scope = context.scope
        task = partial(papers.layout, unit_id=scope.unit_id, period=scope.period)
        context.jobs.run(self, task, self._show)

    @property
    def draft(self) -> LayoutDraft:
        """What is entered."""
        ui = self.ui
        return LayoutDraft(
            layout=Layout(
                size=Size(ui.size_box.currentData()),
                typeface=Typeface(ui.typeface_box.currentData()),
                letter=self._margins("letter"),
                sheet=self._margins("sheet"),
                decimals=2 if ui.decimals_check.isChecked() else 0,
                placeholder=ui.placeholder_check.isChecked(),
            ),
            subtotals=ui.subtotals_check.isChecked(),
            addressee=_lines(ui.addressee_edit.toPlainText()),
            nature=ui.nature_box.currentText().strip(),
            copies=_lines(ui.copies_edit.toPlainText()),
        )

    @override
    def accept(self) -> None:
        self.setEnabled(False)
        task = partial(
            papers.set_layout,
            unit_id=self.context.scope.unit_id,
            version=self.version,
            draft=self.draft,
        )
        self.context.jobs.run(
            self,
            task,
            lambda _: super(PaperLayoutDialog, self).accept(),
            refused=self._refused,
            failed=partial(self.setEnabled, True),
            label="Menyimpan tata letak",
        )

    def _show(self, row: LayoutRow) -> None:
        ui, settings = self.ui, row.settings
        own = row.unit_id == self.context.scope.unit_id and row.id
        self.version = row.version if own else 0
        ui.whose_label.setText(
            "Tata letak unit ini dan unit di bawahnya."
            if own or not row.id
            else "Saat ini mengikuti unit di atasnya. Menyimpan membuat tata letak sendiri."
        )
        chosen = settings.layout
        ui.size_box.setCurrentIndex(ui.size_box.findData(chosen.size.value))
        ui.typeface_box.setCurrentIndex(ui.typeface_box.findData(chosen.typeface.value))
        for kind, margins in (("letter", chosen.letter), ("sheet", chosen.sheet)):
            for side in SIDES:
                getattr(ui, f"{kind}_{side}_spin").setValue(getattr(margins, side))
        ui.decimals_check.setChecked(chosen.decimals > 0)
        ui.placeholder_check.setChecked(chosen.placeholder)
        ui.subtotals_check.setChecked(settings.subtotals)
        ui.nature_box.setCurrentText(settings.nature)
        ui.addressee_edit.setPlainText("\n".join(settings.addressee))
        ui.copies_edit.setPlainText("\n".join(settings.copies))
        self.setEnabled(True)
        forbidden = Right.ADMINISTER not in self.context.actor.rights
        save = ui.button_box.button(ui.button_box.StandardButton.Save)
        permit(save, "Hanya administrator yang dapat mengubahnya" if forbidden else "")
        ui.size_box.setFocus()

    def _margins(self, kind: str) -> Margins:
        return Margins(*(getattr(self.ui, f"{kind}_{side}_spin").value() for side in SIDES))

    def _refused(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        if isinstance(refusal, Invalid) and not show_problems(self, refusal.problems):
            return
        errors.show(self, refusal)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)
