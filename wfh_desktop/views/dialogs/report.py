"""The dialog in which a report is recorded for a person, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from wfh_desktop.domain import numbers
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.work_reports import ReportDraft
from wfh_desktop.forms.report_dialog import Ui_ReportDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import clock, evidence, tasks, work_reports
from wfh_desktop.services.evidence import EvidenceRow
from wfh_desktop.services.report_rows import ReportRow
from wfh_desktop.services.task_rows import ShareRow
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.widgets.fields import show_problems

KINDS = "Gambar dan PDF (*.jpg *.jpeg *.png *.pdf)"
CLOCK = re.compile(r"(\d{1,2})[.:]?(\d{2})")


@dataclass(frozen=True)
class Start:
    """What the dialog needs to begin: the shares to report on, and today's date."""

    shares: Sequence[ShareRow]
    files: Sequence[EvidenceRow]
    today: date


class ReportDialog(EntryDialog):
    """Records a new report, or completes *row*; stays open until everything is in order.

    `saved` carries the report's number and what was done.
    """

    amounts = frozenset({"quantity"})

    saved = Signal(int, str)

    def __init__(
        self, context: Context, row: ReportRow | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.row = row
        self._send = False
        self._shares: Sequence[ShareRow] = ()
        self.ui = Ui_ReportDialog()
        self.ui.setupUi(self)
        icons.dress(self)
        self.ui.returned_label.setVisible(bool(row and row.reason))
        completer = self.ui.person_box.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        if row:
            self.setWindowTitle("Perbaiki laporan")
            self.ui.returned_label.setText(f"Dikembalikan: {row.reason}")
            self.fill(row)
        self.ui.person_box.currentIndexChanged.connect(self._show_tasks)
        self.ui.attach_button.clicked.connect(self._pick_files)
        self.ui.draft_button.clicked.connect(partial(self._save, send=False))
        self.ui.send_button.clicked.connect(partial(self._save, send=True))
        self.ui.cancel_button.clicked.connect(self.reject)
        self.setEnabled(False)
        scope = context.scope
        task = partial(_start, unit_id=scope.unit_id, period=scope.period, row=row)
        context.jobs.run(self, task, self._begin, refused=self._fail)

    def draft(self) -> ReportDraft:
        """Return what the user has typed; raise `Invalid` for what is no number or time."""
        ui, problems = self.ui, []
        quantity = numbers.read(ui.quantity_edit.text())
        if quantity is None:
            problems.append(Problem("quantity", "not_a_number", (ui.quantity_edit.text(),)))
        times: list[time | None] = []
        for edit in (ui.starts_edit, ui.ends_edit):
            times.append(clock_time(edit.text()))
            if edit.text().strip() and times[-1] is None:
                problems.append(Problem("ends", "not_a_time", (edit.text(),)))
        share = ui.task_box.currentData()
        if share is None:
            problems.append(Problem("task", "required"))
        if problems:
            raise Invalid(problems)
        return ReportDraft(
            assignment_id=share,
            day=ui.day_edit.day(),
            text=ui.text_edit.toPlainText(),
            quantity=quantity or Decimal(),
            starts=times[0],
            ends=times[1],
            no_evidence=ui.no_evidence_edit.text(),
        )

    @override
    def task(self) -> Callable[[Work], int]:
        files = self.ui.files_list
        return partial(
            _store,
            draft=self.draft(),
            paths=tuple(files.paths),
            removed=tuple(files.removed),
            key=self.row.id if self.row else 0,
            version=self.row.version if self.row else None,
            send=self._send,
        )

    @override
    def again(self) -> Callable[[Work], ReportRow] | None:
        return self.row and partial(_fetch, key=self.row.id)

    @override
    def fill(self, row: ReportRow) -> None:
        ui = self.ui
        ui.day_edit.set_day(row.day)
        ui.starts_edit.setText(labels.clock(row.starts) if row.starts else "")
        ui.ends_edit.setText(labels.clock(row.ends) if row.ends else "")
        ui.quantity_edit.setText(labels.number(row.quantity))
        ui.text_edit.setPlainText(row.text)
        ui.no_evidence_edit.setText(row.no_evidence)

    def _begin(self, start: Start) -> None:
        self.setEnabled(True)
        self._shares = start.shares
        ui = self.ui
        ui.files_list.show_attached(start.files)
        people = {share.employee_id: share.person for share in start.shares}
        for key, name in people.items():
            ui.person_box.addItem(name, key)
        if self.row:
            ui.person_box.setCurrentIndex(ui.person_box.findData(self.row.employee_id))
            ui.task_box.setCurrentIndex(ui.task_box.findData(self.row.assignment_id))
            ui.person_box.setEnabled(False)
            ui.task_box.setEnabled(False)
        else:
            ui.day_edit.set_day(_nearest(self.context.scope.period, start.today))
        if not people:
            show_problems(self, [Problem("task", "no_task")])
        self.settle(ui.draft_button, ui.send_button)
        (ui.text_edit if self.row else ui.person_box).setFocus()

    def _show_tasks(self) -> None:
        person = self.ui.person_box.currentData()
        self.ui.task_box.clear()
        for share in self._shares:
            if share.employee_id == person:
                due = labels.brief_day(share.due)
                self.ui.task_box.addItem(f"{share.task}  ·  {due}", share.id)

    def _pick_files(self) -> None:
        dialog = QFileDialog(self, "Lampirkan eviden", "", KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._picked)
        dialog.open()

    def _picked(self, names: list[str]) -> None:
        self.ui.files_list.add(Path(name) for name in names)

    def _save(self, _: bool = False, *, send: bool) -> None:
        self._send = send
        self.accept()

    @override
    def finish(self, answer: int) -> None:
        self.saved.emit(answer, "Laporan dikirim" if self._send else "Konsep disimpan")

    def _fail(self, refusal: Refusal) -> None:
        errors.show(self.parentWidget(), refusal)
        self.reject()


def clock_time(text: str) -> time | None:
    """Read 07.30, 7:30 or 0730; None for what is no time."""
    found = CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def _start(work: Work, unit_id: int, period: Period, row: ReportRow | None) -> Start:
    shares = tasks.open_shares(work, unit_id, period)
    files = work_reports.details(work, row.id).files if row else ()
    return Start(shares, files, clock.today(work, unit_id))


def _store(
    work: Work,
    *,
    draft: ReportDraft,
    paths: Sequence[Path],
    removed: Sequence[EvidenceRow],
    key: int,
    version: int | None,
    send: bool,
) -> int:
    """Keep the report with its files, and submit it if asked to; all or nothing."""
    act = work_reports.hand_in if send else work_reports.keep
    files = evidence.from_paths(paths)
    return act(work, draft, files, key, removed=removed, version=version)


def _fetch(work: Work, key: int) -> ReportRow:
    return work_reports.details(work, key).row


def _nearest(period: Period, today: date) -> date:
    """Return the day of *period* that is nearest to today."""
    return min(max(today, period.first), period.last)
