"""Missing system libraries are installed where that is allowed, and otherwise named."""

import subprocess

import libraries
import pytest
from environment import SetupError


@pytest.fixture
def bare(monkeypatch):
    """A Debian without one library, and the list of apt commands that were run on it."""
    ran = []

    def apt(prefix, command):
        ran.append([*prefix, *command])
        return subprocess.CompletedProcess(command, 0, "")

    monkeypatch.setattr(libraries.sys, "platform", "linux")
    monkeypatch.setattr(libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(
        libraries, "_missing", lambda window: [] if len(ran) > 1 else ["libxcb-cursor0"]
    )
    monkeypatch.setattr(libraries, "_apt", apt)
    return ran


@pytest.mark.parametrize("prefix", [[], ["sudo", "-n"]], ids=["root", "sudo without password"])
def test_who_may_install_gets_the_library(bare, monkeypatch, prefix):
    monkeypatch.setattr(libraries, "_privilege", lambda: prefix)
    libraries.ensure(window=True)
    install = ["apt-get", "install", "-y", "--no-install-recommends", "libxcb-cursor0"]
    assert bare == [[*prefix, "apt-get", "update"], [*prefix, *install]]


def test_who_may_not_install_gets_the_command(bare, monkeypatch):
    monkeypatch.setattr(libraries, "_privilege", lambda: None)
    with pytest.raises(SetupError, match=r"sudo apt-get install -y .* libxcb-cursor0"):
        libraries.ensure(window=True)
    assert bare == []


def test_an_installation_that_changed_nothing_is_a_failure(bare, monkeypatch):
    monkeypatch.setattr(libraries, "_privilege", list)
    monkeypatch.setattr(libraries, "_missing", lambda window: ["libxcb-cursor0"])
    with pytest.raises(SetupError, match="tidak dapat dipasang"):
        libraries.ensure(window=True)


def test_a_system_without_apt_gets_the_list(bare, monkeypatch):
    monkeypatch.setattr(libraries.shutil, "which", lambda name: None)
    with pytest.raises(SetupError, match="libxcb-cursor0"):
        libraries.ensure(window=True)


def test_windows_needs_no_system_library(bare, monkeypatch):
    monkeypatch.setattr(libraries.sys, "platform", "win32")
    libraries.ensure(window=True)
    assert bare == []


def test_a_library_that_cannot_be_loaded_is_missing(monkeypatch):
    monkeypatch.setattr(libraries, "NEEDED", {"libtidak-ada.so.9": "libtidak-ada9"})
    assert "libtidak-ada9" in libraries._missing(window=False)
