"""wfhctl on a shared database: as the person whose login it is, without a password in sight."""

import getpass
import io
import sys

import pytest

from tests.accounts.conftest import PASSWORD
from tests.regions import DINAS_A, nip
from wfh_desktop import cli
from wfh_desktop.persistence import secrets

NEW = "sepeda kuda hujan"


@pytest.fixture
def wfhctl(guarded, tmp_path, monkeypatch, capsys):
    """Run a command as an administrator whose password lies in a file that PGPASSFILE names."""
    file = tmp_path / "pgpass"
    file.write_text(f"127.0.0.1:*:*:*:{PASSWORD}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    monkeypatch.setattr(secrets, "recall", lambda url: "")

    def run(*arguments, typed="", who=None):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        status = cli.main(["--db", guarded.url(who or guarded.admin), *arguments])
        return status, capsys.readouterr()

    return run


@pytest.fixture
def tty(monkeypatch):
    """Answer what is asked at a terminal, one after the other."""

    def answering(*answers):
        left = list(answers)

        class Terminal(io.StringIO):
            def isatty(self):
                return True

        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(getpass, "getpass", lambda prompt: left.pop(0))
        return left

    return answering


def test_an_account_is_made_mandated_and_closed(wfhctl, guarded):
    status, said = wfhctl("accounts", "create", nip(105), typed=f"{NEW}\n")
    assert (status, NEW in said.out) == (0, False)
    when = guarded.one("SELECT sec.today('WIB')")[0].isoformat()
    give = ("accounts", "mandate", nip(105), "--role", "plt", "--unit", "Dinas A", "--from", when)
    status, said = wfhctl(*give)
    assert (status, said.err) == (2, "Plt. atau Plh. harus mempunyai tanggal akhir.\n")
    assert wfhctl(*give, "--to", when)[0] == 0
    given = guarded.one(
        "SELECT m.id, m.unit_id, m.role FROM app.mandate m JOIN app.account a "
        "ON a.id = m.account_id WHERE a.login = %s", f"p_{nip(105)}"
    )  # fmt: skip
    assert given[1:] == (DINAS_A, "plt")
    status, said = wfhctl("accounts", "list")
    assert f"{given[0]}: Plt./Plh. Dinas A" in said.out
    assert wfhctl("accounts", "end", str(given[0]))[0] == 0
    assert wfhctl("accounts", "close", nip(105))[0] == 0
    assert "(ditutup)" in wfhctl("accounts", "list")[1].out
    assert wfhctl("accounts", "reopen", nip(105))[0] == 0


def test_a_head_is_told_what_only_administrators_may(wfhctl, guarded):
    status, said = wfhctl("accounts", "create", nip(105), "--suggest", who=guarded.head_a)
    assert status == 2
    assert "tidak berwenang" in said.err or "yang Anda atur" in said.err
    assert "Kata sandi:" not in said.out


def test_a_password_that_was_made_here_is_shown_once_and_opens_the_door(wfhctl, enter, guarded):
    _, said = wfhctl("accounts", "password", guarded.head_a, "--suggest")
    password = said.out.rpartition("Kata sandi: ")[2].strip()
    assert enter(guarded.head_a, password).actor.login == guarded.head_a


def test_the_own_password_is_changed_by_the_same_command(wfhctl, enter, guarded):
    assert wfhctl("accounts", "password", guarded.admin, typed=f"{NEW}\n")[0] == 0
    assert enter(guarded.admin, NEW).actor.login == guarded.admin


def test_a_password_in_the_address_is_refused(guarded, capsys):
    address = guarded.url(guarded.admin).replace("@", f":{NEW.replace(' ', '%20')}@")
    assert cli.main(["--db", address, "accounts", "list"]) == 2
    said = capsys.readouterr()
    assert "PGPASSFILE" in said.err
    assert "sepeda" not in said.err + said.out


def test_a_password_is_asked_for_at_most_three_times(guarded, tty, monkeypatch, capsys):
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    monkeypatch.setattr(secrets, "recall", lambda url: "")
    left = tty("salah sama sekali", PASSWORD)
    assert cli.main(["--db", guarded.url(guarded.admin), "accounts", "list"]) == 0
    assert left == []
    assert capsys.readouterr().err.count("salah") == 1
    left = tty(*["salah sama sekali"] * 4)
    assert cli.main(["--db", guarded.url(guarded.admin), "accounts", "list"]) == 2
    assert len(left) == 1


def test_two_different_new_passwords_are_refused(guarded, tty, monkeypatch, capsys):
    monkeypatch.setattr(secrets, "recall", lambda url: PASSWORD)
    tty(NEW, "lain sama sekali")
    assert cli.main(["--db", guarded.url(guarded.admin), "accounts", "password", nip(900)]) == 2
    assert capsys.readouterr().err == "Kedua kata sandi tidak sama.\n"


def test_a_command_of_the_unit_is_done_on_behalf_of_who_signed_in(wfhctl, guarded):
    """Not with everything that the user of this computer may do with a file."""
    status, _ = wfhctl("accounts", "close", nip(900), who=guarded.head_b)
    assert status == 2
    actor = guarded.one("SELECT actor FROM app.audit_entry ORDER BY id DESC LIMIT 1")[0]
    assert "wfhctl" not in actor


def test_a_file_says_where_accounts_are(tmp_path, capsys):
    assert cli.main(["--db", str(tmp_path / "a.db"), "accounts", "close", nip(900)]) == 2
    assert "satu pengguna" in capsys.readouterr().err
