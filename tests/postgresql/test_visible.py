"""Whatever the tree of units and whoever heads what: everybody sees what the rule says, no more."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import regions
from wfh_desktop.domain.mandates import RIGHTS, Role
from wfh_desktop.domain.people import Right

LOGIN = regions.login("nobody")
WORDS = {
    "read": Right.READ,
    "record": Right.RECORD,
    "assign": Right.ASSIGN,
    "review": Right.REVIEW,
    "recommend": Right.RECOMMEND,
    "verify": Right.VERIFY,
    "administer": Right.ADMINISTER,
}
ROLES = [role for role in Role if role is not Role.INSPECTOR]
FIRST = 1000  # number of the first unit and person that a test makes


@st.composite
def provinces(draw):
    """Return parents of units, units of people, earlier units of some, mandates, and who asks."""
    size = draw(st.integers(2, 9))
    parents = [None] + [draw(st.integers(0, number - 1)) for number in range(1, size)]
    units = st.integers(0, size - 1)
    people = draw(st.lists(units, min_size=1, max_size=6))
    moved = draw(st.lists(st.tuples(st.integers(0, len(people) - 1), units), max_size=3))
    terms = st.tuples(st.integers(-40, 40), st.one_of(st.none(), st.integers(0, 40)))
    mandates = draw(
        st.lists(st.tuples(units, st.sampled_from(ROLES), terms, st.booleans()), max_size=4)
    )
    return parents, people, moved, mandates, draw(st.integers(0, len(people) - 1))


@pytest.fixture(scope="module")
def playground(server, region_template):
    region = regions.copy(server, region_template, "region_playground")
    with region.superuser() as connection:
        connection.autocommit = False
        connection.execute("SET search_path = app")
        connection.commit()
        yield connection
        connection.rollback()
    regions.drop(server, region.name)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(provinces())
def test_the_visible_set_is_that_of_the_rule(playground, province):
    holds(playground, province)


def holds(connection, province):
    """Set a province up, ask as the person in it, and take everything back."""
    parents, people, moved, mandates, asking = province
    try:
        today = prepare(connection, province)
        connection.execute(f"SET LOCAL SESSION AUTHORIZATION {LOGIN}")
        mine = {word: expected(parents, mandates, today, right) for word, right in WORDS.items()}
        for word, wanted in mine.items():
            (found,) = connection.execute("SELECT sec.my_units(%s)", [word]).fetchone()
            assert {key - FIRST for key in found if key >= FIRST} == wanted, word
        known = {n for n, unit in enumerate(people) if unit in mine["read"]} | {asking}
        known |= {n for n, unit in moved if unit in mine["read"]}
        seen = connection.execute("SELECT id FROM employee WHERE id >= %s", [FIRST])
        assert {key - FIRST for (key,) in seen} == known
        days = connection.execute("SELECT employee_id FROM day_entry WHERE id >= %s", [FIRST])
        there = {n for n, unit in enumerate(people) if unit in mine["read"]}
        assert {key - FIRST for (key,) in days} == there
    finally:
        connection.rollback()


def prepare(connection, province):
    """Write a province into the tables; return the server's date."""
    parents, people, moved, mandates, asking = province
    (today,) = connection.execute("SELECT sec.today('WIB')").fetchone()
    connection.execute("ALTER TABLE app.day_entry DISABLE TRIGGER USER")
    for number, parent in enumerate(parents):
        connection.execute(
            "INSERT INTO unit (id, version, parent_id, code, name, zone, valid_from) "
            "OVERRIDING SYSTEM VALUE VALUES (%s, 1, %s, '', 'Unit', 'WIB', '2020-01-01')",
            [FIRST + number, None if parent is None else FIRST + parent],
        )
    for number, unit in enumerate(people):
        connection.execute(
            "INSERT INTO employee (id, version, unit_id, name, front_title, back_title, phone, "
            "active) OVERRIDING SYSTEM VALUE VALUES (%s, 1, %s, 'Pegawai', '', '', '', true)",
            [FIRST + number, FIRST + unit],
        )
        connection.execute(
            "INSERT INTO day_entry (id, version, unit_id, employee_id, day, source, note) "
            "OVERRIDING SYSTEM VALUE VALUES (%s, 1, %s, %s, '2026-09-01', 'manual', '')",
            [FIRST + number, FIRST + unit, FIRST + number],
        )
    for person, unit in moved:
        connection.execute(
            "INSERT INTO position (version, unit_id, employee_id, title, level, capacity, decree, "
            "valid_from, valid_to, withdrawn) VALUES "
            "(1, %s, %s, 'Jabatan lama', 'Pelaksana', 'definitive', '', '2020-01-01', "
            "'2024-12-31', false)",
            [FIRST + unit, FIRST + person],
        )
    sign_in(connection, asking)
    for unit, role, (since, length), withdrawn in mandates:
        first = today + timedelta(days=since)
        last = None if length is None else first + timedelta(days=length)
        connection.execute(
            "INSERT INTO mandate (version, unit_id, account_id, role, decree, valid_from, "
            "valid_to, withdrawn) SELECT 1, %s, id, %s, '', %s, %s, %s FROM account "
            "WHERE login = %s",
            [FIRST + unit, role.value, first, last, withdrawn, LOGIN],
        )
    return today


def sign_in(connection, asking):
    """Let the login belong to the person who asks; the one it belonged to has another NIP."""
    connection.execute(
        "UPDATE employee SET nip = NULL, version = version + 1 WHERE nip = %s", [LOGIN[2:]]
    )
    connection.execute(
        "UPDATE employee SET nip = %s, version = version + 1 WHERE id = %s",
        [LOGIN[2:], FIRST + asking],
    )
    connection.execute(
        "UPDATE account SET employee_id = %s, version = version + 1 WHERE login = %s",
        [FIRST + asking, LOGIN],
    )


def expected(parents, mandates, today, right):
    """Return the units in which one of the mandates gives a right today, by walking up the tree."""
    held = {
        unit
        for unit, role, (since, length), withdrawn in mandates
        if right & RIGHTS[role]
        and not withdrawn
        and since <= 0
        and (length is None or since + length >= 0)
    }

    def reaches(unit):
        return unit is not None and (unit in held or reaches(parents[unit]))

    return {unit for unit in range(len(parents)) if reaches(unit)}


def test_the_property_finds_a_function_that_forgets_the_end_of_a_term(playground):
    """The control: without the end of the term the same examples fail."""
    province = ([None, 0], [1], [], [(0, Role.ACTING_HEAD, (-30, 10), False)], 0)
    holds(playground, province)
    (body,) = playground.execute(
        "SELECT pg_get_functiondef('sec.my_units(text)'::regprocedure)"
    ).fetchone()
    forgetful = body.replace("coalesce(m.valid_to, 'infinity')", "'infinity'")
    assert forgetful != body
    playground.rollback()
    playground.execute(forgetful)
    playground.commit()
    with pytest.raises(AssertionError):
        holds(playground, province)
    playground.execute(body)
    playground.commit()
