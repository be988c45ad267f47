"""What a person lacks to be calculated, in the words of the office and not of the engine."""

from __future__ import annotations

from collections.abc import Iterator

from wfh_desktop import words
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.domain.tpp.ruleset import RuleSet

Lack = tuple[str, str]  # a code of `words.CHECKS`, and what is missing where that needs a name

FIELDS = {  # what the engine misses: the code under which it is told
    ("base", "tpp_base_needed"): "no_base",
    ("base", "tpp_needed"): "no_base",
    ("person.grade", "tpp_needed"): "no_grade",
    ("person.job_class", "tpp_needed"): "no_class",
    ("performance.predicate", "tpp_needed"): "no_predicate",
    ("performance.score", "tpp_needed"): "no_score",
}
METRIC = "metrics."


def lacks(refusal: Refusal, rules: RuleSet) -> tuple[Lack, ...]:
    """Return what is missing; nothing if the engine refuses for another reason."""
    problems = refusal.problems if isinstance(refusal, Invalid) else ()
    found = [_lack(one, rules) for one in problems]
    return tuple(one for one in found if one) if all(found) else ()


def sentence(refusal: Refusal, rules: RuleSet) -> str:
    """Say why a person cannot be calculated."""
    return " ".join(_sentences(lacks(refusal, rules))) or words.explain(refusal)


def _sentences(found: tuple[Lack, ...]) -> Iterator[str]:
    for code, name in found:
        yield words.LACKS[code].format(name[:1].upper() + name[1:])


def _lack(problem: Problem, rules: RuleSet) -> Lack | None:
    if problem.code == "tpp_needed" and problem.field.startswith(METRIC):
        return "no_figure", rules.metric_rules[problem.field.removeprefix(METRIC)].label
    code = FIELDS.get((problem.field, problem.code))
    return (code, "") if code else None
