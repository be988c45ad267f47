"""Rule sets from `resources/rules/*.toml`: read, validated, proven by their examples."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from wfh_desktop.domain.errors import Invalid, Problem, Unreadable
from wfh_desktop.domain.tpp import figures, soundness
from wfh_desktop.domain.tpp.case import Case
from wfh_desktop.domain.tpp.columns import disagreements
from wfh_desktop.domain.tpp.engine import Result, calculate
from wfh_desktop.domain.tpp.ruleset import Example, RuleSet
from wfh_desktop.paths import RULES
from wfh_desktop.rulebook import faults
from wfh_desktop.rulebook.plain import (
    case_from_plain,
    case_to_plain,
    result_from_plain,
    result_to_plain,
)

TEMPLATE = "template"  # to be copied, never to be paid by
TABLES = "tables"  # beside the rule sets: tables that several of them may use
LARGEST = 2_000_000  # bytes of a rule or case file


class _File(BaseModel):
    """Where pydantic starts; keys that the schema does not have are refused."""

    model_config = ConfigDict(extra="forbid")

    rules: RuleSet


@dataclass(frozen=True, slots=True)
class Failure:
    """A worked example that a rule set does not meet; *got* None where there is no such figure."""

    example: str
    path: str
    expected: Decimal
    got: Decimal | None
    why: str = ""


def identifiers() -> tuple[str, ...]:
    """Return the identifiers of all rule sets that ship, sorted; not the blank template."""
    return tuple(sorted(path.stem for path in RULES.glob("*.toml") if path.stem != TEMPLATE))


def all() -> tuple[RuleSet, ...]:  # noqa: A001 - read as rulebook.all()
    """Return every rule set that ships."""
    return tuple(load(one) for one in identifiers())


def load(rule_id: str) -> RuleSet:
    """Return a rule set by its identifier, or by the path of a TOML file.

    Raises `Unreadable` if there is no such rule set or the file is no TOML, `Invalid` with every
    place in the file that does not fit the schema.
    """
    path = path_of(rule_id)
    return _loaded(path, path.stat().st_mtime_ns)


@cache
def _loaded(path: Path, _changed: int) -> RuleSet:
    return read(path)


def path_of(rule_id: str) -> Path:
    """Return the file of a rule set; raise `Unreadable` if there is none."""
    if rule_id.endswith(".toml") and Path(rule_id).is_file():
        return Path(rule_id)
    path = RULES / f"{rule_id}.toml"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", rule_id) or not path.is_file():
        raise Unreadable("no_rules", rule_id, ", ".join(identifiers()))
    return path


def read(path: Path) -> RuleSet:
    """Read a rule file and check that it fits together; raise `Unreadable` or `Invalid`."""
    content = _toml(path)
    if "id" in content and content["id"] != path.stem:
        raise Invalid([Problem(path.name, "rule_id", (content["id"], path.stem))])
    for place, example in enumerate(_tables(content, "examples")):
        if "case" in example:
            where = f"{path.name}, examples[{place}].case"
            example["case"] = case_from_plain(example["case"], where)
    for tax in _tables(content, "taxes"):
        if name := tax.get("table"):
            tax["brackets"] = _toml(_table_path(path, name))["brackets"]
    try:
        rules = _File.model_validate({"rules": content}).rules
    except ValidationError as error:
        raise Invalid(faults.problems(error, path.name)) from error
    if found := soundness.problems(rules):
        raise Invalid(Problem(f"{path.name}, {one.field}", one.code, one.limits) for one in found)
    return rules


def _toml(path: Path) -> dict[str, Any]:
    if path.stat().st_size > LARGEST:
        raise Unreadable("too_big", path.name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise Unreadable("not_text", path.name) from error
    except (tomllib.TOMLDecodeError, InvalidOperation) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"baris {found[1]}, kolom {found[2]}" if found else "akhir berkas"
        raise Unreadable("not_toml", path.name, place=place) from error


def _tables(content: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the tables under a key, as far as they are tables; pydantic says what is not."""
    inside = content.get(name)
    return [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []


def _table_path(path: Path, name: str) -> Path:
    for folder in (path.parent / TABLES, RULES / TABLES):
        if (found := folder / f"{name}.toml").is_file():
            return found
    raise Unreadable("no_table", name, place=path.name)


def digest(rule_id: str) -> str:
    """Return the SHA-256 of a rule set's file, and of the tables it takes from others."""
    path = path_of(rule_id)
    content = path.read_bytes()
    for tax in load(rule_id).taxes:
        if tax.table:
            content += _table_path(path, tax.table).read_bytes()
    return sha256(content).hexdigest()


def failing_examples(rules: RuleSet) -> list[Failure]:
    """Run the worked examples of a rule set; return what does not come out as it must.

    The printed columns are checked with them: a cell must equal the figure it stands for.
    """
    return [failure for one in rules.examples for failure in _failures(rules, one)]


def _failures(rules: RuleSet, example: Example) -> list[Failure]:
    try:
        result = calculate(rules, example.case)
    except Invalid as refusal:
        return [
            Failure(example.id, path, expected, None, str(refusal))
            for path, expected in example.expect.items()
        ]
    got = flat(result)
    wrong = [
        Failure(example.id, path, expected, got.get(path))
        for path, expected in example.expect.items()
        if got.get(path) != expected
    ]
    printed = disagreements(rules, result)
    return wrong + [Failure(example.id, f"columns.{key}", *two) for key, two in printed.items()]


def flat(result: Result) -> dict[str, Decimal]:
    """Return all figures of a result by path: `net`, `parts.KINERJA`, `deductions.TL`."""
    found = {name: getattr(result, name) for name in ("gross", "tax", "bpjs", "net")}
    found["delay"] = Decimal(result.delay)
    for name in ("components", "parts", "deductions"):
        found |= {f"{name}.{code}": one for code, one in getattr(result, name).items()}
    return found


def activate(rule_id: str) -> RuleSet:
    """Return a rule set to pay by: one that has worked examples, all of which pass.

    Raises `Invalid` naming each example that fails, and for the blank template.
    """
    rules = load(rule_id)
    if rules.id == TEMPLATE:
        raise Invalid([Problem(rules.id, "rule_template")])
    if not rules.examples:
        raise Invalid([Problem(rules.id, "rule_no_examples")])
    if failures := failing_examples(rules):
        raise Invalid(
            Problem(
                rules.id,
                "rule_example",
                (one.example, one.path, _shown(one.expected), _shown(one.got)),
            )
            for one in failures
        )
    return rules


def _shown(amount: Decimal | None) -> str:
    return "tidak ada" if amount is None else figures.number(amount)


def cases_from_text(text: str, name: str) -> tuple[list[Case], bool]:
    """Read the JSON of one case or a list of cases; tell whether it was a list.

    Raises `Unreadable` if it is no JSON, `Invalid` naming the case and the field at fault.
    """
    try:
        plain = json.loads(text, parse_float=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError) as error:
        place = f"baris {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable("not_json", name, place=place) from error
    many = isinstance(plain, list)
    cases = plain if many else [plain]
    return [case_from_plain(one, f"kasus {n}") for n, one in enumerate(cases, 1)], many


__all__ = [
    "Failure",
    "activate",
    "all",
    "case_from_plain",
    "case_to_plain",
    "cases_from_text",
    "digest",
    "failing_examples",
    "flat",
    "identifiers",
    "load",
    "path_of",
    "read",
    "result_from_plain",
    "result_to_plain",
]
