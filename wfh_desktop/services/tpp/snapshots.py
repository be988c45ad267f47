"""What a recommendation keeps of the world it was made in, as JSON holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any

from wfh_desktop.domain.periods import Period
from wfh_desktop.services.people import PersonRow


@dataclass(frozen=True, slots=True)
class PersonSnapshot:
    """A person as they stood on the list when it was calculated; later changes never reach it."""

    employee_id: int
    nip: str
    name: str  # with degrees
    status: str
    grade: str
    rank: str  # pangkat
    title: str
    level: str
    job_class: int | None
    unit: str

    @classmethod
    def of(cls, person: PersonRow) -> PersonSnapshot:
        """Return what the list shows of *person*."""
        return cls(
            employee_id=person.id,
            nip=person.nip or "",
            name=person.name,
            status=person.status.value,
            grade=person.grade,
            rank=person.rank,
            title=person.title,
            level=person.level.value,
            job_class=person.job_class,
            unit=person.unit,
        )


def plain(value: Any) -> Any:
    """Return *value* as JSON holds it: exact decimals, days and enums as text; gaps left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Period):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {name: plain(part) for name, part in pairs if part not in (None, "", (), {})}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    return value


def digest(value: Any) -> str:
    """Return the SHA-256 of *value* written in one canonical way."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
