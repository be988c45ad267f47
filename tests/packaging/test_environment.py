"""The set-up does again only what changed, and says in one sentence why it cannot go on."""

import errno
import subprocess

import environment
import pytest


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A project whose stages only note that they were carried out."""
    for name in ("packaging", "ui", "resources/rules", ".venv"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("packaging/requirements.lock", "packaging/hatch_build.py", "pyproject.toml"):
        (tmp_path / name).write_text("awal")
    (tmp_path / "resources/rules/contoh.toml").write_text("awal")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir()
    python.write_text("")
    done = []
    monkeypatch.setattr(environment, "interpreter", lambda: python)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "FOLDER", tmp_path / ".venv")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv/stamp.json")
    stages = {stage: lambda stage=stage: done.append(stage) for stage in environment.STAGES}
    monkeypatch.setattr(environment, "STAGES", stages)
    return tmp_path, done


def test_the_first_set_up_does_everything_and_the_second_nothing(checkout):
    _, done = checkout
    environment.prepare()
    assert done == ["packages", "application", "assets"]
    environment.prepare()
    assert len(done) == 3


@pytest.mark.parametrize(
    ("changed", "again"),
    [
        ("resources/rules/contoh.toml", ["assets"]),
        ("ui/baru.ui", ["assets"]),
        ("pyproject.toml", ["application", "assets"]),
        ("packaging/requirements.lock", ["packages", "application", "assets"]),
    ],
)
def test_only_what_a_change_concerns_is_done_again(checkout, changed, again):
    root, done = checkout
    environment.prepare()
    done.clear()
    (root / changed).write_text("lain")
    environment.prepare()
    assert done == again


def test_a_stage_that_failed_is_tried_again(checkout, monkeypatch):
    _, done = checkout

    def fail():
        raise environment.SetupError("Peladen paket tidak dapat dihubungi.")

    with monkeypatch.context() as once:
        once.setitem(environment.STAGES, "application", fail)
        with pytest.raises(environment.SetupError):
            environment.prepare()
    environment.prepare()
    assert done == ["packages", "application", "assets"]


def test_an_environment_without_its_python_is_made_anew(checkout):
    root, done = checkout
    environment.prepare()
    (root / ".venv/bin/python").unlink()
    environment.prepare()
    assert done == ["packages", "application", "assets"] * 2


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x"), "Penyimpanan penuh"),
        (subprocess.CalledProcessError(1, ["ensurepip"]), "tidak dapat dibuat"),
    ],
)
def test_what_stops_the_environment_is_said_in_one_sentence(checkout, monkeypatch, error, sentence):
    def fail():
        raise error

    monkeypatch.setitem(environment.STAGES, "packages", fail)
    with pytest.raises(environment.SetupError, match=sentence):
        environment.prepare()


def test_a_folder_that_may_not_be_written_is_named(checkout, monkeypatch):
    root, _ = checkout

    def refuse():
        raise PermissionError(13, "Permission denied", str(root))

    monkeypatch.setitem(environment.STAGES, "packages", refuse)
    with pytest.raises(environment.SetupError, match="tidak boleh ditulis"):
        environment.prepare()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (
            "WARNING: Retrying ... NewConnectionError(...)\nERROR: No matching distribution",
            "internet",
        ),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "Sertifikat"),
        ("OSError: [Errno 28] No space left on device", "Penyimpanan penuh"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "dikunci"),
        ("ERROR: Could not install: [Errno 13] Permission denied: '/x'", "pemilik"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.12.0", "sistem ini"),
        ("Segmentation fault", "tidak dapat dipasang"),
    ],
)
def test_what_stops_pip_is_said_in_one_sentence(output, sentence):
    explained = environment._explain_pip(output)
    assert sentence in explained
    assert str(environment.LOG) in explained


def test_packages_of_the_user_do_not_leak_in_and_bytecode_is_kept(monkeypatch):
    for name in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "/paket")
    variables = environment.surroundings()
    assert not {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"} & set(variables)
    assert variables["PIP_FIND_LINKS"] == "/paket"
