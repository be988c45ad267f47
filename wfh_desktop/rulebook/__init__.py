"""Rule sets from `resources/rules/*.toml`: read, validated, proven by their examples."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from wfh_desktop.domain.errors import Invalid, Problem, Unreadable
from wfh_desktop.domain.tpp import figures, soundness
from wfh_desktop.domain.tpp.case import Case
from wfh_desktop.domain.tpp.engine import Result, calculate
from wfh_desktop.domain.tpp.ruleset import RuleSet
from wfh_desktop.paths import RULES
from wfh_desktop.rulebook import faults
from wfh_desktop.rulebook.examples import Failure, failing_examples, flat
from wfh_desktop.rulebook.plain import (
    case_from_plain,
    case_to_plain,
    result_from_plain,
    result_to_plain,
)

TEMPLATE = "template"  # to be copied, never to be paid by
TABLES = "tables"  # beside the rule sets: tables that several of them may use
MEGABYTE = 1_000_000
LARGEST_RULES = 2 * MEGABYTE
LARGEST_CASES = 200 * MEGABYTE


class _File(BaseModel):
    """Where pydantic starts; keys that the schema does not have are refused."""

    model_config = ConfigDict(extra="forbid")

    rules: RuleSet


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
    if (size := path.stat().st_size) > LARGEST_RULES:
        raise Unreadable("too_large", path.name, size // MEGABYTE, LARGEST_RULES // MEGABYTE)
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


def calculate_file(rules: RuleSet, path: Path) -> tuple[list[Result], bool]:
    """Calculate the case or the cases in a JSON file; tell whether it holds a list.

    Raises `Unreadable` if the file cannot be read, `Invalid` naming the case and the field.
    """
    plain = _json(path)
    many = isinstance(plain, list)
    return [_calculated(rules, one, n) for n, one in enumerate(plain if many else [plain], 1)], many


def _calculated(rules: RuleSet, plain: Any, number: int) -> Result:
    place = f"kasus {number}"
    try:
        return calculate(rules, _without_foreign(rules, case_from_plain(plain, place)))
    except Invalid as refusal:
        raise Invalid(
            one if one.field.startswith(place) else replace(one, field=f"{place}, {one.field}")
            for one in refusal.problems
        ) from refusal


def _without_foreign(rules: RuleSet, case: Case) -> Case:
    """Leave out metrics that only other rule sets use: one case may be held against several."""
    unknown = set(case.metrics) - set(rules.metric_rules)
    foreign = unknown and unknown & {name for one in all() for name in one.metric_rules}
    if not foreign:
        return case
    return replace(case, metrics={k: v for k, v in case.metrics.items() if k not in foreign})


def _json(path: Path) -> Any:
    try:
        size = path.stat().st_size
        text = path.read_text(encoding="utf-8-sig") if size <= LARGEST_CASES else ""
    except FileNotFoundError as error:
        raise Unreadable("missing", path.name) from error
    except UnicodeDecodeError as error:
        raise Unreadable("not_text", path.name) from error
    except OSError as error:
        code = "folder" if path.is_dir() else "no_access"
        raise Unreadable(code, path.name) from error
    if size > LARGEST_CASES:
        raise Unreadable("too_large", path.name, size // MEGABYTE, LARGEST_CASES // MEGABYTE)
    if not text.strip():
        raise Unreadable("empty", path.name)
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=Decimal)
    except (ValueError, RecursionError) as error:
        place = f"baris {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable("not_json", path.name, place=place) from error


__all__ = [
    "Failure",
    "activate",
    "all",
    "calculate_file",
    "case_from_plain",
    "case_to_plain",
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
