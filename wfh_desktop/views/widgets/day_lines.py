"""The lines of the day grid as they are typed: their texts, what they say, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from wfh_desktop import words
from wfh_desktop.domain.attendance import Status, Workplace, typed
from wfh_desktop.domain.attendance.typed import Typed
from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.services.attendance import GridRow
from wfh_desktop.services.attendance_entry import EntryDraft, Said

Field = Literal["code", "time_in", "time_out", "note"]
FIELDS: tuple[Field, ...] = ("code", "time_in", "time_out", "note")
LONGEST_NOTE = 400
CODES = {
    Status.DUTY: "DL",
    Status.SICK: "S",
    Status.PERMIT: "I",
    Status.LEAVE: "C",
    Status.ABSENT: "A",
}
PLACES = {Workplace.OFFICE: "WFO", Workplace.HOME: "WFH", Workplace.DUTY_ROSTER: "PIKET"}


@dataclass(frozen=True, slots=True)
class Line:
    """The four texts that stand in a line of the grid."""

    code: str = ""
    time_in: str = ""
    time_out: str = ""
    note: str = ""

    def typed(self, field: Field, text: str) -> Line:
        """Return the line after *text* was typed into *field*.

        Times typed into the code field go where times belong. What nobody understands stays as
        it was typed, so that it can be put right.
        """
        text = " ".join(text.split())
        if field == "code":
            return self._coded(text)
        if field == "note":
            return replace(self, note=text[:LONGEST_NOTE])
        try:
            clock = typed.clock(text)
        except Invalid:
            return replace(self, **{field: text})
        return replace(self, **{field: words.clock(clock) if clock else ""})

    def _coded(self, text: str) -> Line:
        try:
            said = typed.parse(text)
        except Invalid:
            return replace(self, code=text)
        line = replace(self, code=code(said))
        if said.time_in or said.time_out:
            clocks = (words.clock(one) if one else "" for one in (said.time_in, said.time_out))
            return replace(line, time_in=next(clocks), time_out=next(clocks))
        if said.status not in {None, Status.PRESENT}:
            return replace(line, time_in="", time_out="")
        return line

    def said(self) -> Said:
        """Return what the line says; raise `Invalid` with a problem for each wrong text."""
        problems: list[Problem] = []
        values: dict[str, Typed] = {}
        for field in FIELDS[:3]:
            try:
                values[field] = _value(field, getattr(self, field))
            except Invalid as refusal:
                problems += [Problem(field, one.code, one.limits) for one in refusal.problems]
        if problems:
            raise Invalid(problems)
        said, first, last = (values[field] for field in FIELDS[:3])
        time_in, time_out = first.time_in, last.time_in
        if (time_in or time_out) and said.status not in {None, Status.PRESENT}:
            raise Invalid([Problem("code", "no_times_with", (said.status,))])
        if not (said.status or time_in or time_out):
            if self.note:
                raise Invalid([Problem("note", "note_alone")])
            return Said()
        place = said.workplace or (None if said.status else Workplace.OFFICE)
        return Said(said.status, place, time_in, time_out, said.leave, self.note)


def line_of(said: Said) -> Line:
    """Return the texts of what was typed before."""
    time_in, time_out = (words.clock(one) if one else "" for one in (said.time_in, said.time_out))
    return Line(code(Typed(said.status, said.workplace, said.leave)), time_in, time_out, said.note)


def code(said: Typed) -> str:
    """Return the code of a status as the grid shows it; typing it again means the same."""
    if said.leave:
        return said.leave.value
    if said.status is Status.PRESENT:
        return PLACES[said.workplace or Workplace.OFFICE]
    return CODES.get(said.status, "") if said.status else ""


def told(line: Line) -> str:
    """Return a line in words, as one compares it with another."""
    times = " – ".join(filter(None, (line.time_in, line.time_out)))
    return ", ".join(filter(None, (line.code, times, line.note)))


def meaning(line: Line) -> str:
    """Return what the code of a line means, or what is wrong with the line."""
    try:
        said = line.said()
    except Invalid as refusal:
        return words.explain(refusal)
    if said.leave:
        return words.LEAVES[said.leave]
    if said.status is Status.LEAVE:
        return "cuti; tambahkan jenisnya (CT, CB, CS, CM, CAP, CLTN) bila cutinya belum dicatat"
    return said.status.value if said.status else ""


def draft(row: GridRow, line: Line, day: date) -> EntryDraft | None:
    """Return what has to be stored for a line, or None if it says what is stored."""
    said = line.said()
    return EntryDraft(row.id, day, said, row.version) if said != row.said else None


def _value(field: str, text: str) -> Typed:
    return typed.parse(text) if field == "code" else Typed(time_in=typed.clock(text))
