from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed
from wfh_desktop.domain.file_names import shown_name
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.work_reports import ReportDraft, ReportState
from wfh_desktop.persistence.models import AuditEntry, Evidence, WorkReport
from wfh_desktop.services import evidence, work_reports

from .. import offices
from ..conftest import NOW
from ..offices import PNG, SEPTEMBER

PDF = b"%PDF-1.7 satu halaman"


def picture(form="JPEG", size=(40, 30), colour=(200, 30, 30)):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


JPEG = picture()


@pytest.fixture
def office(work):
    return offices.unit(work)


@pytest.fixture
def share(work, office):
    person = offices.somebody(work, office)
    return offices.share_of(work, offices.task(work, office, person))


def now(work, key):
    return work_reports.details(work, key).row


def test_a_report_waits_for_the_head_with_its_files(work, office, share):
    key = offices.report(work, share, files=[("rekap.pdf", PDF), ("foto.png", PNG)])
    (row,) = work_reports.waiting(work, office.id, SEPTEMBER)
    assert (row.id, row.person, row.task, row.files) == (
        key, "Pegawai 1", "Rekap data layanan minggu 3", 2,
    )  # fmt: skip
    assert row.submitted_on == NOW.date()


def test_accepting_rates_it_and_says_who_and_when(work, office, share):
    key = offices.report(work, share)
    work_reports.accept(work, key, now(work, key).version, 4)
    row = now(work, key)
    assert (row.state, row.rating, row.decided_by, row.decided_on) == (
        ReportState.ACCEPTED, 4, "Kepala", NOW.date(),
    )  # fmt: skip
    assert work_reports.waiting(work, office.id, SEPTEMBER) == []
    steps = work_reports.details(work, key).steps
    assert [(step.before, step.after) for step in steps] == [
        ("", "konsep"), ("konsep", "menunggu"), ("menunggu", "diterima"),
    ]  # fmt: skip


def test_a_return_says_why_and_can_be_answered(work, share):
    key = offices.report(work, share)
    with pytest.raises(Invalid, match="required"):
        work_reports.send_back(work, key, now(work, key).version, "  ")
    work_reports.send_back(work, key, now(work, key).version, "Lampirkan rekapnya")
    assert now(work, key).reason == "Lampirkan rekapnya"
    answer = ReportDraft(share.id, date(2026, 9, 18), "Rekap terlampir", Decimal(1))
    work_reports.hand_in(work, answer, [("rekap.pdf", PDF)], key)
    row = now(work, key)
    assert (row.state, row.files, row.text) == (ReportState.SUBMITTED, 2, "Rekap terlampir")


def test_nothing_is_accepted_without_evidence_or_its_reason(work, share):
    with pytest.raises(Invalid, match="no_evidence"):
        offices.report(work, share, files=())
    key = offices.report(work, share, files=(), no_evidence="Rahasia, diperlihatkan langsung")
    assert now(work, key).state is ReportState.SUBMITTED


def test_a_refused_report_leaves_nothing_behind(database, chief):
    with database.work(chief, now=NOW) as work:
        office = offices.unit(work)
        task = offices.task(work, office, offices.somebody(work, office))
        share = offices.share_of(work, task)
    with pytest.raises(Invalid), database.work(chief, now=NOW) as work:
        offices.report(work, share, text=" ")
    with database.work(chief) as work:
        assert work.session.scalars(select(WorkReport)).all() == []
        assert work.session.scalars(select(Evidence)).all() == []


def test_a_report_of_tomorrow_or_from_before_the_task_is_refused(work, share):
    with pytest.raises(Invalid, match="in_future"):
        offices.report(work, share, day=NOW.date() + timedelta(days=1))
    with pytest.raises(Invalid, match="before_task"):
        offices.report(work, share, day=date(2026, 8, 31))


def test_today_is_the_day_where_the_unit_works(database, chief):
    late = NOW.replace(hour=23)  # already 3 October in WIB
    with database.work(chief, now=late) as work:
        office = offices.unit(work)
        share = offices.share_of(work, offices.task(work, office, offices.somebody(work, office)))
        key = offices.report(work, share, day=date(2026, 10, 3))
        assert now(work, key).state is ReportState.SUBMITTED


def test_an_undone_decision_waits_again_and_both_steps_stay_on_record(work, office, share):
    key = offices.report(work, share)
    work_reports.accept(work, key, now(work, key).version, 5)
    work_reports.undo(work, key, now(work, key).version)
    row = now(work, key)
    assert (row.state, row.rating, row.decided_by) == (ReportState.SUBMITTED, None, "")
    assert offices.share_of(work, share.task_id).state == "dilaporkan"
    steps = work_reports.details(work, key).steps
    assert [step.after for step in steps][-2:] == ["diterima", "menunggu"]
    assert steps[-1].note == "urungkan"


def test_an_undo_is_refused_if_somebody_changed_the_report_since(work, share):
    key = offices.report(work, share)
    work_reports.accept(work, key, now(work, key).version, 5)
    mine = now(work, key).version
    work_reports.rate(work, key, mine, 3)
    work.session.flush()
    with pytest.raises(Conflict):
        work_reports.undo(work, key, mine)


def test_what_was_not_decided_cannot_be_undone(work, share):
    key = offices.report(work, share)
    with pytest.raises(Invalid, match="nothing_to_undo"):
        work_reports.undo(work, key, now(work, key).version)


def test_a_rating_can_be_corrected_and_the_old_one_is_on_record(work, share):
    key = offices.report(work, share)
    work_reports.accept(work, key, now(work, key).version, 2)
    work_reports.rate(work, key, now(work, key).version, 4)
    assert now(work, key).rating == 4
    *_, entry = work.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    assert (entry.details["before"], entry.details["after"]) == (2, 4)


def test_a_withdrawn_report_counts_for_nothing_and_can_be_restored(work, share):
    key = offices.report(work, share)
    work_reports.withdraw(work, key, now(work, key).version, "Salah orang")
    assert offices.share_of(work, share.task_id).state == "diberikan"
    work_reports.undo(work, key, now(work, key).version)
    assert now(work, key).state is ReportState.DRAFT


def test_a_waiting_or_accepted_report_is_not_rewritten(work, share):
    key = offices.report(work, share)
    draft = ReportDraft(share.id, date(2026, 9, 18), "Lain", Decimal(1))
    with pytest.raises(Invalid, match="report_fixed"):
        work_reports.revise(work, key, now(work, key).version, draft)
    with pytest.raises(Invalid, match="report_fixed"):
        work_reports.attach(work, key, now(work, key).version, "x.pdf", PDF)


def test_a_locked_month_refuses_every_change(work, office, share):
    waiting = offices.report(work, share)
    accepted = offices.report(work, share)
    work_reports.accept(work, accepted, now(work, accepted).version, 4)
    offices.lock(work, office)
    row, done = now(work, waiting), now(work, accepted)
    for act in (
        lambda: work_reports.accept(work, waiting, row.version, 4),
        lambda: work_reports.send_back(work, waiting, row.version, "Kurang"),
        lambda: work_reports.withdraw(work, waiting, row.version, "Salah"),
        lambda: work_reports.rate(work, accepted, done.version, 1),
        lambda: work_reports.undo(work, accepted, done.version),
        lambda: offices.report(work, share),
    ):
        with pytest.raises(Invalid, match="month_locked"):
            act()
    offices.lock(work, office, revision=2, state="draf")
    work_reports.accept(work, waiting, row.version, 4)


def test_the_secretariat_records_and_only_the_head_decides(database, chief):
    with database.work(chief, now=NOW) as work:
        office = offices.unit(work)
        share = offices.share_of(work, offices.task(work, office, offices.somebody(work, office)))
    clerk = Actor("Sekretariat", Right.READ | Right.RECORD)
    with database.work(clerk, now=NOW) as work:
        key = offices.report(work, share)
        version = now(work, key).version
    for act in (
        lambda work: work_reports.accept(work, key, version, 5),
        lambda work: work_reports.send_back(work, key, version, "x"),
    ):
        with pytest.raises(NotAllowed), database.work(clerk, now=NOW) as work:
            act(work)
    reader = replace(clerk, rights=Right.READ)
    with pytest.raises(NotAllowed), database.work(reader, now=NOW) as work:
        offices.report(work, share)


def test_of_two_heads_the_second_is_told(database, chief):
    with database.work(chief, now=NOW) as work:
        office = offices.unit(work)
        share = offices.share_of(work, offices.task(work, office, offices.somebody(work, office)))
        key = offices.report(work, share)
        version = now(work, key).version
    with database.work(chief, now=NOW) as theirs:
        work_reports.accept(theirs, key, version, 5)
    with pytest.raises(Conflict), database.work(chief, now=NOW) as mine:
        work_reports.send_back(mine, key, version, "Belum lengkap")


def test_a_file_is_what_it_contains_and_not_what_it_is_called(work, share):
    key = offices.report(work, share, files=[("surat.docx", PDF), ("x.pdf", JPEG)])
    files = evidence.content(work, key)
    assert [(one.name, one.kind) for one in files] == [("surat.docx", "pdf"), ("x.pdf", "jpeg")]
    assert files[0].content == PDF


@pytest.mark.parametrize("content", [b"", b"<html>", b"MZ\x90", b"PK\x03\x04", b"GIF89a"])
def test_anything_but_pictures_and_pdf_is_refused(work, share, content):
    with pytest.raises(Invalid, match="evidence_kind"):
        offices.report(work, share, files=[("foto.jpg", content)])


def test_a_file_that_is_too_large_or_the_same_again_is_refused(work, share):
    with pytest.raises(Invalid, match="evidence_size"):
        offices.report(work, share, files=[("a.pdf", PDF + b" " * evidence.LARGEST)])
    with pytest.raises(Invalid, match="evidence_same"):
        offices.report(work, share, files=[("a.pdf", PDF), ("b.pdf", PDF)])


def test_at_most_ten_files_prove_one_report(work, share):
    files = [(f"{number}.pdf", PDF + bytes([number])) for number in range(11)]
    with pytest.raises(Invalid, match="evidence_count"):
        offices.report(work, share, files=files)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\a\\foto.png", "foto.png"),
        ("../../etc/passwd", "passwd"),
        ("foto\u202egnp.exe", "fotognp.exe"),
        ("a\x00b\n.png", "ab.png"),
        ("...", "eviden"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_a_name_is_only_ever_shown(given, shown):
    assert shown_name(given, "eviden") == shown


def test_a_file_taken_out_stays_in_the_database_but_proves_nothing(work, share):
    draft = ReportDraft(share.id, date(2026, 9, 18), "Rekap", Decimal(1))
    key = work_reports.write(work, draft)
    work_reports.attach(work, key, now(work, key).version, "a.pdf", PDF)
    (file,) = work_reports.details(work, key).files
    work_reports.detach(work, file.id, file.version)
    assert work_reports.details(work, key).files == ()
    with pytest.raises(Invalid, match="no_evidence"):
        work_reports.submit(work, key, now(work, key).version)
    assert len(work.session.scalars(select(Evidence)).all()) == 1


def test_however_many_reports_are_listed_in_a_handful_of_queries(work, office, share, queries):
    for number in range(60):
        offices.report(work, share, text=f"Laporan {number}", files=[("a.png", PNG)])
    with queries() as counted:
        rows = work_reports.waiting(work, office.id, SEPTEMBER)
    assert len(rows) == 60
    assert counted() <= 5
