"""Cases that an office could enter, for each shipped rule set."""

from decimal import Decimal

from hypothesis import strategies as st

from wfh_desktop import rulebook
from wfh_desktop.domain.people import EmploymentStatus, Level
from wfh_desktop.domain.performance.panrb6 import Predicate
from wfh_desktop.domain.tpp.case import Case, Event, Leave, Performance, Person
from wfh_desktop.domain.tpp.facts import wants_minutes
from wfh_desktop.domain.tpp.ruleset import TOTAL, By

RULES = rulebook.all()
amounts = st.decimals(0, 40_000_000, places=2)
shares = st.decimals(0, 1, places=4)


def of_rules(draw, rules):
    """Everything a case under *rules* needs, and some of what it may have."""
    return Case(
        person=draw(people(rules)),
        base=draw(bases(rules)),
        events=tuple(draw(st.lists(events(rules), max_size=5))),
        metrics=draw(metrics(rules)),
        performance=Performance(
            draw(st.sampled_from(Predicate)), draw(st.decimals(0, 120, places=2))
        ),
        leave=tuple(draw(st.lists(leaves(rules), max_size=1))),
        multipliers=draw(multipliers(rules)),
    )


@st.composite
def cases(draw, rules=None):
    chosen = draw(st.sampled_from(RULES)) if rules is None else rules
    return chosen, of_rules(draw, chosen)


def people(rules):
    return st.builds(
        Person,
        status=st.sampled_from([EmploymentStatus.PNS, EmploymentStatus.CPNS]),
        grade=st.sampled_from(["II/c", "III/a", "III/d", "IV/b"]),
        job_class=st.integers(1, 17),
        level=st.sampled_from(Level),
    )


@st.composite
def bases(draw, rules):
    codes = list(rules.component_rules)
    others = [code for code in codes if code != TOTAL]
    if codes[0] == TOTAL and rules.components[0].by_class and draw(st.booleans()):
        return {}
    if codes[0] == TOTAL and (not others or draw(st.booleans())):
        return {TOTAL: draw(amounts)}
    chosen = draw(st.lists(st.sampled_from(others), min_size=1, unique=True))
    return {code: draw(amounts) for code in chosen}


@st.composite
def events(draw, rules):
    rule = draw(st.sampled_from([one for one in rules.events if not one.metric]))
    if wants_minutes(rule):
        minutes = Decimal(draw(st.integers(0, 300)))
        return Event(rule.code, draw(st.sampled_from([None, Decimal(2)])), minutes)
    return Event(rule.code, Decimal(draw(st.integers(0, 12))))


@st.composite
def metrics(draw, rules):
    told = {
        "attendance": shares,
        "activity_minutes": st.integers(0, 15_000).map(Decimal),
        "paid_days": st.integers(0, 22).map(Decimal),
        "skbp": st.decimals(0, 100, places=4),
        "berakhlak": st.integers(0, 700).map(Decimal),
        "gross_salary": amounts,
        "tax_rate": st.sampled_from([Decimal(0), Decimal("0.05")]),
        "hukdis_points": st.integers(0, 30).map(Decimal),
    }
    known = [one.code for one in rules.metrics if one.code in told]
    return {code: draw(told[code]) for code in known}


@st.composite
def leaves(draw, rules):
    rule = draw(st.sampled_from([one for one in rules.leave if not one.multiplier]))
    code = draw(st.sampled_from(rule.codes))
    if rule.by is By.MONTH:
        return Leave(code, month_index=draw(st.integers(1, len(rule.pay))))
    return Leave(code, days=Decimal(draw(st.integers(1, 20))))


@st.composite
def multipliers(draw, rules):
    known = [code for code in rules.multiplier_rules if code != "PLT"]
    chosen = draw(st.lists(st.sampled_from(known), max_size=2, unique=True))
    return {code: draw(shares) for code in chosen}
