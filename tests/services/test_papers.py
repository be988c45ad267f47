"""Issuing the papers of a month: what they say, what is kept of them, what changed since."""

import errno
import os
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from tests.conftest import NOW
from tests.documents import reading
from tests.engines import sqlite_only
from tests.services.offices import office as new_office
from tests.services.offices import people
from tests.services.tpp_months import CLASS_7, SEPTEMBER, prepared
from wfh_desktop.documents import text
from wfh_desktop.documents.fonts import Typeface
from wfh_desktop.documents.paper import Layout, Margins, Size
from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed, Unwritable
from wfh_desktop.domain.papers import Paper, PaperState
from wfh_desktop.domain.people import Actor, Capacity, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import (
    AuditEntry,
    Employee,
    Letterhead,
    Position,
    PrintedPaper,
    Signatory,
    Unit,
)
from wfh_desktop.services import attendance_entry, office, papers, tpp
from wfh_desktop.services.attendance_entry import CorrectionDraft
from wfh_desktop.services.papers import LayoutDraft

NEED = (Paper.LETTER, Paper.LIST, Paper.BREAKDOWNS)


@pytest.fixture
def unit(work):
    unit = prepared(work)
    letterhead = Letterhead(
        unit_id=unit.id,
        government="Pemerintah Kabupaten Contoh",
        office="Dinas Contoh",
        address="Jalan Contoh 1",
        place="Kota Contoh",
    )
    work.log("test.prepared", work.add(letterhead))
    return unit


def calculated(work, unit):
    tpp.compute(work, unit.id, SEPTEMBER)
    work.session.flush()
    return tpp.current(work, unit.id, SEPTEMBER)


def final(work, unit):
    details = calculated(work, unit)
    tpp.submit(work, details.id, details.version)
    work.session.flush()
    details = tpp.current(work, unit.id, SEPTEMBER)
    tpp.lock(work, details.id, details.version, "800.1/1", date(2026, 10, 3))
    work.session.flush()


def printed(work, unit, paper, employee_id=None):
    found = papers.prepare(work, unit.id, SEPTEMBER, paper, employee_id)
    return papers.issue(work, found, papers.render(found))


def states(work, unit):
    work.session.flush()
    return {row.paper: row.state for row in papers.listing(work, unit.id, SEPTEMBER)}


def words(pdf):
    return " ".join(" ".join(reading.quick_pages(pdf)).replace("\xa0", " ").split())


def test_before_the_calculation_only_the_recaps_can_be_printed(work, unit):
    found = states(work, unit)
    assert all(found[paper] is PaperState.MISSING for paper in NEED)
    assert found[Paper.ATTENDANCE] is found[Paper.PERFORMANCE] is PaperState.READY
    for paper in NEED:
        with pytest.raises(Invalid, match="no_recommendation"):
            papers.prepare(work, unit.id, SEPTEMBER, paper)


@pytest.mark.parametrize("paper", Paper)
def test_a_month_that_is_not_locked_is_printed_as_a_draft(work, unit, paper):
    calculated(work, unit)
    found = papers.prepare(work, unit.id, SEPTEMBER, paper)
    assert found.draft
    assert found.name.endswith(" (DRAF).pdf")
    assert all("DRAF" in page for page in reading.quick_pages(papers.render(found)))


@pytest.mark.parametrize("paper", Paper)
def test_a_locked_month_is_printed_final_and_again_byte_for_byte(work, unit, paper):
    final(work, unit)
    first = printed(work, unit, paper)
    assert not any("DRAF" in page for page in reading.quick_pages(first))
    work.session.execute(update(Employee).values(name="Nama Lain"))
    work.session.execute(update(Unit).values(name="Unit Lain"))
    papers.set_layout(work, unit.id, 0, LayoutDraft(Layout(size=Size.A4)))
    work.session.flush()
    work.session.expire_all()
    assert printed(work, unit, paper) == first
    assert papers.prepare(work, unit.id, SEPTEMBER, paper).stored == first


@sqlite_only
def test_a_final_paper_that_was_issued_cannot_be_changed_in_the_database(work, unit):
    final(work, unit)
    printed(work, unit, Paper.LETTER)
    work.session.flush()
    with pytest.raises(IntegrityError, match="guard_printed_paper_changed"):
        work.session.execute(update(PrintedPaper).values(content=b"x"))
    work.session.rollback()


def test_the_tpp_papers_of_a_locked_month_print_its_snapshot_and_not_today(work, unit):
    final(work, unit)
    work.session.execute(update(Letterhead).values(office="Dinas Lain"))
    work.session.execute(update(Employee).values(name="Nama Lain"))
    work.session.expire_all()
    for paper in NEED:
        said = words(printed(work, unit, paper))
        assert "Nama Lain" not in said
        assert "Dinas Lain".upper() not in said
        assert "Pegawai 1" in said


def test_each_paper_says_the_amounts_of_the_recommendation(work, unit):
    final(work, unit)
    letter = words(printed(work, unit, Paper.LETTER))
    total = CLASS_7 * 3
    assert text.rupiah(total) in letter
    assert text.sentence(text.spelled_rupiah(total)) in letter
    assert "Nomor : 800.1/1" in letter
    assert "Kota Contoh, 3 Oktober 2026" in letter
    assert "Kepala Unit Contoh," in letter
    assert text.number(CLASS_7) in words(printed(work, unit, Paper.LIST))
    sheet = printed(work, unit, Paper.BREAKDOWNS)
    assert len(reading.reader(sheet).pages) == 3
    assert "Pasal" in words(sheet)


def test_the_columns_of_the_list_are_numbered_on_from_those_of_the_person(work, unit):
    calculated(work, unit)
    listed = papers.prepare(work, unit.id, SEPTEMBER, Paper.LIST).facts
    assert listed.columns[0].formula == "6"
    assert [int(column.formula.split()[0]) for column in listed.columns] == list(
        range(6, 6 + len(listed.columns))
    )


def test_a_person_has_a_sheet_of_their_own(work, unit):
    calculated(work, unit)
    key = unit.keys[1]
    found = papers.prepare(work, unit.id, SEPTEMBER, Paper.BREAKDOWNS, key)
    assert "Pegawai 2" in found.name
    said = words(papers.render(found))
    assert "Pegawai 2" in said
    assert "Pegawai 3" not in said
    with pytest.raises(Invalid, match="not_on_list"):
        papers.prepare(work, unit.id, SEPTEMBER, Paper.BREAKDOWNS, 9999)


def test_the_sheet_of_a_person_has_the_same_code_alone_and_among_the_others(work, unit):
    calculated(work, unit)
    alone = papers.prepare(work, unit.id, SEPTEMBER, Paper.BREAKDOWNS, unit.keys[2])
    assert alone.code in words(printed(work, unit, Paper.BREAKDOWNS))


def test_a_paper_is_ready_then_printed_then_changed_since(work, unit):
    calculated(work, unit)
    assert states(work, unit)[Paper.LIST] is PaperState.READY
    printed(work, unit, Paper.LIST)
    assert states(work, unit)[Paper.LIST] is PaperState.PRINTED
    day = unit.days[3]
    draft = CorrectionDraft(status=Status.ABSENT, reason="tidak hadir")
    attendance_entry.correct(work, unit.id, unit.keys[0], day, draft)
    assert states(work, unit)[Paper.LIST] is PaperState.PRINTED
    calculated(work, unit)
    assert states(work, unit)[Paper.LIST] is PaperState.CHANGED
    printed(work, unit, Paper.LIST)
    assert states(work, unit)[Paper.LIST] is PaperState.PRINTED


def test_a_recap_changes_with_a_corrected_day(work, unit):
    printed(work, unit, Paper.ATTENDANCE)
    assert states(work, unit)[Paper.ATTENDANCE] is PaperState.PRINTED
    draft = CorrectionDraft(status=Status.DUTY, reason="rapat di provinsi", evidence="ST 5")
    attendance_entry.correct(work, unit.id, unit.keys[0], unit.days[3], draft)
    assert states(work, unit)[Paper.ATTENDANCE] is PaperState.CHANGED
    said = words(printed(work, unit, Paper.ATTENDANCE))
    assert "rapat di provinsi" in said
    assert "DL*" in said


def test_what_was_printed_as_a_draft_is_ready_again_once_it_is_final(work, unit):
    calculated(work, unit)
    printed(work, unit, Paper.LETTER)
    final(work, unit)
    assert states(work, unit)[Paper.LETTER] is PaperState.READY
    printed(work, unit, Paper.LETTER)
    assert states(work, unit)[Paper.LETTER] is PaperState.PRINTED


def test_a_revision_says_that_the_former_print_no_longer_holds(work, unit):
    final(work, unit)
    former = printed(work, unit, Paper.LETTER)
    details = tpp.current(work, unit.id, SEPTEMBER)
    tpp.reopen(work, details.id, details.version, "salah hitung")
    assert states(work, unit)[Paper.LETTER] is PaperState.CHANGED
    revised = printed(work, unit, Paper.LETTER)
    assert "Revisi 1" in words(revised)
    assert revised != former


def test_each_print_is_noted_with_who_and_when(work, unit):
    final(work, unit)
    printed(work, unit, Paper.LETTER)
    printed(work, unit, Paper.LETTER)
    printed(work, unit, Paper.BREAKDOWNS, unit.keys[0])
    work.session.flush()
    rows = papers.register(work, unit.id, SEPTEMBER)
    assert [(row.paper, row.subject) for row in rows] == [
        (Paper.BREAKDOWNS, f"employee:{unit.keys[0]}"),
        (Paper.LETTER, ""),
    ]
    assert rows[0].at == work.now
    assert rows[0].actor == work.actor.name
    actions = work.session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject.startswith("printed_paper"))
    ).all()
    assert actions == ["paper.issued", "paper.reprinted", "paper.issued"]


def test_a_draft_is_noted_without_its_bytes(work, unit):
    calculated(work, unit)
    printed(work, unit, Paper.LETTER)
    work.session.flush()
    (row,) = work.session.scalars(select(PrintedPaper))
    assert row.draft
    assert row.content == b""
    assert len(row.sha256) == 64


def test_people_are_listed_with_the_state_of_their_sheets(work, unit):
    calculated(work, unit)
    printed(work, unit, Paper.BREAKDOWNS, unit.keys[1])
    work.session.flush()
    rows = papers.subjects(work, unit.id, SEPTEMBER)
    assert [row.employee_id for row in rows] == unit.keys
    assert [row.state for row in rows] == [PaperState.READY, PaperState.PRINTED, PaperState.READY]


def test_whoever_cannot_be_calculated_has_no_sheet_but_stands_on_the_list(work, unit):
    work.session.execute(
        update(Position).where(Position.employee_id == unit.keys[2]).values(job_class=None)
    )
    work.session.expire_all()
    details = calculated(work, unit)
    assert details.lines[2].refusal
    assert len(papers.subjects(work, unit.id, SEPTEMBER)) == 2
    said = words(printed(work, unit, Paper.LIST))
    assert details.lines[2].refusal.split(".")[0][:30] in said


def test_a_unit_of_nobody_has_recaps_and_nothing_to_pay(work):
    empty = new_office(work, name="Unit Kosong")
    assert "Tidak ada pegawai" in words(printed(work, empty, Paper.ATTENDANCE))


def test_who_signs_is_written_in_the_capacity_they_sign_in(work, unit):
    work.session.execute(
        update(Signatory).values(capacity=Capacity.PLT, title="Kepala Unit Contoh")
    )
    work.session.add(
        Signatory(
            unit_id=unit.id,
            role="personnel",
            employee_id=unit.keys[2],
            title="Kepala Subbagian Umum",
            capacity=Capacity.ON_BEHALF,
            on_behalf_of="Sekretaris",
            valid_from=date(2020, 1, 1),
        )
    )
    said = words(printed(work, unit, Paper.ATTENDANCE))
    assert "Plt. Kepala Unit Contoh," in said
    assert "a.n. Sekretaris Kepala Subbagian Umum," in said
    assert "Mengetahui," in said


def test_without_anybody_to_sign_there_is_room_for_a_name(work, unit):
    work.session.execute(delete(Signatory))
    said = words(printed(work, unit, Paper.ATTENDANCE))
    assert "Kepala Unit Contoh," in said
    assert "NIP. ....." in said


def test_an_office_decides_on_sheet_margins_typeface_and_fixed_words(work, unit):
    chosen = LayoutDraft(
        layout=Layout(
            size=Size.A4,
            typeface=Typeface.SERIF,
            letter=Margins(20, 25, 25, 30),
            decimals=2,
            placeholder=True,
        ),
        subtotals=True,
        addressee=("Bupati Contoh", "di Kota Contoh"),
        nature="Segera",
        copies=("Arsip",),
    )
    papers.set_layout(work, unit.id, 0, chosen)
    work.session.flush()
    row = papers.layout(work, unit.id, SEPTEMBER)
    assert row.settings == chosen
    calculated(work, unit)
    pdf = printed(work, unit, Paper.LETTER)
    said = words(pdf)
    assert round(float(reading.reader(pdf).pages[0].mediabox.height) * 25.4 / 72) == 297
    for part in ("Yth. Bupati Contoh", "Sifat : Segera", "Tembusan:", "${ttd_pengirim}", ",00"):
        assert part in said
    assert any("LiberationSerif" in name for name in reading.fonts(pdf))
    papers.set_layout(work, unit.id, row.version, replace(chosen, nature="Biasa"))
    work.session.flush()
    with pytest.raises(Conflict):
        papers.set_layout(work, unit.id, row.version, replace(chosen, nature="Rahasia"))


def test_units_below_print_as_the_office_above_decided(work, unit):
    below = new_office(work, parent=unit, name="Bidang Contoh")
    papers.set_layout(work, unit.id, 0, LayoutDraft(nature="Segera"))
    work.session.flush()
    row = papers.layout(work, below.id, SEPTEMBER)
    assert row.settings.nature == "Segera"
    assert row.unit_id == unit.id
    papers.set_layout(work, below.id, 0, LayoutDraft(nature="Biasa"))
    work.session.flush()
    assert papers.layout(work, below.id, SEPTEMBER).settings.nature == "Biasa"


def test_margins_that_leave_no_room_are_refused_each_at_its_side(work, unit):
    layout = Layout(sheet=Margins(2, 12, 10, 99))
    with pytest.raises(Invalid) as refused:
        papers.set_layout(work, unit.id, 0, LayoutDraft(layout))
    assert {one.field for one in refused.value.problems} == {
        "margin_top",
        "margin_bottom",
        "margin_left",
    }


def test_only_who_administers_changes_how_papers_look(work, unit):
    reader = replace(work, actor=Actor("Pembaca", Right.READ))
    papers.listing(reader, unit.id, SEPTEMBER)
    with pytest.raises(NotAllowed):
        papers.set_layout(reader, unit.id, 0, LayoutDraft())
    with pytest.raises(NotAllowed):
        papers.prepare(replace(work, actor=Actor("x", Right(0))), unit.id, SEPTEMBER, Paper.LETTER)


def test_collecting_takes_the_same_queries_for_any_number_of_people(work, unit, queries):
    sent = []
    for more in (0, 9):
        people(work, unit, more, first=50)
        calculated(work, unit)
        work.session.expunge_all()
        with queries() as counted:
            for paper in Paper:
                papers.prepare(work, unit.id, SEPTEMBER, paper)
            sent.append(counted())
    assert sent[0] == sent[1]


def test_files_have_indonesian_names_that_every_system_accepts(work, unit):
    work.session.execute(update(Unit).values(name='Dinas "A/B": Satu? ' + "Panjang " * 22))
    work.session.expire_all()
    name = papers.prepare(work, unit.id, SEPTEMBER, Paper.ATTENDANCE).name
    assert name.startswith("Rekapitulasi Kehadiran 2026-09 Dinas A B Satu Panjang")
    assert name.endswith(" (DRAF).pdf")
    assert len(name) <= 120
    assert not set(name) & set('<>:"/\\|?*')


def test_a_file_is_saved_whole_and_leaves_nothing_beside_it(tmp_path):
    path = papers.save(b"pertama", tmp_path / "a.pdf")
    assert papers.save(b"kedua", path).read_bytes() == b"kedua"
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "full"),
        (errno.EACCES, "denied"),
        (errno.EROFS, "denied"),
        (errno.EIO, "failed"),
    ],
)
def test_a_file_that_cannot_be_written_leaves_the_former_one_and_says_why(
    tmp_path, monkeypatch, number, code
):
    path = papers.save(b"lama", tmp_path / "a.pdf")

    def refuse(_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Unwritable) as refused:
        papers.save(b"baru", path)
    assert refused.value.code == code
    assert path.read_bytes() == b"lama"
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf"]


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.raises(Unwritable, match="missing"):
        papers.folder(tmp_path / "a")
    with pytest.raises(Unwritable, match="missing"):
        papers.save(b"x", tmp_path / "tidak ada" / "a.pdf")


def test_what_could_not_be_saved_is_not_noted_as_issued(database, chief, tmp_path, monkeypatch):
    with database.work(chief, now=NOW) as work:
        key = prepared(work).id

    def refuse(_):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Unwritable), database.work(chief, now=NOW) as work:
        papers.export(work, key, SEPTEMBER, Paper.ATTENDANCE, tmp_path)
    with database.work(chief, now=NOW) as work:
        assert papers.register(work, key, SEPTEMBER) == []
    assert list(Path(tmp_path).glob("*.pdf")) == []


def test_a_month_before_appraisals_has_no_recap_of_performance(work, unit):
    with pytest.raises(Invalid, match="before_appraisal"):
        papers.prepare(work, unit.id, Period(2013, 5), Paper.PERFORMANCE)


def test_the_kop_of_the_letter_carries_the_logo_of_the_office(work, unit):
    picture = BytesIO()
    Image.new("RGB", (60, 80), "navy").save(picture, "png")
    version = office.letterhead(work, unit.id, SEPTEMBER).version
    office.set_logo(work, unit.id, version, picture.getvalue())
    work.session.flush()
    calculated(work, unit)
    page = reading.reader(printed(work, unit, Paper.LETTER)).pages[0]
    assert len(page.images) == 1
