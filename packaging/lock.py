"""Write `requirements.lock`: the exact version of everything installed, and which files may be it.

Only versions and hashes, no addresses: from where a file comes is the business of the user's own
pip configuration. Hashes are those of the wheels for Linux and Windows on every Python that the
product supports; of a source archive only where a package has no wheel at all.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from environment import BUILD_TOOLS, LOCK, ROOT, SetupError, pip, surroundings

RESOLVER = "uv>=0.9,<1"
HEADER = "# Written by `python3 packaging/run.py lock` from pyproject.toml; do not edit.\n"
UNUSED = "pygame"  # a demand of pytablericons, of which only the pictures are used
PYTHONS = range(11, 15)
PLATFORM = re.compile(r"any|(many)?linux\w*_(x86_64|aarch64)|win_(amd64|arm64)")
EVERY_PYTHON = re.compile(r"python_full_version >= '3\.11'( and )?")
# Further places (find-links, extra indexes) are left out: they hold the files of one machine, and
# the lock needs those of all.
SAME_IN_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "cert": "SSL_CERT_FILE",
}


def write(*, upgrade: bool) -> int:
    """Resolve pyproject.toml for all systems and write the lock; versions stay unless *upgrade*."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pip(sys.executable, "install", "--quiet", "--target", folder / "uv", RESOLVER)
        packages = tomllib.loads(_resolve(folder, upgrade=upgrade))["packages"]
    LOCK.write_text(HEADER + "".join(map(_entry, packages)), encoding="utf-8", newline="\n")
    print(f"{len(packages)} paket ditulis ke {LOCK.relative_to(ROOT)}.")
    return 0


def _resolve(folder: Path, *, upgrade: bool) -> str:
    tools, answer = folder / "build-tools.in", folder / "pylock.toml"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tools.write_text("\n".join([*BUILD_TOOLS, *project["build-system"]["requires"]]))
    command = [
        *(folder / "uv" / "bin" / "uv", "pip", "compile", "pyproject.toml", tools),
        *("--group", "dev", "--universal", "--python-version", f"3.{PYTHONS[0]}"),
        *("--no-config", "--quiet", "--no-emit-package", UNUSED),
        *("--format", "pylock.toml", "--output-file", answer),
    ]
    if LOCK.exists() and not upgrade:
        command += ["--constraint", LOCK]
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=_as_pip_is_configured(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    if done.returncode:
        raise SetupError(f"Versi paket tidak dapat ditentukan:\n{done.stderr}")
    return answer.read_text(encoding="utf-8")


def _as_pip_is_configured() -> dict[str, str]:
    """Return variables that make the resolver look where the user's pip looks."""
    ask = [sys.executable, "-m", "pip", "config", "list"]
    configured = subprocess.run(ask, check=False, capture_output=True, encoding="utf-8").stdout
    variables = surroundings()
    for line in configured.splitlines():
        key, _, value = line.partition("=")
        if name := SAME_IN_UV.get(key.rpartition(".")[2]):
            variables.setdefault(name, value.strip("'\""))
    return variables


def _entry(package: dict[str, Any]) -> str:
    """Return the lines of one package in the grammar of requirement files."""
    marker = EVERY_PYTHON.sub("", package.get("marker", ""))
    head = f"{package['name']}=={package['version']}" + (f" ; {marker}" if marker else "")
    hashes = sorted(set(_hashes(package)))
    return " \\\n".join([head, *(f"    --hash=sha256:{digest}" for digest in hashes)]) + "\n"


def _hashes(package: dict[str, Any]) -> Iterator[str]:
    wheels = [wheel for wheel in package.get("wheels", []) if _runs_here(_file_name(wheel))]
    for file in wheels or [package["sdist"]]:
        yield file["hashes"]["sha256"]


def _file_name(file: dict[str, Any]) -> str:
    return unquote(os.path.basename(urlsplit(file["url"]).path))  # noqa: PTH119


def _runs_here(wheel: str) -> bool:
    """Tell whether *wheel* serves one of the systems and Pythons of the product."""
    pythons, abi, platforms = wheel.removesuffix(".whl").split("-")[-3:]
    if not any(map(PLATFORM.fullmatch, platforms.split("."))):
        return False
    return any(_serves(python, abi) for python in pythons.split("."))


def _serves(python: str, abi: str) -> bool:
    if python == "py3":
        return True
    made_for = re.fullmatch(r"cp3(\d+)", python)
    if made_for is None:
        return False
    minor = int(made_for[1])
    return minor <= PYTHONS[-1] if "abi3" in abi.split(".") else minor in PYTHONS and abi == python
