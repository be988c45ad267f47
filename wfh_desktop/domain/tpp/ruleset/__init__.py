"""The schema of a TPP rule set: what a Perkada or a ministerial regulation says, as data.

Percentages are written as percent (30 means 30 %), money in rupiah. The names of the fields are
the keys of the TOML files; `resources/rules/template.toml` explains each in Indonesian.
"""

from wfh_desktop.domain.tpp.ruleset.events import (
    By,
    Counted,
    Effect,
    EventRule,
    Exemption,
    Hours,
    LeaveRule,
    Of,
    PayBand,
    RateBand,
    Threshold,
)
from wfh_desktop.domain.tpp.ruleset.levies import Bpjs, Bracket, FlatRate, Tax
from wfh_desktop.domain.tpp.ruleset.rules import (
    ColumnRule,
    Component,
    Example,
    LegalBasis,
    Metric,
    Multiplier,
    Multiplies,
    Option,
    Part,
    Reference,
    Rounding,
    RuleSet,
    Stage,
)
from wfh_desktop.domain.tpp.ruleset.scores import (
    Bands,
    Condition,
    FirstOf,
    Full,
    Gate,
    Linear,
    Op,
    PredicateTable,
    Proportion,
    Score,
    ScoreBand,
    SubPart,
    WeightedSum,
)

TOTAL = "TOTAL"
SCORE = "score"  # the pseudo metric that stands for the score of the month's appraisal

__all__ = [
    "SCORE",
    "TOTAL",
    "Bands",
    "Bpjs",
    "Bracket",
    "By",
    "ColumnRule",
    "Component",
    "Condition",
    "Counted",
    "Effect",
    "EventRule",
    "Example",
    "Exemption",
    "FirstOf",
    "FlatRate",
    "Full",
    "Gate",
    "Hours",
    "LeaveRule",
    "LegalBasis",
    "Linear",
    "Metric",
    "Multiplier",
    "Multiplies",
    "Of",
    "Op",
    "Option",
    "Part",
    "PayBand",
    "PredicateTable",
    "Proportion",
    "RateBand",
    "Reference",
    "Rounding",
    "RuleSet",
    "Score",
    "ScoreBand",
    "Stage",
    "SubPart",
    "Tax",
    "Threshold",
    "WeightedSum",
]
