import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing

import pytest
from sqlalchemy import text

from wfh_desktop import words
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.persistence import opening
from wfh_desktop.persistence.opening import open_database

HOLD = """
import sys
from wfh_desktop.persistence.opening import open_database
opened = open_database(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/data/wfh.db"


def refused(url):
    with pytest.raises(Unreadable) as refusal:
        open_database(url)
    assert "wfh.db" in words.explain(refusal.value)
    return refusal.value.code


def set_version(url, number):
    opened = open_database(url)
    with opened.database.engine.begin() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))")
        )
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:n)"), {"n": number})
    opened.close()


def test_a_new_file_is_made_with_its_folder(url, tmp_path):
    open_database(url).close()
    assert (tmp_path / "data/wfh.db").exists()


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_a_new_file_is_nobody_elses_business(url, tmp_path):
    open_database(url).close()
    assert stat.S_IMODE((tmp_path / "data/wfh.db").stat().st_mode) == 0o600


def test_a_second_process_is_refused_until_the_first_one_ends(url):
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout.readline() == "open\n"
    assert refused(url) == "database_in_use"
    first.kill()
    first.communicate()
    open_database(url).close()


def test_the_lock_is_given_back_when_opening_fails(url, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/wfh.db").write_bytes(b"not a database, but long enough to look like one" * 99)
    assert refused(url) == "database_damaged"
    assert refused(url) == "database_damaged"


def test_the_database_of_another_program_is_left_alone(url, tmp_path):
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data/wfh.db")) as other:
        other.execute("CREATE TABLE unit (something TEXT)")
    before = (tmp_path / "data/wfh.db").read_bytes()
    assert refused(url) == "database_damaged"
    assert (tmp_path / "data/wfh.db").read_bytes() == before


def test_a_folder_in_place_of_the_file_is_out_of_reach(url, tmp_path):
    (tmp_path / "data/wfh.db").mkdir(parents=True)
    assert refused(url) == "database_unreachable"


def test_a_file_of_a_newer_version_is_left_alone(url, tmp_path):
    set_version(url, "9999")
    before = (tmp_path / "data/wfh.db").read_bytes()
    assert refused(url) == "database_newer"
    assert (tmp_path / "data/wfh.db").read_bytes() == before


def test_the_path_behind_an_address():
    assert opening.sqlite_path("sqlite:////tmp/x.db").as_posix() == "/tmp/x.db"
    assert opening.sqlite_path("sqlite://") is None
    assert opening.sqlite_path("postgresql+psycopg://server/kominfo") is None


def test_a_file_is_opened_without_loading_what_only_a_server_needs(url):
    code = (
        "import sys\n"
        "from wfh_desktop.persistence.opening import open_database\n"
        "open_database(sys.argv[1]).close()\n"
        "print(sorted({'psycopg', 'wfh_desktop.persistence.line'} & {*sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, url], check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"
