"""Where a head appraises a person's month: results, behaviour, and the predicate from both."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wfh_desktop import words
from wfh_desktop.domain.errors import Problem
from wfh_desktop.domain.performance import Generation
from wfh_desktop.domain.performance.assessment import (
    HIGHEST,
    AssessmentDraft,
    aspects_asked,
    behaviour_of,
)
from wfh_desktop.domain.performance.panrb6 import CoreValue, Rating
from wfh_desktop.services.performance import PerformanceRow
from wfh_desktop.views import labels
from wfh_desktop.views.widgets.fields import ProblemLabel
from wfh_desktop.views.widgets.predicate_field import PredicateField
from wfh_desktop.views.widgets.rating_grid import SHORT, RatingChoice, RatingGrid
from wfh_desktop.views.widgets.scroll_room import ScrollRoom

NARROWEST = 400  # pixels: below it the choices would be cut


class AppraisalPane(QWidget):
    """Takes an appraisal afresh; `edited` tells of every entry, `save_asked` of the button."""

    edited = Signal()
    save_asked = Signal()
    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._generation = Generation.PANRB6
        self.results_choice = RatingChoice("Hasil kerja")
        self.proposal_label = _caption()
        self.all_button = QPushButton("S&isanya sesuai ekspektasi")
        self.all_button.setProperty("link", True)
        self.all_button.setToolTip("Beri “sesuai ekspektasi” kepada nilai yang belum dipilih")
        self.grid = RatingGrid()
        self.behaviour_choice = RatingChoice("Perilaku kerja")
        self.behaviour_note = _caption()
        self.field = PredicateField()
        self.idea_box = QCheckBox("Ada ide atau cara baru yang bermanfaat (syarat Sangat Baik)")
        self.note_edit = QLineEdit()
        self.note_edit.setPlaceholderText("Catatan; wajib bila berbeda dari usulan")
        self.note_edit.setAccessibleName("Catatan penilaian")
        self.note_edit.setMaxLength(400)
        self.problem_label = ProblemLabel()
        self.clear_button = QPushButton("Ta&rik penilaian")
        self.clear_button.setToolTip("Tarik penilaian bulan ini; jejaknya tetap tersimpan")
        self.save_button = QPushButton("Simpan dan &lanjut")
        self.save_button.setProperty("main", True)
        self.save_button.setToolTip("Simpan penilaian dan buka pegawai berikutnya (Ctrl+S)")
        self.save_button.setShortcut("Ctrl+S")
        self.setMinimumWidth(NARROWEST)
        self._lay_out()
        for signal in (
            self.results_choice.chosen,
            self.behaviour_choice.chosen,
            self.grid.changed,
            self.idea_box.clicked,
            self.note_edit.textEdited,
        ):
            signal.connect(self._edited)
        self.all_button.clicked.connect(self._choose_rest)
        self.save_button.clicked.connect(self.save_asked)
        self.clear_button.clicked.connect(self.clear_asked)

    def show_row(self, row: PerformanceRow, unsaved: AssessmentDraft | None) -> None:
        """Show what was entered for *row*, or what is *unsaved* of it."""
        self._generation = row.score.generation
        by_rating = self._generation is Generation.PANRB6
        for widget in (self.results_row, self.behaviour_row, self.all_button, self.field):
            widget.setVisible(by_rating)
        self.idea_box.setVisible(self._generation is Generation.PANRB8)
        self.grid.ask(aspects_asked(self._generation, row.person.level), numbers=not by_rating)
        self.values_label.setText(_question(self._generation))
        stored = row.assessment.entered if row.assessment else None
        self._fill(unsaved or stored or AssessmentDraft())
        proposed = row.proposed
        self.proposal_label.setText(
            f"usulan {SHORT[proposed].lower()}" if proposed else "belum ada target"
        )
        self.show_problems(())
        given = row.assessment is not None and bool(row.assessment.entered.aspects or stored)
        self.clear_button.setVisible(given and bool(row.score.results))

    def draft(self) -> AssessmentDraft:
        """Return what is entered so far."""
        return AssessmentDraft(
            aspects=self.grid.aspects(),
            results=self.results_choice.rating if self._by_rating else None,
            behaviour=self.behaviour_choice.rating if self._by_rating else None,
            new_idea=self.idea_box.isChecked(),
            note=self.note_edit.text(),
        )

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say what keeps the appraisal from being saved."""
        self.problem_label.show_problem("\n".join(words.problem(one) for one in problems))

    @property
    def _by_rating(self) -> bool:
        return self._generation is Generation.PANRB6

    def _fill(self, draft: AssessmentDraft) -> None:
        self.grid.show_aspects(draft.aspects)
        self.results_choice.choose(draft.results)
        values = AssessmentDraft(draft.aspects)
        by_hand = draft.behaviour is not None and draft.behaviour is not behaviour_of(values)
        self.behaviour_choice.choose(draft.behaviour if by_hand else None)
        self.idea_box.setChecked(draft.new_idea)
        self.note_edit.setText(draft.note)
        self._show_predicate()

    def _choose_rest(self) -> None:
        self.grid.choose_all(Rating.AS)

    def _edited(self, *_: object) -> None:
        self._show_predicate()
        self.edited.emit()

    def _show_predicate(self) -> None:
        draft = self.draft()
        if not self._by_rating:
            return
        complete = len(draft.aspects) in (0, len(CoreValue))
        behaviour = behaviour_of(draft) if complete or draft.behaviour else None
        self.field.show_ratings(draft.results, behaviour)
        chosen = draft.behaviour is not None
        self.behaviour_note.setText(
            "dipilih sendiri" if chosen else f"menurut nilai: {_told(behaviour)}"
        )

    def _lay_out(self) -> None:
        self.results_row = _row("Hasil kerja", self.results_choice, self.proposal_label)
        self.behaviour_row = _row("Perilaku kerja", self.behaviour_choice, self.behaviour_note)
        self.values_label = QLabel()
        self.values_label.setProperty("role", "heading")
        head = QHBoxLayout()
        head.addWidget(self.values_label, 1)
        head.addWidget(self.all_button)
        notes = QFormLayout()
        notes.addRow("&Catatan", self.note_edit)
        buttons = QHBoxLayout()
        buttons.addWidget(self.clear_button)
        buttons.addStretch()
        buttons.addWidget(self.save_button)
        scroll = ScrollRoom()
        body = scroll.body
        body.setContentsMargins(0, 4, 8, 0)
        body.setSpacing(5)
        body.addWidget(self.results_row)
        body.addLayout(head)
        body.addWidget(self.grid)
        body.addWidget(self.behaviour_row)
        body.addWidget(self.field)
        body.addWidget(self.idea_box)
        body.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(6)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.problem_label)
        layout.addLayout(notes)
        layout.addLayout(buttons)


def _row(name: str, choice: RatingChoice, note: QLabel) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    caption = QLabel(name)
    caption.setProperty("role", "heading")
    layout.addWidget(caption)
    layout.addWidget(note, 1)
    layout.addWidget(choice)
    return row


def _caption() -> QLabel:
    label = QLabel()
    label.setProperty("role", "caption")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _told(rating: Rating | None) -> str:
    return SHORT[rating].lower() if rating else "belum lengkap"


def _question(generation: Generation) -> str:
    if generation is Generation.PANRB6:
        return "Tujuh nilai BerAKHLAK"
    return f"Perilaku kerja, 0 sampai {labels.number(HIGHEST[generation])}"
