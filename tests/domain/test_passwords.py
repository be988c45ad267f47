"""What a password must be."""

from datetime import date

import pytest

from wfh_desktop.domain import passwords

NIP, BORN, NAME = "198609262015051001", date(1986, 9, 26), "Drs. Siti Aminah Ali"


def codes(password):
    return [one.code for one in passwords.problems(password, nip=NIP, born=BORN, name=NAME)]


@pytest.mark.parametrize(
    "password", ["kopi tubruk senja", "h7!Rw-q9z#Lm2", "sepeda kuda hujan 12", "валлахи-кота-12"]
)
def test_a_password_of_twelve_letters_is_taken(password):
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"),
        ("kopi tubruk", "password_short"),
        ("k" * 5 + "opi " * 40, "too_long"),
        ("aaaaaaaaaaaa", "password_same"),
        ("abAB" * 4, "password_same"),
        ("kopi\x00tubruk senja", "password_unprintable"),
        (NIP, "password_personal"),
        ("19860926 201505 1 001", "password_personal"),
        ("609262015051", "password_personal"),
        ("kopi-26091986-kuat", "password_personal"),
        ("kopi 26-09-86 kuat", "password_personal"),
        ("aminah yang manis", "password_personal"),
        ("kopiSITIkopi123", "password_personal"),
    ],
)
def test_a_weak_password_is_refused(password, code):
    assert code in codes(password)


def test_what_is_only_short_is_called_only_that():
    assert codes("") == codes("ko") == ["password_short"]


def test_short_parts_of_a_name_and_other_dates_do_no_harm():
    assert codes("kali besar airnya") == []  # Ali
    assert codes("kopi 27-09-1986 kuat") == []


def test_a_suggested_password_is_taken_and_never_the_same():
    made = {passwords.suggest() for _ in range(200)}
    assert len(made) == 200
    assert all(codes(one) == [] for one in made)


def test_what_speaks_against_a_password_never_repeats_it():
    for password in (NIP, "kopi 26-09-86 kuat", "aaaaaaaaaaaa"):
        problems = passwords.problems(password, nip=NIP, born=BORN, name=NAME)
        assert all(password not in str(one) for one in problems)
