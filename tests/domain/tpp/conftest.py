"""Small rule sets made for one question, and cases to ask it with."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import settings

from wfh_desktop.domain.tpp.case import Case, Event, Leave, Performance, Person
from wfh_desktop.domain.tpp.ruleset import (
    Component,
    EventRule,
    Full,
    LegalBasis,
    Metric,
    Part,
    RuleSet,
)

settings.register_profile("unhurried", deadline=None)  # the machine may be busy with other tests
settings.load_profile("unhurried")

FULL = Full(kind="full")


def number(value):
    return None if value is None else Decimal(str(value))


@pytest.fixture
def rules():
    """Make a rule set: 60 % performance and 40 % discipline of TOTAL unless told otherwise."""

    def make(**told):
        standard = {
            "id": "contoh",
            "name": "Aturan contoh",
            "region": "Contoh",
            "valid_from": date(2026, 1, 1),
            "legal_basis": (LegalBasis(number="Perkada Contoh"),),
            "components": (Component(code="TOTAL", label="TPP"),),
            "parts": (
                Part(code="KINERJA", label="Kinerja", weight=Decimal(60), score=FULL),
                Part(code="DISIPLIN", label="Disiplin", weight=Decimal(40), score=FULL),
            ),
        }
        return RuleSet(**(standard | told))

    return make


@pytest.fixture
def event():
    """Make a rule for an event, of the discipline part unless told otherwise."""

    def make(code="TK", **told):
        standard = {"label": code, "unit": "hari", "of": "part", "parts": ("DISIPLIN",)}
        merged = standard | told
        if merged["of"] != "part":
            merged["parts"] = ()
        from wfh_desktop.domain.tpp.ruleset import Counted, Of

        merged["unit"], merged["of"] = Counted(merged["unit"]), Of(merged["of"])
        for name in ("rate", "share", "cap_per_day", "cap_per_month"):
            if merged.get(name) is not None:
                merged[name] = Decimal(str(merged[name]))
        return EventRule(code=code, **merged)

    return make


@pytest.fixture
def case():
    """Make a case of 1,000,000 rupiah unless told otherwise; events as (code, count/minutes...)."""

    def make(*events, base=1_000_000, leave=(), score=None, predicate=None, person=None, **told):
        return Case(
            base={"TOTAL": Decimal(base)} if not isinstance(base, dict) else base,
            events=tuple(one if isinstance(one, Event) else Event(*one) for one in events),
            leave=tuple(one if isinstance(one, Leave) else Leave(*one) for one in leave),
            performance=Performance(predicate, number(score)),
            person=person or Person(),
            metrics={name: number(value) for name, value in told.pop("metrics", {}).items()},
            **told,
        )

    return make


@pytest.fixture
def metric():
    def make(code, **told):
        for name in ("default", "minimum", "maximum"):
            if told.get(name) is not None:
                told[name] = Decimal(str(told[name]))
        return Metric(code=code, label=told.pop("label", code), **told)

    return make
