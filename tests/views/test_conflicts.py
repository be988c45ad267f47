"""Two people change the same record: nothing is overwritten, and nothing typed is lost."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMessageBox, QWidget

from wfh_desktop.domain.calendar import PRESETS, HolidayKind, Zone
from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.domain.merging import Side
from wfh_desktop.domain.people import EVERYTHING, Actor, Capacity, EmploymentStatus
from wfh_desktop.domain.targets import TargetDraft
from wfh_desktop.domain.tasks import Share, TaskDraft, TaskState
from wfh_desktop.domain.work_reports import ReportDraft
from wfh_desktop.services import (
    calendar,
    days_off,
    discipline,
    leave,
    office,
    people,
    targets,
    tasks,
    units,
    work_reports,
)
from wfh_desktop.services.calendar import ScheduleDraft
from wfh_desktop.services.days_off import HolidayDraft
from wfh_desktop.services.discipline import SanctionDraft
from wfh_desktop.services.leave import LeaveDraft
from wfh_desktop.services.office import SignatoryDraft
from wfh_desktop.views.dialogs.career import PositionDialog, RankDialog
from wfh_desktop.views.dialogs.conflict import ConflictDialog
from wfh_desktop.views.dialogs.holiday import HolidayDialog
from wfh_desktop.views.dialogs.leave import LeaveDialog
from wfh_desktop.views.dialogs.person import IdentityDialog
from wfh_desktop.views.dialogs.reason import ReasonDialog
from wfh_desktop.views.dialogs.report import ReportDialog
from wfh_desktop.views.dialogs.sanction import SanctionDialog
from wfh_desktop.views.dialogs.schedule import ScheduleDialog
from wfh_desktop.views.dialogs.signatory import SignatoryDialog
from wfh_desktop.views.dialogs.target import TargetDialog
from wfh_desktop.views.dialogs.task import TaskDialog
from wfh_desktop.views.dialogs.unit import UnitDialog
from wfh_desktop.views.widgets import choices, typed
from wfh_desktop.views.widgets.report_pane import ReportPane

from .. import offices
from ..conftest import NOW
from ..offices import SEPTEMBER

OTHER = Actor("Sekretaris", EVERYTHING)
DAY = date(2026, 9, 14)
OK = QDialogButtonBox.StandardButton.Ok


@pytest.fixture
def place(database, chief):
    with database.work(chief, now=NOW) as work:
        return offices.unit(work)


@pytest.fixture
def person(database, chief, place):
    with database.work(chief, now=NOW) as work:
        return offices.somebody(work, place)


class Hands:
    """One who sits at the window, and another one elsewhere, at the same database."""

    def __init__(self, qtbot, context, database):
        self.qtbot, self.context, self.database = qtbot, context, database
        self.open = []  # pytest-qt keeps no widget alive

    def done(self, task, *arguments, actor=OTHER, **named):
        """Let the other one do something."""
        with self.database.work(actor, now=NOW) as work:
            return task(work, *arguments, **named)

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.context.jobs.running, timeout=20_000)

    def show(self, dialog):
        self.qtbot.addWidget(dialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.open.append(dialog)
        dialog.show()
        self.settle()
        return dialog

    def store(self, dialog):
        dialog.accept()
        self.settle()

    def clash(self, dialog):
        """Store, and return the dialog that asks which of both is to stay."""
        self.store(dialog)
        return next(one for one in dialog.findChildren(ConflictDialog) if one.isVisible())

    def resolve(self, asked):
        self.qtbot.mouseClick(asked.ui.button_box.button(OK), Qt.MouseButton.LeftButton)
        self.settle()


@pytest.fixture
def hands(qtbot, context, database, place):
    context.scope.choose_unit(place.id, place.name)
    return Hands(qtbot, context, database)


@pytest.fixture
def granted(hands, person):
    """A leave, and the dialog in which it is being corrected."""
    draft = LeaveDraft(LeaveKind.ANNUAL, DAY, DAY, "800/1", "")
    key = hands.done(leave.grant, person.id, draft)
    details = hands.done(people.details, person.id)
    row = next(one for one in details.leaves if one.id == key)
    return row, hands.show(LeaveDialog(hands.context, details, row)), draft


def leaves(hands, person):
    return hands.done(people.details, person.id).leaves


def test_who_comes_second_chooses_field_by_field(hands, person, granted):
    row, dialog, draft = granted
    dialog.ui.remark_edit.setText("Keperluan keluarga")
    dialog.ui.document_edit.setText("800/2")
    theirs = replace(draft, document="800/9", ends=date(2026, 9, 15))
    hands.done(leave.correct, row.id, row.version, theirs)
    asked = hands.clash(dialog)
    said = {line.caption: (line.mine, line.theirs, line.base) for line in asked.lines}
    assert said == {
        "Sampai dengan": ("14 September 2026", "15 September 2026", "14 September 2026"),
        "Nomor surat": ("800/2", "800/9", "800/1"),
        "Catatan": ("Keperluan keluarga", "(kosong)", "(kosong)"),
    }
    assert "Sekretaris menyimpan" in asked.ui.about_label.text()
    assert asked.chosen == {"ends": Side.THEIRS, "remark": Side.MINE}
    assert not asked.ui.button_box.button(OK).isEnabled()
    asked.choose("document", Side.MINE)
    hands.resolve(asked)
    (stored,) = leaves(hands, person)
    assert (stored.document, stored.ends, stored.note) == (
        "800/2",
        date(2026, 9, 15),
        "Keperluan keluarga",
    )
    assert stored.version == 3
    assert not dialog.isVisible()


def test_going_back_keeps_what_was_typed_and_still_overwrites_nothing(hands, person, granted):
    row, dialog, draft = granted
    dialog.ui.document_edit.setText("800/2")
    hands.done(leave.correct, row.id, row.version, replace(draft, document="800/9"))
    hands.clash(dialog).reject()
    assert dialog.isVisible()
    assert dialog.ui.document_edit.text() == "800/2"
    asked = hands.clash(dialog)  # asked again: the other one's change has not been seen to
    asked.ui.theirs_button.click()
    hands.resolve(asked)
    assert leaves(hands, person)[0].document == "800/9"


def test_a_third_change_while_one_chooses_is_asked_about_too(hands, person, granted):
    row, dialog, draft = granted
    dialog.ui.document_edit.setText("800/2")
    hands.done(leave.correct, row.id, row.version, replace(draft, document="800/8"))
    asked = hands.clash(dialog)
    hands.done(leave.correct, row.id, row.version + 1, replace(draft, document="800/9"))
    asked.ui.mine_button.click()
    hands.resolve(asked)
    again = next(one for one in dialog.findChildren(ConflictDialog) if one.isVisible())
    assert [(line.mine, line.theirs, line.base) for line in again.lines] == [
        ("800/2", "800/9", "800/8")
    ]
    again.ui.mine_button.click()
    hands.resolve(again)
    assert leaves(hands, person)[0].document == "800/2"


def test_the_same_change_by_both_is_stored_without_a_question(hands, person, granted):
    row, dialog, draft = granted
    dialog.ui.document_edit.setText("800/2")
    hands.done(leave.correct, row.id, row.version, replace(draft, document="800/2"))
    hands.store(dialog)
    assert not dialog.isVisible()
    assert leaves(hands, person)[0].document == "800/2"


def test_a_record_that_is_gone_is_told_and_what_was_typed_stays(hands, person, granted):
    row, dialog, _ = granted
    dialog.ui.document_edit.setText("800/2")
    hands.done(leave.cancel, row.id, row.version, "Salah catat")
    hands.store(dialog)
    assert dialog.isVisible()
    assert dialog.isEnabled()
    assert dialog.ui.document_edit.text() == "800/2"
    assert dialog.findChild(QMessageBox) or dialog.findChild(ConflictDialog)


def test_a_number_that_they_changed_is_never_taken_unasked(hands, person):
    draft = SanctionDraft(
        level=discipline.SanctionLevel.MEDIUM,
        kind="Potongan",
        starts=DAY,
        ends=date(2026, 12, 31),
        decree="SK 1",
        factor=Decimal("0.5"),
    )
    key = hands.done(discipline.record, person.id, draft)
    details = hands.done(people.details, person.id)
    row = next(one for one in details.sanctions if one.id == key)
    dialog = hands.show(SanctionDialog(hands.context, details, row))
    dialog.ui.decree_edit.setText("SK 2")
    hands.done(discipline.correct, key, row.version, replace(draft, factor=Decimal("0.25")))
    asked = hands.clash(dialog)
    factor = next(line for line in asked.lines if line.field == "factor")
    assert (factor.mine, factor.theirs, factor.proposal) == ("50", "25", None)
    assert not asked.ui.button_box.button(OK).isEnabled()
    asked.choose("factor", Side.THEIRS)
    hands.resolve(asked)
    (stored,) = hands.done(people.details, person.id).sanctions
    assert (stored.factor, stored.decree) == (Decimal("0.25"), "SK 2")


def test_the_choice_is_made_by_keyboard_alone(hands, qtbot, granted):
    row, dialog, draft = granted
    dialog.ui.document_edit.setText("800/2")
    hands.done(leave.correct, row.id, row.version, replace(draft, document="800/9"))
    asked = hands.clash(dialog)
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    assert asked.groups["document"].buttons()[0].hasFocus()  # the first that is not chosen
    mine, theirs = asked.groups["document"].buttons()
    mine.setFocus()
    qtbot.keyClick(mine, Qt.Key.Key_Space)
    qtbot.keyClick(mine, Qt.Key.Key_Right)
    assert theirs.isChecked()
    assert theirs.accessibleName() == "Nomor surat, Milik Sekretaris: 800/9"
    for _ in range(6):
        if asked.ui.button_box.button(OK).hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    hands.settle()
    assert not dialog.isVisible()


def of_identity(hands, person, place):
    row = hands.done(people.details, person.id)
    identity = Identity(row.name, row.nip or "", phone="0811")
    hands_off = (people.edit, row.id, row.version, identity)
    return IdentityDialog(hands.context, row), hands_off, ("name_edit", "Pegawai Satu"), "phone"


def of_position(hands, person, place):
    details = hands.done(people.details, person.id)
    overview = hands.done(people.overview, place.id, SEPTEMBER)
    row = details.positions[0]
    draft = PositionDraft(place.id, row.title, row.level, row.valid_from, 8, decree="SK 9")
    dialog = PositionDialog(hands.context, overview, details, row)
    hands_off = (people.correct_position, row.id, row.version, draft)
    return dialog, hands_off, ("position_title_edit", "Arsiparis"), "job_class"


def of_rank(hands, person, place):
    details = hands.done(people.details, person.id)
    row = details.ranks[0]
    draft = RankDraft(row.status, row.valid_from, "III/c", "SK 9")
    hands_off = (people.correct_rank, row.id, row.version, draft)
    return RankDialog(hands.context, details, row), hands_off, ("decree_edit", "SK 2"), "grade"


def of_holiday(hands, person, place):
    draft = HolidayDraft(DAY, "Hari jadi", HolidayKind.LOCAL, "Perda 1")
    key = hands.done(days_off.add, place.id, draft)
    row = next(one for one in hands.done(days_off.listing, place.id, 2026) if one.id == key)
    hands_off = (days_off.change, key, row.version, replace(draft, name="Hari jadi kota"))
    return HolidayDialog(hands.context, row), hands_off, ("source_edit", "Perda 2"), "name"


def of_schedule(hands, person, place):
    draft = ScheduleDraft("Biasa", PRESETS[0].hours, date(2026, 1, 1), None, "Perbup 1", 60)
    key = hands.done(calendar.add_schedule, place.id, draft)
    rows = hands.done(calendar.schedules, place.id, SEPTEMBER.last)
    row = next(one for one in rows if one.id == key)
    hands_off = (calendar.change_schedule, key, row.version, replace(draft, name="Ramadan"))
    dialog = ScheduleDialog(hands.context, row)
    return dialog, hands_off, ("legal_basis_edit", "Perbup 2"), "name"


def of_unit(hands, person, place):
    tree = hands.done(units.listing, SEPTEMBER.last)
    row = tree[0]

    def correct(work):
        units.correct(work, row.id, row.version, name=row.name, code="9.9", zone=Zone.WIT)

    dialog = UnitDialog(hands.context, tree, row)
    return dialog, (correct,), ("name_edit", "Dinas Baru"), "zone"


def of_signatory(hands, person, place):
    overview = hands.done(people.overview, place.id, SEPTEMBER)
    draft = SignatoryDraft("head", "Kepala", DAY, person.id)
    key = hands.done(office.appoint, place.id, draft)
    row = next(one for one in hands.done(office.appointed, place.id) if one.id == key)
    theirs = replace(draft, capacity=Capacity.PLT, valid_to=date(2026, 12, 31))
    hands_off = (office.correct_signatory, key, row.version, theirs)
    dialog = SignatoryDialog(hands.context, overview, row)
    return dialog, hands_off, ("position_title_edit", "Kepala Dinas"), "capacity"


def of_task(hands, person, place):
    key = hands.done(offices.task, place, person)
    row, _ = hands.done(tasks.details, key)
    draft = TaskDraft("Rekap", row.due, (Share(person.id, Decimal(7)),), row.output, "", row.given)
    hands_off = (tasks.amend, key, row.version, draft)
    return TaskDialog(hands.context, row), hands_off, ("description_edit", "Uraian"), "quantity"


def of_target(hands, person, place):
    goal = hands.done(offices.objective, place)
    hands.done(offices.target, place, person, goal)
    (row,) = hands.done(targets.listing, place.id, SEPTEMBER)
    theirs = TargetDraft(person.id, goal.id, row.title, "laporan", Decimal(9))
    hands_off = (targets.change, row.id, row.version, theirs)
    return TargetDialog(hands.context, row), hands_off, ("title_edit", "Rekap baru"), "quantity"


def of_report(hands, person, place):
    key = hands.done(offices.task, place, person)
    share = hands.done(offices.share_of, key)
    draft = ReportDraft(share.id, DAY, "Menyusun rekap", Decimal(1), no_evidence="Lisan")
    report = hands.done(work_reports.write, draft)
    row = hands.done(work_reports.details, report).row
    hands_off = (work_reports.revise, report, row.version, replace(draft, quantity=Decimal(3)))
    dialog = ReportDialog(hands.context, row)
    return dialog, hands_off, ("no_evidence_edit", "Rapat lisan"), "quantity"


DIALOGS = (
    of_identity,
    of_position,
    of_rank,
    of_holiday,
    of_schedule,
    of_unit,
    of_signatory,
    of_task,
    of_target,
    of_report,
)


@pytest.mark.parametrize("case", DIALOGS)
def test_every_dialog_asks_and_then_stores_both_changes(hands, person, place, case):
    dialog, (act, *arguments), (edit, text), theirs = case(hands, person, place)
    hands.show(dialog)
    field = getattr(dialog.ui, edit)
    (field.setPlainText if hasattr(field, "setPlainText") else field.setText)(text)
    hands.done(act, *arguments)
    asked = hands.clash(dialog)
    mine = edit.removesuffix("_edit")
    sides = {line.field: line for line in asked.lines}
    assert {mine, theirs} <= set(sides)
    assert sides[mine].mine == text
    for field_name in sides:
        asked.choose(field_name, Side.MINE if field_name == mine else Side.THEIRS)
    told = sides[theirs].theirs
    hands.resolve(asked)
    assert not dialog.isVisible(), [box.text() for box in dialog.findChildren(QMessageBox)]
    fresh = hands.done(dialog.again())
    assert fresh.version > dialog.row.version
    dialog.row = fresh
    dialog.fill(fresh)
    now = {one.name: one.tell(one.read()) for one in typed.fields(dialog)}
    assert (now[mine], now[theirs]) == (text, told)


def test_the_boxes_of_a_dialog_stay_as_they_were_typed(hands, person):
    """What they chose in a box that decides another one comes and goes without a trace."""
    details = hands.done(people.details, person.id)
    row = details.ranks[0]
    dialog = hands.show(RankDialog(hands.context, details, row))
    choices.select(dialog.ui.grade_box, "IV/a")
    before = choices.value(dialog.ui.status_box), choices.value(dialog.ui.grade_box)
    draft = RankDraft(EmploymentStatus.CPNS, row.valid_from, "III/a", "SK 9")
    hands.done(people.correct_rank, row.id, row.version, draft)
    asked = hands.clash(dialog)
    assert (choices.value(dialog.ui.status_box), choices.value(dialog.ui.grade_box)) == before
    asked.ui.theirs_button.click()
    hands.resolve(asked)
    stored = hands.done(people.details, person.id).ranks[0]
    assert (stored.status, stored.grade) == (EmploymentStatus.CPNS, "III/a")


def test_an_act_on_a_page_says_who_was_faster(hands, qtbot, person, place):
    key = hands.done(offices.task, place, person)
    row, _ = hands.done(tasks.details, key)
    hands.done(tasks.cancel, key, row.version, "Tidak perlu lagi")
    owner = hands.show(QWidget())
    hands.context.jobs.run(owner, lambda work: tasks.cancel(work, key, row.version, "Saya juga"))
    hands.settle()
    assert "Tugas ini baru saja diubah oleh Sekretaris" in owner.findChild(QMessageBox).text()
    assert hands.done(tasks.details, key)[0].state is TaskState.CANCELLED


def test_a_reason_that_was_given_in_vain_stands_there_again(hands, qtbot):
    owner = hands.show(QWidget())
    for question, expected in (("Tugas 1", ""), ("Tugas 2", ""), ("Tugas 1", "Salah orang")):
        dialog = ReasonDialog("Batalkan tugas", question, "Batalkan", owner)
        assert dialog.ui.reason_edit.text() == expected
        dialog.ui.reason_edit.setText("Salah orang" if question == "Tugas 1" else "Ganda")
        dialog.accept()


def test_a_reason_for_returning_a_report_stays_with_the_report(hands, qtbot, person, place):
    task = hands.done(offices.task, place, person)
    key = hands.done(offices.report, hands.done(offices.share_of, task))
    row = hands.done(work_reports.details, getattr(key, "id", key)).row
    pane = hands.show(ReportPane())
    pane.show_report(row)
    pane.ask_reason()
    pane.reason_edit.setText("Fotonya buram")
    pane.reason_edit.returnPressed.emit()
    pane.show_report(row)
    pane.ask_reason()
    assert pane.reason_edit.text() == "Fotonya buram"
