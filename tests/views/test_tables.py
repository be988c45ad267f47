from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence

from wfh_desktop.views import clipboard, labels
from wfh_desktop.views.labels import fold
from wfh_desktop.views.tables import COMPACT, NORMAL, Column, DataTable, TableModel


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    day: date
    amount: Decimal | None


LINES = [
    Line(1, "Pegawai Desi", date(2026, 9, 2), Decimal(900)),
    Line(2, "pegawai Andre", date(2026, 10, 1), Decimal(12_000)),
    Line(3, "Pegawai André", date(2025, 12, 31), None),
]
COLUMNS = [
    Column[Line]("Nama", lambda line: line.name),
    Column[Line]("Tanggal", lambda line: labels.day(line.day), lambda line: line.day),
    Column[Line](
        "Jumlah",
        lambda line: labels.rupiah(line.amount),
        lambda line: line.amount,
        align="right",
        tone=lambda line: "bad" if line.amount is None else "",
        icon=lambda line: "bad" if line.amount is None else "",
        tip=lambda line: f"Jumlah {line.name}",
    ),
]


@pytest.fixture
def model():
    model = TableModel(COLUMNS)
    model.show(LINES)
    return model


@pytest.fixture
def table(qtbot, model):
    table = DataTable()
    qtbot.addWidget(table)
    table.attach(model)
    table.resize(600, 300)
    table.show()
    return table


def names(table):
    return [line.name for line in table.shown]


def test_model_and_sorter_obey_qt(qtmodeltester, table, model):
    qtmodeltester.check(model)
    qtmodeltester.check(table.sorter)


def test_rows_stand_in_their_own_order_until_a_header_is_clicked(table):
    assert [line.id for line in table.shown] == [1, 2, 3]


def test_dates_sort_as_dates_and_not_as_words(table):
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [line.id for line in table.shown] == [3, 1, 2]


def test_amounts_sort_as_amounts_with_the_unknown_first(table):
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert [line.id for line in table.shown] == [3, 1, 2]
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert [line.id for line in table.shown] == [2, 1, 3]


def test_names_sort_without_regard_to_case(table):
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert names(table)[2] == "Pegawai Desi"


def test_sorting_goes_on_after_a_reload(table, model):
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    model.show([*LINES, Line(4, "Pegawai Baru", date(2026, 1, 1), Decimal(5000))])
    assert [line.id for line in table.shown] == [2, 4, 1, 3]


def test_search_finds_words_in_any_column_whatever_case_and_accent(table):
    table.set_filter("ANDRE")
    assert [line.id for line in table.shown] == [2, 3]
    table.set_filter("andre desember")
    assert [line.id for line in table.shown] == [3]
    table.set_filter("")
    assert len(table.shown) == 3


def test_search_looks_at_the_rows_that_came_last(table, model):
    table.set_filter("baru")
    model.show([Line(4, "Pegawai Baru", date(2026, 1, 1), None)])
    assert names(table) == ["Pegawai Baru"]


def test_folding_knows_no_accents():
    assert fold("José ÀÉ") == "jose ae"


def test_a_reload_keeps_what_is_selected(qtbot, table, model):
    table.selectRow(1)
    with qtbot.waitSignal(table.shown_changed):
        model.show([Line(9, "Pegawai Lain", date(2026, 1, 1), None), *LINES])
    assert table.selected().id == 2
    model.show(LINES[:1])
    assert table.selected() is None


def test_enter_opens_the_row(qtbot, table):
    table.selectRow(0)
    with qtbot.waitSignal(table.opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args[0].id == 1


def test_ctrl_c_copies_the_rows_as_shown(qtbot, table):
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    table.selectAll()
    qtbot.keySequence(table, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "pegawai Andre\t1 Oktober 2026\tRp12.000",
        "Pegawai Desi\t2 September 2026\tRp900",
        "Pegawai André\t31 Desember 2025\t–",
    ]


def test_copy_follows_moved_columns_and_leaves_out_hidden_ones(table):
    table.horizontalHeader().moveSection(2, 0)
    table.setColumnHidden(1, True)
    table.selectRow(0)
    table.copy()
    assert QGuiApplication.clipboard().text() == "Rp900\tPegawai Desi"


def test_a_nip_stays_text_when_pasted_into_a_spreadsheet():
    html = clipboard.cells([["198001012005011001", "12.000"]]).html()
    assert """style="mso-number-format:'\\@'">198001012005011001""" in html
    assert "<td>12.000</td>" in html


def test_words_that_look_like_a_formula_are_not_calculated_where_they_are_pasted():
    copied = clipboard.cells([["=HYPERLINK(1)", "-1.234", " @x"]])
    assert copied.text() == "'=HYPERLINK(1)\t-1.234\t' @x"
    assert copied.html().count("mso-number-format") == 2


def test_what_is_copied_can_be_pasted_back():
    cells = [['a "b"', "dua\nbaris"], ["", "x\ty"]]
    assert clipboard.table(clipboard.cells(cells).text()) == cells


def test_cells_carry_alignment_tip_tone_and_icon(model):
    cell = model.index(2, 2)
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "Jumlah Pegawai André"
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert cell.data(Qt.ItemDataRole.ForegroundRole).name() == "#b3261e"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert model.index(0, 2).data(Qt.ItemDataRole.ForegroundRole) is None


def test_rows_are_28_pixels_high_or_22_when_tight(table):
    assert table.rowHeight(0) == NORMAL == 28
    table.set_compact(True)
    assert table.rowHeight(0) == COMPACT == 22


def test_widths_are_remembered(qtbot, model):
    def fresh():
        table = DataTable()
        qtbot.addWidget(table)
        table.attach(model, remember="lines")
        return table

    first = fresh()
    first.show()
    first.horizontalHeader().resizeSection(0, 222)
    first.hide()
    assert fresh().columnWidth(0) == 222


def test_no_caption_is_cut_however_narrow_its_column_was_meant(qtbot):
    table = DataTable()
    qtbot.addWidget(table)
    title = "Kelas jabatan yang panjang"
    narrow = Column[Line](title, lambda line: "8", width=20)
    table.attach(TableModel([narrow, *COLUMNS]))
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(title)


def test_columns_of_words_share_the_room_until_the_user_resizes_one(qtbot, model):
    wide = Column[Line]("Uraian", lambda line: line.name, width=120)
    table = DataTable()
    qtbot.addWidget(table)
    table.attach(TableModel([wide, Column[Line]("Nomor", lambda line: "1", width=60)]))
    table.resize(500, 200)
    table.show()
    assert table.columnWidth(0) > 300
    table.horizontalHeader().resizeSection(0, 150)
    table.resize(700, 200)
    assert table.columnWidth(0) == 150


def test_three_thousand_rows_sort_and_filter(qtbot, table, model):
    model.show([Line(n, f"Pegawai {n}", date(2026, 1, 1), Decimal(n % 97)) for n in range(3000)])
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    table.set_filter("pegawai 2999")
    assert names(table) == ["Pegawai 2999"]


def test_the_program_selects_a_row_alone_whatever_keys_are_held_down(qtbot, table):
    table.select_key(1)
    qtbot.keyPress(table, Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)  # still down
    table.select_key(2)
    qtbot.keyRelease(table, Qt.Key.Key_F9)
    assert [row.id for row in table.selected_rows()] == [2]


def test_a_reload_keeps_which_of_several_selected_rows_is_the_current_one(table, model):
    table.selectAll()
    table.setCurrentIndex(table.sorter.index(1, 0))
    table.selectAll()
    before = table.selected()
    model.show(list(LINES))
    assert table.selected() == before == LINES[1]
    assert len(table.selected_rows()) == 3
