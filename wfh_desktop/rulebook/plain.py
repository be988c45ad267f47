"""Cases and results as JSON holds them: decimals as text, codes in any spelling."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from wfh_desktop.domain.errors import Invalid, Problem
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.periods import Period
from wfh_desktop.domain.tpp import figures, trail
from wfh_desktop.domain.tpp.case import PREDICATES, Case, Event, Leave
from wfh_desktop.domain.tpp.engine import Result
from wfh_desktop.rulebook import faults

REMARKS = frozenset({"id", "name", "note"})  # a case may say what it is; it changes nothing
NOTHING = frozenset({"", "-", "tidak ada"})


class _Read(BaseModel):
    """Where pydantic starts; what is not in the dataclasses is refused."""

    model_config = ConfigDict(extra="forbid")

    case: Case


def case_from_plain(plain: Any, place: str = "kasus") -> Case:
    """Read one case of the form `{"period", "person", "base", "events", ...}`.

    Raises `Invalid` with every fault, each with *place* and its path in the case.
    """
    if not isinstance(plain, Mapping):
        raise Invalid([Problem(place, "wrong_shape")])
    told = {key: _without_null(value) for key, value in plain.items() if key not in REMARKS}
    try:
        return _Read.model_validate({"case": _normalised(told, place)}).case
    except ValidationError as error:
        raise Invalid(faults.problems(error, place)) from error


def _without_null(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_null(inner) for key, inner in value.items() if inner is not None}
    return [_without_null(inner) for inner in value] if isinstance(value, list) else value


def _normalised(told: dict[str, Any], place: str) -> dict[str, Any]:
    """Replace words in any spelling by the values of the domain; raise `Invalid` for others."""
    case = {key: value for key, value in told.items() if value is not None}
    if "period" in case:
        case["period"] = _period(case["period"], place)
    for name in ("base", "multipliers"):
        if isinstance(case.get(name), Mapping):
            case[name] = {_code(code): value for code, value in case[name].items()}
    if isinstance(case.get("multipliers"), Mapping):
        case["multipliers"] = {
            code: _factor(value, f"{place}, multipliers.{code}")
            for code, value in case["multipliers"].items()
        }
    if isinstance(case.get("person"), Mapping):
        case["person"] = _person(case["person"], place)
    if isinstance(case.get("performance"), Mapping):
        case["performance"] = _performance(case["performance"], place)
    return case


def _code(code: Any) -> Any:
    return code.strip().upper() if isinstance(code, str) else code


def _period(value: Any, place: str) -> Period:
    try:
        return Period.parse(value)
    except (AttributeError, ValueError) as error:
        raise Invalid([Problem(f"{place}, period", "tpp_period", (value,))]) from error


def _factor(value: Any, place: str) -> Any:
    """Read a multiplier: true, false or a number; other words that mean yes are refused."""
    if isinstance(value, bool | int | Decimal):
        return value
    text = str(value).strip()
    if text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Invalid([Problem(place, "not_a_number", (f"\u201c{text[:40]}\u201d",))]) from error


def _person(person: Mapping[str, Any], place: str) -> dict[str, Any]:
    read = dict(person)
    for name, words in (("status", EmploymentStatus), ("level", Level)):
        if name in read:
            read[name] = _word(read[name], words, f"{place}, person.{name}")
    return {name: value for name, value in read.items() if value is not None}


Words = TypeVar("Words", bound=StrEnum)


def _word(value: Any, words: type[Words], place: str) -> Words | None:
    if value in ("", "-"):
        return None
    wanted = str(value).replace("_", " ").strip().casefold()
    for word in words:
        if wanted in (word.value.casefold(), word.name.replace("_", " ").casefold()):
            return word
    known = ", ".join(word.value for word in words)
    raise Invalid([Problem(place, "not_one_of", (known, f"\u201c{value}\u201d"))])


def _performance(told: Mapping[str, Any], place: str) -> dict[str, Any]:
    read = dict(told)
    if "predicate" not in read:
        return read
    word = " ".join(str(read.pop("predicate")).split()).casefold().replace(" / ", "/")
    if word in NOTHING:
        return read
    if word not in PREDICATES:
        known = "Sangat Baik, Baik, Butuh Perbaikan, Kurang, Sangat Kurang"
        shown = f"\u201c{told['predicate']}\u201d"
        raise Invalid([Problem(f"{place}, performance.predicate", "not_one_of", (known, shown))])
    return read | {"predicate": PREDICATES[word]}


def case_to_plain(case: Case) -> dict[str, Any]:
    """Return a case as JSON holds it, so that it can be calculated again later."""
    person, performance = case.person, case.performance
    plain: dict[str, Any] = {
        "period": str(case.period) if case.period else None,
        "person": {
            "status": person.status,
            "grade": person.grade,
            "job_class": person.job_class,
            "level": person.level,
            "title": person.title,
        },
        "base": _amounts(case.base),
        "events": [_event(one) for one in case.events],
        "metrics": _amounts(case.metrics),
        "performance": {
            "predicate": performance.predicate,
            "score": None if performance.score is None else figures.plain(performance.score),
            "source": list(performance.source),
        },
        "leave": [_leave(one) for one in case.leave],
        "multipliers": {
            code: value if isinstance(value, bool) else figures.plain(value)
            for code, value in case.multipliers.items()
        },
        "sources": {name: list(rows) for name, rows in case.sources.items()},
    }
    return {key: kept for key, value in plain.items() if (kept := _filled(value))}


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: inner for key, inner in value.items() if inner not in (None, "", [])}
    return value


def _event(event: Event) -> dict[str, Any]:
    numbers = {"count": event.count, "minutes": event.minutes, "days": event.days}
    plain: dict[str, Any] = {"code": event.code}
    plain |= {name: figures.plain(one) for name, one in numbers.items() if one is not None}
    if event.day is not None:
        plain["day"] = event.day.isoformat()
    words = {"workplace": event.workplace, "reason": event.reason, "source": list(event.source)}
    return plain | {name: word for name, word in words.items() if word}


def _leave(leave: Leave) -> dict[str, Any]:
    plain: dict[str, Any] = {"code": leave.code}
    if leave.month_index is not None:
        plain["month_index"] = leave.month_index
    if leave.days is not None:
        plain["days"] = figures.plain(leave.days)
    return plain | ({"source": list(leave.source)} if leave.source else {})


def _amounts(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {code: figures.plain(amount) for code, amount in amounts.items()}


MAPS = ("components", "parts", "deductions")
SINGLE = ("gross", "tax", "bpjs", "net")


def result_to_plain(result: Result) -> dict[str, Any]:
    """Return a result as JSON holds it: decimals as plain text, never with an exponent."""
    plain: dict[str, Any] = {name: _amounts(getattr(result, name)) for name in MAPS}
    plain |= {name: figures.plain(getattr(result, name)) for name in SINGLE}
    return plain | {"trail": trail.to_plain(result.trail)}


def result_from_plain(plain: Mapping[str, Any]) -> Result:
    """Return the result that `result_to_plain` wrote."""
    maps = {name: {code: Decimal(amount) for code, amount in plain[name].items()} for name in MAPS}
    root = trail.from_plain(plain["trail"])
    delays = [one.amount or 0 for one in trail.walk(root) if one.key == "delay"]
    return Result(
        components=maps["components"],
        parts=maps["parts"],
        deductions=maps["deductions"],
        gross=Decimal(plain["gross"]),
        tax=Decimal(plain["tax"]),
        bpjs=Decimal(plain["bpjs"]),
        net=Decimal(plain["net"]),
        trail=root,
        delay=int(sum(delays)),
    )
