"""Passwords that the operating system keeps, or nobody."""

import keyring
import pytest
from keyring.backend import KeyringBackend

from wfh_desktop.persistence import secrets

URL = "postgresql+psycopg://p_198609262015051001@db.contoh.go.id:5433/kinerja"
OTHER = URL.replace("1001@", "1002@")


class Chest(KeyringBackend):
    """Keeps passwords as the systems do."""

    priority = 5

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Paper(Chest):
    """Writes passwords where everybody can read them."""

    priority = 0.5


class Broken(Chest):
    """Is there, and fails whenever it is asked."""

    def get_password(self, *_):
        raise RuntimeError("locked")

    set_password = delete_password = get_password


class Several(Chest):
    """Asks one after the other, among them one that writes on paper."""

    def __init__(self):
        super().__init__()
        self.backends = [Chest(), Paper()]


@pytest.fixture
def use(monkeypatch):
    def use(kind):
        made = kind()
        monkeypatch.setattr(keyring, "get_keyring", lambda: made)
        return made

    return use


def test_a_password_is_kept_for_one_person_on_one_server(use):
    chest = use(Chest)
    assert secrets.available()
    assert secrets.keep(URL, "kopi tubruk senja")
    assert secrets.recall(URL) == "kopi tubruk senja"
    assert secrets.recall(OTHER) == ""
    ((service, name),) = chest.kept
    assert (service, name) == ("WFH Desktop", "p_198609262015051001@db.contoh.go.id:5433/kinerja")
    secrets.forget(URL)
    secrets.forget(URL)
    assert chest.kept == {}


@pytest.mark.parametrize("kind", [Paper, Several])
def test_what_is_no_safe_place_is_not_used(use, kind):
    chest = use(kind)
    assert not secrets.available()
    assert not secrets.keep(URL, "kopi tubruk senja")
    secrets.forget(URL)
    assert (secrets.recall(URL), chest.kept) == ("", {})


def test_a_keyring_that_fails_keeps_nobody_from_signing_in(use):
    use(Broken)
    assert not secrets.keep(URL, "kopi tubruk senja")
    assert secrets.recall(URL) == ""
    secrets.forget(URL)


def test_without_any_keyring_nothing_is_kept(monkeypatch):
    def none():
        raise RuntimeError("no backend")

    monkeypatch.setattr(keyring, "get_keyring", none)
    assert not secrets.available()
    assert secrets.recall(URL) == ""
