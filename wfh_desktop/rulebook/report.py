"""A rule set in words: everything it uses, for the command line and for whoever checks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from wfh_desktop.domain.tpp import columns, figures
from wfh_desktop.domain.tpp.case import Case
from wfh_desktop.domain.tpp.figures import HUNDRED, number, percent, rupiah
from wfh_desktop.domain.tpp.ruleset import (
    Bands,
    By,
    EventRule,
    FirstOf,
    Full,
    Gate,
    LeaveRule,
    Linear,
    Metric,
    Multiplier,
    Multiplies,
    Of,
    PredicateTable,
    Proportion,
    RuleSet,
    Score,
    Tax,
    WeightedSum,
)
from wfh_desktop.domain.tpp.trail import MODES
from wfh_desktop.rulebook.examples import Failure
from wfh_desktop.rulebook.plain import case_to_plain

OF = {
    Of.TOTAL: "jumlah TPP",
    Of.PART: "bagian",
    Of.COMPONENT: "komponen",
    Of.DAY: "TPP sehari",
}
STAGES = {
    "base": "dasar",
    "percent": "persen",
    "item": "tiap kejadian",
    "part": "tiap bagian",
    "component": "tiap komponen",
    "total": "jumlah",
    "tax": "pajak",
    "bpjs": "BPJS",
}


def summary(rules: RuleSet) -> str:
    """Return a rule set in one line: identifier, name, since when."""
    until = f" s.d. {rules.valid_to:%d-%m-%Y}" if rules.valid_to else ""
    return f"{rules.id}: {rules.name} (berlaku {rules.valid_from:%d-%m-%Y}{until})"


def lines(rules: RuleSet) -> Iterator[str]:
    """Return everything a rule set uses, line by line, in Indonesian."""
    yield summary(rules)
    sections = {
        "Dasar hukum": [_joined(one.number, one.about, one.note) for one in rules.legal_basis],
        "Komponen": [_component(rules, code) for code in rules.component_rules],
        "Bagian": [
            _joined(f"{one.code} {one.label}: {percent(one.weight)}", _where(one.applies_to),
                    _score(one.score), one.clause, one.note)
            for one in rules.active(rules.parts)
        ],
        "Kejadian": [_event(one) for one in rules.active(rules.events)],
        "Dikecualikan": [_joined(one.label, one.clause) for one in rules.active(rules.exemptions)],
        "Cuti": [_leave(one) for one in rules.active(rules.leave)],
        "Pengali": [_multiplier(one) for one in rules.multiplier_rules.values()],
        "Ambang": [_joined(one.label, one.clause) for one in rules.threshold_rules],
        "Metrik": [_metric(one) for one in rules.metrics],
        "Pembulatan": [
            f"{STAGES[one.stage.value]}: {MODES[one.mode.value]} (kelipatan {number(one.unit)})"
            for one in rules.rounding
        ] or ["tidak ada"],
        "Pajak": [_tax(rules.tax)] if rules.tax else ["tidak dihitung"],
        "BPJS": [_bpjs(rules)],
        "Pilihan": [
            _joined(f"{one.code} ({'aktif' if one.active else 'tidak aktif'})", one.label, one.note)
            for one in rules.options
        ],
        "Kolom cetak": [f"{one.heading}: {one.caption}" for one in columns.columns(rules)],
        "Catatan": list(rules.notes),
        "Contoh hitung": [_joined(one.id, one.source) for one in rules.examples],
    }  # fmt: skip
    for title, inside in sections.items():
        if inside:
            yield f"\n{title}"
            yield from (f"  {one}" for one in inside)


def verdict(rules: RuleSet, failures: Iterable[Failure]) -> Iterator[str]:
    """Return how the worked examples came out, one line for each figure that fails."""
    wrong = tuple(failures)
    bad = len({one.example for one in wrong})
    good = len(rules.examples) - bad
    yield f"{rules.id}: {good} dari {len(rules.examples)} contoh tepat"
    for one in wrong:
        got = one.why or ("tidak ada" if one.got is None else number(one.got))
        yield f"  {one.example}: {one.path} seharusnya {number(one.expected)}, hasilnya {got}"


def _joined(first: str, *rest: str) -> str:
    return "; ".join([first, *(one for one in rest if one)])


def _where(components: tuple[str, ...]) -> str:
    return f"pada {', '.join(components)}" if components else ""


def _component(rules: RuleSet, code: str) -> str:
    one = rules.component_rules[code]
    tables = (("kelas jabatan", one.by_class), ("jabatan", one.by_title), ("jenjang", one.by_level))
    by = [name for name, table in tables if table]
    source = f"tabel per {', '.join(by)}, atau dari kasus" if by else "dari kasus"
    return _joined(f"{code} {one.label}: {source}", one.clause, one.note)


def _score(score: Score) -> str:
    match score:
        case Full():
            return "penuh, hanya berkurang oleh potongan"
        case PredicateTable(percent=table, missing=missing, accepts_score=accepts):
            words = ", ".join(f"{word.value} {number(share)}" for word, share in table.items())
            without = "predikat wajib" if missing is None else f"tanpa predikat {number(missing)}"
            score_too = ", atau performance.score sebagai persen" if accepts else ""
            return f"predikat: {words} ({without}{score_too})"
        case Bands(of=metric) | Linear(of=metric):
            return f"menurut rentang {_named(metric)}"
        case Proportion(of=metric, full=full):
            return f"{_named(metric)} dibanding {number(full)}"
        case Gate(when=when):
            limit = _named(when.than) if when.value is None else number(when.value)
            return f"{_named(when.metric)} {when.op.value} {limit}"
        case WeightedSum(parts=parts):
            inner = (f"{one.label} {number(one.weight)} ({_score(one.score)})" for one in parts)
            return " + ".join(inner)
        case FirstOf(of=scores):
            return ", bila tidak diberikan: ".join(_score(one) for one in scores)


def _named(metric: str) -> str:
    return "performance.score" if metric == "score" else f"metrik {metric}"


def _event(event: EventRule) -> str:
    codes = "/".join((event.code, *event.aliases))
    if event.bands:
        rate = ", ".join(f"mulai {number(b.at_least)} menit {percent(b.rate)}" for b in event.bands)
    else:
        unit = "poin" if event.metric else event.unit.value
        rate = f"{percent(event.rate or figures.ZERO)} per {unit}"
    of = OF[event.of] + (f" {' dan '.join(event.parts)}" if event.parts else "")
    if event.share != HUNDRED:
        of = f"{percent(event.share)} {of}"
    metric = f"metrik {event.metric}" if event.metric else ""
    return _joined(f"{codes} {event.label}: {rate} dari {of}", metric, event.clause, event.note)


def _leave(leave: LeaveRule) -> str:
    codes = "/".join(leave.codes)
    if leave.multiplier:
        pay = f"dihitung sebagai pengali {leave.multiplier}"
    elif leave.by is By.MONTH:
        months = ", ".join(f"bulan ke-{n} {number(share)}" for n, share in enumerate(leave.pay, 1))
        beyond = "" if leave.beyond is None else f", selebihnya {number(leave.beyond)}"
        pay = f"dibayar {months}{beyond} persen"
    elif leave.by is By.DAYS:
        bands = (f"mulai {number(one.at_least)} hari {percent(one.pay)}" for one in leave.bands)
        pay = f"dibayar {', '.join(bands)}"
    else:
        pay = f"dibayar {percent(leave.pay[0])}"
    return _joined(f"{codes} {leave.label}: {pay}", leave.clause, leave.note)


def _multiplier(one: Multiplier) -> str:
    known = "besarnya diberikan" if one.value is None else f"true = {number(one.value)}"
    own = f"otomatis untuk {', '.join(one.statuses)}" if one.statuses else ""
    metric = f"memerlukan metrik {one.metric}" if one.kind is not Multiplies.FACTOR else ""
    return _joined(f"{one.code} {one.label}: {known}", own, metric, one.clause, one.note)


def _metric(metric: Metric) -> str:
    if metric.counts:
        missing = f"bila tidak diberikan dihitung dari kejadian {', '.join(metric.codes)}"
    elif metric.default is not None:
        missing = f"bila tidak diberikan {number(metric.default)}"
    else:
        missing = "tanpa nilai baku"
    names = "/".join((metric.code, *metric.aliases))
    most = "" if metric.maximum is None else f" s.d. {number(metric.maximum)}"
    about = f"{names} ({metric.unit or 'angka'}, {number(metric.minimum)}{most}): {metric.label}"
    return _joined(about, missing, metric.note)


def _tax(tax: Tax) -> str:
    kinds = {
        "none": "tidak dihitung",
        "flat": "tarif tetap menurut golongan dan status",
        "rate": f"tarif tetap dari metrik {tax.metric}",
        "ter": f"tarif efektif rata-rata, tabel {tax.table}",
    }
    return _joined(kinds[tax.kind], "ditanggung pemerintah" if tax.borne else "", tax.clause)


def _bpjs(rules: RuleSet) -> str:
    one = rules.contribution
    if one is None:
        return "tidak dihitung"
    cap = "" if one.cap is None else f"paling banyak dari {rupiah(one.cap)}"
    salary = f"dikurangi metrik {one.salary_metric}" if one.salary_metric else ""
    return _joined(f"{percent(one.employee)} dari jumlah TPP", cap, salary, one.clause)


def plain(rules: RuleSet) -> dict[str, Any]:
    """Return a rule set as JSON holds it: decimals and dates as text, nothing left out."""
    return {one.name: _plain(getattr(rules, one.name)) for one in fields(rules)}


def _plain(value: Any) -> Any:
    match value:
        case Case():
            return case_to_plain(value)
        case Enum():
            return value.value
        case Decimal():
            return figures.plain(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
        case tuple() | list() | frozenset():
            return [_plain(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value
