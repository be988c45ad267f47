"""The page Cetak: the papers of the month, whom they are about, and how they will come out."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.domain.papers import Paper, PaperState
from wfh_desktop.domain.periods import Period
from wfh_desktop.forms.papers_page import Ui_PapersPage
from wfh_desktop.services import papers
from wfh_desktop.services.papers import PaperRow, Prepared, SubjectRow
from wfh_desktop.views import errors, labels, printing
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.paper_layout import PaperLayoutDialog
from wfh_desktop.views.dialogs.verify_paper import VerifyPaperDialog
from wfh_desktop.views.page import Page, Place, permit
from wfh_desktop.views.pages.papers_columns import (
    PAPER_COLUMNS,
    PRINTED,
    SUBJECT_COLUMNS,
    Line,
    Subject,
    everybody,
    lines,
    one,
)
from wfh_desktop.views.pages.papers_queue import Order, PaperQueue, make, printable
from wfh_desktop.views.tables import TableModel
from wfh_desktop.views.widgets import toast

CHECK = "check"  # as part of a place: the question whether a paper is genuine
WIDTHS = (344, 232, 590)
PDF = "PDF (*.pdf)"


class PapersPage(Page):
    """Shows each paper as it will be printed, prints and saves it, or all of them in turn."""

    key = "papers"
    title = "Cetak"
    icon = "papers"
    watches = PRINTED

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PapersPage()
        self.ui.setupUi(self)
        self.queue = PaperQueue(context, self)
        self.prepared: Prepared | None = None
        self.content = b""
        self._wanted: Place | None = None
        self._view = 0
        self._folder = QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        self.papers = TableModel[Line](PAPER_COLUMNS, self)
        self.subjects = TableModel[Subject](SUBJECT_COLUMNS, self)
        self.ui.papers_table.attach(self.papers)
        self.ui.subjects_table.attach(self.subjects)
        for table in (self.ui.papers_table, self.ui.subjects_table):
            table.setSelectionMode(table.SelectionMode.SingleSelection)
            table.setSortingEnabled(False)
        self.ui.splitter.setSizes(WIDTHS)
        self.ui.splitter.setStretchFactor(2, 1)
        menu = QMenu(self)
        self.print_all_action = menu.addAction("Ke &pencetak…")
        self.save_all_action = menu.addAction("Ke &map sebagai PDF…")
        self.ui.all_button.setMenu(menu)

        self.ui.papers_table.selected_changed.connect(self._choose_paper)
        self.ui.subjects_table.selected_changed.connect(self._choose_subject)
        self.ui.search_edit.textChanged.connect(self.ui.subjects_table.set_filter)
        self.ui.paper_view.empty.asked.connect(self._calculate)
        self.ui.verify_button.clicked.connect(self._open_check)
        self.ui.layout_button.clicked.connect(self._open_layout)
        self.ui.save_button.clicked.connect(self._ask_where)
        self.ui.print_button.clicked.connect(self._ask_printer)
        self.print_all_action.triggered.connect(self._ask_printer_for_all)
        self.save_all_action.triggered.connect(self._ask_folder)
        self.ui.run_button.clicked.connect(self._stop_or_resume)
        self.ui.drop_button.clicked.connect(self.queue.drop)
        self.queue.moved.connect(self._tell_run)
        self.queue.ended.connect(self._ended)
        self.queue.refused.connect(self._refused)
        self.setFocusProxy(self.ui.papers_table)
        self._tell_run()
        self._forget("Memuat naskah …")

    @override
    def reload(self) -> None:
        scope = self.context.scope
        self.ui.title_label.setText(f"Cetak {labels.month(scope.period)}")
        self.load(partial(papers.listing, unit_id=scope.unit_id, period=scope.period), self._show)

    @override
    def visit(self, place: Place) -> None:
        if place.part == CHECK:
            self._open_check()
            return
        self._wanted = place
        self._go_to_wanted()

    @override
    def state_changed(self) -> None:
        self.refresh()

    @override
    def event(self, event: QEvent) -> bool:
        override = event.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and _means_print(event):
            event.accept()  # here Ctrl+P prints; elsewhere it leads here
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _means_print(event):
            self.ui.print_button.click()
        else:
            super().keyPressEvent(event)

    def _show(self, rows: list[PaperRow]) -> None:
        self.papers.show(lines(rows))
        if rows:
            row = rows[0]
            said = f"Revisi {row.revision}" if row.revision else ""
            text = " ".join(filter(None, ("Draf" if row.draft else "Final", said)))
            self.ui.state_pill.show_state(text, "attention" if row.draft else "good")
        if self.ui.papers_table.selected() is None and rows:
            self.ui.papers_table.selectRow(0)
        else:
            self._choose_paper(self.ui.papers_table.selected())
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Select the paper that another page asked for."""
        place = self._wanted
        if place is None or not place.part or not self.papers.rows:
            return
        if place.key is None:
            self._wanted = None
        self.ui.papers_table.select_key(place.part)

    def _choose_paper(self, line: Line | None) -> None:
        if line is None:
            return
        scope = self.context.scope
        unit = one(scope.unit_name)
        if line.row.paper is not Paper.BREAKDOWNS or line.row.state is PaperState.MISSING:
            self._show_subjects(line.row.paper, [unit])
            return
        self.context.jobs.run(
            self,
            partial(papers.subjects, unit_id=scope.unit_id, period=scope.period),
            partial(self._show_people, line.row.paper),
        )

    def _show_people(self, paper: Paper, rows: list[SubjectRow]) -> None:
        self._show_subjects(paper, everybody(rows))

    def _show_subjects(self, paper: Paper, subjects: list[Subject]) -> None:
        line = self.ui.papers_table.selected()
        if line is None or line.row.paper is not paper:  # another was chosen meanwhile
            return
        self.ui.search_edit.setEnabled(len(subjects) > 1)
        self.subjects.show(subjects)
        table, wanted = self.ui.subjects_table, self._wanted
        if wanted is not None and wanted.key is not None and wanted.part == paper:
            self._wanted = None
            table.select_key(wanted.key)
        elif table.selected() is None:
            table.selectRow(0)
        self._choose_subject(table.selected())

    def _choose_subject(self, subject: Subject | None) -> None:
        line: Line | None = self.ui.papers_table.selected()
        if line is None or subject is None:
            return
        self._say_printed(line.row)
        if line.row.state is PaperState.MISSING:
            self._forget(
                "Naskah ini dibuat dari perhitungan TPP. TPP bulan ini belum dihitung.",
                "Ke halaman TPP",
            )
            return
        scope = self.context.scope
        wanted = (scope.unit_id, scope.period, line.row.paper, subject.employee_id)
        if self.prepared is None or wanted != _identity(self.prepared):
            self._forget("Menyusun pratinjau…")  # never print one paper under another's name
        task = partial(
            papers.prepare,
            unit_id=scope.unit_id,
            period=scope.period,
            paper=line.row.paper,
            employee_id=subject.employee_id,
        )
        self._view += 1
        self.context.jobs.run(
            self,
            task,
            partial(self._make, self._view),
            refused=partial(self._not_to_show, self._view),
        )

    def _make(self, view: int, prepared: Prepared) -> None:
        if view == self._view:
            self.context.jobs.compute(
                self,
                partial(make, prepared),
                partial(self._made, view, prepared),
                refused=partial(self._not_to_show, view),
                label="Menyusun pratinjau",
            )

    def _made(self, view: int, prepared: Prepared, content: bytes) -> None:
        if view != self._view:  # another paper was chosen meanwhile
            return
        self.prepared, self.content = prepared, content
        self.ui.paper_view.show_paper(content)
        self._permit("")

    def _not_to_show(self, view: int, refusal: Refusal) -> None:
        if view == self._view:
            self._forget(words.explain(refusal))

    def _forget(self, sentence: str, action: str = "") -> None:
        self._view += 1
        self.prepared, self.content = None, b""
        self.ui.paper_view.say(sentence, action)
        self._permit("Belum ada naskah yang dapat dicetak")

    def _permit(self, refusal: str) -> None:
        permit(self.ui.save_button, refusal)
        permit(self.ui.print_button, refusal)
        busy = "Naskah lain sedang dicetak" if self.queue.order else ""
        permit(self.ui.all_button, busy)

    def _say_printed(self, row: PaperRow) -> None:
        said = f"{words.PAPERS[row.paper]}: {words.PAPER_STATES[row.state]}"
        if row.at is not None:
            said += f"  ·  terakhir dicetak {labels.moment(row.at)} oleh {row.actor}"
        self.ui.footer_label.setText(said)

    def _calculate(self) -> None:
        self.navigate.emit(Place("tpp"))

    def _open_check(self) -> None:
        VerifyPaperDialog(self.context, self).open()

    def _open_layout(self) -> None:
        PaperLayoutDialog(self.context, self).open()

    def _ask_where(self) -> None:
        if self.prepared is None:
            return
        dialog = QFileDialog(self, "Simpan PDF", self._folder, PDF)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self.prepared.name)
        dialog.fileSelected.connect(self._save)
        _open(dialog)

    def _save(self, name: str) -> None:
        if self.prepared is None:
            return
        path = Path(name)
        self._folder = str(path.parent)
        self.context.jobs.run(
            self,
            partial(papers.issue_to, prepared=self.prepared, content=self.content, path=path),
            lambda saved: toast.say(self, f"Tersimpan: {saved.name}"),
            label="Menyimpan PDF",
        )

    def _ask_printer(self) -> None:
        if self.prepared is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(printing.sheet_of(self.ui.paper_view.document.pagePointSize(0)))
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(f"Cetak {words.within(words.PAPERS[self.prepared.paper])}")
        dialog.accepted.connect(partial(self._print, self.prepared, self.content, printer))
        _open(dialog)

    def _print(self, prepared: Prepared, content: bytes, printer: QPrinter, *_: object) -> None:
        """Note the paper as printed, then send it; a print dialog adds its own printer."""
        self.context.jobs.run(
            self,
            partial(papers.issue, prepared=prepared, content=content),
            partial(self._send, prepared.name, printer),
        )

    def _send(self, name: str, printer: QPrinter, content: bytes) -> None:
        self.context.jobs.compute(
            self,
            partial(printing.print_paper, printer=printer, content=content, name=name),
            lambda _: toast.say(self, "Naskah dikirim ke pencetak"),
            label="Mencetak",
        )

    def _ask_printer_for_all(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle("Cetak semua naskah")
        dialog.accepted.connect(partial(self._print_all, printer))
        _open(dialog)

    def _print_all(self, printer: QPrinter, *_: object) -> None:
        if printer.outputFormat() is QPrinter.OutputFormat.PdfFormat:
            self._save_all(str(Path(printer.outputFileName()).parent))  # a file for each paper
        else:
            self._start(printer=printer)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, "Simpan semua naskah di map", self._folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._save_all)
        _open(dialog)

    def _save_all(self, folder: str) -> None:
        self._folder = folder
        self._start(folder=Path(folder))

    def _start(self, *, folder: Path | None = None, printer: QPrinter | None = None) -> None:
        scope = self.context.scope
        chosen = printable([line.row for line in self.papers.rows])
        self.queue.start(Order(scope.unit_id, scope.period, chosen, folder, printer))

    def _stop_or_resume(self) -> None:
        if self.queue.running:
            self.queue.stop()
        else:
            self.queue.resume()

    def _tell_run(self) -> None:
        queue, ui = self.queue, self.ui
        ui.run_bar.setVisible(queue.order is not None)
        if queue.order is not None:
            ui.run_progress.setRange(0, queue.total)
            ui.run_progress.setValue(queue.done)
            name = words.PAPERS[queue.current] if queue.current else "Selesai"
            ui.run_label.setText(f"{name} ({min(queue.done + 1, queue.total)} dari {queue.total})")
            ui.run_button.setText("&Berhenti" if queue.running else "&Lanjutkan")
            permit(ui.run_button, "Berhenti sesudah naskah ini" if queue.stopping else "")
            permit(ui.drop_button, "Hentikan dahulu" if queue.running else "")
        self._permit("" if self.prepared else "Belum ada naskah yang dapat dicetak")

    def _ended(self, count: int) -> None:
        order = self.queue.order
        where = f" di {order.folder}" if order and order.folder else ""
        self.queue.drop()
        self.ui.message_bar.say(f"{count} naskah selesai{where}.", "good")

    def _refused(self, refusal: Refusal) -> None:
        errors.show(self, refusal)


def _identity(prepared: Prepared) -> tuple[int, Period, Paper, int | None]:
    return prepared.unit_id, prepared.period, prepared.paper, prepared.employee_id


def _open(dialog: QDialog) -> None:
    """Show a dialog that goes away with its answer."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    QDialog.open(dialog)


def _means_print(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() == Qt.Key.Key_P
