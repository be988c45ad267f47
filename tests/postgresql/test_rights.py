"""Who may take which step: every state, every role and every verb against the rule as written."""

import psycopg
import pytest

from tests import regions
from tests.regions import BIDANG_A1, DINAS_A
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.domain.work_reports import ReportState

# "-" does nothing: the row is not among those that they may change. A word is what is refused.
RECOMMENDATION = """
verb      state     head_a               secretary_a  verifier    admin
compute   draf      ok                   ok           no_right    ok
compute   diajukan  state_jump           state_jump   state_jump  state_jump
compute   dikunci   is_final             is_final     is_final    is_final
submit    draf      ok                   ok           no_right    no_right
submit    diajukan  state_jump           state_jump   state_jump  state_jump
submit    dikunci   is_final             is_final     is_final    is_final
lock      draf      state_jump           state_jump   state_jump  state_jump
lock      diajukan  needs_second_person  no_right     ok          no_right
lock      dikunci   is_final             is_final     is_final    is_final
confuse   diajukan  needs_second_person  no_right     not_confirmed  no_right
alter     diajukan  immutable_column     immutable_column  immutable_column  immutable_column
return    diajukan  ok                   ok           ok          no_right
return    dikunci   is_final             is_final     is_final    is_final
revise    draf      state_jump           state_jump   no_right    no_right
revise    diajukan  state_jump           state_jump   no_right    no_right
revise    dikunci   ok                   ok           no_right    no_right
pay       draf      ok                   ok           -           ok
pay       diajukan  is_final             is_final     -           is_final
pay       dikunci   is_final             is_final     -           is_final
too_much  draf      out_of_bounds        out_of_bounds  -         out_of_bounds
less_than_nothing  draf  out_of_bounds   out_of_bounds  -         out_of_bounds
pay_self  draf      -                    -            -           ok
unpin     draf      stale_row            stale_row    stale_row   stale_row
move      draf      denied               denied       denied      denied
remove    draf      denied               denied       denied      denied
remove    dikunci   denied               denied       denied      denied
"""
LIST = "app.recommendation SET version = version + 1, "
LINE = "app.recommendation_line SET version = version + 1, "
VERBS = {  # {key} is the list, {line} the line of somebody, {own} that of who asks
    "compute": f"UPDATE {LIST} computed_at = now() WHERE id = {{key}}",
    "submit": f"UPDATE {LIST} state = 'diajukan' WHERE id = {{key}}",
    "lock": f"UPDATE {LIST} state = 'dikunci', confirmed = '{{print}}' WHERE id = {{key}}",
    "confuse": f"UPDATE {LIST} state = 'dikunci', confirmed = 'x' WHERE id = {{key}}",
    "alter": f"UPDATE {LIST} state = 'dikunci', rule_digest = 'x', confirmed = '{{print}}' "
    "WHERE id = {key}",
    "return": f"UPDATE {LIST} state = 'draf' WHERE id = {{key}}",
    "revise": "INSERT INTO app.recommendation (version, unit_id, year, month, revision, "
    "replaces_id, state, reason, rule_id, rule_digest, snapshot, computed_at, submitted_by, "
    "submitted_login, locked_by, locked_login, number, digest, confirmed) "
    "SELECT 1, unit_id, year, month, 1, id, 'draf', 'salah', rule_id, rule_digest, snapshot, "
    "now(), '', '', '', '', '', '', '' FROM app.recommendation WHERE id = {key}",
    "pay": f"UPDATE {LINE} net = 1000000 WHERE id = {{line}}",
    "too_much": f"UPDATE {LINE} gross = 6260001 WHERE id = {{line}}",
    "less_than_nothing": f"UPDATE {LINE} net = -1 WHERE id = {{line}}",
    "pay_self": f"UPDATE {LINE} net = 1000000 WHERE id = {{own}}",
    "unpin": "UPDATE app.recommendation SET reason = 'x' WHERE id = {key}",
    "move": f"UPDATE {LIST} unit_id = 3 WHERE id = {{key}}",
    "remove": "DELETE FROM app.recommendation WHERE id = {key}",
}
WORK_REPORT = """
verb      state         head_a      secretary_a  verifier  admin
rewrite   konsep        ok          ok           -         ok
rewrite   menunggu      state_jump  state_jump   -         state_jump
rewrite   dikembalikan  ok          ok           -         ok
rewrite   diterima      state_jump  state_jump   -         state_jump
rewrite   dibatalkan    state_jump  state_jump   -         state_jump
submit    konsep        ok          ok           -         ok
submit    dikembalikan  ok          ok           -         ok
submit    dibatalkan    state_jump  state_jump   -         state_jump
accept    konsep        state_jump  state_jump   -         state_jump
accept    menunggu      ok          no_right     -         no_right
accept    dikembalikan  state_jump  state_jump   -         state_jump
accept    dibatalkan    state_jump  state_jump   -         state_jump
praise    menunggu      rating_range  no_right   -         no_right
send_back konsep        state_jump  state_jump   -         state_jump
send_back menunggu      ok          no_right     -         no_right
send_back diterima      state_jump  state_jump   -         state_jump
rate      konsep        no_rating   no_right     -         no_right
rate      menunggu      no_rating   no_right     -         no_right
rate      dikembalikan  no_rating   no_right     -         no_right
rate      diterima      ok          no_right     -         no_right
rate      dibatalkan    no_rating   no_right     -         no_right
undecide  diterima      ok          no_right     -         no_right
withdraw  konsep        ok          ok           -         ok
withdraw  menunggu      ok          ok           -         ok
withdraw  dikembalikan  ok          ok           -         ok
withdraw  diterima      state_jump  state_jump   -         state_jump
resume    dibatalkan    ok          ok           -         ok
resume    diterima      state_jump  state_jump   -         state_jump
give_away menunggu      denied      denied       denied    denied
remove    konsep        denied      denied       denied    denied
"""
REPORT = "UPDATE app.work_report SET version = version + 1, "
REPORT_VERBS = {
    "rewrite": f"{REPORT} text = 'lain' WHERE id = {{key}}",
    "submit": f"{REPORT} state = 'menunggu' WHERE id = {{key}}",
    "accept": f"{REPORT} state = 'diterima', rating = 4 WHERE id = {{key}}",
    "praise": f"{REPORT} state = 'diterima', rating = 6 WHERE id = {{key}}",
    "send_back": f"{REPORT} state = 'dikembalikan', rating = NULL, reason = 'x' WHERE id = {{key}}",
    "rate": f"{REPORT} rating = 5 WHERE id = {{key}}",
    "undecide": f"{REPORT} state = 'menunggu', rating = NULL WHERE id = {{key}}",
    "withdraw": f"{REPORT} state = 'dibatalkan', rating = NULL WHERE id = {{key}}",
    "resume": f"{REPORT} state = 'konsep', rating = NULL WHERE id = {{key}}",
    "give_away": f"{REPORT} employee_id = 1 WHERE id = {{key}}",
    "remove": "DELETE FROM app.work_report WHERE id = {key}",
}
OWN_REPORT = """
verb      state         head_a
rewrite   konsep        ok
submit    konsep        ok
accept    menunggu      own_row
send_back menunggu      own_row
rate      diterima      own_row
undecide  diterima      own_row
withdraw  menunggu      ok
"""
STRANGERS = {"head_b": "-", "nobody": "-", "inspector": "denied"}


def cases(table, strangers):
    """Yield verb, state, who and what comes of it, for every cell of a table."""
    header, *lines = table.strip().splitlines()
    names = header.split()[2:]
    for line in lines:
        verb, state, *cells = line.split()
        told = dict(zip(names, cells, strict=True))
        if strangers:
            without = "denied" if verb in {"remove", "move", "give_away"} else "-"
            told |= STRANGERS | {"head_b": without, "nobody": without}
        for who, outcome in told.items():
            yield verb, state, who, outcome


def attempt(connection, statement):
    """Send a statement and take it back; return what came of it."""
    try:
        with connection.transaction(force_rollback=True):
            count = connection.execute(statement).rowcount
    except psycopg.Error as error:
        said = error.diag.message_primary
        return said if said.isidentifier() else "denied"
    return "ok" if count else "-"


@pytest.fixture(scope="module")
def place(server, region_template):
    """A region with a list and a report in every state; a test takes back what it does."""
    region = regions.copy(server, region_template, "region_rights")
    with region.superuser() as connection:
        _lists(connection)
        _reports(connection)
    yield region
    region.close()
    regions.drop(server, region.name)


def _lists(connection):
    """Make of department A's list one in each state, in months of their own."""
    connection.execute(
        "UPDATE app.recommendation SET year = 2026, month = 1 WHERE unit_id = %s", [DINAS_A]
    )
    columns = (
        "version, unit_id, year, revision, reason, rule_id, rule_digest, snapshot, computed_at, "
        "submitted_by, locked_by, locked_login, number, digest, confirmed"
    )
    lines = (
        "version, unit_id, employee_id, place, person, facts, result, gross, net, inputs, "
        "written_by, withdrawn"
    )
    for month, state in enumerate(State, start=2):
        key = connection.execute(
            f"INSERT INTO app.recommendation ({columns}, month, state, submitted_login) "
            f"SELECT {columns}, %s, %s, %s FROM app.recommendation "
            "WHERE unit_id = %s AND month = 1 RETURNING id",
            [month, State.DRAFT, regions.login("head_a"), DINAS_A],
        ).fetchone()[0]
        connection.execute(
            f"INSERT INTO app.recommendation_line ({lines}, recommendation_id) "
            f"SELECT {lines}, %s FROM app.recommendation_line WHERE recommendation_id = "
            "(SELECT id FROM app.recommendation WHERE unit_id = %s AND month = 1)",
            [key, DINAS_A],
        )
        connection.execute("UPDATE app.recommendation SET state = %s WHERE id = %s", [state, key])


def _reports(connection):
    """Put the reports of a bidang into different states, and give the head some of their own."""
    keys = [
        key
        for (key,) in connection.execute(
            "SELECT id FROM app.work_report WHERE unit_id = %s ORDER BY id", [BIDANG_A1]
        )
    ]
    head = connection.execute(
        "SELECT id FROM app.employee WHERE nip = %s", [regions.login("head_a")[2:]]
    ).fetchone()[0]
    for number, state in enumerate(ReportState):
        rating = 3 if state is ReportState.ACCEPTED else None
        change = "UPDATE app.work_report SET state = %s, rating = %s WHERE id = %s"
        connection.execute(change, [state, rating, keys[number]])
        connection.execute(change, [state, rating, keys[-1 - number]])
        connection.execute(
            "UPDATE app.work_report SET employee_id = %s, unit_id = %s WHERE id = %s",
            [head, DINAS_A, keys[-1 - number]],
        )


def _told(place, state):
    return place.one(
        "SELECT id, sec.fingerprint(id) FROM app.recommendation "
        "WHERE unit_id = %s AND state = %s AND year = 2026 AND month > 1",
        DINAS_A,
        state,
    )


def _line(place, key, whose, other=False):
    sign = "<>" if other else "="
    found = place.one(
        "SELECT l.id FROM app.recommendation_line l JOIN app.employee e ON e.id = l.employee_id "
        f"WHERE l.recommendation_id = %s AND e.nip {sign} %s AND (%s OR l.gross > 0) "
        "ORDER BY l.unit_id, e.nip LIMIT 1",
        key,
        whose[2:],
        not other,
    )
    return found[0] if found else 0


@pytest.mark.parametrize("name", ["head_a", "secretary_a", "verifier", "admin", *STRANGERS])
def test_each_step_of_a_list_is_for_whom_the_rule_says(place, name):
    found, wanted = {}, {}
    who = getattr(place, name)
    with place.connect(who) as connection:
        for verb, state, role, outcome in cases(RECOMMENDATION, STRANGERS):
            if role != name:
                continue
            key, fingerprint = _told(place, state)
            statement = VERBS[verb].format(
                key=key,
                print=fingerprint,
                line=_line(place, key, regions.login("head_a"), other=True),
                own=_line(place, key, who) or _line(place, key, place.head_a),
            )
            found[verb, state] = attempt(connection, statement)
            wanted[verb, state] = outcome
    assert found == wanted


@pytest.mark.parametrize("name", ["head_a", "secretary_a", "verifier", "admin", *STRANGERS])
def test_each_step_of_a_report_is_for_whom_the_rule_says(place, name):
    found, wanted = {}, {}
    with place.connect(getattr(place, name)) as connection:
        for verb, state, role, outcome in cases(WORK_REPORT, STRANGERS):
            if role == name:
                key = _report(place, state, own=False)
                found[verb, state] = attempt(connection, REPORT_VERBS[verb].format(key=key))
                wanted[verb, state] = outcome.replace("no_rating", "state_jump")
    assert found == wanted


def test_the_tables_would_tell_if_a_rule_were_missing(region):
    with region.superuser() as connection:
        _lists(connection)
        connection.execute("DROP TRIGGER rule ON app.recommendation")
    key, fingerprint = _told(region, State.SUBMITTED)
    with region.connect(region.head_a) as connection:
        for verb in ("lock", "confuse", "alter", "submit"):
            assert attempt(connection, VERBS[verb].format(key=key, print=fingerprint)) == "ok"


def test_nobody_decides_on_their_own_report(place):
    found, wanted = {}, {}
    with place.connect(place.head_a) as connection:
        for verb, state, _, outcome in cases(OWN_REPORT, {}):
            key = _report(place, state, own=True)
            found[verb, state] = attempt(connection, REPORT_VERBS[verb].format(key=key))
            wanted[verb, state] = outcome
    assert found == wanted


def _report(place, state, *, own):
    sign = "=" if own else "<>"
    return place.one(
        "SELECT w.id FROM app.work_report w JOIN app.employee e ON e.id = w.employee_id "
        f"WHERE w.state = %s AND w.unit_id IN (2, 4) AND e.nip {sign} %s ORDER BY w.id LIMIT 1",
        state,
        place.head_a[2:],
    )[0]
