"""Putting people whom only an attendance file knows on the staff list."""

from __future__ import annotations

from collections.abc import Iterable

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import Right
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.database import Work
from wfh_desktop.readers import names
from wfh_desktop.readers.records import Kind, Reading, Staff
from wfh_desktop.services import staff_import
from wfh_desktop.services.attendance_import import Answers, Upload
from wfh_desktop.services.attendance_import import preview as preview_days
from wfh_desktop.services.attendance_matching import Found, Match
from wfh_desktop.services.staff_import import Choices, Imported, Verdict


def addable(found: Iterable[Found]) -> list[Found]:
    """Return the people nobody knows here who can be added: those with a sound NIP and a name."""
    return [
        one
        for one in found
        if one.match is Match.UNKNOWN
        and one.person.nip
        and one.person.name
        and not one.person.nip_damaged
    ]


def add(work: Work, unit_id: int, period: Period, upload: Upload, answers: Answers) -> Imported:
    """Add everybody of the file with a sound NIP who is not known, from the first of the month on.

    Only name, degrees and NIP are known of them; golongan and jabatan are to be filled in later.
    Raises `Invalid` if there is nobody to add.
    """
    work.actor.require(Right.RECORD)
    found = preview_days(work, unit_id, period, upload, answers).people
    staff = tuple(_staff(one) for one in addable(found))
    reading = Reading(Kind.STAFF, upload.reading.format, staff)
    choices = Choices(unit_id, period.first)
    seen = staff_import.preview(work, reading, choices, upload.content)
    if not seen.count(Verdict.NEW):
        raise Invalid([Problem("file", "nobody_to_add", (upload.name,))])
    return staff_import.apply(
        work,
        reading,
        choices,
        name=upload.name,
        content=upload.content,
        seen=seen.digest,
    )


def _staff(one: Found) -> Staff:
    name = names.split(one.person.name or "")
    return Staff(
        one.person.nip,
        nip_damaged=False,
        name=name.name,
        front_title=name.front_title,
        back_title=name.back_title,
        pin=one.person.pin,
    )
