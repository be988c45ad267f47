"""Rule sets with their examples run live, the choice for the unit, its amounts and its pagu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QInputDialog, QWidget
from typing_extensions import override

from wfh_desktop import rulebook
from wfh_desktop.domain.careers import CLASSES
from wfh_desktop.domain.errors import Conflict, Invalid, Refusal
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp.ruleset import RuleSet
from wfh_desktop.forms.rules_section import Ui_RulesSection
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import office
from wfh_desktop.services.office import AmountDraft, AmountRow, CeilingRow, ChoiceRow
from wfh_desktop.services.tpp.facts import Choice, choice
from wfh_desktop.views import errors, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.conflict import Cells, ask_about
from wfh_desktop.views.dialogs.rule_choice import RuleChoiceDialog
from wfh_desktop.views.jobs import Progress
from wfh_desktop.views.sections.rule_columns import EXAMPLES, SETS, ExampleRow, SetRow, proof
from wfh_desktop.views.sections.section import Section
from wfh_desktop.views.tables import TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.amount_grid import AmountGrid, Amounts, Captions

SPLIT = [560, 560]
Cut = tuple[Captions, Captions, Amounts]  # rows, columns and amounts of a grid


@dataclass(frozen=True)
class Look:
    """What was decided for the unit: choices, amounts of the rules in force, pagu."""

    present: Choice | None
    choices: list[ChoiceRow]
    amounts: list[AmountRow]
    ceilings: list[CeilingRow]


class RulesSection(Section):
    """Three tabs: rule sets, amounts by class or jabatan, pagu by month."""

    key = "rules"
    title = "Aturan TPP"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.look: Look | None = None
        self.proofs: Mapping[str, tuple[ExampleRow, ...]] = {}
        self._titles: list[str] = []
        self.ui = Ui_RulesSection()
        self.ui.setupUi(self)
        self.dress()
        ui = self.ui
        self.sets = TableModel[SetRow](SETS, self)
        ui.sets_table.attach(self.sets, "rule_sets")
        self.examples = TableModel[ExampleRow](EXAMPLES, self)
        ui.examples_table.attach(self.examples, "rule_examples")
        ui.year_spin.setValue(context.scope.period.year)
        ui.since_edit.set_day(context.scope.period.first.replace(month=1))
        ui.sets_table.selected_changed.connect(self._show_set)
        ui.sets_table.opened.connect(self._choose)
        ui.prove_button.clicked.connect(self._prove)
        ui.choose_button.clicked.connect(self._choose)
        ui.title_button.clicked.connect(self._ask_title)
        ui.save_amounts_button.clicked.connect(self._save_amounts)
        ui.save_ceilings_button.clicked.connect(self._save_ceilings)
        ui.year_spin.valueChanged.connect(self.reload)
        for grid in (ui.amounts_grid, ui.ceilings_grid):
            grid.edited.connect(self._permit)

    @override
    def reload(self) -> None:
        self.load(self._again(), self._show)
        if not self.proofs:
            self._prove()

    def _again(self) -> Callable[[Work], Look]:
        scope = self.context.scope
        year = self.ui.year_spin.value()
        return partial(_fetch, unit_id=scope.unit_id, period=scope.period, year=year)

    def _prove(self) -> None:
        """Calculate the worked examples of every rule set, in the background."""
        self.ui.prove_button.setEnabled(False)
        self.context.jobs.compute(self, _prove_all, self._proved, label="Menjalankan contoh hitung")

    def _proved(self, proofs: Mapping[str, tuple[ExampleRow, ...]]) -> None:
        self.proofs = proofs
        self.ui.prove_button.setEnabled(True)
        self._show_sets()

    def _show(self, look: Look) -> None:
        self.look = look
        self._show_sets()
        self._show_amounts(look)
        self._show_ceilings(look)
        self._permit()

    # rule sets

    def _show_sets(self) -> None:
        present = self.look.present if self.look else None
        chosen = present.rule_id if present else ""
        rows = [
            SetRow(rules, self.proofs.get(rules.id, ()), rules.id == chosen)
            for rules in rulebook.all()
        ]
        self.sets.show(rows)
        table = self.ui.sets_table
        if table.selected() is None and not table.select_key(chosen):
            table.selectRow(0)
        self.ui.chosen_label.setText(self._chosen())
        self._show_set(self.ui.sets_table.selected())

    def _chosen(self) -> str:
        """Say by which rules the unit is paid this month, and whose decision that was."""
        month = labels.month(self.context.scope.period)
        present = self.look.present if self.look else None
        if present is None:
            return f"{month}: belum ada aturan TPP yang dipilih untuk unit ini."
        name = rulebook.load(present.rule_id).name
        factor = (
            f", faktor unit {labels.number(present.unit_factor)}" if present.unit_factor else ""
        )
        own = present.unit_id == self.context.scope.unit_id
        return f"{month}: {name}{factor}{'' if own else ', dipilih oleh unit di atasnya'}."

    def _show_set(self, row: SetRow | None) -> None:
        ui = self.ui
        if row is None:
            return
        ui.set_label.setText(row.rules.name)
        basis = [
            f"{one.number}{f' ({one.about})' if one.about else ''}" for one in row.rules.legal_basis
        ]
        ui.basis_label.setText("\n".join([*basis, *row.rules.notes[:3]]))
        text, tone = proof(row)
        ui.proof_pill.show_state(text, tone)
        self.examples.show(row.examples)
        self._show_history()
        self._permit()

    def _show_history(self) -> None:
        rows = self.look.choices if self.look else []
        said = [f"{rulebook.load(row.rule_id).name} {_times(row)}" for row in rows]
        self.ui.history_label.setText("Pilihan unit ini: " + "; ".join(said) if said else "")

    def _choose(self, _: object = None) -> None:
        row: SetRow | None = self.ui.sets_table.selected()
        if row and self.ui.choose_button.isEnabled():
            self.open(RuleChoiceDialog(self.context, row.rules, self), "Aturan TPP dipilih")

    def _permit(self) -> None:
        ui = self.ui
        row: SetRow | None = ui.sets_table.selected()
        why = "Pilih sebuah aturan"
        if row:
            why = "Contoh hitung sedang dijalankan" if not row.examples else ""
            why = "Ada contoh hitung yang tidak cocok" if row.failing else why
        self.allow(ui.choose_button, why)
        rules = self._rules()
        self.allow(ui.title_button, "" if rules else "Pilih aturan TPP dahulu")
        self.allow(ui.save_amounts_button, "" if rules else "Pilih aturan TPP dahulu")
        self.allow(ui.save_ceilings_button)

    # amounts

    def _rules(self) -> RuleSet | None:
        present = self.look.present if self.look else None
        return rulebook.load(present.rule_id) if present else None

    def _show_amounts(self, look: Look) -> None:
        rules = self._rules()
        if rules is None:
            self.ui.amounts_label.setText("Pilih aturan TPP dahulu; besaran mengikuti komponennya.")
            self.ui.amounts_grid.show_amounts((), (), {})
            return
        self.ui.amounts_grid.show_amounts(*self._amounts(look, rules))
        fixed = [one.label for one in rules.components if one.by_class or one.by_level]
        said = f"{rules.name}: rupiah sebulan, per {labels.day(self.context.scope.period.last)}."
        if fixed:
            said += (
                f" {', '.join(fixed)} sudah ditetapkan aturan; yang diisi di sini mengalahkannya."
            )
        self.ui.amounts_label.setText(said)

    def _amounts(self, look: Look, rules: RuleSet) -> Cut:
        known = sorted({row.title for row in look.amounts if row.title} | set(self._titles))
        rows: list[tuple[str, object]] = [(f"Kelas {number}", number) for number in CLASSES[::-1]]
        rows += [(title, title) for title in known]
        columns = [(f"{one.label}", one.code) for one in rules.components]
        amounts = {(row.title or row.job_class, row.component): row.amount for row in look.amounts}
        return rows, columns, amounts

    def _ask_title(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Tambah jabatan")
        dialog.setLabelText("Nama jabatan, persis seperti di daftar pegawai:")
        dialog.textValueSelected.connect(self._add_title)
        dialog.open()

    def _add_title(self, title: str) -> None:
        if title.strip() and self.look:
            self._titles.append(" ".join(title.split()))
            self._show_amounts(self.look)

    def _save_amounts(self) -> None:
        rules = self._rules()
        try:
            changed = self.ui.amounts_grid.changed_cells()
        except Invalid as refusal:
            errors.show(self, refusal)
            return
        if rules is None or not changed:
            return
        drafts = [
            AmountDraft(
                component,
                amount,
                job_class=row if isinstance(row, int) else None,
                title=row if isinstance(row, str) else "",
                shown=self.ui.amounts_grid.shown(row, component),
            )
            for (row, component), amount in changed.items()
        ]
        task = partial(
            office.set_amounts,
            unit_id=self.context.scope.unit_id,
            rule_id=rules.id,
            since=self.ui.since_edit.day(),
            drafts=drafts,
            shown_on=self.context.scope.period.last,
        )
        self._store(task, f"{len(drafts)} besaran tersimpan")

    # pagu

    def _show_ceilings(self, look: Look) -> None:
        self.ui.ceilings_grid.show_amounts(*_ceilings(look))

    def _save_ceilings(self) -> None:
        try:
            changed = self.ui.ceilings_grid.changed_cells()
        except Invalid as refusal:
            errors.show(self, refusal)
            return
        if self.look is None or not changed:
            return
        versions = {row.period: row.version for row in self.look.ceilings}
        values = [
            (period, versions[period], amount)
            for (period, _), amount in changed.items()
            if isinstance(period, Period)
        ]
        task = partial(office.set_ceilings, unit_id=self.context.scope.unit_id, values=values)
        self._store(task, "Pagu tersimpan")

    # somebody else changed them

    def _store(self, task: Callable[[Work], Any], said: str) -> None:
        self.context.jobs.run(self, task, lambda _: toast.say(self, said), refused=self._not_stored)

    def _not_stored(self, refusal: Refusal) -> None:
        if isinstance(refusal, Conflict):
            self.load(self._again(), partial(self._compare, refusal))
        else:
            errors.show(self, refusal)

    def _compare(self, refusal: Conflict, look: Look) -> None:
        """Keep what was typed; ask about the amounts that somebody else changed meanwhile."""
        rules, grid = self._rules(), self.ui.ceilings_grid
        sheet: Cut = _ceilings(look)
        if refusal.table != "ceiling" and rules is not None:
            grid, sheet = self.ui.amounts_grid, self._amounts(look, rules)
        cells = Cells(grid.clashes(sheet[2]), grid.caption, labels.number)
        ask_about(self, refusal, cells, partial(self._renew, look, grid, sheet))

    def _renew(
        self, look: Look, grid: AmountGrid, sheet: Cut, given_up: frozenset[tuple[Any, Any]]
    ) -> None:
        self.look = look
        grid.renew(*sheet, given_up)


def _fetch(work: Work, unit_id: int, period: Period, year: int) -> Look:
    present = choice(work, unit_id, period)
    day: date = period.last
    return Look(
        present,
        office.choices(work, unit_id),
        office.amounts(work, unit_id, present.rule_id, day) if present else [],
        office.ceilings(work, unit_id, year),
    )


def _ceilings(look: Look) -> Cut:
    rows = [(labels.month(row.period), row.period) for row in look.ceilings]
    amounts = {(row.period, "pagu"): row.amount for row in look.ceilings}
    return rows, [("Pagu (Rp)", "pagu")], amounts


def _prove_all(progress: Progress) -> dict[str, tuple[ExampleRow, ...]]:
    """Calculate every example of every rule set."""
    found = {}
    names = rulebook.identifiers()
    for done, name in enumerate(names):
        progress(done, len(names))
        rules = rulebook.load(name)
        failing = {one.example: one for one in rulebook.failing_examples(rules)}
        found[name] = tuple(ExampleRow(one, failing.get(one.id)) for one in rules.examples)
    return found


def _times(row: ChoiceRow) -> str:
    if row.valid_to:
        return f"({labels.short_day(row.valid_from)} – {labels.short_day(row.valid_to)})"
    return f"(sejak {labels.short_day(row.valid_from)})"
