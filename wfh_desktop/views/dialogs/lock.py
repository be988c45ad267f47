"""The dialog that makes a month final: after it nothing changes the recommendation any more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from wfh_desktop.domain.errors import Refusal
from wfh_desktop.forms.lock_dialog import Ui_LockDialog
from wfh_desktop.services import tpp
from wfh_desktop.services.tpp import RecommendationDetails
from wfh_desktop.views import errors, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet


class LockDialog(Sheet):
    """Says what becomes final, and takes the letter's number and date on the way."""

    def __init__(
        self, context: Context, details: RecommendationDetails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.details = details
        self.ui = Ui_LockDialog()
        self.ui.setupUi(self)
        self.ui.question_label.setText(
            f"Rekomendasi TPP {labels.month(details.period)} untuk {len(details.lines)} orang, "
            f"jumlah {labels.rupiah(details.net)}, menjadi final. Sesudah dikunci tidak ada yang "
            "dapat mengubahnya; perbaikan hanya lewat revisi baru."
        )
        self.ui.number_edit.setText(details.number)
        self.ui.dated_edit.setDate(QDate(details.dated) if details.dated else QDate.currentDate())
        self.ui.button_box.button(QDialogButtonBox.StandardButton.Ok).setText("&Kunci")
        self.ui.button_box.accepted.connect(self.accept)
        self.ui.button_box.rejected.connect(self.reject)

    @override
    def accept(self) -> None:
        self.setEnabled(False)
        self.context.jobs.run(
            self,
            partial(
                tpp.lock,
                key=self.details.id,
                version=self.details.version,
                number=self.ui.number_edit.text(),
                dated=self.ui.dated_edit.day(),
            ),
            lambda _: super(LockDialog, self).accept(),
            refused=self._refused,
            label="Mengunci",
        )

    def _refused(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        errors.show(self, refusal)
