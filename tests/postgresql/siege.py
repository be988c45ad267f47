"""All attacks of all identities on one region, and what they found."""

from psycopg import sql

from tests import regions
from tests.postgresql import attacks
from tests.postgresql.attacks import IDENTITIES, TABLES, attempt, identity, on_table, rows
from tests.postgresql.handwritten import HANDWRITTEN


def siege(region, names=IDENTITIES, tables=TABLES, by_hand=HANDWRITTEN):
    """Attack *tables* as each of *names*; return everything that should not have been possible."""
    found = []
    for name in names:
        me = identity(region, name)
        found += [(name, *one) for one in sight(region, me, tables)]
        found += [(name, *one) for one in assault(region, me, tables, by_hand)[1]]
    return found


def sight(region, me, tables=TABLES):
    """Return the tables of which an identity sees other rows than the rule says."""
    with region.connect(me.login) as connection:
        for table in tables:
            there = rows(region, table)
            allowed = {key for key, row in there.items() if me.sees(table, row)}
            query = sql.SQL("SELECT id FROM app.{}").format(sql.Identifier(table))
            seen = {key for (key,) in connection.execute(query)}
            if seen != allowed:
                yield table, "seen", sorted(seen - allowed)[:3], sorted(allowed - seen)[:3]


def assault(region, me, tables=TABLES, by_hand=HANDWRITTEN):
    """Try everything as one identity; return how much was tried, and what should have failed."""
    before = {table: rows(region, table) for table in TABLES}
    traced = _traced(region)
    tried, wrong = 0, []
    with region.connect(me.login) as connection:
        connection.execute("SET lock_timeout = '2s'")
        for one in [*_generated(me, {table: before[table] for table in tables}), *by_hand]:
            tried += 1
            state, answer, notices = attempt(connection, one.statement)
            if state not in one.ends or (one.empty and not state and answer):
                wrong.append((one.name, state, answer[:1], notices[:1]))
            if _blind(me) and regions.CANARY in f"{answer} {notices}":
                wrong.append((one.name, "leaked"))
    after = {table: rows(region, table) for table in TABLES}
    return tried, [
        *wrong,
        *trespasses(me, before, after),
        *_untraced(region, traced, before, after),
    ]


def trespasses(me, before, after):
    """Return what has changed although the rule does not allow it."""
    found = []
    for table in before:
        old, new = before[table], after[table]
        found += [(table, key, "gone") for key in old.keys() - new.keys()]
        for key, row in new.items():
            if old.get(key) != row and not all(
                me.may_write(table, state) for state in (row, old.get(key, row))
            ):
                found.append((table, key, "changed" if key in old else "made"))
    return found


def _blind(me):
    """Tell whether the identity may know nothing at all of department B."""
    return not {*regions.SIDE_B} & me.units(attacks.Right.READ)


def _generated(me, before):
    """Return the attacks on every table, aimed at one row without a right and at one with."""
    for table, there in before.items():
        other = next((row for row in there.values() if not me.may_write(table, row)), None)
        mine = next((row for row in there.values() if me.may_write(table, row)), None)
        yield from on_table(table, other, mine)


def _traced(region):
    with region.superuser() as connection:
        return connection.execute("SELECT coalesce(max(seq), 0) FROM audit.change").fetchone()[0]


def _untraced(region, since, before, after):
    """Return the rows that changed and left no trace; scans leave one for each statement."""
    with region.superuser() as connection:
        query = "SELECT DISTINCT tab, pk FROM audit.change WHERE seq > %s"
        traced = {tuple(row) for row in connection.execute(query, [since])}
    return [
        (table, key, "left no trace")
        for table in before
        if table != "scan"
        for key, row in after[table].items()
        if before[table].get(key) != row and (table, str(key)) not in traced
    ]
