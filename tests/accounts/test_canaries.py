"""Marked numbers, an amount and a password go through everything that can fail, and no trace of
them is left where others may look: the log, the report of a fault, temporary files, the log of the
server.

Two things stand in the log of the server all the same: the login of whoever is turned away, on
purpose, and a value that the server cannot read as what it is said to be. The program sends none;
somebody with a tool of their own writes there what they themselves have typed.
"""

import gc
import logging
import tempfile
import warnings
from datetime import date
from decimal import Decimal

import psycopg
import pytest
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QMessageBox, QWidget
from sqlalchemy import text

from tests.postgres import Server
from wfh_desktop import readers
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.persistence import postgres
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import Employee, Unit
from wfh_desktop.persistence.opening import open_database
from wfh_desktop.services import accounts, staff_import
from wfh_desktop.services.staff_import import Assignment, Wishes
from wfh_desktop.views import errors, journal
from wfh_desktop.views.jobs import Jobs

NIP, NIK, PASSWORD = "198609262015051001", "7371092609860003", "kopi-rahasia-tubruk"
AMOUNT = Decimal("4564546.00")
CANARIES = (
    NIP, "19860926 201505 1 001", NIK, PASSWORD, "4564546", "4.564.546", "4,564,546",
)  # fmt: skip
QUIET = {  # what a server of the program must be set to
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
}
TALKATIVE = {
    "log_error_verbosity": "default",
    "log_min_error_statement": "error",
    "log_parameter_max_length_on_error": "-1",
    "log_statement": "all",
}
CLERK = Actor("Petugas", EVERYTHING)
TROUBLE = f"pegawai {NIP} ({NIK}) menerima Rp4.564.546 dengan kata sandi={PASSWORD}"


@pytest.fixture(scope="module")
def quiet():
    """A server that says no more in its log than it must, with one unit and one marked person."""
    server = Server(**QUIET)
    postgres.install(server.url(), "kanari")
    database = Database(server.url("kanari"))
    with database.work(CLERK) as work:
        unit = work.add(Unit(name="Dinas Contoh", valid_from=date(2020, 1, 1)))
        person = work.add(Employee(unit_id=unit.id, nip=NIP, name="Pegawai 1"))
        work.log("test.prepared", person)
    database.engine.dispose()
    yield server
    server.remove()


@pytest.fixture
def journal_kept(tmp_path):
    """Keep the log of the window in a folder of the test, and stop afterwards."""
    root = logging.getLogger()
    before = list(root.handlers), root.level
    journal.keep(tmp_path / "log")
    yield next(one for one in root.handlers if one not in before[0])
    for handler in root.handlers[:]:
        if handler not in before[0]:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(before[1])
    logging.captureWarnings(capture=False)


@pytest.fixture
def left(qtbot, quiet, journal_kept, tmp_path, monkeypatch):
    """Let everything happen; return all that is left of it, by place."""
    gc.disable()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))

    def left(tasks):
        said = quiet.log.stat().st_size
        database = Database(quiet.url("kanari"))
        jobs = Jobs(CLERK)
        jobs.attach(database)
        owner = QWidget()
        qtbot.addWidget(owner)
        owner.show()
        shown = []
        for task in tasks:
            jobs.run(owner, task)
            qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)
            shown += closed(owner)
        leave_behind(qtbot, jobs)
        jobs.close()
        database.engine.dispose()
        mishaps(quiet, tmp_path)
        journal_kept.flush()
        kept = [file for file in temporary.rglob("*") if file.is_file()]
        with quiet.log.open(errors="replace") as log:
            log.seek(said)
            return {
                "log": (tmp_path / "log/wfh.log").read_text(encoding="utf-8"),
                "reports": "\n".join(shown),
                "temporary files": "".join(one.read_text(errors="replace") for one in kept),
                "server": log.read(),
            }

    yield left
    gc.enable()


def closed(owner):
    """Close the boxes that tell of a fault; return what they say."""
    boxes = [box for box in owner.findChildren(QMessageBox) if box.isVisible()]
    said = [f"{box.text()}\n{box.informativeText()}\n{box.detailedText()}" for box in boxes]
    for box in boxes:
        box.close()
    return said


def fail(work):
    raise ValueError(TROUBLE)


def fail_in_two_steps(work):
    try:
        raise KeyError(NIP)
    except KeyError as error:
        raise RuntimeError({"net": AMOUNT, "nik": NIK, "password": PASSWORD}) from error


def add_twice(work):
    """Run into the unique NIP, past all that a use case would have asked before."""
    work.session.add(Employee(unit_id=1, nip=NIP, name="Pegawai 2"))
    work.session.flush()


def add_too_much(work):
    name = f"{TROUBLE} " * 9
    work.session.add(Employee(unit_id=1, nip=NIK, name=name))
    work.session.flush()


def add_to_nowhere(work):
    work.session.add(Employee(unit_id=int(NIP[:8]), nip=NIK, name=TROUBLE))
    work.session.flush()


def send_nonsense(work):
    work.session.execute(
        text("SELECT CAST(:nip AS date), :amount, :password"),
        {"nip": NIP, "amount": AMOUNT, "password": PASSWORD},
    )


def send_a_literal(work):
    work.session.connection().exec_driver_sql(f"SELECT CAST('{NIP}' AS date), {AMOUNT}")


def make_an_account(work):
    key = work.session.query(Employee.id).filter(Employee.nip == NIP).scalar()
    accounts.create(work, key, PASSWORD)


def reset(work):
    account = next(one for one in accounts.listing(work) if one.login == f"p_{NIP}")
    accounts.reset_password(work, account.id, account.version, f"{PASSWORD}-baru")


def import_a_list(work):
    content = f"NIP;NIK;Nama;Jabatan;TPP\n{NIP};{NIK};Pegawai 3;Pengolah;{AMOUNT}\n".encode()
    reading = readers.read(content, name=f"{NIP}.csv")
    wishes = Wishes(unit="1", assignment=Assignment.HERE, accept=True)
    staff_import.run(
        work, reading=reading, wishes=wishes, name=f"{NIP}.csv", content=content, store=True
    )


TASKS = (
    fail, fail_in_two_steps, add_twice, add_too_much, add_to_nowhere, make_an_account, reset,
    import_a_list,
)  # fmt: skip
NONSENSE = (send_nonsense, send_a_literal)


def leave_behind(qtbot, jobs):
    """Fail after whoever asked is gone: then it is only logged."""
    owner = QWidget()
    jobs.run(owner, fail)
    owner.deleteLater()
    del owner
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)


def mishaps(server, folder):
    """Let other things fail that write to the log by themselves."""
    warnings.warn(TROUBLE, stacklevel=1)
    qWarning(TROUBLE)
    logging.getLogger("sqlalchemy.pool").error(
        "no connection to %s", f"postgresql://p_{NIP}:{PASSWORD}@127.0.0.1/kanari"
    )
    logging.getLogger("psycopg").warning("host=127.0.0.1 user=p_%s password=%s", NIP, PASSWORD)
    logging.getLogger("anything").info("net %s, gross Rp %s", AMOUNT, "4.564.546,00")
    for url in (server.url("tiada"), f"postgresql://x:{PASSWORD}@127.0.0.1:1/kanari"):
        try:
            open_database(url, PASSWORD)
        except Refusal as error:
            logging.getLogger("start").warning("not opened: %s", error)
    for name, content in ((f"{NIP}.xlsx", b"PK\x03\x04" + NIK.encode()), ("a.csv", NIK.encode())):
        try:
            readers.read(content, name=name)
        except Refusal as error:
            logging.getLogger("import").warning("%s not read: %s", name, error)


def found(left):
    """Return where canaries sit."""
    return {
        (place, canary) for place, said in left.items() for canary in CANARIES if canary in said
    }


@pytest.mark.filterwarnings("ignore:pegawai")
@pytest.mark.qt_log_level_fail("NO")
def test_no_canary_is_found_anywhere(left):
    everything = left(TASKS)
    assert found(everything) == set()
    for place in ("log", "reports", "server"):
        assert everything[place].strip(), f"nothing was written to: {place}"
    assert "ValueError: pegawai •••1001" in everything["reports"]
    assert "duplicate key" in everything["server"]
    nonsense = left(NONSENSE)
    assert "DatetimeFieldOverflow" in nonsense["reports"]
    assert {place for place, _ in found(nonsense)} <= {"server"}


@pytest.mark.filterwarnings("ignore:pegawai")
@pytest.mark.qt_log_level_fail("NO")
def test_without_redaction_and_with_a_talkative_server_they_would_be(
    left, quiet, journal_kept, monkeypatch
):
    """The control: the same scenario leaves its canaries everywhere, so the search is no fake."""
    monkeypatch.setattr(errors, "redact", str)
    for one in list(journal_kept.filters):
        journal_kept.removeFilter(one)
    journal_kept.setFormatter(logging.Formatter())
    with psycopg.connect(quiet.dsn("kanari"), autocommit=True) as connection:
        for name, value in TALKATIVE.items():
            connection.execute(f"ALTER DATABASE kanari SET {name} = '{value}'")
    places = found(left(TASKS + NONSENSE))
    assert {place for place, _ in places} >= {"log", "reports", "server"}
    assert {canary for place, canary in places if place == "log"} >= {NIP, NIK, PASSWORD}
