"""SQLite and PostgreSQL come to the same, row by row, whoever signs in (T27)."""

from contextlib import suppress
from decimal import Decimal

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.parity import runner
from wfh_desktop.persistence import postgres
from wfh_desktop.persistence.models.base import Exact
from wfh_desktop.persistence.opening import open_database


@pytest.fixture(scope="module")
def on_file(tmp_path_factory):
    """What the scenario comes to in a file."""
    return in_file(tmp_path_factory.mktemp("berkas"))


def in_file(folder, **options):
    url = f"sqlite:///{folder}/paritas.db"
    open_database(url).close()
    return runner.run(url, folder / "naskah", **options)


@pytest.fixture(scope="module")
def on_server(server, tmp_path_factory):
    """What it comes to on a server, where each of the four signs in.

    It sorts as Indonesian does, where it can, and keeps the time of Papua: nothing hangs on either.
    """
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        with suppress(psycopg.errors.FeatureNotSupported):  # a build without these languages
            connection.execute(
                "CREATE DATABASE parity TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' "
                "LOCALE_PROVIDER icu ICU_LOCALE 'id-ID'"
            )
        postgres.install(server.url(), "parity")
        connection.execute("ALTER DATABASE parity SET timezone = 'Asia/Jayapura'")
    runner.make_logins(server.dsn())
    return runner.run(
        server.url("parity"),
        tmp_path_factory.mktemp("server"),
        signed_in=lambda login: server.url("parity", login),
    )


def compared(one, other):
    return list(runner.differences(list(one), list(other)))


def test_the_scenario_touches_the_tables_of_a_month(on_file):
    answers, tables = on_file
    assert len(answers) == len(runner.scenario.STEPS)
    untouched = {name for name, rows in tables.items() if not rows}
    assert untouched == {"former_unit", "month_figure"}


def test_every_answer_is_the_same_on_both_engines(on_file, on_server):
    assert compared(on_file[0], on_server[0]) == []


def test_every_row_of_every_table_is_the_same_on_both_engines(on_file, on_server):
    assert compared(on_file[1].items(), on_server[1].items()) == []


def test_no_answer_hangs_on_the_order_in_which_rows_lie(on_file, tmp_path):
    """SQLite can return rows that nobody asked to be sorted the other way round."""

    def turn(connection, _):
        if type(connection).__module__.startswith("sqlite3"):
            connection.execute("PRAGMA reverse_unordered_selects = ON")

    event.listen(Engine, "connect", turn)
    try:
        assert compared(on_file, in_file(tmp_path)) == []
    finally:
        event.remove(Engine, "connect", turn)


def test_the_smallest_difference_is_found(on_file):
    _, tables = on_file
    amounts = [dict(row) for row in tables["recommendation_line"]]
    amounts[3]["net"] += "0"
    found = compared(tables.items(), (tables | {"recommendation_line": amounts}).items())
    assert len(found) == 1
    assert ".net" in found[0]


def test_an_engine_that_behaves_otherwise_is_found(on_file, tmp_path, monkeypatch):
    """The control: one amount is a cent lower on this engine."""

    def cheap(self, value, dialect):
        number = None if value is None else Decimal(value)
        return number - Decimal("0.01") if number == 7650000 else number

    monkeypatch.setattr(Exact, "process_result_value", cheap)
    answers, tables = in_file(tmp_path, without={"printed"})
    there = [one for one in on_file[0] if one[0] != "secretary: printed"]
    assert any("7649999.99" in one for one in compared(there, answers))
    lines = "recommendation_line"
    assert compared(on_file[1][lines], tables[lines])
