"""One script behind every command of README: it runs what it says and ends as that ended."""

import sys
from pathlib import Path

import environment
import pytest
import run


@pytest.fixture
def called(monkeypatch):
    """The commands that would have been run, each as the words after the interpreter."""
    commands = []

    def call(command, stdin=None):
        commands.append([str(word) for word in command[1:]])
        return 3 if "wfh_desktop" in str(command) else 0

    monkeypatch.setenv("PYTHONHASHSEED", "0")
    monkeypatch.setattr(run, "_call", call)
    monkeypatch.setattr(run, "_covered", lambda python: "90")
    monkeypatch.setattr(run, "_python", lambda window: Path(sys.executable))
    return commands


def test_without_a_display_the_month_is_done_headless(called, monkeypatch, tmp_path, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run.os, "name", "posix")
    assert run.main(["--out", str(tmp_path)]) == 3
    database = f"sqlite:///{tmp_path.as_posix()}/demo.db"
    wanted = ["-m", "wfh_desktop.cli", "--db", database, "demo", "--out", str(tmp_path)]
    assert called == [wanted]
    assert "Tidak ada layar" in capsys.readouterr().out


def test_a_display_that_does_not_answer_is_none(called, monkeypatch, tmp_path):
    monkeypatch.setenv("DISPLAY", ":tidak-ada")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    assert run.main(["--out", str(tmp_path)]) == 3
    assert "wfh_desktop.cli" in called[0]


def test_with_a_display_the_window_opens_with_the_demo_unit(called, monkeypatch, tmp_path):
    monkeypatch.setattr(run, "_screen", lambda python: True)
    run.main(["--out", str(tmp_path)])
    assert called[0][:3] == ["-m", "wfh_desktop.app", "--demo"]


def test_everything_is_checked_and_further_words_go_to_pytest(called, monkeypatch):
    monkeypatch.delenv("WFH_TEST_URL", raising=False)
    assert run.main(["test", "tests/domain", "-k", "late", "-n0"]) == 0
    tools = [command[1] for command in called]
    assert tools == ["ruff", "ruff", "mypy", "coverage", "coverage", "coverage"]
    assert called[4][2:5] == ["run", "-m", "pytest"]
    assert called[4][-4:] == ["tests/domain", "-k", "late", "-n0"]


def test_a_fault_of_style_fails_although_all_tests_pass(called, monkeypatch, capsys):
    monkeypatch.setattr(run, "_call", lambda command, stdin=None: int("ruff" in command))
    assert run.main(["test"]) == 1
    assert "Kaidah kode" in capsys.readouterr().err


def test_the_status_of_pytest_is_handed_on(called, monkeypatch):
    monkeypatch.setattr(run, "_call", lambda command, stdin=None: 5 * ("run" in command))
    assert run.main(["test", "-k", "tidak_ada"]) == 5


def test_what_stops_the_set_up_is_one_sentence(called, monkeypatch, capsys):
    def refuse(window):
        raise environment.SetupError("Penyimpanan penuh.")

    monkeypatch.setattr(run, "_python", refuse)
    assert run.main(["test"]) == 1
    assert capsys.readouterr().err == "\nPenyimpanan penuh.\n"


def test_an_unknown_word_is_refused(called):
    with pytest.raises(SystemExit):
        run.main(["figures", "--cepat"])
    assert called == []
