"""Two people for one list: nobody writes their own line, nobody locks what they submitted."""

import random
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from sqlalchemy import select, text, update

from tests.services.offices import people
from tests.services.tpp_months import CLASS_7, SEPTEMBER, START, appraise, enter, prepared
from wfh_desktop import words
from wfh_desktop.domain.attendance import Status
from wfh_desktop.domain.errors import Invalid, NotAllowed
from wfh_desktop.domain.mandates import RIGHTS, Role
from wfh_desktop.domain.people import Actor, Right
from wfh_desktop.domain.tpp.fingerprint import Amounts, fingerprint
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import (
    Assessment,
    BaseAmount,
    ConductEvent,
    DayEntry,
    Employee,
    Position,
    Rank,
    Recommendation,
    RecommendationLine,
    RuleChoice,
)
from wfh_desktop.services import records, tpp
from wfh_desktop.services.tpp import lines, verifying

HEAD, CLERK, STRANGER = "p_head", "p_clerk", "p_stranger"


@pytest.fixture
def unit(work):
    return prepared(work)


@pytest.fixture
def shared(monkeypatch):
    """Work as on a database that several people share."""
    monkeypatch.setattr(lines, "is_shared", lambda work: True)


def acting(work, login, employee_id=None, role=Role.HEAD):
    return replace(work, actor=Actor(login, RIGHTS[role], login, employee_id))


def computed(work, unit):
    tpp.compute(work, unit.id, SEPTEMBER)
    work.session.flush()
    return tpp.current(work, unit.id, SEPTEMBER)


def submitted(work, unit):
    details = computed(work, unit)
    tpp.submit(work, details.id, details.version)
    work.session.flush()
    return tpp.current(work, unit.id, SEPTEMBER)


def lock(work, details):
    tpp.lock(work, details.id, details.version)
    work.session.flush()


def stored(work, key, *, withdrawn=False):
    work.session.expire_all()
    record = work.get(Recommendation, key)
    return {line.employee_id: line for line in lines.of(work, record, withdrawn=withdrawn)}


def waits(details):
    return [line.employee_id for line in details.lines if line.waiting]


def blocking(work, details):
    return {one.code: one for one in tpp.before_submitting(work, details.id) if one.blocking}


def come_late(work, key, day, at=time(9, 15)):
    work.session.execute(
        update(DayEntry)
        .where(DayEntry.employee_id == key, DayEntry.day == day)
        .values(time_in=at, version=DayEntry.version + 1)
    )
    work.session.expire_all()


# Lines stay where they are


def test_calculating_again_changes_only_the_lines_that_differ(work, unit):
    key = computed(work, unit).id
    before = {one: (line.id, line.version) for one, line in stored(work, key).items()}
    come_late(work, unit.keys[1], unit.days[4])
    computed(work, unit)
    after = {one: (line.id, line.version) for one, line in stored(work, key).items()}
    assert [after[one][0] - before[one][0] for one in unit.keys] == [0, 0, 0]
    assert [after[one][1] - before[one][1] for one in unit.keys] == [0, 1, 0]


def test_a_line_keeps_the_digest_of_its_facts_and_who_wrote_it(work, unit):
    details = computed(acting(work, HEAD), unit)
    first = stored(work, details.id)[unit.keys[0]]
    assert first.inputs == lines.digest(first.facts)
    assert first.written_by == HEAD
    come_late(work, unit.keys[0], unit.days[4])
    computed(acting(work, CLERK), unit)
    again = stored(work, details.id)
    assert [again[key].written_by for key in unit.keys] == [CLERK, HEAD, HEAD]
    assert again[unit.keys[0]].inputs == lines.digest(again[unit.keys[0]].facts)


def test_on_a_local_file_the_name_of_the_user_stands_for_the_login(work, unit):
    details = computed(work, unit)
    assert {line.written_by for line in stored(work, details.id).values()} == {"Kepala"}


def test_who_left_the_list_is_withdrawn_and_comes_back_to_the_same_line(work, unit):
    details = computed(work, unit)
    kept = stored(work, details.id)[unit.keys[2]].id
    position = work.session.scalars(
        select(Position).where(Position.employee_id == unit.keys[2])
    ).one()
    position.valid_from = date(2026, 10, 1)
    work.log("test.moved", position)
    gone = computed(work, unit)
    assert [line.employee_id for line in gone.lines] == unit.keys[:2]
    assert gone.net == CLASS_7 * 2
    assert tpp.trails(work, gone.id).keys() == set(unit.keys[:2])
    assert tpp.revisions(work, unit.id, SEPTEMBER)[0].net == CLASS_7 * 2
    assert stored(work, gone.id, withdrawn=True)[unit.keys[2]].withdrawn
    assert blocking(work, gone) == {}
    position.valid_from = START
    work.log("test.moved", position)
    back = computed(work, unit)
    assert [line.employee_id for line in back.lines] == unit.keys
    assert stored(work, back.id)[unit.keys[2]].id == kept


def test_a_withdrawn_line_is_not_paid_elsewhere(work, unit):
    details = computed(work, unit)
    stored(work, details.id)[unit.keys[2]].withdrawn = True
    work.log("test.withdrawn", work.get(Recommendation, details.id))
    line = tpp.current(work, unit.id, SEPTEMBER.shifted(1))
    assert line is None
    assert unit.keys[2] not in tpp.reading._net_before(work, unit.id, SEPTEMBER)


# Nobody writes their own line


def test_whoever_calculates_leaves_their_own_line_to_somebody_else(work, unit, shared):
    mine = unit.keys[1]
    details = computed(acting(work, HEAD, mine), unit)
    assert mine not in stored(work, details.id)
    assert waits(details) == [mine]
    row = details.lines[1]
    assert (row.place, row.net, row.person.name) == (2, 0, "Pegawai 2")
    assert (
        row.refusal == "Menunggu dihitung orang lain: tidak seorang pun menghitung TPP-nya sendiri."
    )
    found = blocking(acting(work, HEAD, mine), details)
    assert found.keys() == {"others"}
    assert found["others"].text.startswith("Menunggu dihitung orang lain: Pegawai 2.")
    assert found["others"].keys == (mine,)
    with pytest.raises(Invalid, match="check_failed"):
        tpp.submit(acting(work, HEAD, mine), details.id, details.version)


def test_the_other_person_sees_it_missing_and_calculates_it(work, unit, shared):
    head, clerk = acting(work, HEAD, unit.keys[0]), acting(work, CLERK, unit.keys[1])
    details = computed(head, unit)
    assert blocking(clerk, details).keys() == {"missing"}
    details = computed(clerk, unit)
    assert waits(details) == []
    assert blocking(clerk, details) == blocking(head, details) == {}
    lines_now = stored(work, details.id)
    assert lines_now[unit.keys[0]].written_by == CLERK
    assert lines_now[unit.keys[1]].written_by == HEAD


def test_an_own_line_that_is_still_right_is_left_as_it_is(work, unit, shared):
    head, clerk = acting(work, HEAD, unit.keys[0]), acting(work, CLERK)
    details = computed(clerk, unit)
    before = stored(work, details.id)[unit.keys[0]].version
    details = computed(head, unit)
    after = stored(work, details.id)[unit.keys[0]]
    assert (after.version, after.written_by) == (before, CLERK)
    assert waits(details) == []
    tpp.submit(head, details.id, details.version)


def test_an_own_line_whose_facts_changed_stays_stale_until_another_calculates(work, unit, shared):
    head, clerk = acting(work, HEAD, unit.keys[0]), acting(work, CLERK)
    before = stored(work, computed(clerk, unit).id)[unit.keys[0]].inputs
    come_late(work, unit.keys[0], unit.days[4])
    details = computed(head, unit)
    assert stored(work, details.id)[unit.keys[0]].inputs == before
    assert waits(details) == [unit.keys[0]]
    assert blocking(head, details).keys() == {"others"}
    assert blocking(clerk, details).keys() == {"stale"}
    details = computed(clerk, unit)
    assert waits(details) == []
    assert blocking(head, details) == {}


def test_an_own_line_written_by_oneself_does_not_count(work, unit, shared):
    head = acting(work, HEAD, unit.keys[0])
    details = computed(acting(work, HEAD), unit)  # before the account was tied to the person
    assert blocking(head, details).keys() == {"others"}
    assert waits(computed(head, unit)) == [unit.keys[0]]


def test_an_own_line_that_should_go_is_left_to_another_too(work, unit, shared):
    head, clerk = acting(work, HEAD, unit.keys[0]), acting(work, CLERK)
    computed(clerk, unit)
    position = work.session.scalars(
        select(Position).where(Position.employee_id == unit.keys[0])
    ).one()
    position.valid_from = date(2026, 10, 1)
    work.log("test.moved", position)
    details = computed(head, unit)
    assert unit.keys[0] in stored(work, details.id)
    assert "others" in blocking(head, details)
    assert "gone" in blocking(clerk, details)
    assert unit.keys[0] not in stored(work, computed(clerk, unit).id)


def test_on_a_local_file_nothing_of_this_applies(work, unit):
    head = acting(work, HEAD, unit.keys[0])
    details = submitted(head, unit)
    assert waits(details) == []
    lock(head, details)
    assert tpp.state(work, unit.id, SEPTEMBER) is State.FINAL


def test_places_stay_without_gap_whoever_is_missing(work, unit, shared):
    clerk, head = acting(work, CLERK), acting(work, HEAD, unit.keys[0])
    computed(clerk, unit)
    people(work, unit, 1, first=50)
    details = computed(head, unit)
    assert [line.place for line in details.lines] == [1, 2, 3, 4]


# Nobody locks what they submitted


def test_the_submitter_does_not_lock(work, unit, shared):
    details = submitted(acting(work, HEAD), unit)
    assert (details.submitted_login, details.shared) == (HEAD, True)
    with pytest.raises(NotAllowed, match="needs_second_person"):
        lock(acting(work, HEAD), details)
    assert tpp.state(work, unit.id, SEPTEMBER) is State.SUBMITTED
    lock(acting(work, CLERK), details)
    record = work.get(Recommendation, details.id)
    assert (record.submitted_login, record.locked_login) == (HEAD, CLERK)


def test_a_refused_lock_says_who_may(work, unit, shared):
    details = submitted(acting(work, HEAD), unit)
    with pytest.raises(NotAllowed) as refused:
        lock(acting(work, HEAD), details)
    assert "mengunci" in words.explain(refused.value)


def test_what_is_confirmed_are_the_amounts_recalculated_by_who_locks(work, unit):
    details = submitted(work, unit)
    lock(work, details)
    rows = stored(work, details.id).values()
    amounts = [Amounts(one.employee_id, one.gross, one.net, one.inputs) for one in rows]
    assert work.get(Recommendation, details.id).confirmed == fingerprint(amounts)
    assert tpp.recalculate(work, details.id).fingerprint == fingerprint(amounts)


def test_taking_back_forgets_who_submitted(work, unit, shared):
    details = submitted(acting(work, HEAD), unit)
    tpp.reopen(acting(work, CLERK), details.id, details.version, "Ada yang kurang")
    work.session.flush()
    assert tpp.current(work, unit.id, SEPTEMBER).submitted_login == ""


# Each state, role and verb: the rule as it is written

CALCULATES = {Role.HEAD, Role.ACTING_HEAD, Role.SECRETARIAT, Role.ADMINISTRATOR}
SUBMITS = {Role.HEAD, Role.ACTING_HEAD, Role.SECRETARIAT}
LOCKS = {Role.HEAD, Role.ACTING_HEAD, Role.VERIFIER}
MAY = {
    ("compute", State.DRAFT): CALCULATES,
    ("submit", State.DRAFT): SUBMITS,
    ("lock", State.SUBMITTED): LOCKS,
    ("reopen", State.SUBMITTED): SUBMITS | LOCKS,
    ("reopen", State.FINAL): SUBMITS,  # a new revision
}


def verbs(unit, details):
    key = (details.id, details.version)
    return {
        "compute": lambda one: tpp.compute(one, unit.id, SEPTEMBER),
        "submit": lambda one: tpp.submit(one, *key),
        "lock": lambda one: tpp.lock(one, *key),
        "reopen": lambda one: tpp.reopen(one, *key, "Perlu diperbaiki"),
    }


def allowed(work, deed):
    try:
        with records.trial(work):
            deed()
            work.session.flush()
    except (NotAllowed, Invalid):
        return False
    finally:
        work.session.expire_all()
    return True


@pytest.mark.parametrize("state", State)
def test_every_role_may_do_what_the_rule_says_and_nothing_else(work, unit, shared, state):
    details = computed(acting(work, CLERK), unit)
    if state is not State.DRAFT:
        details = submitted(acting(work, CLERK), unit)
    if state is State.FINAL:
        lock(acting(work, HEAD), details)
        details = tpp.current(work, unit.id, SEPTEMBER)
    expected, found = {}, {}
    for role in Role:
        for login in (STRANGER, CLERK):
            who = acting(work, login, role=role)
            for verb, deed in verbs(unit, details).items():
                may = role in MAY.get((verb, state), set())
                expected[role, login, verb] = may and (verb, login) != ("lock", CLERK)
                found[role, login, verb] = allowed(work, lambda do=deed, who=who: do(who))
    assert found == expected
    assert any(found.values())


def test_the_right_to_calculate_is_not_the_right_to_lock(work, unit):
    details = submitted(work, unit)
    clerk = replace(work, actor=Actor("Sekretariat", Right.READ | Right.RECORD | Right.RECOMMEND))
    with pytest.raises(NotAllowed):
        lock(clerk, details)


# Whatever is altered between submitting and locking is found


def unguarded(work):
    """Take the guards off, as somebody with the file in hand can, or the server's administrator."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(text("SET LOCAL session_replication_role = replica"))
        return
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard_%'"
    for name in work.session.execute(text(names)).scalars().all():
        work.session.execute(text(f'DROP TRIGGER "{name}"'))


def leaves(told, path=()):
    """Yield the path of everything in a JSON value."""
    if isinstance(told, dict | list):
        for key, inner in told.items() if isinstance(told, dict) else enumerate(told):
            yield from leaves(inner, (*path, key))
    yield path


def without(told, path):
    """Return a JSON value with one thing in it changed."""
    if not path:
        return altered(told)
    key, *rest = path
    return (
        {**told, key: without(told[key], rest)}
        if isinstance(told, dict)
        else [*told[:key], without(told[key], rest), *told[key + 1 :]]
    )


def altered(value):
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}0"
        case dict():
            return dict(list(value.items())[:-1]) if value else {"x": 1}
        case list():
            return value[:-1] if value else ["x"]
        case _:
            return "0"


@pytest.fixture
def entry(work, unit):
    come_late(work, unit.keys[0], unit.days[4])
    details = submitted(work, unit)
    line = stored(work, details.id)[unit.keys[0]]
    facts = tpp.workflow._facts(work, unit.id, SEPTEMBER)
    found = lines.calculated(facts, lambda *_: None)
    return line, found.entries[0]


def test_every_single_thing_that_a_line_says_is_compared(work, entry):
    line, fresh = entry
    assert not lines.differing(line, fresh)
    tried = 0
    for name in lines.TOLD:
        whole = getattr(line, name)
        for path in leaves(whole):
            setattr(line, name, without(whole, path))
            assert lines.differing(line, fresh) == {name}, path
            tried += 1
        setattr(line, name, whole)
    for name, value in (
        ("gross", line.gross + Decimal("0.01")),
        ("net", line.net - 1),
        ("inputs", "0" * 64),
    ):
        whole = getattr(line, name)
        setattr(line, name, value)
        assert lines.differing(line, fresh) == {name}
        setattr(line, name, whole)
    work.session.expire(line)
    assert tried > 100


def of_lines(work, unit, chance):
    """Alter something stored with one person; return the person."""
    key = chance.choice(unit.keys)
    query = select(RecommendationLine).where(RecommendationLine.employee_id == key)
    line = work.session.scalars(query).one()
    name = chance.choice((*lines.AMOUNTS, *lines.TOLD, "withdrawn"))
    value = getattr(line, name)
    if name in lines.TOLD:
        value = without(value, chance.choice(list(leaves(value))))
    elif name == "withdrawn":
        value = True
    else:
        value = value + chance.choice((1, -1, Decimal("0.01"))) if name != "inputs" else "0" * 64
    setattr(line, name, value)
    return key


def of_facts(work, unit, chance):
    """Alter something in what the amounts are made of; return the person."""
    key = chance.choice(unit.keys)
    day = chance.choice(unit.days)

    def row(kind):
        query = select(kind).where(kind.employee_id == key)
        return work.session.scalars(query.where(kind.day == day) if kind is DayEntry else query)

    match chance.randrange(7):
        case 0:
            row(DayEntry).one().time_in = time(9, chance.randrange(1, 59))
        case 1:
            row(DayEntry).one().time_out = time(14, chance.randrange(59))
        case 2:
            one = row(DayEntry).one()
            one.status, one.time_in, one.time_out = Status.ABSENT, None, None
        case 3:
            row(Assessment).one().predicate = "Kurang"
        case 4:
            row(Position).one().job_class = chance.choice((5, 6, 8, 9))
        case 5:
            event = {"code": "UPACARA", "day": day, "reason": "Tidak ikut"}
            work.session.add(ConductEvent(unit_id=unit.id, employee_id=key, **event))
        case 6:
            row(Rank).one().status = "CPNS"
    return key


@pytest.mark.parametrize("alter", [of_lines, of_facts])
def test_whatever_is_altered_before_locking_is_found_and_nothing_is_locked(work, unit, alter):
    details = submitted(work, unit)
    unguarded(work)
    chance = random.Random(alter.__name__)
    for _ in range(25):
        with records.trial(work):
            concerned = alter(work, unit, chance)
            work.session.flush()
            work.session.expire_all()
            found = tpp.recalculate(work, details.id).differences
            assert concerned in {one.employee_id for one in found}
            assert all(one.text for one in found)
            with pytest.raises(Invalid, match="recalculated"):
                tpp.lock(work, details.id, details.version)
            assert work.get(Recommendation, details.id).state is State.SUBMITTED
        work.session.expire_all()
    lock(work, details)


def test_a_comparison_of_net_amounts_alone_would_miss_it(work, unit, monkeypatch):
    details = submitted(work, unit)
    monkeypatch.setattr(lines, "AMOUNTS", ("net",))
    monkeypatch.setattr(lines, "TOLD", ())
    unguarded(work)
    line = stored(work, details.id)[unit.keys[0]]
    line.gross += 1_000_000
    work.session.flush()
    lock(work, details)
    assert tpp.state(work, unit.id, SEPTEMBER) is State.FINAL


def test_a_difference_names_the_person_and_both_amounts(work, unit):
    details = submitted(work, unit)
    come_late(work, unit.keys[1], unit.days[4])
    with pytest.raises(Invalid) as refused:
        lock(work, details)
    lost = CLASS_7 * Decimal("0.3") * 30 * Decimal("0.0001")
    now = f"{(CLASS_7 - lost).quantize(Decimal(1)):,}".replace(",", ".")
    assert words.explain(refused.value) == (
        f"Pegawai 2: tersimpan Rp3.915.950, hasil hitung ulang Rp{now}."
    )


def test_who_came_who_went_and_who_cannot_be_calculated_any_more_are_told(work, unit):
    details = submitted(work, unit)
    (new,) = people(work, unit, 1, first=50)
    appraise(work, unit, new)
    for day in unit.days:
        enter(work, unit, new, day, time(7, 20), time(17, 30))
    gone = work.session.scalars(select(Position).where(Position.employee_id == unit.keys[0])).one()
    gone.valid_from = date(2026, 10, 1)
    query = select(Assessment).where(Assessment.employee_id == unit.keys[2])
    work.session.delete(work.session.scalars(query).one())
    work.session.flush()
    found = {one.code: one.name for one in tpp.recalculate(work, details.id).differences}
    assert found["recalculated_missing"] == "Pegawai 50"
    assert found["recalculated_gone"] == "Pegawai 1"
    assert found["recalculated_refused"] == "Pegawai 3"


def test_other_rules_or_another_amount_for_the_class_are_found(work, unit):
    details = submitted(work, unit)
    amount = {"component": "TOTAL", "job_class": 7, "amount": CLASS_7 + 1}
    base = BaseAmount(unit_id=unit.id, rule_id="kemnaker-15-2024", valid_from=START, **amount)
    with records.trial(work):
        work.add(base)
        found = tpp.recalculate(work, details.id)
        assert [one.code for one in found.differences] == ["recalculated_net"] * 3
    choice = work.session.scalars(select(RuleChoice)).one()
    choice.rule_id = "jambi"
    work.session.flush()
    found = tpp.recalculate(work, details.id)
    assert found.differences[0].code == "recalculated_rules"
    work.session.delete(choice)
    work.session.flush()
    found = tpp.recalculate(work, details.id)
    assert [one.code for one in found.differences] == ["recalculated_no_rules"]


def test_a_corrected_name_is_found_too_for_it_is_printed(work, unit):
    details = submitted(work, unit)
    work.session.get(Employee, unit.keys[0]).name = "Pegawai Satu"
    work.session.flush()
    (difference,) = tpp.recalculate(work, details.id).differences
    assert (difference.code, difference.name) == ("recalculated_told", "Pegawai Satu")


def test_looking_changes_nothing(work, unit):
    details = submitted(work, unit)
    assert tpp.recalculate(work, details.id) == verifying.Recalculation(
        people=3,
        net=CLASS_7 * 3,
        differences=(),
        fingerprint=tpp.recalculate(work, details.id).fingerprint,
    )
    assert tpp.current(work, unit.id, SEPTEMBER) == details
