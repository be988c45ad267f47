"""The history of what is selected, from every list of the window."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.services.offices import office, people
from wfh_desktop.domain.leave import LeaveKind
from wfh_desktop.persistence.models import Base, Employee, Leave
from wfh_desktop.services.audit import ChangeRow
from wfh_desktop.views.dialogs.history import (
    COLUMNS,
    SUBJECTS,
    HistoryDialog,
    Line,
    Subject,
    find_subject,
)
from wfh_desktop.words import history as said

AT = datetime(2026, 9, 8, 1, 0, tzinfo=UTC)


@pytest.fixture
def person(database, chief):
    """Somebody on leave, which was corrected."""
    with database.work(chief) as work:
        unit = office(work)
        (key,) = people(work, unit, 1)
        leave = work.add(
            Leave(
                unit_id=unit.id,
                employee_id=key,
                kind=LeaveKind.ANNUAL,
                starts=date(2026, 9, 7),
                ends=date(2026, 9, 8),
            )
        )
        work.log("leave.granted", leave)
        leave.ends = date(2026, 9, 9)
        work.log("leave.corrected", leave)
        return Subject("employee", key, work.get(Employee, key).name)


def texts(dialog):
    return [[column.text(line) for column in COLUMNS] for line in dialog.model.rows]


def test_each_change_is_a_line_in_words(qtbot, context, person):
    dialog = HistoryDialog(context, person)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.model.rows))
    lines = [line[1:] for line in texts(dialog)]
    assert ["Kepala", "Cuti dikoreksi", "Cuti", "tanggal selesai",
            "8 September 2026", "9 September 2026"] in lines  # fmt: skip
    assert ["Kepala", "Cuti dicatat", "Cuti", "jenis", "–", "cuti tahunan"] in lines
    dialog.ui.search_edit.setText("dikoreksi")
    assert len(dialog.ui.table.shown) == 1


def test_a_record_that_nothing_happened_to_says_so(qtbot, context, person):
    dialog = HistoryDialog(context, Subject("task", 999, "Tugas"))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.ui.nothing_label.isVisible)
    assert not dialog.ui.table.isVisible()


def test_the_selected_line_of_a_page_is_found(qtbot, context, shown, person):
    from wfh_desktop.views.pages.people import PeoplePage

    page = shown(PeoplePage)
    assert find_subject(page) == person
    page.ui.table.clearSelection()
    assert find_subject(page) is None


def test_every_kind_of_line_leads_to_a_table_that_is_traced():
    assert {table for table, _ in SUBJECTS.values()} <= set(Base.metadata.tables)
    row = SimpleNamespace(person=SimpleNamespace(name="Pegawai 1"))
    assert SUBJECTS["LineRow"][1](row) == "TPP Pegawai 1"


def test_a_change_around_the_program_says_so():
    line = Line(1, ChangeRow(AT, "p_1", "", "unit", "1", "U", "name", "A", "B"))
    assert line.who == "p_1 (di luar aplikasi)"
    assert Line(1, ChangeRow(AT, "", "", "unit", "1", "U", "name", "A", "B")).who == "–"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        ("", "–"),
        (True, "ya"),
        (False, "tidak"),
        (Decimal(4564546), "4.564.546"),
        (Decimal("0.25"), "0,25"),
        (date(2026, 9, 7), "7 September 2026"),
        (LeaveKind.ANNUAL, "cuti tahunan"),
        ({"a": 1}, "(rincian)"),
        ({}, "–"),
        ("Tetap", "Tetap"),
        (7, "7"),
    ],
)
def test_values_are_written_as_people_write_them(value, words):
    assert said.value(value) == words


def test_every_field_that_is_told_has_a_caption_in_bahasa():
    from wfh_desktop.services.audit.history import REPEATED, TECHNICAL

    traced = {table for table, _ in SUBJECTS.values()}
    strange = {
        column.name
        for name in traced
        for column in Base.metadata.tables[name].c
        if column.name not in TECHNICAL | REPEATED
        and said.caption(column.name) == column.name.replace("_", " ")
        and column.name not in ("logo", "unit", "login", "status")
    }
    assert strange == set()
