"""How a day comes to its status."""
# ruff: noqa: DTZ001 - the clock on the wall has no zone

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop import words
from wfh_desktop.domain.attendance import (
    Amendment,
    Coverage,
    Entry,
    Granted,
    Known,
    Rule,
    Scan,
    Source,
    Status,
    Workplace,
    judge,
    missed_holidays,
    summarise,
)
from wfh_desktop.domain.calendar import Calendar, DayHours, Holiday, HolidayKind, Schedule
from wfh_desktop.domain.leave import LeaveKind

MONDAY = date(2026, 9, 7)
SUNDAY = date(2026, 9, 6)
NATIONAL_DAY = date(2026, 9, 9)
LATER = datetime(2026, 10, 2, 9, 0)
WEEK = dict.fromkeys(range(5), DayHours(time(7, 45), time(16, 0), 60))
OFFICE = Calendar.layered(
    [[Schedule("Jam kerja biasa", WEEK, date(2020, 1, 1), row="schedule:1")]],
    [[Holiday(NATIONAL_DAY, "Hari Contoh", HolidayKind.NATIONAL, row="holiday:1")]],
)
NIGHT = Calendar.layered(
    [
        [
            Schedule(
                "Jaga malam", dict.fromkeys(range(7), DayHours(time(20), time(4))), date(2020, 1, 1)
            )
        ]
    ],
    [],
)


def at(clock, day=MONDAY):
    moment = time.fromisoformat(clock)
    return Scan(datetime.combine(day, moment), f"scan:{clock}")


def scanned(*clocks, **more):
    return Known(scans=tuple(at(clock) for clock in clocks), coverage=Coverage.MACHINE, **more)


def said(status=None, time_in=None, time_out=None, source=Source.MANUAL, **more):
    clocks = (clock and time.fromisoformat(clock) for clock in (time_in, time_out))
    return Entry(source, status, *clocks, **more)


def entered(*entries, **more):
    return Known(entries=entries, **more)


def corrected(status=None, time_in=None, time_out=None, **more):
    clocks = (clock and time.fromisoformat(clock) for clock in (time_in, time_out))
    return Amendment("Kepala", "Lupa absen", status, *clocks, row="correction:1", **more)


def verdict(known, day=MONDAY, calendar=OFFICE, now=LATER):
    return judge(day, calendar, known, now)


def rules(found):
    return [fact.rule for fact in found.cause]


# the minutes


@pytest.mark.parametrize(
    ("arrived", "minutes"),
    [("07:45", 0), ("07:45:59", 0), ("07:46", 1), ("07:46:00", 1), ("08:00:30", 15), ("05:00", 0)],
)
def test_the_minute_in_which_work_starts_is_in_time(arrived, minutes):
    assert verdict(scanned(arrived, "16:00")).late_minutes == minutes


@pytest.mark.parametrize(
    ("left", "minutes"), [("16:00", 0), ("16:00:01", 0), ("15:59:59", 1), ("15:30", 30)]
)
def test_the_minute_in_which_work_ends_is_not_early(left, minutes):
    assert verdict(scanned("07:30", left)).early_minutes == minutes


def test_a_day_is_late_and_early_at_once_with_both_minutes_and_its_hours():
    found = verdict(scanned("08:16", "15:00"))
    assert found.status is Status.PRESENT
    assert (found.late_minutes, found.early_minutes) == (31, 60)
    assert (found.time_in, found.time_out) == (time(8, 16), time(15))
    assert words.causes(found) == (
        "Mesin: pertama 08.16, terakhir 15.00, 2 kali.",
        "Jam kerja 07.45-16.00 (“Jam kerja biasa”).",
        "Terlambat 31 menit.",
        "Pulang cepat 60 menit.",
    )
    assert found.sources == ("scan:08:16", "scan:15:00", "schedule:1")


def test_whoever_comes_after_work_is_late_by_the_whole_day_and_no_more():
    found = verdict(entered(said(None, "17:07", "17:07", Source.FILE)))
    assert (found.status, found.late_minutes, found.early_minutes) == (Status.PRESENT, 495, 0)


# scans


def test_the_first_and_the_last_scan_count_however_many_lie_between():
    found = verdict(scanned("12:03", "07:31", "16:16", "12:55", "07:31:20"))
    assert (found.time_in, found.time_out) == (time(7, 31), time(16, 16))


def test_repeats_within_a_minute_are_one_touch():
    found = verdict(scanned("07:30:00", "07:30:40", "07:31:30"))
    assert found.no_out
    assert found.time_out is None


def test_the_gap_for_repeats_is_set_with_the_hours():
    patient = Calendar.layered(
        [[Schedule("Sabar", WEEK, date(2020, 1, 1), repeat_seconds=600)]], []
    )
    assert verdict(scanned("07:30", "07:38"), calendar=patient).no_out
    assert verdict(scanned("07:30", "07:38")).early_minutes


@pytest.mark.parametrize(("only", "missing"), [("07:50", "no_out"), ("16:01", "no_in")])
def test_a_single_scan_near_one_end_of_the_day_lacks_the_other(only, missing):
    found = verdict(scanned(only))
    assert found.status is Status.PRESENT
    assert getattr(found, missing)
    assert found.no_in + found.no_out == 1


def test_a_single_scan_in_the_middle_of_the_day_is_a_question():
    found = verdict(scanned("12:00"))
    assert found.status is Status.UNCLEAR
    assert words.cause(found.question) == "Hanya satu kali absen, pukul 12.00. Masuk, atau pulang?"
    assert docks_nothing(found)


def test_the_day_after_may_hold_the_end_of_a_night_shift():
    known = Known(scans=(at("19:58"), at("04:03", MONDAY + timedelta(days=1))))
    found = verdict(known, calendar=NIGHT)
    assert (found.late_minutes, found.early_minutes) == (0, 0)
    assert found.left == datetime(2026, 9, 8, 4, 3)


def test_a_night_shift_reads_times_of_a_file_across_midnight():
    found = verdict(entered(said(None, "20:10", "03:30", Source.FILE)), calendar=NIGHT)
    assert (found.late_minutes, found.early_minutes) == (10, 30)


def test_a_late_arrival_after_midnight_is_late_not_early():
    found = verdict(entered(said(None, "00:30", "04:00", Source.FILE)), calendar=NIGHT)
    assert (found.late_minutes, found.early_minutes) == (270, 0)


def test_overtime_past_midnight_is_not_an_early_leave():
    found = verdict(entered(said(None, "07:31", "00:30", Source.FILE)))
    assert (found.early_minutes, found.left) == (0, datetime(2026, 9, 8, 0, 30))


def test_times_in_the_wrong_order_are_a_question():
    found = verdict(entered(said(None, "16:10", "07:31", Source.FILE)))
    assert found.question.rule is Rule.REVERSED


# entries


@pytest.mark.parametrize("status", [Status.DUTY, Status.SICK, Status.PERMIT, Status.ABSENT])
def test_a_typed_code_is_the_status(status):
    assert verdict(entered(said(status))).status is status


def test_working_from_home_is_a_working_day_without_taps():
    found = verdict(entered(said(Status.PRESENT, workplace=Workplace.HOME)))
    assert (found.status, found.workplace) == (Status.PRESENT, Workplace.HOME)
    assert docks_nothing(found)


def test_working_from_home_is_late_like_in_the_office():
    found = verdict(entered(said(Status.PRESENT, "08:00", "16:00", workplace=Workplace.HOME)))
    assert (found.workplace, found.late_minutes) == (Workplace.HOME, 15)


def test_an_absence_in_a_file_is_excused_by_duty_leave_or_working_from_home():
    absent = said(Status.ABSENT, source=Source.FILE)
    assert verdict(entered(absent)).status is Status.ABSENT
    assert verdict(entered(absent, said(Status.DUTY))).status is Status.DUTY
    home = said(Status.PRESENT, workplace=Workplace.HOME)
    assert verdict(entered(home, absent)).workplace is Workplace.HOME
    granted = Granted(LeaveKind.ANNUAL, "800/1/2026", "leave:1")
    found = verdict(entered(absent, leave=granted))
    assert (found.status, found.leave) == (Status.LEAVE, LeaveKind.ANNUAL)


def test_typed_absence_agrees_with_the_absence_of_the_file():
    absent = said(Status.ABSENT, source=Source.FILE)
    for entries in ((absent, said(Status.ABSENT)), (said(Status.ABSENT), absent)):
        assert verdict(entered(*entries)).status is Status.ABSENT


def test_whoever_taps_and_then_travels_is_on_duty_and_not_late():
    found = verdict(scanned("08:30", entries=(said(Status.DUTY),)))
    assert (found.status, found.late_minutes, found.no_out) == (Status.DUTY, 0, False)


@pytest.mark.parametrize(
    "known",
    [
        scanned("07:30", "16:10", entries=(said(Status.SICK),)),
        scanned("07:30", "16:10", entries=(said(Status.ABSENT),)),
        scanned("07:30", "16:10", entries=(said(Status.ABSENT, source=Source.FILE),)),
        scanned("07:30", "16:10", leave=Granted(LeaveKind.ANNUAL)),
        entered(said(Status.PRESENT), said(Status.ABSENT, source=Source.FILE)),
        entered(said(Status.DUTY), leave=Granted(LeaveKind.ANNUAL)),
        entered(said(Status.SICK), leave=Granted(LeaveKind.ANNUAL)),
        entered(said(Status.DUTY), said(Status.ABSENT, source=Source.MANUAL)),
    ],
)
def test_two_sources_that_contradict_are_a_question_and_dock_nothing(known):
    found = verdict(known)
    assert found.status is Status.UNCLEAR
    assert found.question.rule is Rule.CONTRADICTION
    assert docks_nothing(found)


def test_sickness_and_sick_leave_are_the_same():
    found = verdict(entered(said(Status.SICK), leave=Granted(LeaveKind.SICK)))
    assert (found.status, found.leave) == (Status.LEAVE, LeaveKind.SICK)


def test_typed_leave_takes_its_kind_from_the_leave_that_was_granted():
    assert verdict(entered(said(Status.LEAVE))).question.rule is Rule.LEAVE_KIND
    found = verdict(entered(said(Status.LEAVE), leave=Granted(LeaveKind.MATERNITY)))
    assert found.leave is LeaveKind.MATERNITY
    assert verdict(entered(said(Status.LEAVE, leave=LeaveKind.LONG))).leave is LeaveKind.LONG


def test_sources_that_differ_without_consequence_are_no_question():
    found = verdict(scanned("07:31", "16:16", entries=(said(None, "07:40", "16:05"),)))
    assert found.status is Status.PRESENT
    assert (found.time_in, found.time_out) == (time(7, 31), time(16, 16))


def test_sources_that_differ_in_the_minutes_are_a_question():
    found = verdict(scanned("07:31", "16:16", entries=(said(None, "08:40", "16:05"),)))
    assert found.question.rule is Rule.TIMES_DIFFER


def test_one_source_may_complete_the_other():
    found = verdict(scanned("07:31", entries=(said(None, None, "16:02"),)))
    assert (found.no_out, found.time_out) == (False, time(16, 2))


def test_the_manual_code_says_where_the_scanned_day_was_worked():
    found = verdict(
        scanned("07:50", "16:16", entries=(said(Status.PRESENT, workplace=Workplace.DUTY_ROSTER),))
    )
    assert (found.workplace, found.late_minutes) == (Workplace.DUTY_ROSTER, 5)


# nothing known


def test_nobody_is_absent_where_no_source_covers_the_day():
    found = verdict(Known())
    assert found.status is Status.UNCLEAR
    assert words.cause(found.question).startswith("Belum ada data presensi")


def test_a_machine_that_was_read_shows_who_did_not_come():
    assert verdict(Known(coverage=Coverage.MACHINE)).status is Status.ABSENT


@pytest.mark.parametrize("coverage", [Coverage.THIN, Coverage.NO_PIN])
def test_a_doubtful_reading_of_the_machine_makes_nobody_absent(coverage):
    assert verdict(Known(coverage=coverage)).status is Status.UNCLEAR


def test_an_unknown_schedule_is_a_question_whatever_was_scanned():
    found = verdict(scanned("09:00", "11:00"), calendar=Calendar())
    assert found.question.rule is Rule.NO_SCHEDULE
    assert found.time_in == time(9)


def test_a_day_off_in_the_file_on_our_working_day_is_a_question():
    found = verdict(entered(said(Status.HOLIDAY, source=Source.FILE)))
    assert found.question.rule is Rule.OFF_IN_FILE


def test_whoever_was_not_in_service_is_neither_absent_nor_at_work():
    found = verdict(Known(coverage=Coverage.MACHINE, in_service=False))
    assert found.status is Status.HOLIDAY


# days off, days to come


@pytest.mark.parametrize("day", [SUNDAY, NATIONAL_DAY])
def test_a_day_off_is_off_even_if_somebody_came(day):
    found = verdict(Known(scans=(at("10:00", day), at("11:00", day))), day)
    assert (found.status, found.late_minutes, found.early_minutes) == (Status.HOLIDAY, 0, 0)
    assert found.time_in == time(10)


def test_a_day_to_come_is_not_judged():
    absent = entered(said(Status.ABSENT, source=Source.FILE))
    assert verdict(absent, now=datetime(2026, 9, 6, 23)).status is Status.PENDING


def test_today_counts_what_has_happened_and_not_what_is_missing():
    noon = datetime(2026, 9, 7, 12, 0)
    found = verdict(scanned("07:55"), now=noon)
    assert (found.status, found.late_minutes, found.no_out) == (Status.PRESENT, 10, False)
    assert verdict(scanned("07:55", "11:50"), now=noon).early_minutes == 0
    assert verdict(Known(coverage=Coverage.MACHINE), now=noon).status is Status.PENDING
    assert (
        verdict(entered(said(Status.ABSENT, source=Source.FILE)), now=noon).status is Status.PENDING
    )


def test_the_evening_still_belongs_to_the_day_until_the_next_one_opens():
    assert not verdict(scanned("07:30"), now=datetime(2026, 9, 8, 3, 44)).no_out
    assert verdict(scanned("07:30"), now=datetime(2026, 9, 8, 3, 45)).no_out


# corrections


def test_a_pardon_stands_beside_the_late_arrival_it_forgives():
    known = scanned("10:51", "17:03", correction=corrected(Status.PRESENT))
    found = verdict(known)
    assert (found.status, found.late_minutes, found.corrected) == (Status.PRESENT, 0, True)
    assert found.time_in == time(10, 51)
    assert words.cause(found.cause[0]) == "Dikoreksi oleh Kepala: Lupa absen."
    assert found.sources[0] == "correction:1"


def test_corrected_times_are_judged_like_any_other():
    found = verdict(scanned("07:31", correction=corrected(None, "07:50", "16:00")))
    assert (found.late_minutes, found.no_out) == (5, False)


def test_a_correction_settles_a_contradiction():
    known = scanned("07:30", "16:10", leave=Granted(LeaveKind.ANNUAL))
    amended = corrected(Status.LEAVE, leave=LeaveKind.ANNUAL)
    found = verdict(Known(known.scans, leave=known.leave, correction=amended))
    assert (found.status, found.leave) == (Status.LEAVE, LeaveKind.ANNUAL)


def test_a_correction_cannot_make_somebody_absent_on_a_holiday():
    found = verdict(Known(correction=corrected(Status.ABSENT)), NATIONAL_DAY)
    assert (found.status, found.corrected) == (Status.HOLIDAY, False)


def test_work_on_a_holiday_can_be_put_on_record_and_is_never_late():
    found = verdict(Known(correction=corrected(None, "10:00", "12:00")), NATIONAL_DAY)
    assert (found.status, found.late_minutes, found.early_minutes) == (Status.PRESENT, 0, 0)


# properties

clocks = st.times(time(0, 0), time(23, 59, 59)).map(lambda moment: moment.replace(microsecond=0))
scans = st.lists(clocks.map(lambda clock: Scan(datetime.combine(MONDAY, clock))), max_size=6)
statuses = st.sampled_from(
    [None, Status.PRESENT, Status.DUTY, Status.SICK, Status.PERMIT, Status.LEAVE, Status.ABSENT]
)
entries = st.builds(
    Entry,
    st.sampled_from(Source),
    statuses,
    st.none() | clocks,
    st.none() | clocks,
    st.none() | st.sampled_from(Workplace),
    st.none() | st.sampled_from(LeaveKind),
)
amendments = st.builds(
    Amendment,
    st.just("Kepala"),
    st.just("Alasan"),
    statuses,
    st.none() | clocks,
    st.none() | clocks,
)
knowns = st.builds(
    Known,
    scans.map(tuple),
    st.lists(entries, max_size=2).map(tuple),
    st.none() | st.sampled_from(LeaveKind).map(Granted),
    st.none() | amendments,
    st.sampled_from(Coverage),
)
moments = st.datetimes(datetime(2026, 9, 5), datetime(2026, 9, 12))
september = st.dates(date(2026, 9, 5), date(2026, 9, 10))
calendars = st.sampled_from([OFFICE, NIGHT, Calendar()])


@given(knowns, clocks, calendars, moments)
def test_one_more_scan_never_makes_anybody_absent(known, clock, calendar, now):
    before = judge(MONDAY, calendar, known, now)
    more = (*known.scans, Scan(datetime.combine(MONDAY, clock)))
    after = judge(MONDAY, calendar, Known(more, *_rest(known)), now)
    assert after.status is not Status.ABSENT or before.status is Status.ABSENT


@given(knowns, september, calendars, moments)
def test_minutes_are_never_negative_and_never_longer_than_the_work_day(known, day, calendar, now):
    found = judge(day, calendar, known, now)
    assert 0 <= found.late_minutes <= 495
    assert 0 <= found.early_minutes <= 495


@given(knowns, st.sampled_from([SUNDAY, NATIONAL_DAY]), moments)
def test_days_off_dock_nothing(known, day, now):
    assert docks_nothing(judge(day, OFFICE, known, now))


@given(knowns, september, calendars, moments)
def test_only_days_of_presence_dock_minutes_and_taps(known, day, calendar, now):
    found = judge(day, calendar, known, now)
    assert found.status is Status.PRESENT or not taken(found)


@given(knowns, calendars)
def test_days_to_come_dock_nothing(known, calendar):
    assert docks_nothing(judge(MONDAY, calendar, known, datetime(2026, 9, 6, 3)))


@given(knowns, september, calendars)
def test_a_withdrawn_correction_leaves_the_day_as_it_was(known, day, calendar):
    plain = Known(known.scans, known.entries, known.leave, None, known.coverage)
    before = judge(day, calendar, plain, LATER)
    judge(day, calendar, known, LATER)
    assert judge(day, calendar, plain, LATER) == before


@given(knowns, september, calendars, moments)
def test_every_verdict_has_a_cause_in_words_and_every_unclear_one_asks(known, day, calendar, now):
    found = judge(day, calendar, known, now)
    if found.status is Status.UNCLEAR:
        assert words.cause(found.question).endswith(("?", "."))
        assert list(Rule).index(found.question.rule) >= list(Rule).index(Rule.NO_SCHEDULE)
    assert all(sentence[:1].isupper() or sentence[0].isdigit() for sentence in words.causes(found))


@given(st.permutations([at("07:31"), at("12:00"), at("12:40"), at("16:16")]))
def test_the_order_of_rows_in_a_file_does_not_matter(shuffled):
    assert verdict(Known(scans=tuple(shuffled))) == verdict(
        scanned("07:31", "12:00", "12:40", "16:16")
    )


def _rest(known):
    return known.entries, known.leave, known.correction, known.coverage


def taken(found):
    return any((found.late_minutes, found.early_minutes, found.no_in, found.no_out))


def docks_nothing(found):
    return found.status is not Status.ABSENT and not taken(found)


# the month


def test_the_month_counts_each_day_once_and_attendance_by_days_worked_or_missed():
    days = [
        verdict(scanned("07:30", "16:00")),
        verdict(scanned("08:00", "15:00")),
        verdict(scanned("07:30")),
        verdict(entered(said(Status.PRESENT, workplace=Workplace.HOME))),
        verdict(entered(said(Status.DUTY))),
        verdict(entered(said(Status.SICK))),
        verdict(entered(leave=Granted(LeaveKind.ANNUAL))),
        verdict(entered(said(Status.ABSENT))),
        verdict(Known()),
        verdict(Known(), SUNDAY),
    ]
    counted = summarise(days)
    assert (counted.working_days, counted.present, counted.wfo, counted.wfh) == (9, 4, 3, 1)
    assert (counted.duty, counted.sick, counted.absent, counted.unclear) == (1, 1, 1, 1)
    assert counted.leave == {LeaveKind.ANNUAL: 1}
    assert (counted.late, counted.early, counted.missing_taps) == ((15,), (60,), 1)
    assert str(counted.attendance) == "0.8333333333333333333333333333"


def test_a_day_on_which_hardly_anybody_came_may_be_a_holiday_nobody_entered():
    tuesday = date(2026, 9, 8)

    def month(came_on_tuesday):
        absent = entered(said(Status.ABSENT, source=Source.FILE))
        there = scanned("07:30", "16:00")
        other = Known(scans=(at("07:30", tuesday), at("16:00", tuesday)))
        return [verdict(there), verdict(other if came_on_tuesday else absent, tuesday)]

    assert missed_holidays([month(False)] * 9 + [month(True)]) == (tuesday,)
    assert missed_holidays([month(False)] * 7 + [month(True)] * 3) == ()
    assert missed_holidays([]) == ()


def test_a_month_on_leave_is_not_a_month_of_absence():
    assert summarise([verdict(entered(leave=Granted(LeaveKind.LONG)))]).attendance == 1
