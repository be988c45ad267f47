"""What tests of moving share."""

import shutil
from contextlib import closing, contextmanager
from uuid import uuid4

import pytest

from tests.moving import office
from wfh_desktop.persistence import moving, postgres


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A file that no test may change."""
    return office.build(tmp_path_factory.mktemp("asal") / "kantor.db")


@pytest.fixture
def file(built, tmp_path):
    """A file of the test's own."""
    return shutil.copy(built, tmp_path / "kantor.db")


@pytest.fixture(scope="session")
def installed(server):
    """The name of a database that is installed and empty, to be copied."""
    postgres.install(server.url(), "moving_template")
    return "moving_template"


@contextmanager
def copied(server, installed):
    from tests import regions

    name = f"moving_{uuid4().hex[:12]}"
    region = regions.copy(server, installed, name)
    yield server.url(name)
    region.close()
    regions.drop(server, name)


@pytest.fixture
def place(server, installed):
    """The address of an installed, empty database of the test's own."""
    with copied(server, installed) as url:
        yield url


@pytest.fixture(scope="session")
def moved(server, installed, built):
    """A database to which `built` was moved; no test may change it for others."""
    with copied(server, installed) as url:
        move_to(built, url)
        yield url


@pytest.fixture(scope="session")
def returned(moved, tmp_path_factory):
    """A file to which all that came back."""
    back = tmp_path_factory.mktemp("kembali") / "kembali.db"
    assert move_to(moved, back).same
    return back


def move_to(source, target, told=lambda _: None, **options):
    with (
        closing(moving.open_source(address(source))) as one,
        closing(moving.open_target(address(target))) as other,
    ):
        return moving.move(one, other, told, **options)


@pytest.fixture
def move():
    """Move from one address to another; tell each step to *told*."""
    return move_to


@pytest.fixture
def compare():
    """Compare two addresses."""

    def compared(source, target):
        with (
            closing(moving.open_source(address(source))) as one,
            closing(moving.open_source(address(target))) as other,
        ):
            return moving.compare(one, other, lambda _: None)

    return compared


def address(place):
    """Return the address of a file or a server."""
    return place if "://" in str(place) else f"sqlite:///{place}"
