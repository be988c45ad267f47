from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from itertools import product

import pytest

from wfh_desktop.domain import work_reports
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.work_reports import STEPS, ReportDraft, ReportState

TODAY = date(2026, 10, 2)
GIVEN = date(2026, 9, 1)
GOOD = ReportDraft(1, TODAY, "Rekap selesai", Decimal(1))


def problems(draft, has_evidence=True):
    with pytest.raises(Invalid) as refusal:
        work_reports.check(draft, given=GIVEN, today=TODAY, has_evidence=has_evidence)
    return set(refusal.value.problems)


def test_a_report_of_today_with_evidence_may_be_submitted():
    work_reports.check(GOOD, given=GIVEN, today=TODAY, has_evidence=True)


def test_without_a_file_it_needs_the_reason():
    assert problems(GOOD, has_evidence=False) == {Problem("evidence", "no_evidence")}
    told = replace(GOOD, no_evidence="Berkas rahasia, diperlihatkan langsung")
    work_reports.check(told, given=GIVEN, today=TODAY, has_evidence=False)


def test_names_every_rule_broken():
    draft = ReportDraft(1, date(2026, 10, 3), " ", Decimal(), time(9), time(9))
    assert problems(draft) == {
        Problem("text", "required"),
        Problem("quantity", "not_positive"),
        Problem("day", "in_future"),
        Problem("ends", "ends_before_start"),
    }


def test_a_report_cannot_be_older_than_its_task():
    assert problems(replace(GOOD, day=date(2026, 8, 31))) == {
        Problem("day", "before_task", (GIVEN,))
    }


def test_a_return_needs_one_line_that_says_why():
    assert work_reports.check_return("  foto\n kabur ") == "foto kabur"
    with pytest.raises(Invalid):
        work_reports.check_return("  ")
    with pytest.raises(Invalid, match="too_long"):
        work_reports.check_return("x" * 401)


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_is_one_to_five(rating):
    with pytest.raises(Invalid):
        work_reports.check_rating(rating)


def test_only_a_waiting_report_can_be_decided():
    for before, after in product(ReportState, (ReportState.ACCEPTED, ReportState.RETURNED)):
        if before is ReportState.SUBMITTED:
            assert work_reports.step(before, after) is after
        else:
            with pytest.raises(Invalid):
                work_reports.step(before, after)


def test_every_way_that_exists_is_a_way_between_two_states():
    assert all(before is not after for before, after in STEPS)
    reached = {after for _, after in STEPS}
    assert reached == set(ReportState)
