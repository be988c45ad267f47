"""The page on which the month's TPP is calculated, explained, checked, submitted and locked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from textwrap import shorten

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from wfh_desktop.domain.errors import Refusal
from wfh_desktop.domain.tpp.trail import Node
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.forms.tpp_page import Ui_TppPage
from wfh_desktop.persistence.models import ConductEvent, MonthFigure, Recommendation, RuleChoice
from wfh_desktop.services import tpp
from wfh_desktop.services.tpp import Check, LineRow, RecommendationDetails
from wfh_desktop.views import errors, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.conduct import ConductDialog
from wfh_desktop.views.dialogs.figures import FiguresDialog
from wfh_desktop.views.dialogs.lock import LockDialog
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.page import Page, Place, permit
from wfh_desktop.views.pages.tpp_columns import FIXED, list_columns
from wfh_desktop.views.pages.tpp_steps import (
    STEPS,
    said,
    why_not_change,
    why_not_reopen,
    why_not_step,
)
from wfh_desktop.views.tables import TableModel
from wfh_desktop.views.widgets import toast
from wfh_desktop.views.widgets.checks_view import ChecksView
from wfh_desktop.views.widgets.trail_view import TrailView

PANEL = 360
TABLES = "Buku kerja (*.xlsx);;Teks berpisah titik koma (*.csv)"
RULES = 30  # letters of the rule set's name beside the title
ROOM = 20  # pixels beside the text of a column


class TppPage(Page):
    """The list as it will be printed; a figure opens its trail, a check opens its place."""

    key = "tpp"
    title = "TPP"
    icon = "tpp"
    watches = frozenset({Recommendation, RuleChoice, ConductEvent, MonthFigure})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_TppPage()
        self.ui.setupUi(self)
        self.details: RecommendationDetails | None = None
        self.checks: Sequence[Check] = ()
        self._wanted: int | None = None  # the person to select once the list is there

        self.model = TableModel[LineRow](list_columns(()), self)
        self.ui.table.attach(self.model)
        self.ui.totals_row.follow(self.ui.table)
        self.trail_view = TrailView()
        self.checks_view = ChecksView()
        self.panel = QStackedWidget()
        self.panel.addWidget(self.trail_view)
        self.panel.addWidget(self.checks_view)
        self.ui.side_panel.body.addWidget(self.panel)
        self.ui.side_panel.hide()
        self.ui.splitter.setStretchFactor(0, 1)
        self.ui.splitter.setSizes([1000, PANEL])

        self.ui.search_edit.textChanged.connect(self.ui.table.set_filter)
        self.ui.table.selected_changed.connect(self._explain)
        self.ui.table.opened.connect(self._enter_trail)
        self.ui.table.shown_changed.connect(self._count)
        self.ui.compute_button.clicked.connect(self._compute)
        self.ui.conduct_button.clicked.connect(self._open_conduct)
        self.ui.figures_button.clicked.connect(self._open_figures)
        self.ui.checks_button.clicked.connect(self._show_checks)
        self.ui.step_button.clicked.connect(self._step)
        self.ui.reopen_button.clicked.connect(self._ask_to_reopen)
        self.ui.export_button.clicked.connect(self._ask_where)
        self.ui.empty_state.asked.connect(self._compute)
        self.checks_view.asked.connect(self._go)
        self.trail_view.print_asked.connect(self._print)
        self.ui.side_panel.closed.connect(self.ui.table.setFocus)

    @override
    def reload(self) -> None:
        scope = self.context.scope
        self.ui.title_label.setText(f"TPP {labels.month(scope.period)}")
        self.load(partial(tpp.current, unit_id=scope.unit_id, period=scope.period), self._show)

    @override
    def visit(self, place: Place) -> None:
        self._wanted = place.key
        if place.part == "checks":
            self._show_checks()
        elif place.key is not None:
            self._select(place.key)

    @override
    def state_changed(self) -> None:
        self.refresh()

    def _show(self, details: RecommendationDetails | None) -> None:
        self.details = details
        self.checks = ()
        self.ui.stack.setCurrentWidget(self.ui.list_room if details else self.ui.empty_state)
        if details is None:
            self.model.show(())
            self.ui.side_panel.hide()
            self.ui.empty_state.say(
                "TPP bulan ini belum dihitung. Perhitungan memakai presensi, laporan yang "
                "diterima, penilaian kinerja dan aturan yang dipilih di halaman Atur.",
                "Hitung TPP",
                "calculate",
            )
        else:
            self.model.set_columns(list_columns(details.columns))
            self.model.show(details.lines)
            self._size_columns()
            self._count()
            if self._wanted is not None:
                self._select(self._wanted)
        self._permit()
        if details is not None and details.state is State.DRAFT:
            self._check()

    def _permit(self) -> None:
        """Enable what the state of the month and the actor's rights allow, and say why not."""
        details, ui = self.details, self.ui
        state = details.state if details else State.DRAFT
        text, tip = STEPS[state]
        ui.step_button.setText(text)
        actor = self.context.actor
        closed = why_not_change(state, actor)
        permit(ui.compute_button, closed)
        permit(ui.empty_state.action_button, closed)
        permit(ui.conduct_button, closed)
        permit(ui.figures_button, closed)
        blocked = why_not_step(details, self.checks, actor)
        permit(ui.step_button, blocked)
        if not blocked:
            ui.step_button.setToolTip(tip)
        ui.checks_button.setVisible(details is not None)
        ui.export_button.setVisible(details is not None)
        ui.reopen_button.setVisible(state is not State.DRAFT)
        permit(ui.reopen_button, why_not_reopen(state, actor))
        ui.reopen_button.setText("&Revisi" if state is State.FINAL else "&Buka kembali")
        self._say_rules(details)
        self._say_state()

    def _say_rules(self, details: RecommendationDetails | None) -> None:
        pill = self.ui.rules_pill
        pill.setVisible(details is not None)
        if details is not None:
            name = shorten(details.rules_title, RULES, placeholder="…")
            pill.show_state(f"{name}{_revision(details)}", "neutral")
            pill.setToolTip(f"{details.rules_title}, versi {details.rule_digest[:8]}")

    def _say_state(self) -> None:
        text = said(self.details) if self.details else ""
        if self.details is None or not text:
            self.ui.message_bar.clear()
            return
        draft = self.details.state is State.DRAFT
        self.ui.message_bar.say(text, "attention" if draft else "neutral")

    def _count(self) -> None:
        if self.details is None:
            return
        shown = len(self.ui.table.shown)
        parts = [f"{shown} orang", f"jumlah diterima {labels.rupiah(self.details.net)}"]
        changed = sum(bool(line.change) for line in self.details.lines)
        if changed:
            parts.append(f"{changed} angka berubah dari bulan lalu")
        refused = sum(bool(line.refusal) and not line.waiting for line in self.details.lines)
        if waiting := sum(line.waiting for line in self.details.lines):
            parts.append(f"{waiting} orang menunggu dihitung orang lain")
        if refused:
            parts.append(f"{refused} orang belum dapat dihitung")
        self.ui.footer_label.setText("  ·  ".join(parts))

    def _size_columns(self) -> None:
        """Make each column of figures as wide as its caption and figures, and no wider."""
        header, metrics = self.ui.table.horizontalHeader(), self.ui.table.fontMetrics()
        bold = QFontMetrics(self._bold())
        lines = self.details.lines if self.details else ()
        for number, column in enumerate(self.model.columns):
            if column.width:
                header.resizeSection(number, column.width)
                continue
            heads = map(bold.horizontalAdvance, column.title.split("\n"))
            texts = (metrics.horizontalAdvance(column.text(line)) for line in lines)
            header.resizeSection(number, max((*heads, *texts)) + ROOM)

    def _bold(self) -> QFont:
        font = QFont(self.ui.table.font())
        font.setBold(True)
        return font

    def _select(self, employee: int) -> None:
        line = self._line(employee)
        if line is not None:
            self._wanted = None
            self.ui.table.select_key(line.id)

    def _line(self, employee: int) -> LineRow | None:
        lines = self.details.lines if self.details else ()
        return next((line for line in lines if line.employee_id == employee), None)

    def _explain(self, line: LineRow | None) -> None:
        if line is None:
            return
        person = line.person
        parts = (f"NIP {person.nip}" if person.nip else "", person.grade, person.title)
        self.ui.side_panel.show_title(person.name, "  ·  ".join(filter(None, parts)))
        self.panel.setCurrentWidget(self.trail_view)
        self.ui.side_panel.show()
        if line.refusal:
            self.trail_view.clear()
            self.trail_view.explanation.setText(line.refusal)
            return
        self.context.jobs.run(
            self, partial(tpp.explain, line_id=line.id), partial(self._show_trail, line.id)
        )

    def _show_trail(self, line_id: int, root: Node) -> None:
        selected = self.ui.table.selected()
        if selected is not None and selected.id == line_id:  # else another was chosen meanwhile
            self.trail_view.show_trail(root, self._key_of_cell())

    def _key_of_cell(self) -> str:
        """Return the step of the trail behind the current cell."""
        number = self.ui.table.currentIndex().column() - len(FIXED)
        columns = self.details.columns if self.details else ()
        return columns[number].path if 0 <= number < len(columns) else ""

    def _enter_trail(self, _: LineRow) -> None:
        self.trail_view.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _compute(self) -> None:
        scope = self.context.scope
        self.context.jobs.run(
            self,
            partial(tpp.compute, unit_id=scope.unit_id, period=scope.period),
            lambda _: toast.say(self, "TPP sudah dihitung"),
            label="Menghitung TPP",
        )

    def _open_conduct(self) -> None:
        line = self.ui.table.selected()
        ConductDialog(self.context, line.employee_id if line else None, self).open()

    def _open_figures(self) -> None:
        dialog = FiguresDialog(self.context, self)
        dialog.stored.connect(self._figures_stored)
        dialog.open()

    def _figures_stored(self, number: int) -> None:
        toast.say(self, f"{number} angka tersimpan")

    def _check(self) -> None:
        if self.details is not None:
            self.context.jobs.run(
                self,
                partial(tpp.before_submitting, key=self.details.id),
                partial(self._checked, self.details.id),
                label="Memeriksa TPP",
            )

    def _checked(self, key: int, checks: list[Check]) -> None:
        if self.details is None or self.details.id != key:
            return
        self.checks = checks
        self.checks_view.show_checks(checks)
        self.ui.checks_button.setText(f"&Periksa ({len(checks)})" if checks else "&Periksa")
        self._permit()

    def _show_checks(self) -> None:
        self.ui.side_panel.show_title("Pemeriksaan sebelum diajukan")
        self.panel.setCurrentWidget(self.checks_view)
        self.ui.side_panel.show()
        self.checks_view.list.setFocus()
        self._check()

    def _go(self, place: Place) -> None:
        if place.page == self.key and place.part == "compute":
            self._compute()
        elif place.page == self.key and place.part == "figures":
            self._open_figures()
        else:
            self.navigate.emit(place)

    def _print(self) -> None:
        line = self.ui.table.selected()
        if line is not None:
            self.navigate.emit(Place("papers", "rincian", line.employee_id))

    def _ask_where(self) -> None:
        if self.details is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, "Ekspor daftar TPP", folder, TABLES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(tpp.export_name(self.details))
        dialog.fileSelected.connect(self._export)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _export(self, name: str) -> None:
        """Save the list as it is shown: what a search left out stays out."""
        if self.details is None:
            return
        search = self.ui.search_edit.text().strip()
        shown = frozenset(line.employee_id for line in self.ui.table.shown)
        self.context.jobs.run(
            self,
            partial(
                tpp.export,
                key=self.details.id,
                path=Path(name),
                only=shown if search else None,
                search=search,
            ),
            lambda number: toast.say(self, f"{number} orang diekspor"),
            label="Mengekspor TPP",
        )

    def _step(self) -> None:
        if self.details is None:
            return
        if self.details.state is State.SUBMITTED:
            dialog = LockDialog(self.context, self.details, self)
            dialog.open()
            return
        self.context.jobs.run(
            self,
            partial(tpp.submit, key=self.details.id, version=self.details.version),
            lambda _: toast.say(self, "Rekomendasi TPP diajukan"),
            refused=self._refused,
            label="Memeriksa dan mengajukan",
        )

    def _refused(self, refusal: Refusal) -> None:
        self._show_checks()
        errors.show(self, refusal)

    def _ask_to_reopen(self) -> None:
        if self.details is None:
            return
        final = self.details.state is State.FINAL
        question = (
            "Rekomendasi yang sudah dikunci tidak berubah. Revisi baru dibuat dari data terakhir "
            "dan merujuk kepadanya."
            if final
            else "Rekomendasi yang diajukan menjadi draf lagi dan dapat dihitung ulang."
        )
        title = "Buat revisi" if final else "Buka kembali"
        dialog = ReasonDialog(title, question, title, self)
        dialog.given.connect(self._reopen)
        dialog.open()

    def _reopen(self, reason: str) -> None:
        if self.details is not None:
            self.context.jobs.run(
                self,
                partial(
                    tpp.reopen, key=self.details.id, version=self.details.version, reason=reason
                ),
                label="Membuka kembali",
            )


def _revision(details: RecommendationDetails) -> str:
    return f", revisi {details.revision}" if details.revision else ""
