from datetime import date

import pytest

from wfh_desktop.domain.careers import Identity, PositionDraft, RankDraft
from wfh_desktop.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from wfh_desktop.domain.people import Actor, EmploymentStatus, Level, Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import AuditEntry, Employee, ImportedFile, Unit
from wfh_desktop.readers.records import Kind, Reading, Staff
from wfh_desktop.services import people, staff_import, units
from wfh_desktop.services.staff_import import Answer, Assignment, Choices, Take, Verdict

START = date(2026, 1, 1)
SEPTEMBER = Period(2026, 9)
ONE, TWO, PPPK = "198001012005011001", "198501012010012002", "199001012025211003"


def line(nip, name, **more):
    values = {"nip_damaged": False, "grade": "III/b", "position": "Arsiparis Terampil"} | more
    return Staff(
        nip=nip,
        name=name,
        place=more.get("place", f"baris {nip or name}"),
        **{key: value for key, value in values.items() if key != "place"},
    )


def reading(*lines):
    return Reading(kind=Kind.STAFF, format="Daftar pegawai", records=lines)


@pytest.fixture
def office(work):
    unit = work.add(Unit(name="Dinas Contoh", valid_from=START))
    work.log("test.prepared", unit)
    return unit


@pytest.fixture
def choices(office):
    return Choices(office.id, START)


def changed(choices, **values):
    from dataclasses import replace

    return replace(choices, **values)


def run(work, read, choices, content=b"x"):
    shown = staff_import.preview(work, read, choices, content)
    return staff_import.apply(
        work, read, choices, name="daftar.xlsx", content=content, seen=shown.digest
    )


def verdicts(work, read, choices):
    return [row.verdict for row in staff_import.preview(work, read, choices).rows]


def codes(problems):
    return [one.code for one in problems]


def test_new_people_come_with_status_rank_and_position(work, office, choices):
    read = reading(
        line(
            ONE, "PEGAWAI SATU", front_title="Ir.", back_title="M.Si", position="KEPALA SEKSI DATA"
        ),
        line(PPPK, "Pegawai Tiga", grade="IX"),
    )
    done = run(work, read, choices)
    assert (done.added, done.changed, done.left_out) == (2, 0, 0)
    first, second = people.roster(work, office.id, SEPTEMBER)
    assert (first.name, first.level, first.grade) == (
        "Ir. PEGAWAI SATU, M.Si",
        Level.PENGAWAS,
        "III/b",
    )
    assert (second.status, second.level) == (EmploymentStatus.PPPK, Level.FUNGSIONAL)


def test_a_preview_stores_nothing(work, office, choices):
    staff_import.preview(work, reading(line(ONE, "Pegawai Satu")), choices)
    assert work.session.query(Employee).count() == 0


def test_the_same_file_a_second_time_changes_nothing(work, choices):
    read = reading(line(ONE, "Pegawai Satu"), line(PPPK, "Pegawai Tiga", grade="IX"))
    run(work, read, choices)
    again = staff_import.preview(work, read, choices, b"x")
    assert {row.verdict for row in again.rows} == {Verdict.SAME}
    assert again.known_since is not None
    with pytest.raises(Invalid) as refusal:
        run(work, read, choices)
    assert codes(refusal.value.problems) == ["nothing_to_import"]


def test_differences_are_shown_with_old_and_new_value(work, office, choices):
    run(work, reading(line(ONE, "Pegawai Satu")), choices)
    newer = reading(
        line(ONE, "Pegawai Satu", grade="III/c", position="Kepala Seksi Data", back_title="S.E.")
    )
    later = changed(choices, valid_from=date(2026, 9, 1))
    (row,) = staff_import.preview(work, newer, later).rows
    assert row.verdict is Verdict.CHANGED
    assert [(one.field, one.old, one.new) for one in row.differences] == [
        ("back_title", "", "S.E."),
        ("grade", "III/b", "III/c"),
        ("position_title", "Arsiparis Terampil", "Kepala Seksi Data"),
        ("level", "Fungsional", "Pengawas"),
    ]
    run(work, newer, later)
    (august,) = people.roster(work, office.id, Period(2026, 8))
    (september,) = people.roster(work, office.id, SEPTEMBER)
    assert (august.grade, august.title) == ("III/b", "Arsiparis Terampil")
    assert (september.grade, september.title) == ("III/c", "Kepala Seksi Data")


def test_a_second_list_of_the_same_day_completes_the_first(work, office, choices):
    run(work, reading(line(PPPK, "Pegawai Tiga", grade="IX", position="")), choices)
    (row,) = people.roster(work, office.id, SEPTEMBER)
    assert row.title == ""
    run(work, reading(line(PPPK, "Pegawai Tiga", grade="", position="Guru Ahli Pertama")), choices)
    (row,) = people.roster(work, office.id, SEPTEMBER)
    assert (row.title, row.level, row.grade) == ("Guru Ahli Pertama", Level.FUNGSIONAL, "IX")
    assert len(people.details(work, row.id).positions) == 1


def test_what_the_file_leaves_out_is_no_difference(work, choices):
    run(work, reading(line(ONE, "Pegawai Satu", back_title="S.E.")), choices)
    bare = reading(line(ONE, "PEGAWAI  SATU", grade="", position=""))
    assert verdicts(work, bare, choices) == [Verdict.SAME]


def test_a_file_older_than_what_is_stored_changes_nothing(work, choices):
    run(
        work,
        reading(line(ONE, "Pegawai Satu", grade="III/c")),
        changed(choices, valid_from=date(2026, 9, 1)),
    )
    (row,) = staff_import.preview(work, reading(line(ONE, "Pegawai Satu")), choices).rows
    assert (row.verdict, codes(row.questions)) == (Verdict.QUESTION, ["newer_known"])


def test_a_damaged_number_is_asked_about_and_never_stored(work, office, choices):
    run(work, reading(line(ONE, "Pegawai Satu"), line(TWO, "Pegawai Dua")), choices)
    damaged = reading(
        line(ONE[:15] + "000", "PEGAWAI SATU", nip_damaged=True, grade="III/d"),
        line("197001011995011000", "Pegawai Lain", nip_damaged=True),
    )
    later = changed(choices, valid_from=date(2026, 9, 1))
    shown = staff_import.preview(work, damaged, later)
    known, unknown = shown.rows
    assert codes(known.questions) == codes(unknown.questions) == ["nip_damaged"]
    assert [one.name for one in known.candidates] == ["Pegawai Satu"]
    assert unknown.candidates == ()
    with pytest.raises(Invalid):
        run(work, damaged, later)
    answers = shown.proposals | {unknown.number: Answer(Take.AS_IT_IS)}
    run(work, damaged, changed(later, answers=answers))
    rows = {row.name: row for row in people.roster(work, office.id, SEPTEMBER)}
    assert (rows["Pegawai Satu"].nip, rows["Pegawai Satu"].grade) == (ONE, "III/d")
    assert rows["Pegawai Lain"].nip is None


def test_a_number_that_is_no_nip_is_asked_about(work, office, choices):
    read = reading(line("199313012020011001", "Pegawai Satu"))
    (row,) = staff_import.preview(work, read, choices).rows
    assert (row.verdict, codes(row.questions)) == (Verdict.QUESTION, ["nip_birth"])
    run(work, read, changed(choices, answers={0: Answer(Take.AS_IT_IS)}))
    assert people.roster(work, office.id, SEPTEMBER)[0].nip is None


def test_a_line_twice_counts_once(work, choices):
    read = reading(line(ONE, "Pegawai Satu"), line(ONE, "Pegawai Satu", place="baris 9"))
    assert verdicts(work, read, choices) == [Verdict.NEW, Verdict.DOUBLE]


def test_of_two_lines_that_contradict_each_other_somebody_has_to_choose(work, office, choices):
    read = reading(
        line(ONE, "Pegawai Satu"), line(ONE, "Pegawai Satu", grade="IV/a", place="baris 9")
    )
    assert verdicts(work, read, choices) == [Verdict.QUESTION, Verdict.QUESTION]
    both = {0: Answer(Take.AS_IT_IS), 1: Answer(Take.AS_IT_IS)}
    assert verdicts(work, read, changed(choices, answers=both)) == [Verdict.NEW, Verdict.QUESTION]
    answers = {0: Answer(Take.LEAVE_OUT), 1: Answer(Take.AS_IT_IS)}
    run(work, read, changed(choices, answers=answers))
    assert [row.grade for row in people.roster(work, office.id, SEPTEMBER)] == ["IV/a"]


def test_people_of_another_unit_are_not_moved_without_being_asked(work, office, choices):
    other = work.add(Unit(name="Badan Contoh", valid_from=START))
    run(work, reading(line(ONE, "Pegawai Satu")), Choices(other.id, START))
    later = changed(choices, valid_from=date(2026, 9, 1))
    read = reading(line(ONE, "Pegawai Satu"))
    (row,) = staff_import.preview(work, read, later).rows
    assert codes(row.questions) == ["in_other_unit"]
    run(work, read, changed(later, answers={0: Answer(Take.AS_IT_IS)}))
    assert len(people.roster(work, other.id, Period(2026, 8))) == 1
    assert len(people.roster(work, office.id, SEPTEMBER)) == 1
    assert people.roster(work, other.id, SEPTEMBER) == []


def test_of_a_list_of_the_whole_region_only_the_own_rows_are_taken(work, office, choices):
    read = reading(
        line(ONE, "Pegawai Satu", unit_path=("DINAS CONTOH", "Bidang Data")),
        line(TWO, "Pegawai Dua", unit_path=("Badan Contoh",)),
        line(PPPK, "Pegawai Tiga", grade="IX"),
    )
    shown = staff_import.preview(work, read, choices)
    assert [(one.path, one.people) for one in shown.other_units] == [(("Badan Contoh",), 1)]
    own = changed(choices, assignment=Assignment.OWN_ROWS)
    assert verdicts(work, read, own) == [Verdict.NEW, Verdict.ELSEWHERE, Verdict.ELSEWHERE]


def test_units_of_the_file_are_created_only_if_wanted(work, office, choices):
    read = reading(
        line(ONE, "Pegawai Satu", unit_path=("Bidang Data", "Seksi Satu")),
        line(TWO, "Pegawai Dua", unit_path=("Bidang Data",)),
    )
    by_file = changed(choices, assignment=Assignment.BY_FILE)
    shown = staff_import.preview(work, read, by_file)
    assert {row.verdict for row in shown.rows} == {Verdict.QUESTION}
    assert [one.path for one in shown.missing_units] == [
        ("Bidang Data", "Seksi Satu"),
        ("Bidang Data",),
    ]
    done = run(work, read, changed(by_file, create_units=True))
    assert done.units == ("Dinas Contoh > Bidang Data", "Dinas Contoh > Bidang Data > Seksi Satu")
    assert [(row.depth, row.name) for row in units.tree(work, START)] == [
        (0, "Dinas Contoh"),
        (1, "Bidang Data"),
        (2, "Seksi Satu"),
    ]
    assert {row.name: row.unit for row in people.roster(work, office.id, SEPTEMBER)} == {
        "Pegawai Satu": "Seksi Satu",
        "Pegawai Dua": "Bidang Data",
    }
    assert verdicts(work, read, by_file) == [Verdict.SAME, Verdict.SAME]


def test_titles_without_an_exact_level_are_listed_and_can_be_answered(work, office, choices):
    read = reading(
        line(ONE, "Pegawai Satu", position="Sekretaris", position_kind="Jabatan Struktural"),
        line(TWO, "Pegawai Dua", position="SEKRETARIS", position_kind="Jabatan Struktural"),
    )
    shown = staff_import.preview(work, read, choices)
    assert sum(one.people for one in shown.titles) == 2
    assert {one.level for one in shown.titles} == {Level.PENGAWAS}
    run(work, read, changed(choices, levels={"sekretaris": Level.ADMINISTRATOR}))
    assert {row.level for row in people.roster(work, office.id, SEPTEMBER)} == {Level.ADMINISTRATOR}


def test_a_person_who_changed_from_contract_to_civil_servant_is_asked_about(work, office, choices):
    run(work, reading(line(PPPK, "Pegawai Tiga", grade="IX")), choices)
    newer = reading(line("199001012026091004", "Pegawai Tiga", grade="III/a", status="CPNS"))
    later = changed(choices, valid_from=date(2026, 9, 1))
    shown = staff_import.preview(work, newer, later)
    assert codes(shown.rows[0].questions) == ["same_person"]
    run(work, newer, changed(later, answers=shown.proposals))
    (row,) = people.roster(work, office.id, SEPTEMBER)
    assert (row.nip, row.status) == ("199001012026091004", EmploymentStatus.CPNS)
    assert people.roster(work, office.id, Period(2026, 8))[0].status is EmploymentStatus.PPPK


def test_people_without_a_number_are_recognised_by_name_in_their_unit(work, choices):
    read = reading(line(None, "Pegawai Empat", grade="", position="Pramu Kebersihan"))
    run(work, read, choices)
    (row,) = staff_import.preview(work, read, choices).rows
    assert row.verdict is Verdict.SAME
    assert "matched_by_name" in codes(row.remarks)


def test_a_plt_in_the_file_stands_beside_an_own_position(work, office, choices):
    read = reading(line(ONE, "Pegawai Satu", position="Plt. Kepala Bidang Data"))
    run(work, read, choices)
    (row,) = people.roster(work, office.id, SEPTEMBER)
    assert row.title == ""
    assert [one.title for one in row.acting] == ["Kepala Bidang Data"]
    assert verdicts(work, read, choices) == [Verdict.SAME]


def test_a_golongan_that_does_not_fit_the_number_is_left_empty_and_told(work, office, choices):
    (row,) = staff_import.preview(
        work, reading(line(PPPK, "Pegawai Tiga", grade="III/a")), choices
    ).rows
    assert row.verdict is Verdict.NEW
    assert "grade_left_out" in codes(row.remarks)


def test_somebody_who_left_is_asked_about_before_coming_back(work, office, choices):
    run(work, reading(line(ONE, "Pegawai Satu")), choices)
    (row,) = people.roster(work, office.id, SEPTEMBER)
    people.deactivate(work, row.id, row.version, date(2026, 6, 30), "Mutasi")
    later = changed(choices, valid_from=date(2026, 9, 1))
    read = reading(line(ONE, "Pegawai Satu", position="Arsiparis Mahir"))
    (shown,) = staff_import.preview(work, read, later).rows
    assert codes(shown.questions) == ["was_deactivated"]
    run(work, read, changed(later, answers={0: Answer(Take.AS_IT_IS)}))
    assert people.roster(work, office.id, Period(2026, 8)) == []
    (back,) = people.roster(work, office.id, SEPTEMBER)
    assert (back.title, people.details(work, back.id).active) == ("Arsiparis Mahir", True)


def test_those_of_the_unit_who_are_not_in_the_file_are_listed(work, choices):
    run(work, reading(line(ONE, "Pegawai Satu"), line(TWO, "Pegawai Dua")), choices)
    shown = staff_import.preview(work, reading(line(ONE, "Pegawai Satu")), choices)
    assert [one.name for one in shown.not_in_file] == ["Pegawai Dua"]


def test_what_was_shown_is_what_is_stored(work, office, choices):
    read = reading(line(ONE, "Pegawai Satu"))
    shown = staff_import.preview(work, read, choices)
    seat = PositionDraft(office.id, "Arsiparis", Level.FUNGSIONAL, START)
    people.add(
        work, Identity("Pegawai Satu", ONE), RankDraft(EmploymentStatus.PNS, START, "III/a"), seat
    )
    with pytest.raises(Conflict):
        staff_import.apply(work, read, choices, name="x", content=b"x", seen=shown.digest)


def test_the_file_and_what_each_person_was_before_are_kept(work, choices):
    run(work, reading(line(ONE, "Pegawai Satu")), choices, b"isi berkas")
    run(work, reading(line(ONE, "Pegawai Satu", back_title="S.E.")), choices, b"isi lain")
    kept = work.session.query(ImportedFile).order_by(ImportedFile.id).all()
    assert [(one.kind, one.content) for one in kept] == [
        ("staff", b"isi berkas"),
        ("staff", b"isi lain"),
    ]
    imported = work.session.query(AuditEntry).filter_by(action="person.imported")
    entry = imported.order_by(AuditEntry.id).all()[-1]
    assert (entry.details["before"], entry.details["after"]) == (
        {"back_title": ""},
        {"back_title": "S.E."},
    )


def test_refuses_what_is_no_staff_list_and_a_unit_that_is_not_there(work, choices):
    days = Reading(kind=Kind.DAYS, format="Matriks bulan", records=())
    with pytest.raises(Invalid) as refusal:
        staff_import.preview(work, days, choices)
    assert codes(refusal.value.problems) == ["not_staff"]
    with pytest.raises(NotFound):
        staff_import.preview(work, reading(), changed(choices, unit_id=99))
    with pytest.raises(Invalid) as refusal:
        staff_import.preview(work, reading(), changed(choices, valid_from=date(2020, 1, 1)))
    assert codes(refusal.value.problems) == ["unit_not_there"]


def test_only_the_secretariat_imports(database, work, choices):
    work.session.commit()
    with database.work(Actor("Orang", Right.READ)) as theirs, pytest.raises(NotAllowed):
        staff_import.preview(theirs, reading(), choices)


def test_an_import_can_be_taken_back_as_a_whole(work, office, choices):
    run(work, reading(line(ONE, "Pegawai Satu")), choices)
    before = people.details(work, people.roster(work, office.id, SEPTEMBER)[0].id)
    newer = reading(
        line(ONE, "Pegawai Satu", grade="III/c", position="Kepala Seksi Data", back_title="S.E."),
        line(TWO, "Pegawai Dua"),
    )
    done = run(work, newer, changed(choices, valid_from=date(2026, 9, 1)))
    assert staff_import.undo(work, done.id) == 2
    assert [row.name for row in people.roster(work, office.id, SEPTEMBER)] == ["Pegawai Satu"]
    after = people.details(work, before.id)
    for part in ("nip", "full_name", "active"):
        assert getattr(after, part) == getattr(before, part)
    assert [(row.title, row.valid_to) for row in after.positions] == [("Arsiparis Terampil", None)]
    assert [(row.grade, row.valid_to) for row in after.ranks] == [("III/b", None)]
    with pytest.raises(Invalid) as refusal:
        staff_import.undo(work, done.id)
    assert codes(refusal.value.problems) == ["undone_already"]


def test_an_import_taken_back_may_come_again(work, office, choices):
    read = reading(line(ONE, "Pegawai Satu"))
    staff_import.undo(work, run(work, read, choices).id)
    assert people.roster(work, office.id, SEPTEMBER) == []
    run(work, read, choices)
    assert [row.nip for row in people.roster(work, office.id, SEPTEMBER)] == [ONE]


def test_what_was_changed_since_is_not_taken_back(work, office, choices):
    done = run(work, reading(line(ONE, "Pegawai Satu")), choices)
    (row,) = people.roster(work, office.id, SEPTEMBER)
    people.edit(work, row.id, row.version, Identity("Pegawai Lain", ONE))
    with pytest.raises(Invalid) as refusal:
        staff_import.undo(work, done.id)
    assert codes(refusal.value.problems) == ["changed_since_import"]
