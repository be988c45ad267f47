"""What people type for a day: a code, times, or both (`h`, `w`, `ct`, `0731`, `w 7.31-16.16`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from wfh_desktop.domain.attendance.day import Status, Workplace
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.leave import LeaveKind

_CLOCK = r"\d{1,2}[.:,]?\d{2}|\d{1,2}"
_TYPED = re.compile(
    rf"(?P<code>[a-z]+(?:\s[a-z]+)*)?\s*"
    rf"(?P<first>{_CLOCK})?(?P<to>\s*(?:-|–|—|~|s/?d|\s)\s*)?(?P<last>{_CLOCK})?"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A day as typed; empty means that nothing is said about it."""

    status: Status | None = None
    workplace: Workplace | None = None
    leave: LeaveKind | None = None
    time_in: time | None = None
    time_out: time | None = None


_SAID = (
    ("h hadir wfo k kantor", Status.PRESENT, Workplace.OFFICE),
    ("w wfh rumah", Status.PRESENT, Workplace.HOME),
    ("p piket", Status.PRESENT, Workplace.DUTY_ROSTER),
    ("d dl dd dinas tugas", Status.DUTY, None),
    ("s sakit", Status.SICK, None),
    ("i izin ijin", Status.PERMIT, None),
    ("c cuti", Status.LEAVE, None),
    ("a tk alpa alpha", Status.ABSENT, None),
)
CODES = {word: Typed(status, place) for words, status, place in _SAID for word in words.split()}
CODES |= {"dinas luar": CODES["d"], "tanpa keterangan": CODES["a"]}
CODES |= {kind.value.casefold(): Typed(Status.LEAVE, leave=kind) for kind in LeaveKind}
NOTHING = frozenset({"", "-", "."})


def parse(text: str) -> Typed:
    """Return what *text* says; raise `Invalid` for what nobody can understand.

    One time is the arrival; `-1616` is a departure alone. Four digits need no point: 0731, 731.
    """
    plain = " ".join(text.casefold().split())
    if plain in NOTHING:
        return Typed()
    parts = _TYPED.fullmatch(plain)
    code = CODES.get((parts and parts["code"]) or "", None if parts and parts["code"] else Typed())
    if parts is None or code is None or not (parts["code"] or parts["first"] or parts["last"]):
        raise Invalid([Problem("typed", "not_understood", (text.strip(),))])
    time_in, time_out = clock(parts["first"]), clock(parts["last"])
    if (time_in or time_out) and code.status not in {None, Status.PRESENT}:
        raise Invalid([Problem("typed", "no_times_with", (code.status,))])
    return Typed(code.status, code.workplace, code.leave, time_in, time_out)


def clock(text: str | None) -> time | None:
    """Read 0731, 731, 7.31, 7:31 or 7; raise `Invalid` for 2561 and for words."""
    text = (text or "").strip()
    if text in NOTHING:
        return None
    digits = re.sub(r"\D", "", text) if re.fullmatch(_CLOCK, text) else "9999"
    hour, minute = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    if hour > 23 or minute > 59:
        raise Invalid([Problem("typed", "no_such_time", (text,))])
    return time(hour, minute)
