"""Scan logs of ZKTeco and Solution machines (`attlog.dat`, `1_attlog.dat`), in all widths.

A line is `PIN TAB YYYY-MM-DD HH:MM:SS TAB ...`. With two or three numbers after the time they are
verify, state and work code; with more they are device, state, verify, work code and padding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from itertools import islice

from wfh_desktop.readers import limits
from wfh_desktop.readers.problems import Problems
from wfh_desktop.readers.records import AttendanceScan, Kind, Person, Reading
from wfh_desktop.readers.table import place

FORMAT = "log pindai mesin (attlog.dat)"

_LINE = re.compile(
    r"\s*(\S{1,24})\s+(\d{4})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{2}):(\d{2})"
    r"((?:\s+\S{1,12})*)\s*"
)
_DEVICE_IN_NAME = re.compile(r"^(\d{1,4})_attlog", re.IGNORECASE)
_SAMPLE = 50
_NARROW = 3  # numbers after the time when the device is not among them
_CLOCK_WORKS_FROM = 2005


def recognises(lines: list[str]) -> bool:
    """Tell whether most of the first lines are scans."""
    sample = list(islice((line for line in lines if line.strip()), _SAMPLE))
    return 2 * sum(_LINE.fullmatch(line) is not None for line in sample) > len(sample)


def read(lines: list[str], name: str = "") -> Reading:
    """Read every scan; *name* may tell the device (`2_attlog.dat`) where the lines do not."""
    limits.check_extent(len(lines), 0)
    problems = Problems()
    found = _DEVICE_IN_NAME.match(name)
    named = found[1] if found else None
    people: dict[str, Person] = {}
    seen: dict[str, int] = {}
    scans = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        scan = _scan(line, number, named, people, problems)
        if scan is None:
            continue
        scans.append(scan)
        if (before := seen.setdefault(line.strip(), number)) != number:
            problems.note("scan_twice", place(row=number), before + 1)
    _check(scans, named, problems)
    moments = [scan.at for scan in scans]
    return Reading(
        Kind.SCANS,
        FORMAT,
        tuple(scans),
        problems.all(),
        min(moments).date() if moments else None,
        max(moments).date() if moments else None,
    )


def _scan(
    line: str, number: int, named: str | None, people: dict[str, Person], problems: Problems
) -> AttendanceScan | None:
    parts = _LINE.fullmatch(line)
    if not parts:
        problems.error("line_unclear", place(row=number))
        return None
    pin, *moment, rest = parts.groups()
    try:
        year, month, day, hour, minute, second = map(int, moment)
        at = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a machine's own time
    except ValueError:
        problems.error("no_such_moment", place(row=number), line.split(maxsplit=1)[1][:19])
        return None
    device, verify, state = _flags(rest.split())
    person = people.setdefault(pin, Person(pin=pin))
    return AttendanceScan(person, at, device or named, state, verify, f"baris {number + 1}")


def _flags(numbers: list[str]) -> tuple[str | None, int | None, int | None]:
    """Return device, verify and state."""
    if len(numbers) <= _NARROW:
        device, verify, state = None, numbers[0:1], numbers[1:2]
    else:
        device, state, verify = numbers[0], numbers[1:2], numbers[2:3]
    return device, _flag(verify), _flag(state)


def _flag(number: list[str]) -> int | None:
    return int(number[0]) if number and number[0].isdecimal() else None


def _check(scans: list[AttendanceScan], named: str | None, problems: Problems) -> None:
    pins = defaultdict(set)
    unknown = stopped = 0
    devices = set()
    for scan in scans:
        pin = scan.person.pin or ""
        pins[pin.lstrip("0")].add(pin)
        unknown += not pin.strip("0")
        stopped += scan.at.year < _CLOCK_WORKS_FROM
        devices.add(scan.device)
    for bare, same in pins.items():
        if bare and len(same) > 1:
            problems.question("pins_alike", "", ", ".join(sorted(same)))
    if unknown:
        problems.note("finger_unknown", "", unknown)
    if stopped:
        problems.question("clock_stopped", "", stopped)
    if named and devices and devices != {named}:
        others = ", ".join(sorted(device for device in devices if device))
        problems.note("device_named_otherwise", "", named, others)
