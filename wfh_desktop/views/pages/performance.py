"""The page on which targets are set, achievement is seen and the month is appraised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QTabWidget, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Conflict, Invalid, Refusal
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.performance.assessment import AssessmentDraft
from wfh_desktop.domain.targets import TargetState
from wfh_desktop.forms.performance_page import Ui_PerformancePage
from wfh_desktop.persistence.models import (
    Assessment,
    Assignment,
    Employee,
    Objective,
    Position,
    Target,
    WorkReport,
)
from wfh_desktop.services import performance, targets, work_reports
from wfh_desktop.services.performance import PerformanceRow
from wfh_desktop.services.realisation import TargetRow
from wfh_desktop.services.report_rows import ReportRow
from wfh_desktop.views import errors, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs import confirm
from wfh_desktop.views.dialogs.realisation import RealisationDialog
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.dialogs.target import TargetDialog
from wfh_desktop.views.page import Page, Place, permit
from wfh_desktop.views.tables import TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.appraisal_pane import AppraisalPane
from wfh_desktop.views.widgets.bars import ShareDelegate
from wfh_desktop.views.widgets.distribution_bar import MISSING
from wfh_desktop.views.widgets.performance_columns import COLUMNS, SHARE, completion
from wfh_desktop.views.widgets.target_pane import TargetPane

WITHOUT_TARGET = "Tanpa target"
KEPT = "Isian Anda untuk {} tetap ada: simpan lagi untuk menggantikannya, atau buang."
FILTERS: dict[str, Callable[[PerformanceRow], bool]] = {
    "Semua pegawai": lambda _: True,
    MISSING: lambda row: not row.score.predicate,
    WITHOUT_TARGET: lambda row: not row.targets,
    "Perlu perhatian": lambda row: row.score.predicate not in {"", "Baik", "Sangat Baik"},
}
WIDTHS = [620, 530]


class PerformancePage(Page):
    """Lists the unit's month; the panel holds a person's targets, appraisal and trail."""

    key = "performance"
    title = "Kinerja"
    icon = "performance"
    watches = frozenset({Target, Assessment, WorkReport, Assignment, Objective, Employee, Position})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PerformancePage()
        self.ui.setupUi(self)
        self.rows: list[PerformanceRow] = []
        self.unsaved: dict[int, AssessmentDraft] = {}  # by employee, while not stored
        self._wanted: int | None = None  # the person to select once the list is there
        self.model = TableModel[PerformanceRow](COLUMNS, self)
        self.ui.table.attach(self.model, "performance")
        self.ui.table.stretch(0)
        self.ui.table.setItemDelegateForColumn(SHARE, ShareDelegate(self.ui.table, completion))
        self.target_pane = TargetPane()
        self.appraisal_pane = AppraisalPane()
        self.trail_list = QListWidget()
        self.trail_list.setWordWrap(True)
        self.trail_list.setProperty("steps", True)
        self.trail_list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.trail_list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.trail_list.setAccessibleName("Asal penilaian, langkah demi langkah")
        self.tabs = QTabWidget()
        self.tabs.addTab(self.target_pane, "Tar&get")
        self.tabs.addTab(self.appraisal_pane, "&Penilaian")
        self.tabs.addTab(self.trail_list, "&Asal nilai")
        self.ui.side_panel.body.addWidget(self.tabs)
        self.ui.side_panel.hide()
        self.ui.splitter.setSizes(WIDTHS)
        self.give_way(self.ui.distribution)
        self.setFocusProxy(self.ui.table)
        for text in FILTERS:
            self.ui.state_box.addItem(text)
        self._connect()

    @override
    def reload(self) -> None:
        scope = self.context.scope
        self.load(
            partial(performance.month, unit_id=scope.unit_id, period=scope.period), self._show
        )

    @override
    def editing(self) -> bool:
        return bool(self.unsaved) or super().editing()

    @override
    def visit(self, place: Place) -> None:
        self.ui.search_edit.clear()
        if place.part == "missing":
            self.ui.state_box.setCurrentText(MISSING)
            self.tabs.setCurrentWidget(self.appraisal_pane)
        if place.key is not None:
            self.ui.state_box.setCurrentIndex(0)
            self._wanted = place.key
            self._select_wanted()
        self.ui.table.setFocus()

    @override
    def state_changed(self) -> None:
        self._permit()

    def _connect(self) -> None:
        ui, pane = self.ui, self.target_pane
        ui.state_box.currentTextChanged.connect(self._filter)
        ui.search_edit.textChanged.connect(ui.table.set_filter)
        ui.table.selected_changed.connect(self._look)
        ui.table.opened.connect(self._enter_panel)
        ui.table.shown_changed.connect(self._count)
        ui.copy_button.clicked.connect(self._copy)
        ui.confirm_button.clicked.connect(self._confirm)
        ui.add_button.clicked.connect(self._add)
        ui.empty_state.asked.connect(partial(self.navigate.emit, Place("people")))
        ui.side_panel.closed.connect(ui.table.setFocus)
        pane.reports_wanted.connect(self._fetch_reports)
        pane.report_asked.connect(self._show_report)
        pane.targets.opened.connect(self._edit)
        pane.add_button.clicked.connect(self._add_for_person)
        pane.edit_button.clicked.connect(self._edit)
        pane.realise_button.clicked.connect(self._realise)
        pane.cancel_button.clicked.connect(self._ask_to_cancel)
        self.appraisal_pane.edited.connect(self._keep)
        self.appraisal_pane.save_asked.connect(self._save)
        self.appraisal_pane.clear_asked.connect(self._clear)

    def _show(self, rows: list[PerformanceRow]) -> None:
        self.rows = rows
        ui = self.ui
        ui.stack.setCurrentWidget(ui.list_room if rows else ui.empty_state)
        if not rows:
            ui.empty_state.say(
                "Belum ada pegawai di unit ini. Impor daftar pegawai, lalu tetapkan targetnya.",
                "Buka Pegawai",
                "people",
            )
        missing = sum(not row.score.predicate for row in rows)
        ui.missing_pill.show_state(f"{missing} belum dinilai", "attention")
        ui.missing_pill.setVisible(missing > 0)
        ui.distribution.show_counts(Counter(row.score.predicate for row in rows))
        self._filter()
        if ui.table.selected() is None and self.model.rows:
            ui.table.selectRow(0)
        self._permit()

    def _filter(self) -> None:
        passes = FILTERS[self.ui.state_box.currentText()]
        self.model.show([row for row in self.rows if passes(row)])
        self._select_wanted()
        self._count()

    def _select_wanted(self) -> None:
        if self._wanted is not None and self.ui.table.select_key(self._wanted):
            self._wanted = None

    def _count(self) -> None:
        parts = [f"{len(self.ui.table.shown)} dari {len(self.rows)} orang"]
        if self.rows:
            parts.append(f"menurut {self.rows[0].score.generation.value}")
        drafts = len(self._drafts())
        if drafts:
            parts.append(f"{drafts} konsep target belum ditetapkan")
        without = sum(not row.targets for row in self.rows)
        if without:
            parts.append(f"{without} orang tanpa target")
        if self.unsaved:
            parts.append(f"{len(self.unsaved)} penilaian belum disimpan")
        self.ui.footer_label.setText("  ·  ".join(parts))

    def _look(self, row: PerformanceRow | None) -> None:
        self._permit()
        if row is None:
            self.ui.side_panel.hide()
            return
        person = row.person
        facts = (f"NIP {person.nip}" if person.nip else "", person.grade, person.title)
        self.ui.side_panel.show_title(person.name, "  ·  ".join(filter(None, facts)))
        self.target_pane.show_targets(row.targets)
        self.appraisal_pane.show_row(row, self.unsaved.get(row.id))
        self.trail_list.clear()
        self.trail_list.addItems(list(row.score.explanation))
        self.ui.side_panel.show()

    def _enter_panel(self, _: PerformanceRow) -> None:
        self.tabs.currentWidget().setFocus()

    def _permit(self) -> None:
        locked, rights = "", self.context.actor.rights
        if self.context.scope.locked:
            locked = f"{labels.month(self.context.scope.period)} sudah dikunci"
        assign = locked or ("" if Right.ASSIGN in rights else "Hanya pimpinan menetapkan target")
        review = locked or ("" if Right.REVIEW in rights else "Hanya pimpinan menilai")
        ui, pane = self.ui, self.target_pane
        chosen = "" if pane.targets.selected() else "Pilih satu target"
        for button in (ui.add_button, pane.add_button):
            permit(button, assign)
        without = any(not row.targets for row in self.rows)
        permit(ui.copy_button, assign or ("" if without else "Semua pegawai sudah punya target"))
        permit(ui.confirm_button, assign or ("" if self._drafts() else "Tidak ada konsep target"))
        ui.confirm_button.setVisible(bool(self._drafts()))
        permit(pane.edit_button, assign or chosen)
        permit(pane.cancel_button, assign or chosen)
        permit(pane.realise_button, review or chosen)
        permit(self.appraisal_pane.save_button, review)
        permit(self.appraisal_pane.clear_button, review)

    def _drafts(self) -> list[TargetRow]:
        every = (target for row in self.rows for target in row.targets)
        return [target for target in every if target.state is TargetState.DRAFT]

    def _fetch_reports(self, target: TargetRow | None) -> None:
        self._permit()
        if target is not None:
            self.context.jobs.run(
                self,
                partial(work_reports.of_target, target_id=target.id),
                partial(self._show_reports, target.id),
            )

    def _show_reports(self, target_id: int, reports: Sequence[ReportRow]) -> None:
        self.target_pane.show_reports(target_id, reports)

    def _show_report(self, key: int) -> None:
        self.navigate.emit(Place("work_reports", "report", key))

    def _copy(self) -> None:
        scope = self.context.scope
        task = partial(targets.copy_last_month, unit_id=scope.unit_id, period=scope.period)
        self.context.jobs.run(self, task, self._copied, label="Menyalin target")

    def _copied(self, number: int) -> None:
        if number:
            self.ui.message_bar.say(
                f"{number} target bulan lalu disalin sebagai konsep. Periksa, lalu tetapkan.",
                "good",
                "Tetapkan konsep",
                self._confirm,
            )
        else:
            self.ui.message_bar.say("Tidak ada target bulan lalu yang dapat disalin.", "neutral")

    def _confirm(self) -> None:
        chosen = [(target.id, target.version) for target in self._drafts()]
        self.ui.message_bar.clear()
        self.context.jobs.run(
            self,
            partial(targets.confirm, chosen=chosen),
            lambda number: toast.say(self, f"{number} target ditetapkan"),
        )

    def _add(self) -> None:
        self._open(TargetDialog(self.context, None, (), self))

    def _add_for_person(self) -> None:
        row: PerformanceRow | None = self.ui.table.selected()
        chosen = (row.id,) if row else ()
        self._open(TargetDialog(self.context, None, chosen, self))

    def _edit(self, _: object = None) -> None:
        target = self.target_pane.targets.selected()
        if target is not None and self.target_pane.edit_button.isEnabled():
            self._open(TargetDialog(self.context, target, (), self))

    def _realise(self) -> None:
        target = self.target_pane.targets.selected()
        if target is not None:
            self._open(RealisationDialog(self.context, target, self))

    def _open(self, dialog: TargetDialog | RealisationDialog) -> None:
        dialog.saved.connect(self._tell)
        dialog.open()

    def _tell(self, told: str) -> None:
        toast.say(self, told)

    def _ask_to_cancel(self) -> None:
        target = self.target_pane.targets.selected()
        if target is None:
            return
        question = "Target ini tidak dihitung lagi. Laporannya tetap tersimpan."
        dialog = ReasonDialog("Batalkan target", question, "Batalkan target", self)
        dialog.given.connect(partial(self._cancel, target))
        dialog.open()

    def _cancel(self, target: TargetRow, reason: str) -> None:
        task = partial(targets.cancel, key=target.id, version=target.version, reason=reason)
        self.context.jobs.run(self, task, partial(self._cancelled, target.id))

    def _cancelled(self, key: int, version: int) -> None:
        restore = partial(targets.restore, key=key, version=version)
        toast.say(self, "Target dibatalkan", partial(self.context.jobs.run, self, restore))

    def _keep(self) -> None:
        """Keep what is entered while other people are looked at."""
        row: PerformanceRow | None = self.ui.table.selected()
        if row is not None:
            self.unsaved[row.id] = self.appraisal_pane.draft()
            self._count()

    def _save(self) -> None:
        row: PerformanceRow | None = self.ui.table.selected()
        if row is None:
            return
        scope = self.context.scope
        task = partial(
            performance.assess,
            unit_id=scope.unit_id,
            period=scope.period,
            employee_id=row.id,
            draft=self.appraisal_pane.draft(),
            version=row.assessment.version if row.assessment else None,
        )
        self.context.jobs.run(
            self, task, partial(self._saved, row), refused=partial(self._refused, row)
        )

    def _saved(self, row: PerformanceRow, _: int) -> None:
        self.unsaved.pop(row.id, None)
        toast.say(self, f"Penilaian {row.person.name} disimpan")
        following = self._following(row)
        if following is not None:
            self._wanted = following.id
            self._select_wanted()

    def _following(self, row: PerformanceRow) -> PerformanceRow | None:
        """Return the next person in the list who is not appraised yet."""
        shown: list[PerformanceRow] = self.ui.table.shown
        keys = [one.id for one in shown]
        start = keys.index(row.id) + 1 if row.id in keys else 0
        return next((one for one in shown[start:] if not one.score.predicate), None)

    def _refused(self, row: PerformanceRow, refusal: Refusal) -> None:
        if isinstance(refusal, Conflict):
            question = f"{words.explain(refusal)} {KEPT.format(row.person.name)}"
            confirm.ask(self, question, "Buang isian saya", partial(self._drop, row.id))
            self.refresh()
            return
        selected: PerformanceRow | None = self.ui.table.selected()
        if isinstance(refusal, Invalid) and selected is not None and selected.id == row.id:
            self.appraisal_pane.show_problems(refusal.problems)
        else:
            errors.show(self, refusal)

    def _drop(self, key: int, _: bool = False) -> None:
        """Give up what was entered of somebody; show what is stored."""
        self.unsaved.pop(key, None)
        self._look(self.ui.table.selected())

    def _clear(self) -> None:
        row: PerformanceRow | None = self.ui.table.selected()
        if row is None or row.assessment is None:
            return
        self.unsaved.pop(row.id, None)
        task = partial(performance.clear, key=row.assessment.id, version=row.assessment.version)
        self.context.jobs.run(
            self, task, lambda _: toast.say(self, f"Penilaian {row.person.name} ditarik")
        )
