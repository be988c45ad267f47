"""A preview in sentences, for the command line and the clipboard."""

from __future__ import annotations

from collections.abc import Iterator

from wfh_desktop import words
from wfh_desktop.services.staff_import.apply import Imported
from wfh_desktop.services.staff_import.choices import Difference, Preview, PreviewRow, Verdict

SHOWN = 20  # lines of one kind before the rest is only counted
TOLD = (Verdict.QUESTION, Verdict.CHANGED, Verdict.DOUBLE, Verdict.LEFT_OUT, Verdict.NEW)


def lines(preview: Preview) -> Iterator[str]:
    """Yield what an import would do: the counts, then row by row, the doubtful ones first."""
    counts = [
        f"{preview.count(verdict)} {verdict}" for verdict in Verdict if preview.count(verdict)
    ]
    yield f"{preview.format}: {len(preview.rows)} baris, {', '.join(counts) or 'tidak ada isinya'}."
    if preview.known_since:
        yield f"Berkas yang sama sudah pernah diimpor pada {words.day(preview.known_since.date())}."
    for problem in preview.problems[:SHOWN]:
        yield f"- {_at(problem.place)}{words.remark(problem.code, problem.limits)}"
    for title in preview.titles[:SHOWN]:
        yield f"- Jabatan {title.title} ({title.people} orang): jenjang dianggap {title.level}."
    for unit in preview.missing_units[:SHOWN]:
        yield f"- Unit {' > '.join(unit.path)} belum ada ({unit.people} orang)."
    if foreign := others(preview):
        yield f"- {foreign}"
    for verdict in TOLD:
        yield from _rows([row for row in preview.rows if row.verdict is verdict], verdict)
    if preview.not_in_file:
        names = ", ".join(one.name for one in preview.not_in_file[:SHOWN])
        count = len(preview.not_in_file)
        yield f"Tercatat di unit ini tetapi tidak ada di berkas ({count}): {names}"


def others(preview: Preview) -> str:
    """Say how many lines name another unit, so that nobody takes in a whole city by a slip."""
    people = sum(unit.people for unit in preview.other_units)
    if not people:
        return ""
    first = " > ".join(preview.other_units[0].path)
    return f"{people} baris menurut berkas milik unit lain, misalnya {first}."


def done(imported: Imported) -> str:
    """Say what an import stored."""
    created = f" {len(imported.units)} unit dibuat." if imported.units else ""
    return (
        f"Tersimpan: {imported.added} pegawai baru, {imported.changed} berubah, "
        f"{imported.same} tetap sama, {imported.left_out} baris dilewati.{created}"
    )


def change(difference: Difference) -> str:
    """Say in which field the file differs, with the old and the new value."""
    name = words.FIELDS.get(difference.field, difference.field)
    return f"{name} {difference.old or '(kosong)'} → {difference.new}"


def reasons(row: PreviewRow) -> list[str]:
    """Return the questions of a row, or else its changes, and what was assumed about it."""
    told = [words.problem(one) for one in row.questions] or [change(one) for one in row.differences]
    told += [words.problem(one) for one in row.remarks]
    return told + [words.remark(one.code, one.limits) for one in row.notes]


def _rows(rows: list[PreviewRow], verdict: Verdict) -> Iterator[str]:
    for row in rows[:SHOWN]:
        number = f" ({row.nip})" if row.nip else ""
        told = "; ".join(reasons(row))
        yield f"- {_at(row.place)}{row.name}{number}: {verdict}{'; ' if told else ''}{told}"
    if len(rows) > SHOWN:
        yield f"  … dan {len(rows) - SHOWN} baris {verdict} lain."


def _at(place: str) -> str:
    return f"{place}: " if place else ""
