"""The columns of the list of a unit's performance."""

from __future__ import annotations

from decimal import Decimal

from wfh_desktop.domain.targets import TargetState
from wfh_desktop.services.performance import PerformanceRow
from wfh_desktop.views import labels
from wfh_desktop.views.tables import Column
from wfh_desktop.views.widgets.distribution_bar import MISSING, TONES

SHARE = 1  # the column in which a bar is painted


def completion(row: PerformanceRow) -> Decimal | None:
    """Return the mean of min(realisation/target, 100 %) by quantity over the targets set."""
    shares = [
        min(target.done.quantity / target.quantity * 100, Decimal(100))
        for target in row.targets
        if target.state is TargetState.SET
    ]
    return sum(shares, Decimal()) / len(shares) if shares else None


def _share(row: PerformanceRow) -> str:
    percent = completion(row)
    if percent is not None:
        return labels.percent(percent / 100, 0)
    return "konsep" if row.targets else "tanpa target"


def _predicate(row: PerformanceRow) -> str:
    return row.score.predicate or MISSING.lower()


def _short(text: str) -> str:
    """Return a rating of today without its last word, which they all share."""
    return text.removesuffix(" ekspektasi")


COLUMNS: tuple[Column[PerformanceRow], ...] = (
    Column("Pegawai", lambda row: row.person.name, tip=lambda row: row.person.title, width=192),
    Column("Capaian", _share, completion, width=112),
    Column("Hasil", lambda row: _short(row.score.results), width=76),
    Column("Perilaku", lambda row: _short(row.score.behaviour), width=76),
    Column(
        "Predikat",
        _predicate,
        tone=lambda row: TONES.get(row.score.predicate, "") if row.score.predicate else "muted",
        tip=lambda row: "\n".join(row.score.explanation),
        width=120,
    ),
)
