"""What the panel of a person says, in words: sections, entries and history. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wfh_desktop import words
from wfh_desktop.domain import nip
from wfh_desktop.domain.calendar import Zone
from wfh_desktop.domain.discipline import Counter
from wfh_desktop.domain.nip import Nip
from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.ranks import printed
from wfh_desktop.services.people import (
    AliasRow,
    HistoryRow,
    LeaveRow,
    PersonDetails,
    PositionRow,
    RankRow,
    SanctionRow,
)
from wfh_desktop.views import labels

CORRECT, WITHDRAW, CANCEL = "correct", "withdraw", "cancel"
HIDDEN = frozenset({"active", "withdrawn", "cancelled"})  # said by the action itself
NAMES = {"title": "jabatan"}  # where the word of a column differs from that of other records
VALUES = {capacity.value: word for capacity, word in words.CAPACITIES.items()}


@dataclass(frozen=True)
class Entry:
    """A line or two about one record; *actions* are its keys and words."""

    first: str
    second: str = ""
    tone: str = ""
    row: Any = None
    actions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the panel, with the word of the button that adds to it."""

    key: str
    title: str
    add: str
    entries: tuple[Entry, ...]
    empty: str = ""


def sections(person: PersonDetails, day: date) -> tuple[Section, ...]:
    """Return everything about a person; what does not hold on *day* is muted."""
    return (
        Section("identity", "Identitas", "Ubah", tuple(_identity(person))),
        Section(
            "positions",
            "Jabatan",
            "Jabatan baru",
            tuple(_position(row, day) for row in person.positions),
            "Belum ada jabatan.",
        ),
        Section(
            "ranks",
            "Status dan golongan",
            "Yang baru",
            tuple(_rank(row, day) for row in person.ranks),
            "Belum ada status.",
        ),
        Section(
            "leaves",
            "Cuti dan tugas belajar",
            "Catat",
            tuple(_leave(row, day) for row in person.leaves),
            "Belum ada cuti yang tercatat.",
        ),
        Section(
            "sanctions",
            "Hukuman disiplin",
            "Catat",
            tuple(_sanction(row, day) for row in person.sanctions),
            "Tidak ada.",
        ),
        Section(
            "aliases",
            "Nama lain",
            "Tambah",
            tuple(_alias(row) for row in person.aliases),
            "PIN mesin, nomor telepon atau nama di percakapan belum dikenal.",
        ),
    )


def span(first: date, last: date | None) -> str:
    """Return how long something holds: "sejak 1 Januari 2026", or both days."""
    return labels.span(first, last) if last else f"sejak {labels.day(first)}"


def counted(counter: Counter) -> Entry:
    """Say how often somebody was absent without excuse, and what the regulation provides for it."""
    first = f"{counter.days} hari tanpa keterangan tahun ini"
    if counter.consecutive > 1:
        first += f", terpanjang {counter.consecutive} hari berturut-turut"
    law = f"{counter.ladder.name} {counter.ladder.article}"
    if counter.step:
        second = f"Menurut {law}: {counter.step.kind.name}. Ditetapkan pejabat yang berwenang."
        return Entry(first, second, "bad" if counter.step.days > 10 else "attention")
    if counter.next_step:
        second = f"{law} mulai dari {counter.next_step.days} hari: {counter.next_step.kind.name}."
        return Entry(first, second, "attention" if counter.days else "good")
    return Entry(first, law)


def told(rows: Sequence[HistoryRow], zone: Zone) -> Iterator[Entry]:
    """Yield the history, the newest first: when, who, what, and what was there before."""
    for row in rows:
        action = words.ACTIONS.get(row.action, row.action)
        changes = "; ".join(_changes(row.details))
        yield Entry(
            f"{action}{': ' if changes else ''}{changes}",
            f"{labels.moment(row.at, zone)} · {row.actor}",
        )


def _identity(person: PersonDetails) -> Iterator[Entry]:
    if person.nip:
        number = Nip(person.nip)
        second = f"Lahir {labels.day(number.born)}, {number.sex.value}"
        yield Entry(f"NIP {nip.printed(person.nip)}", second)
    for warning in person.warnings:
        yield Entry(words.problem(warning), tone="attention")
    if person.phone:
        yield Entry(f"Telepon {person.phone}")
    if not person.active:
        yield Entry("Nonaktif", "Tidak lagi bertugas di sini.", "attention")


def _position(row: PositionRow, day: date) -> Entry:
    acting = f"{words.CAPACITIES[row.capacity]} " if row.capacity is not Capacity.DEFINITIVE else ""
    job_class = f"kelas {row.job_class}" if row.job_class else "kelas belum diisi"
    lines = [
        f"{row.level.value}, {job_class}",
        row.unit,
        span(row.valid_from, row.valid_to),
        f"Atasan {row.superior}" if row.superior else "",
        f"SK {row.decree}" if row.decree else "",
    ]
    return Entry(
        f"{acting}{row.title or '(jabatan belum diisi)'}",
        "\n".join(filter(None, lines)),
        _tone(row.valid_from, row.valid_to, day),
        row,
        ((CORRECT, "Koreksi…"), (WITHDRAW, "Tarik, salah masuk…")),
    )


def _rank(row: RankRow, day: date) -> Entry:
    grade = printed(row.grade) or "golongan belum diisi"
    decree = f" · SK {row.decree}" if row.decree else ""
    return Entry(
        f"{row.status.value}, {grade}" if row.grade or row.status.value != "Non-ASN" else "Non-ASN",
        f"{span(row.valid_from, row.valid_to)}{decree}",
        _tone(row.valid_from, row.valid_to, day),
        row,
        ((CORRECT, "Koreksi…"), (WITHDRAW, "Tarik, salah masuk…")),
    )


def _leave(row: LeaveRow, day: date) -> Entry:
    more = " · ".join(part for part in (row.document, row.note) if part)
    return Entry(
        f"{words.LEAVES[row.kind].capitalize()}, {labels.span(row.starts, row.ends)}",
        more,
        "muted" if row.ends < day else "",
        row,
        ((CORRECT, "Koreksi…"), (CANCEL, "Batalkan…")),
    )


def _sanction(row: SanctionRow, day: date) -> Entry:
    parts = [f"tingkat {row.level.value}", labels.span(row.starts, row.ends)]
    if row.lowered_class:
        parts.append(f"kelas {row.lowered_class} selama hukuman")
    if row.factor is not None:
        parts.append(f"TPP dibayar {labels.percent(row.factor)}")
    parts.append(f"SK {row.decree}" if row.decree else "SK belum terbit, belum diperhitungkan")
    return Entry(
        row.kind,
        " · ".join(parts),
        "attention" if not row.decree else ("muted" if row.ends < day else ""),
        row,
        ((CORRECT, "Koreksi…"), (CANCEL, "Batalkan…")),
    )


def _alias(row: AliasRow) -> Entry:
    device = f" (mesin {row.device})" if row.device else ""
    kind = words.ALIASES[row.kind]
    return Entry(f"{row.value}{device}", kind, "", row, ((WITHDRAW, "Tarik"),))


def _tone(first: date, last: date | None, day: date) -> str:
    return "" if first <= day <= (last or date.max) else "muted"


def _changes(details: dict[str, Any]) -> Iterator[str]:
    """Yield what was changed, old and new; numbers of other records mean nothing to a reader."""
    before, after = details.get("before") or {}, details.get("after") or {}
    for name, value in after.items():
        new = name not in before
        if name in HIDDEN or (new and value in (None, "", Capacity.DEFINITIVE.value)):
            continue
        said = NAMES.get(name) or words.FIELDS.get(name, name)
        if name.endswith("_id") and not isinstance(value, str):
            if not new:
                yield f"{said} lain"
            continue
        yield (
            f"{said} {_value(value)}" if new else f"{said} {_value(before[name])} → {_value(value)}"
        )
    if superior := details.get("superior"):
        yield f"atasan langsung {superior}"
    if reason := details.get("reason"):
        yield f"alasan {reason}"


def _value(value: Any) -> str:
    if value in (None, ""):
        return "(kosong)"
    if value in VALUES:
        return VALUES[value]
    try:
        return labels.day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
