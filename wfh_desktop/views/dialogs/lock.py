"""The dialog that makes a month final: after it nothing changes the recommendation any more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from wfh_desktop.domain.errors import Refusal
from wfh_desktop.forms.lock_dialog import Ui_LockDialog
from wfh_desktop.services import tpp
from wfh_desktop.services.tpp import Recalculation, RecommendationDetails
from wfh_desktop.views import errors, labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.sheet import Sheet
from wfh_desktop.views.widgets.icon_label import IconLabel


class LockDialog(Sheet):
    """Calculates everybody anew, says what differs, and takes the letter's number and date.

    It locks only what it could confirm; locking itself calculates once more.
    """

    def __init__(
        self, context: Context, details: RecommendationDetails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.details = details
        self.ui = Ui_LockDialog()
        self.ui.setupUi(self)
        self.verdict_sign = IconLabel()
        self.ui.verdict_layout.insertWidget(0, self.verdict_sign)
        self.ui.question_label.setText(
            f"Rekomendasi TPP {labels.month(details.period)} untuk {len(details.lines)} orang, "
            f"jumlah {labels.rupiah(details.net)}, menjadi final. Sesudah dikunci tidak ada yang "
            "dapat mengubahnya; perbaikan hanya lewat revisi baru."
        )
        self.ui.submitted_label.setText(_who(details, context.actor.name))
        self.ui.number_edit.setText(details.number)
        self.ui.dated_edit.setDate(QDate(details.dated) if details.dated else QDate.currentDate())
        self.lock_button = self.ui.button_box.button(QDialogButtonBox.StandardButton.Ok)
        self.lock_button.setText("&Kunci")
        self.ui.button_box.accepted.connect(self.accept)
        self.ui.button_box.rejected.connect(self.reject)
        self._recalculate()

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
            label="Menghitung ulang dan mengunci",
        )

    def _recalculate(self) -> None:
        self._say(
            "waiting",
            f"Menghitung ulang {len(self.details.lines)} orang dari presensi, penilaian dan "
            "aturan yang tersimpan sekarang …",
        )
        self.lock_button.setEnabled(False)
        self.context.jobs.run(
            self,
            partial(tpp.recalculate, key=self.details.id),
            self._judge,
            refused=self._refused,
            label="Menghitung ulang TPP",
        )

    def _judge(self, found: Recalculation) -> None:
        self.ui.differences_list.clear()
        self.ui.differences_list.addItems([one.text for one in found.differences])
        self.ui.differences_list.setVisible(bool(found.differences))
        self.lock_button.setEnabled(not found.differences)
        if found.differences:
            self._say(
                "bad",
                f"{len(found.differences)} perbedaan dengan yang diajukan. Tidak ada yang dikunci. "
                "Buka kembali rekomendasi ini, periksa, lalu hitung ulang.",
            )
            self.ui.differences_list.setFocus()
            self.resize(self.size().expandedTo(self.sizeHint()).boundedTo(self.room()))
        else:
            self._say(
                "good",
                f"Sudah dihitung ulang: {found.people} orang, jumlah {labels.rupiah(found.net)}, "
                "semuanya sama dengan yang diajukan.",
            )
            self.ui.number_edit.setFocus()

    def _say(self, tone: str, text: str) -> None:
        self.verdict_sign.show_icon(tone, "" if tone == "waiting" else tone)
        self.ui.verdict_label.setText(text)
        self.ui.verdict_label.setAccessibleName(text)

    def _refused(self, refusal: Refusal) -> None:
        self.setEnabled(True)
        errors.show(self, refusal)
        self._recalculate()


def _who(details: RecommendationDetails, name: str) -> str:
    at = labels.moment(details.submitted_at)
    submitted = f"Diajukan oleh {details.submitted_by}, {at}."
    if not details.shared:
        return submitted
    return f"{submitted} Anda, {name}, mengunci sebagai orang kedua."
