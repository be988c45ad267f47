"""What is installed on every computer is exactly what was tried here."""

import re
import tomllib

import lock
import pytest
from environment import LOCK, ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ASKED = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["dependency-groups"]["dev"],
    *PROJECT["build-system"]["requires"],
]
LOCKED = re.findall(
    r"^(\S+)==([^ ]+)(?: ; .*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    LOCK.read_text(encoding="utf-8"),
    re.MULTILINE,
)


def a_file(name):
    return {"url": f"file:///x/{name}", "hashes": {"sha256": name}}


@pytest.mark.parametrize("asked", ASKED)
def test_everything_the_project_asks_for_is_locked_in_a_version_it_allows(asked):
    requirement = Requirement(asked)
    versions = [v for name, v, _ in LOCKED if name == canonicalize_name(requirement.name)]
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_line_of_the_lock_is_a_version_with_its_hashes():
    written = LOCK.read_text(encoding="utf-8")
    again = "".join(line for match in LOCKED for line in match[2])
    assert len(LOCKED) == len(re.findall("==.* \\\\$", written, re.MULTILINE))
    assert again.count("--hash") == written.count("--hash")


def test_the_lock_leaves_open_from_where_files_come():
    assert not re.search(r"://|--index|--find-links", LOCK.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "wheel",
    [
        "a-1-py3-none-any.whl",
        "a-1-py2.py3-none-any.whl",
        "a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "a-1-cp314-cp314-win_amd64.whl",
        "a-1-cp310-abi3-manylinux_2_34_x86_64.whl",
    ],
)
def test_wheels_for_linux_and_windows_are_locked(wheel):
    package = {"name": "a", "version": "1", "wheels": [a_file(wheel)]}
    assert f"--hash=sha256:{wheel}" in lock._entry(package)


@pytest.mark.parametrize(
    "wheel",
    [
        "a-1-cp310-cp310-win_amd64.whl",
        "a-1-cp314-cp314t-win_amd64.whl",
        "a-1-cp315-abi3-win_amd64.whl",
        "a-1-cp312-cp312-macosx_11_0_arm64.whl",
        "a-1-cp312-cp312-musllinux_1_2_x86_64.whl",
        "a-1-pp311-pypy311_pp73-win_amd64.whl",
    ],
)
def test_files_for_other_systems_are_not_locked(wheel):
    kept = a_file("a-1-py3-none-any.whl")
    package = {"name": "a", "version": "1", "wheels": [kept, a_file(wheel)]}
    assert wheel not in lock._entry(package)


def test_a_source_archive_is_locked_only_without_any_wheel():
    archive, wheel = a_file("a-1.tar.gz"), a_file("a-1-py3-none-any.whl")
    package = {"name": "a", "version": "1", "sdist": archive}
    assert "a-1.tar.gz" in lock._entry(package)
    assert "a-1.tar.gz" not in lock._entry(package | {"wheels": [wheel]})


def test_a_package_for_one_system_says_for_which():
    package = {
        "name": "colorama",
        "version": "1",
        "marker": "python_full_version >= '3.11' and sys_platform == 'win32'",
        "wheels": [a_file("a-1-py3-none-any.whl")],
    }
    assert lock._entry(package).startswith("colorama==1 ; sys_platform == 'win32' \\\n")
