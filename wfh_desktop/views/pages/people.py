"""The page of the people of a unit: a list by rank, and one panel with everything of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget
from typing_extensions import override

from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.discipline import Counter as AbsenceCounter
from wfh_desktop.domain.people import EmploymentStatus, Level, Right
from wfh_desktop.forms.people_page import Ui_PeoplePage
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Alias, Employee, Leave, Position, Rank, Sanction, Unit
from wfh_desktop.services import clock, discipline, people
from wfh_desktop.services.people import (
    Changed,
    HistoryRow,
    ListRow,
    Overview,
    PersonDetails,
    PersonRow,
)
from wfh_desktop.views import labels
from wfh_desktop.views.context import Context
from wfh_desktop.views.dialogs.alias import AliasDialog
from wfh_desktop.views.dialogs.career import (
    DepartureDialog,
    PositionDialog,
    RankDialog,
    SuperiorDialog,
)
from wfh_desktop.views.dialogs.entry import EntryDialog
from wfh_desktop.views.dialogs.leave import LeaveDialog
from wfh_desktop.views.dialogs.person import IdentityDialog, PersonDialog
from wfh_desktop.views.dialogs.sanction import SanctionDialog
from wfh_desktop.views.dialogs.staff_import import StaffImportDialog
from wfh_desktop.views.dialogs.together import TogetherDialog
from wfh_desktop.views.page import Page, Place, permit
from wfh_desktop.views.pages.people_acts import Taken, withdraw
from wfh_desktop.views.pages.people_columns import COLUMNS
from wfh_desktop.views.tables import TableModel
from wfh_desktop.views.widgets import choices, toast
from wfh_desktop.views.widgets.person_facts import CORRECT, counted, told
from wfh_desktop.views.widgets.person_pane import ADD

ACTIVE, LACKING, LEFT = "Bertugas", "Belum lengkap", "Nonaktif"
LISTED = frozenset({"positions", "ranks"})  # parts of a person that a list may lack
WIDTHS = [800, 380]
FILES = "Daftar pegawai (*.xlsx *.xls *.csv *.txt *.html *.htm);;Semua berkas (*)"
EMPTY = (
    "Belum ada pegawai di unit ini pada {month}. Impor daftar pegawai dari Excel atau CSV, "
    "jatuhkan berkasnya ke sini, atau tambahkan satu per satu."
)


@dataclass(frozen=True)
class Look:
    """What is fetched when a person is selected."""

    person: PersonDetails
    zone: Zone


class PeoplePage(Page):
    """Ctrl+N adds, F2 changes, Ctrl+I imports; everything of a person is in the panel."""

    key = "people"
    title = "Pegawai"
    icon = "people"
    watches = frozenset({Employee, Position, Rank, Leave, Sanction, Alias, Unit})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_PeoplePage()
        self.ui.setupUi(self)
        self.overview = Overview((), (), (), ())
        self.look: Look | None = None
        self._wanted: Place | None = None
        self.model = TableModel[ListRow](COLUMNS, self)
        self.ui.table.attach(self.model, "people")
        self.ui.splitter.setSizes(WIDTHS)
        self.setFocusProxy(self.ui.table)
        self._fill_filters()
        self._make_menu()
        self._connect()

    @override
    def reload(self) -> None:
        scope = self.context.scope
        task = partial(people.overview, unit_id=scope.unit_id, period=scope.period)
        self.load(task, self._show)

    @override
    def visit(self, place: Place) -> None:
        self._wanted = place
        self.ui.search_edit.clear()
        for box in (self.ui.state_box, self.ui.status_box, self.ui.level_box, self.ui.unit_box):
            box.setCurrentIndex(0)
        if place.part in LISTED and place.key is None:
            self.ui.state_box.setCurrentText(LACKING)
        self._select_wanted()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) and not self._forbidden():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if path := _dropped(event):
            event.acceptProposedAction()
            self.open_import(path)

    def open_import(self, path: Path) -> StaffImportDialog:
        """Show what a staff list would change.

        The first list of a unit holds from the beginning of the year, a later one from the month.
        """
        month = self.context.scope.period.first
        since = month if self.overview.rows else month.replace(month=1)
        dialog = StaffImportDialog(self.context, path, since, self)
        dialog.open()
        return dialog

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, "Impor daftar pegawai", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.open_import(Path(path)))
        dialog.open()

    def _fill_filters(self) -> None:
        ui = self.ui
        ui.state_box.addItems([ACTIVE, LACKING, LEFT])
        statuses = [(status.value, status) for status in EmploymentStatus]
        choices.fill(ui.status_box, [("Semua status", None), *statuses])
        levels = [(level.value, level) for level in Level]
        choices.fill(ui.level_box, [("Semua jenjang", None), *levels])
        choices.fill(ui.unit_box, [("Semua unit", None)])

    def _make_menu(self) -> None:
        self.together_action = QAction("&Ubah jabatan dan golongan yang dipilih…", self)
        self.together_action.setShortcut("Ctrl+E")
        self.superior_action = QAction("&Tetapkan atasan untuk yang dipilih…", self)
        self.leave_action = QAction("&Nonaktifkan…", self)
        self.return_action = QAction("&Aktifkan kembali", self)
        self.withdraw_action = QAction("T&arik, salah masuk…", self)
        menu = QMenu(self)
        menu.addActions([self.together_action, self.superior_action])
        menu.addActions([self.leave_action, self.return_action])
        menu.addSeparator()
        menu.addAction(self.withdraw_action)
        self.ui.more_button.setMenu(menu)
        self.addAction(self.together_action)  # so that its key is heard

    def _connect(self) -> None:
        ui = self.ui
        ui.search_edit.textChanged.connect(ui.table.set_filter)
        for box in (ui.state_box, ui.status_box, ui.level_box, ui.unit_box):
            box.currentIndexChanged.connect(self._filter)
        ui.table.selected_changed.connect(self._look)
        ui.table.opened.connect(self._open_panel)
        ui.table.shown_changed.connect(self._count)
        ui.person_pane.closed.connect(ui.table.setFocus)
        ui.person_pane.wanted.connect(self._act)
        ui.add_button.clicked.connect(self._add)
        ui.edit_button.clicked.connect(self._edit)
        ui.import_button.clicked.connect(self._choose_file)
        ui.empty_state.asked.connect(self._choose_file)
        self.together_action.triggered.connect(self._change_together)
        self.superior_action.triggered.connect(self._assign_superior)
        self.leave_action.triggered.connect(self._deactivate)
        self.return_action.triggered.connect(self._reactivate)
        self.withdraw_action.triggered.connect(partial(self._act, "person", "withdraw", None))

    def _show(self, overview: Overview) -> None:
        self.overview = overview
        box = self.ui.unit_box
        kept = choices.value(box)
        below = [
            (f"{'    ' * (unit.depth - 1)}{unit.name}", unit.id) for unit in overview.units[1:]
        ]
        box.blockSignals(True)
        choices.fill(box, [("Semua unit", None), *below], kept)
        box.blockSignals(False)
        box.setVisible(bool(below))
        self._filter()
        self._select_wanted()
        if self.ui.table.selected() is None and self.ui.table.shown:
            self.ui.table.selectRow(0)
        self._look(self.ui.table.selected())

    def _filter(self) -> None:
        """Show the rows that pass all four filters, and what stands for an empty list."""
        ui, overview = self.ui, self.overview
        state, status = ui.state_box.currentText(), choices.value(ui.status_box)
        level, inside = choices.value(ui.level_box), overview.inside(choices.value(ui.unit_box))
        rows = overview.left if state == LEFT else overview.rows
        self.model.show(
            [
                row
                for row in rows
                if (state != LACKING or row.lacks)
                and status in (None, row.person.status)
                and level in (None, row.person.level)
                and (inside is None or row.person.unit_id in inside)
            ]
        )
        nobody = not overview.rows and not overview.left
        ui.stack.setCurrentWidget(ui.empty_state if nobody else ui.list_room)
        if nobody:
            month = labels.month(self.context.scope.period)
            ui.empty_state.say(EMPTY.format(month=month), "Impor daftar pegawai…", "people")
        self._count()
        self._permit()

    def _count(self) -> None:
        shown: list[ListRow] = self.ui.table.shown
        counted_by = Counter(row.person.status for row in shown)
        parts = [f"{len(shown)} pegawai"]
        parts += [
            f"{status.value} {counted_by[status]}"
            for status in EmploymentStatus
            if counted_by[status]
        ]
        if chosen := len(self.ui.table.selected_rows()) - 1:
            parts.append(f"{chosen + 1} dipilih" if chosen > 0 else "")
        self.ui.footer_label.setText("  ·  ".join(part for part in parts if part))
        lacking = sum(bool(row.lacks) for row in self.overview.rows)
        self.ui.lacking_pill.show_state(f"{lacking} belum lengkap", "attention")
        self.ui.lacking_pill.setVisible(lacking > 0)

    def _forbidden(self) -> str:
        return "" if Right.RECORD in self.context.actor.rights else "Anda tidak berwenang mencatat"

    def _permit(self) -> None:
        row: ListRow | None = self.ui.table.selected()
        forbidden = self._forbidden()
        filling = self.ui.empty_state.action_button
        for button in (self.ui.add_button, self.ui.import_button, filling):
            permit(button, forbidden)
        permit(self.ui.edit_button, forbidden or ("" if row else "Pilih seorang pegawai"))
        several = len(self._chosen())
        words = f"&Ubah {several} orang…" if several > 1 else "&Ubah identitas"
        self.ui.edit_button.setText(words)
        here = row is not None and row.active and not forbidden
        self.together_action.setEnabled(here)
        self.superior_action.setEnabled(here)
        self.leave_action.setEnabled(here)
        self.withdraw_action.setEnabled(here)
        self.return_action.setEnabled(row is not None and not row.active and not forbidden)

    def _select_wanted(self) -> None:
        if self._wanted is None or self._wanted.key is None:
            return
        if self.ui.table.select_key(self._wanted.key):
            self.ui.person_pane.show()

    def _look(self, row: ListRow | None) -> None:
        self._permit()
        self._count()
        if row is None:
            self.look = None
            self.ui.person_pane.hide()
            return
        task = partial(_fetch, key=row.id)
        self.context.jobs.run(self, task, partial(self._looked, row.id))

    def _looked(self, key: int, look: Look) -> None:
        row: ListRow | None = self.ui.table.selected()
        if row is None or row.id != key:  # another was chosen meanwhile
            return
        first = self.look is None
        self.look = look
        pane = self.ui.person_pane
        pane.show_person(
            look.person, self.context.scope.period.last, may_change=not self._forbidden()
        )
        if first:
            pane.show()
        if self._wanted and self._wanted.key == key:
            pane.show_part(self._wanted.part)
            self._wanted = None

    def _open_panel(self, _: object) -> None:
        self.ui.person_pane.show()
        self.ui.person_pane.setFocus()

    def _act(self, section: str, action: str, row: object) -> None:
        """Do what was asked for in the panel of the person."""
        if self.look is None:
            return
        person = self.look.person
        if section == "history":
            self._run(partial(people.history, key=person.id), self._show_history)
        elif section == "count":
            task = partial(_counter, person=person, until=self.context.scope.period.last)
            self._run(task, self._show_counter)
        elif action in (ADD, CORRECT):
            self._open(self._dialog(section, person, row))
        else:
            withdraw(self, self.context, Taken(section, person, row), self._done)

    def _dialog(self, section: str, person: PersonDetails, row: object) -> EntryDialog:
        make: dict[str, Callable[..., EntryDialog]] = {
            "identity": lambda: IdentityDialog(self.context, person, self),
            "positions": lambda: PositionDialog(self.context, self.overview, person, row, self),  # type: ignore[arg-type]
            "ranks": lambda: RankDialog(self.context, person, row, self),  # type: ignore[arg-type]
            "leaves": lambda: LeaveDialog(self.context, person, row, self),  # type: ignore[arg-type]
            "sanctions": lambda: SanctionDialog(self.context, person, row, self),  # type: ignore[arg-type]
            "aliases": lambda: AliasDialog(self.context, person, self),
        }
        return make[section]()

    def _add(self) -> None:
        dialog = PersonDialog(self.context, self.overview, self)
        dialog.stored.connect(self._added)
        dialog.open()

    def _added(self, key: int) -> None:
        self._wanted = Place(self.key, key=key)
        toast.say(self, "Pegawai ditambahkan")

    def _open(self, dialog: QDialog) -> None:
        if isinstance(dialog, EntryDialog):
            dialog.stored.connect(self._done)
        dialog.open()

    def _done(self, _: object = None) -> None:
        toast.say(self, "Tersimpan")

    def _chosen(self) -> list[PersonRow]:
        rows: list[ListRow] = self.ui.table.selected_rows()
        return [row.person for row in rows if row.active]

    def _edit(self) -> None:
        """Change all who are selected, or who the only one is."""
        if len(self._chosen()) > 1:
            self._change_together()
        else:
            self._act("identity", ADD, None)

    def _change_together(self) -> None:
        dialog = TogetherDialog(self.context, self.overview, self._chosen(), self)
        dialog.stored.connect(self._changed)
        dialog.open()

    def _changed(self, done: Changed) -> None:
        undo = partial(self._run, partial(people.take_back, steps=done.steps), self._done)
        toast.say(self, f"{done.people} pegawai diubah", undo)

    def _assign_superior(self) -> None:
        persons = self._chosen()
        dialog = SuperiorDialog(self.context, self.overview, persons, self)
        dialog.stored.connect(lambda count: toast.say(self, f"Atasan {count} pegawai ditetapkan"))
        dialog.open()

    def _deactivate(self) -> None:
        if self.look:
            self._open(DepartureDialog(self.context, self.look.person, self))

    def _reactivate(self) -> None:
        if self.look:
            person = self.look.person
            task = partial(people.reactivate, key=person.id, version=person.version)
            self._run(task, self._done)

    def _run(self, task: Callable[[Work], object], then: Callable[..., object]) -> None:
        self.context.jobs.run(self, task, then)

    def _show_history(self, rows: list[HistoryRow]) -> None:
        if self.look:
            self.ui.person_pane.show_history(told(rows, self.look.zone))

    def _show_counter(self, counter: AbsenceCounter | None) -> None:
        if counter is not None:
            self.ui.person_pane.show_counter(counted(counter))


def _fetch(work: Work, key: int) -> Look:
    person = people.details(work, key)
    return Look(person, clock.zone(work, person.unit_id))


def _counter(work: Work, person: PersonDetails, until: date) -> AbsenceCounter | None:
    return discipline.counters(work, person.unit_id, until).get(person.id)


def _dropped(event: QDropEvent) -> Path | None:
    """Return the file that is dragged over the page, if it is one of this computer."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
