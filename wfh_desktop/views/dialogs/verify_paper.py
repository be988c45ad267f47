"""The dialog that tells whether a paper is genuine, from its file or from the code on it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QWidget
from typing_extensions import override

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal, Unreadable
from wfh_desktop.domain.papers import Finding
from wfh_desktop.forms.verify_paper_dialog import Ui_VerifyPaperDialog
from wfh_desktop.persistence.database import Work
from wfh_desktop.services import papers
from wfh_desktop.services.papers import Issued
from wfh_desktop.services.papers.verifying import Verdict
from wfh_desktop.views import errors, icons, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.widgets.icon_label import IconLabel
from wfh_desktop.words import audit as sentences

LARGEST = 50 * 2**20  # no paper of ours is near that
SIGNS = {  # icon and tone
    Finding.AUTHENTIC: "good",
    Finding.ALTERED: "bad",
    Finding.SUPERSEDED: "attention",
    Finding.DRAFT: "attention",
    Finding.UNKNOWN: "bad",
}


class VerifyPaperDialog(Sheet):
    """Takes a dropped or chosen file, or a typed code, and answers at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ui = Ui_VerifyPaperDialog()
        self.ui.setupUi(self)
        icons.dress(self)
        self.sign = IconLabel()
        self.ui.finding_layout.insertWidget(0, self.sign)
        self.ui.result_card.hide()
        self.ui.button_box.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.ui.check_button.clicked.connect(self._check_code)
        self.ui.file_button.clicked.connect(self._ask_file)
        self.ui.button_box.rejected.connect(self.reject)
        self.ui.code_edit.setFocus()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if path := _dropped(event):
            self.check_file(path)

    def check_file(self, path: Path) -> None:
        """Tell what the file at *path* is."""
        self.ui.code_edit.clear()
        self._run(partial(_check_file, path=path))

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what a paper turned out to be."""
        issued = verdict.issued
        tone = SIGNS[verdict.finding] if verdict.anchored is not False else "bad"
        heading = sentences.FINDINGS[verdict.finding]
        newest = issued.newest if issued else None
        meaning = sentences.meaning(verdict.finding, file=verdict.file, newest=newest)
        self.sign.show_icon(tone, tone)
        self.ui.finding_label.setText(heading)
        self.ui.meaning_label.setText(meaning)
        self._show_facts(issued)
        anchored = sentences.ANCHORED[verdict.anchored]
        self.ui.anchor_label.setText(anchored)
        self.ui.anchor_label.setVisible(bool(anchored))
        self.ui.result_card.setAccessibleName(heading)
        self.ui.result_card.setAccessibleDescription(meaning)
        self.ui.result_card.show()

    def _check_code(self) -> None:
        typed = self.ui.code_edit.text()
        if typed.strip():
            self._run(partial(papers.check, content=None, code=typed))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "Pilih dokumen", "", "Dokumen PDF (*.pdf)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._check_chosen)
        dialog.open()

    def _check_chosen(self, name: str) -> None:
        self.check_file(Path(name))

    def _run(self, task: partial[Verdict]) -> None:
        self.ui.result_card.hide()
        self.context.jobs.run(
            self, task, self.show_verdict, refused=self._refused, label="Memeriksa dokumen"
        )

    def _refused(self, refusal: Refusal) -> None:
        errors.show(self, refusal)

    def _show_facts(self, issued: Issued | None) -> None:
        grid = self.ui.facts_grid
        while (item := grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        for row, (name, said) in enumerate(_facts(issued) if issued else ()):
            caption, value = QLabel(name), QLabel(said)
            caption.setProperty("role", "muted")
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)


def _facts(issued: Issued) -> list[tuple[str, str]]:
    return [
        ("Dokumen", f"{words.PAPERS[issued.paper]}, revisi {issued.revision}"),
        ("Unit", issued.unit),
        ("Bulan", labels.month(issued.period)),
        ("Diterbitkan", f"{labels.moment(issued.at)} oleh {issued.actor}"),
        ("Kode", issued.code),
    ]


def _check_file(work: Work, path: Path) -> Verdict:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable("too_large", path.name, path.stat().st_size // 2**20, LARGEST // 2**20)
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable("no_access", path.name) from error
    return papers.check(work, content)


def _dropped(event: QDropEvent) -> Path | None:
    """Return the one local file that is being dropped."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
