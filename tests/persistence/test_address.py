"""Addresses of shared databases as typed and as kept."""

import pytest

from wfh_desktop.domain.errors import Invalid
from wfh_desktop.persistence import address
from wfh_desktop.persistence.connecting import hosts

NIP = "19860926 201505 1 001"
LOGIN = "p_198609262015051001"


def test_a_nip_in_any_spelling_is_a_login():
    for text in (NIP, f" {NIP.replace(' ', '')} ", f"'{NIP}", LOGIN):
        assert address.typed("db.contoh.go.id", "kinerja", text).login == LOGIN
    assert address.typed("db", "kinerja", "pengelola").login == "pengelola"
    assert address.shown(LOGIN) == NIP
    assert address.shown("pengelola") == "pengelola"


@pytest.mark.parametrize(
    "said",
    ["db.contoh.go.id", "db.contoh.go.id:5433", "10.1.2.3, 10.1.2.4:5433", "a b;c", "[::1]:5433"],
)
def test_what_was_typed_is_read_back_from_the_address(said, tmp_path):
    certificate = tmp_path / "ca.crt"
    certificate.write_text("x")
    server = address.typed(said, "kinerja", NIP, str(certificate))
    assert address.read(server.url) == server
    assert ":@" not in server.url


def test_every_host_is_tried_at_its_own_port():
    from sqlalchemy import make_url

    server = address.typed("10.1.2.3, 10.1.2.4:5433", "kinerja", NIP)
    assert hosts(make_url(server.url)) == [("10.1.2.3", 5432), ("10.1.2.4", 5433)]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("", "kinerja", NIP), "host"),
        (("db contoh!", "kinerja", NIP), "host"),
        (("db:99999", "kinerja", NIP), "host"),
        (("db/kinerja?x=y", "kinerja", NIP), "host"),
        (("db", " ", NIP), "database_name"),
        (("db", "kinerja", ""), "login"),
        (("db", "kinerja", NIP, "/tiada/ca.crt"), "certificate"),
    ],
)
def test_what_cannot_be_a_server_is_refused(typed, field):
    with pytest.raises(Invalid) as refusal:
        address.typed(*typed)
    assert [one.field for one in refusal.value.problems] == [field]


def test_the_address_of_a_file_is_no_server():
    assert address.read("sqlite:////tmp/wfh.db") is None
    assert address.read("sembarang") is None


def test_a_password_in_an_address_is_noticed():
    assert address.tells_password("postgresql://x:kopi@db/kinerja")
    assert address.tells_password("postgresql://x@db/kinerja?password=kopi")
    assert not address.tells_password("postgresql://x@db/kinerja")
