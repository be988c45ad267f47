"""The PIN lets in whoever knows it, makes guessing slow, and is not kept in clear."""

import stat
from datetime import UTC, datetime, timedelta

import pytest

from wfh_desktop import words
from wfh_desktop.domain.errors import Invalid, Refusal, Unreadable
from wfh_desktop.persistence import pin
from wfh_desktop.persistence.opening import open_database

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch, request):
    """Hash with little memory, except where the cost itself is looked at."""
    if "cost" not in request.node.name:
        monkeypatch.setattr(pin, "MEMORY", 64)
        monkeypatch.setattr(pin, "TIME", 1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "wfh.db"


def code(path, tried, now=NOW):
    try:
        pin.require(path, tried, now)
    except Refusal as refusal:
        return refusal.code if words.explain(refusal) else ""
    return "in"


def test_without_a_pin_everybody_gets_in(path):
    assert not pin.is_set(path)
    assert code(path, "") == code(path, "1234") == "in"


def test_only_the_right_pin_opens(path):
    pin.change(path, "Kopi 27")
    assert pin.is_set(path)
    assert code(path, "") == "pin_needed"
    assert code(path, "kopi 27") == "pin_wrong"
    assert code(path, "Kopi 27") == "in"


def test_guessing_takes_twice_as_long_each_time(path):
    pin.change(path, "Kopi 27")
    now = NOW
    for _ in range(pin.FREE):
        assert code(path, "salah", now) == "pin_wrong"
    waits = []
    for _ in range(12):
        assert code(path, "Kopi 27", now) == "pin_wait"  # not even the right one
        wait = pin.wait(pin._read(path), now)
        waits.append(wait)
        now += timedelta(seconds=wait)
        assert code(path, "salah", now) == "pin_wrong"
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_waiting_cannot_be_shortened_or_made_endless_by_the_clock(path):
    pin.change(path, "Kopi 27")
    for _ in range(pin.FREE):
        code(path, "salah")
    assert pin.wait(pin._read(path), NOW - timedelta(days=3)) == 2


def test_the_right_pin_forgives(path):
    pin.change(path, "Kopi 27")
    for _ in range(pin.FREE - 1):
        code(path, "salah")
    assert code(path, "Kopi 27") == "in"
    for _ in range(pin.FREE - 1):
        assert code(path, "salah") == "pin_wrong"
    assert code(path, "Kopi 27") == "in"


@pytest.mark.parametrize("easy", ["1", "123", "1111", "1234", "4321", "567890", "x" * 33])
def test_what_everybody_guesses_first_is_no_pin(path, easy):
    with pytest.raises(Invalid) as refusal:
        pin.change(path, easy)
    assert "PIN" in words.explain(refusal.value)
    assert not pin.is_set(path)


def test_changing_and_removing_need_the_old_one(path):
    pin.change(path, "Kopi 27")
    with pytest.raises(Unreadable):
        pin.change(path, "Teh 28", "salah")
    with pytest.raises(Unreadable):
        pin.change(path, "")
    pin.change(path, "Teh 28", "Kopi 27")
    assert code(path, "Kopi 27") == "pin_wrong"
    pin.change(path, "", "Teh 28")
    assert not pin.is_set(path)


def test_the_cost_is_that_of_argon2id_with_64_mb(path):
    pin.change(path, "Kopi 27")
    kept = pin._read(path).hash
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert "Kopi" not in path.with_name("wfh.db.pin").read_text()
    assert stat.S_IMODE(path.with_name("wfh.db.pin").stat().st_mode) == 0o600


def test_a_file_that_cannot_be_read_opens_nothing(path):
    path.with_name("wfh.db.pin").write_text("{half")
    assert code(path, "Kopi 27") == "pin_wrong"


def test_the_database_opens_with_its_pin_only(path):
    url = f"sqlite:///{path}"
    open_database(url).close()
    pin.change(path, "Kopi 27")
    with pytest.raises(Unreadable, match="pin_needed"):
        open_database(url)
    open_database(url, "Kopi 27").close()
