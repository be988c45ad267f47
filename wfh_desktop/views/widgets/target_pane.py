"""A person's targets of a month with the reports behind the one that is selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from wfh_desktop.services.realisation import TargetRow
from wfh_desktop.services.report_rows import ReportRow
from wfh_desktop.views import icons, labels
from wfh_desktop.views.tables import Column, DataTable, TableModel
from wfh_desktop.views.widgets import report_pane
from wfh_desktop.views.widgets.folding_button import FoldingButton
from wfh_desktop.views.widgets.scroll_room import ScrollRoom
from wfh_desktop.views.widgets.target_list import TargetList

LOWEST = 112  # pixels of each list: on a low screen the pane scrolls


class TargetPane(QWidget):
    """Shows targets; the page answers `reports_wanted` with `show_reports`."""

    reports_wanted = Signal(object)
    report_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.targets = TargetList()
        self.add_button = _button("Ta&mbah", "add", "Tambah target untuk pegawai ini")
        self.edit_button = _button("&Ubah", "edit", "Ubah target yang dipilih (Enter)")
        self.realise_button = _button(
            "&Realisasi", "target", "Isi realisasi dengan tangan; kosong berarti dari laporan"
        )
        self.cancel_button = _button("&Batalkan", "refuse", "Batalkan target ini dengan alasan")
        self.reports_label = QLabel()
        self.reports_label.setProperty("role", "heading")
        self.reports_model = TableModel[ReportRow](COLUMNS, self)
        self.reports = DataTable()
        self.reports.attach(self.reports_model)
        self.reports.stretch(1)
        self.reports.setAccessibleName("Laporan di balik target")
        buttons = QHBoxLayout()
        for button in (
            self.add_button,
            self.edit_button,
            self.realise_button,
            self.cancel_button,
        ):
            buttons.addWidget(button)
        buttons.addStretch()
        for listing in (self.targets, self.reports):
            listing.setMinimumHeight(LOWEST)
            listing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        room = ScrollRoom()
        room.body.setSpacing(8)
        room.body.addWidget(self.targets, 3)
        room.body.addLayout(buttons)
        room.body.addWidget(self.reports_label)
        room.body.addWidget(self.reports, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(room)
        self.targets.chosen.connect(self._chosen)
        self.reports.opened.connect(self._open)

    def show_targets(self, targets: Sequence[TargetRow]) -> None:
        """Show the targets of a person; the first is selected if none is."""
        self.targets.show_targets(targets)
        if targets and self.targets.selected() is None:
            self.targets.setCurrentIndex(self.targets.rows.index(0, 0))

    def show_reports(self, target_id: int, reports: Sequence[ReportRow]) -> None:
        """Show the reports behind a target, if it is still the one selected."""
        target = self.targets.selected()
        if target is None or target.id != target_id:
            return
        self.reports_model.show(reports)
        if reports:
            counted = f"{target.done.reports} dari {len(reports)} laporan dihitung"
            self.reports_label.setText(counted)
        else:
            self.reports_label.setText("Belum ada laporan untuk target ini")

    def _chosen(self, target: TargetRow | None) -> None:
        if target is None:
            self.reports_model.show(())
            self.reports_label.setText("Belum ada target" if not self.targets.rows.rows else "")
        self.reports_wanted.emit(target)

    def _open(self, row: ReportRow) -> None:
        self.report_asked.emit(row.id)


def _button(text: str, icon: str, tip: str) -> FoldingButton:
    button = FoldingButton()
    button.setText(text)
    button.setIcon(icons.icon(icon))
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button


COLUMNS: tuple[Column[ReportRow], ...] = (
    Column("Tanggal", lambda row: labels.brief_day(row.day), lambda row: row.day, width=80),
    Column("Tugas", lambda row: row.task, tip=lambda row: f"{row.task}\n{row.text}", width=150),
    Column(
        "Jumlah",
        lambda row: labels.number(row.quantity),
        lambda row: row.quantity,
        align="right",
        width=74,
    ),
    Column(
        "Keadaan",
        lambda row: row.state.value,
        tone=lambda row: report_pane.TONES[row.state],
        width=96,
    ),
    Column(
        "Nilai",
        lambda row: labels.number(row.rating),
        lambda row: row.rating,
        align="right",
        width=56,
    ),
)
