"""Records as plain JSON values, for the command line and for whoever checks the readers."""

from __future__ import annotations

from datetime import date, time

from wfh_desktop.readers.records import AttendanceDay, AttendanceScan, Person, Record, Staff


def record(one: Record) -> dict[str, object]:
    """Return a record as JSON values: times as HH:MM or null, dates and moments as in ISO 8601.

    A scan's moment keeps its seconds and has no zone: `2022-11-30T14:34:39`, the machine's time.
    """
    match one:
        case AttendanceDay():
            return _day(one)
        case AttendanceScan():
            return _scan(one)
        case Staff():
            return _staff(one)


def _person(one: Person) -> dict[str, object]:
    plain: dict[str, object] = {"nip": one.nip, "pin": one.pin, "name": one.name}
    return plain | {"nip_damaged": True} if one.nip_damaged else plain


def _day(one: AttendanceDay) -> dict[str, object]:
    return {
        "person": _person(one.person),
        "date": one.date.isoformat(),
        "in": _clock(one.time_in),
        "out": _clock(one.time_out),
        "code": one.code,
        "kind": one.kind,
        "note": one.note,
        "place_in": one.place_in,
        "place_out": one.place_out,
        "place": one.place,
    }


def _scan(one: AttendanceScan) -> dict[str, object]:
    return {
        "person": _person(one.person),
        "at": one.at.isoformat(timespec="seconds"),
        "device": one.device,
        "state": one.state,
        "verify": one.verify,
        "place": one.place,
    }


def _staff(one: Staff) -> dict[str, object]:
    return {
        "nip": one.nip,
        "nip_damaged": one.nip_damaged,
        "name": one.name,
        "front_title": one.front_title,
        "back_title": one.back_title,
        "grade": one.grade,
        "position": one.position,
        "unit": one.unit,
        "unit_path": list(one.unit_path),
        "pin": one.pin,
        "status": one.status,
        "position_kind": one.position_kind,
        "echelon": one.echelon,
        "sex": one.sex,
        "birth_date": _date(one.birth_date),
        "grade_since": _date(one.grade_since),
        "place": one.place,
    }


def _clock(moment: time | None) -> str | None:
    return f"{moment:%H:%M}" if moment else None


def _date(day: date | None) -> str | None:
    return day.isoformat() if day else None
