"""What people may type for a day."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wfh_desktop import words
from wfh_desktop.domain.attendance import Status, Workplace
from wfh_desktop.domain.attendance.typed import Typed, parse
from wfh_desktop.domain.errors import Invalid
from wfh_desktop.domain.leave import LeaveKind

OFFICE = Typed(Status.PRESENT, Workplace.OFFICE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("h", OFFICE),
        ("H ", OFFICE),
        ("w", Typed(Status.PRESENT, Workplace.HOME)),
        ("p", Typed(Status.PRESENT, Workplace.DUTY_ROSTER)),
        ("d", Typed(Status.DUTY)),
        ("Dinas Luar", Typed(Status.DUTY)),
        ("s", Typed(Status.SICK)),
        ("i", Typed(Status.PERMIT)),
        ("a", Typed(Status.ABSENT)),
        ("c", Typed(Status.LEAVE)),
        ("CT", Typed(Status.LEAVE, leave=LeaveKind.ANNUAL)),
        ("cltn", Typed(Status.LEAVE, leave=LeaveKind.UNPAID)),
        ("", Typed()),
        (" - ", Typed()),
        ("0731", Typed(time_in=time(7, 31))),
        ("731", Typed(time_in=time(7, 31))),
        ("7.31", Typed(time_in=time(7, 31))),
        ("07:31", Typed(time_in=time(7, 31))),
        ("7", Typed(time_in=time(7))),
        ("07:31-16:16", Typed(time_in=time(7, 31), time_out=time(16, 16))),
        ("0731 1616", Typed(time_in=time(7, 31), time_out=time(16, 16))),
        ("7.31 – 16.16", Typed(time_in=time(7, 31), time_out=time(16, 16))),
        ("0731-", Typed(time_in=time(7, 31))),
        ("-1616", Typed(time_out=time(16, 16))),
        (
            "w 0800-1600",
            Typed(Status.PRESENT, Workplace.HOME, time_in=time(8), time_out=time(16)),
        ),
        ("w0800", Typed(Status.PRESENT, Workplace.HOME, time_in=time(8))),
        ("2000-0400", Typed(time_in=time(20), time_out=time(4))),
    ],
)
def test_understands_what_people_type(text, said):
    assert parse(text) == said


@pytest.mark.parametrize("text", ["x", "hh", "2561", "7.75", "24:00", "s 0731", "0731-1616-1700"])
def test_says_what_it_does_not_understand(text):
    with pytest.raises(Invalid) as refusal:
        parse(text)
    assert words.explain(refusal.value)


@given(st.text(max_size=12))
def test_nothing_typed_is_a_fault_of_the_program(text):
    with suppress(Invalid):
        assert isinstance(parse(text), Typed)


@given(st.times(), st.times())
def test_times_are_read_as_they_are_written(first, last):
    for pattern in ("%H%M", "%H.%M", "%H:%M"):
        said = parse(f"{first:{pattern}}-{last:{pattern}}")
        clocks = [clock.replace(second=0, microsecond=0) for clock in (first, last)]
        assert [said.time_in, said.time_out] == clocks
