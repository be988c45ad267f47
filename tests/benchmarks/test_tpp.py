"""How long the TPP of 10 000 people takes with its whole trail, against the bare arithmetic."""

import random
import time
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from wfh_desktop import rulebook
from wfh_desktop.domain.people import EmploymentStatus
from wfh_desktop.domain.performance.panrb6 import Predicate
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.case import Case, Event, Performance, Person
from wfh_desktop.domain.tpp.engine import calculate

PEOPLE = 10_000
BAR = 1.0  # milliseconds a person
RUPIAH, CENT = Decimal(1), Decimal("0.01")
BANDS = ((61, 3), (31, 2), (1, 1))
TAXES = {"II/c": Decimal(0), "III/b": Decimal("0.05"), "IV/a": Decimal("0.15")}


def figures(*, bench=False) -> list[dict]:
    """Calculate 10 000 people under two rule sets, each beside plain Decimal arithmetic."""
    return [
        _figure("manado-2022", manado_people(PEOPLE), manado),
        _figure("banjarmasin-2025", banjarmasin_people(PEOPLE), banjarmasin),
    ]


def _figure(rule_id, people, bare) -> dict:
    rules = rulebook.load(rule_id)
    nodes = sum(1 for _ in trail.walk(calculate(rules, people[0]).trail))
    ours = _timed(lambda one: calculate(rules, one).net, people)
    theirs = _timed(bare, people)
    each = ours * 1000 / len(people)
    return {
        "name": f"TPP {len(people)} orang dengan jejak ({rule_id}), per orang",
        "value": round(each, 3),
        "unit": "ms",
        "bar": BAR,
        "ok": each <= BAR,
        "note": f"{ours / theirs:.1f} kali hitungan Decimal tanpa jejak "
        f"({theirs * 1000 / len(people):.3f} ms); {nodes} simpul per orang",
    }


def _timed(pay, people):
    """Seconds of processor to pay everybody, whatever else the machine does meanwhile.

    Each tree is let go before the next, as when they are stored.
    """
    start = time.process_time()
    for one in people:
        pay(one)
    return time.process_time() - start


def manado_people(count):
    """Months as an office has them: some late, some absent, all with targets and values."""
    chance = random.Random(7)
    return [
        Case(
            person=Person(status=EmploymentStatus.PNS, grade=chance.choice(list(TAXES))),
            base={"TOTAL": Decimal(chance.randrange(2_000_000, 30_000_000))},
            events=(
                *(
                    Event("TL", minutes=Decimal(chance.randrange(1, 90)))
                    for _ in range(chance.randrange(6))
                ),
                *(Event("TAP") for _ in range(chance.randrange(3))),
                Event("TK", days=Decimal(chance.randrange(4))),
            ),
            metrics={
                "skbp": Decimal(chance.randrange(0, 10_001)) / 100,
                "berakhlak": Decimal(chance.randrange(0, 701)),
                "attendance": Decimal(chance.randrange(10, 101)) / 100,
                "gross_salary": Decimal(chance.randrange(3_000_000, 9_000_000)),
            },
        )
        for _ in range(count)
    ]


def manado(case):
    """The same rule by hand, without a word of explanation."""
    metrics, base = case.metrics, case.base["TOTAL"]
    points = sum(_points(event) for event in case.events)
    discipline = max(100 - points, 0) * Decimal("0.4")
    values = metrics["berakhlak"]
    behaviour = 30 if values > 678 else values / 700 * 30 if values >= 210 else Decimal(0)
    targets = (metrics["skbp"] * 30 / 100).quantize(CENT, ROUND_DOWN)
    share = targets + Decimal(behaviour).quantize(CENT, ROUND_DOWN) + discipline
    present = metrics["attendance"]
    factor = 0 if present < Decimal("0.25") else Decimal("0.5") if present < Decimal("0.5") else 1
    gross = (base * share * factor / 100).quantize(RUPIAH, ROUND_HALF_UP)
    tax = (gross * TAXES[case.person.grade]).quantize(RUPIAH, ROUND_HALF_UP)
    room = min(gross, Decimal(12_000_000) - metrics["gross_salary"])
    return gross - tax - (room / 100).quantize(RUPIAH, ROUND_HALF_UP)


def _points(event):
    if event.code == "TL":
        return next(rate for least, rate in BANDS if event.minutes >= least)
    return 10 * event.days if event.code == "TK" else 3


def banjarmasin_people(count):
    chance = random.Random(11)
    return [
        Case(
            base={
                code: Decimal(chance.randrange(0, 900_000_000)) / 100
                for code in ("BK", "PK", "KK", "KP")
            },
            metrics={
                "attendance": Decimal(chance.randrange(5_000, 10_001)) / 10_000,
                "activity_minutes": Decimal(chance.randrange(4_000, 14_000)),
            },
            performance=Performance(chance.choice([*Predicate, None])),
            multipliers={"UNIT": chance.choice([Decimal("0.68"), Decimal("0.85"), Decimal(1)])},
        )
        for _ in range(count)
    ]


def banjarmasin(case):
    """The same rule by hand."""
    base, factor = case.base, case.multipliers["UNIT"]
    busy = case.metrics["activity_minutes"] >= 6750
    predicate = case.performance.predicate
    rated = {None: 0, Predicate.POOR: 10, Predicate.VERY_POOR: 10}.get(predicate, 20)
    share = 40 * case.metrics["attendance"] + (40 + rated if busy else 0)
    paid = [base[code] * share / 100 * factor for code in ("BK", "PK")]
    paid += [base[code] * factor for code in ("KK", "KP")]
    return sum(one.quantize(RUPIAH, ROUND_HALF_UP) for one in paid)


def test_the_bare_arithmetic_of_the_benchmark_pays_the_same():
    for rule_id, people, bare in (
        ("manado-2022", manado_people(400), manado),
        ("banjarmasin-2025", banjarmasin_people(400), banjarmasin),
    ):
        rules = rulebook.load(rule_id)
        for one in people:
            assert calculate(rules, one).net == bare(one)
