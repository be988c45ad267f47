"""What pydantic finds wrong in a rule file or a case, as problems with a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from wfh_desktop.domain.errors import Problem

SCORES = frozenset(
    {
        "Full",
        "PredicateTable",
        "Bands",
        "Linear",
        "Gate",
        "Proportion",
        "WeightedSum",
        "FirstOf",
    }
)
KINDS = "full, predicate, bands, linear, threshold, metric, weighted, first"
NOISE = SCORES | {"decimal", "bool", "[key]", "rules", "case"}  # of the schema, not of the file
CODES = {
    "missing": "required",
    "unexpected_keyword_argument": "unknown_key",
    "extra_forbidden": "unknown_key",
    "finite_number": "not_a_number",
    "enum": "not_one_of",
    "literal_error": "not_one_of",
}
FAMILIES = {
    "decimal": "not_a_number",
    "int": "not_whole",
    "float": "not_a_number",
    "date": "not_a_date",
    "bool": "not_yes_or_no",
    "string": "not_text",
}


def problems(error: ValidationError, place: str) -> tuple[Problem, ...]:
    """Return what *error* found, each fault once; *place* stands before the path of each."""
    found: dict[str, Problem] = {}
    for one in _relevant(error.errors()):
        path = ".".join(_path(one["loc"]))
        field = f"{place}, {path}".replace(".[", "[") if path else place
        found.setdefault(field, _problem(field, one))
    return tuple(found.values())


def _relevant(errors: Sequence[Any]) -> Iterator[Any]:
    """Leave out what concerns kinds of score that the file does not mean."""
    wrong = {one["loc"][:-1] for one in errors if _is_kind(one["loc"])}
    named: set[tuple[Any, ...]] = set()
    for one in errors:
        loc = one["loc"]
        if not any(loc[: n + 1] in wrong for n, step in enumerate(loc) if step in SCORES):
            yield one
        elif _is_kind(loc) and loc[:-2] not in named and _none_fits(loc[:-2], wrong):
            named.add(loc[:-2])
            yield {**one, "loc": (*loc[:-2], "kind"), "ctx": {"expected": KINDS}}


def _is_kind(loc: tuple[Any, ...]) -> bool:
    return len(loc) > 1 and loc[-1] == "kind" and loc[-2] in SCORES


def _none_fits(at: tuple[Any, ...], wrong: set[tuple[Any, ...]]) -> bool:
    """Tell whether no kind of score fits at a place."""
    return sum(loc[:-1] == at for loc in wrong) == len(SCORES)


def _path(loc: Sequence[int | str]) -> Iterator[str]:
    for step in loc:
        if step not in NOISE:
            yield f"[{step}]" if isinstance(step, int) else step


def _problem(field: str, one: Any) -> Problem:
    kind = one["type"]
    code = CODES.get(kind) or FAMILIES.get(kind.partition("_")[0], "wrong_shape")
    if code in ("required", "unknown_key", "wrong_shape"):
        return Problem(field, code)
    given = one["input"]
    shown = f"\N{LEFT DOUBLE QUOTATION MARK}{given}\N{RIGHT DOUBLE QUOTATION MARK}"
    if code == "not_one_of":
        expected = one["ctx"]["expected"].replace(" or ", " atau ").replace("'", "")
        return Problem(field, code, (expected, shown[:60]))
    return Problem(field, code, (shown[:60],))
