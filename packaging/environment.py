"""The isolated environment in `.venv`: made once, brought up to date when its sources change."""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".venv"
LOCK = ROOT / "packaging" / "requirements.lock"
STAMP = FOLDER / "stamp.json"
LOG = FOLDER / "setup.log"
NEEDED_BYTES = 2_000_000_000
BUILD_TOOLS = ("pip", "setuptools")

PIP_FAULTS = (
    (
        r"No space left|Errno 28|WinError 112",
        "Penyimpanan penuh. Sisakan sedikitnya 2 GB, lalu jalankan lagi.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "Sertifikat peladen paket tidak dipercaya. Bila kantor memakai proksi, minta berkas "
        "sertifikatnya dan setel dengan `pip config set global.cert BERKAS`.",
    ),
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError|Connection(?:Reset|Refused)"
        r"|NameResolutionError|name resolution|Network is unreachable|Max retries exceeded",
        "Peladen paket Python tidak dapat dihubungi. Sambungkan komputer ke internet (atau setel "
        "cermin paket kantor dengan `pip config`), lalu jalankan lagi.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "Paket yang diunduh tidak sama dengan yang dikunci di packaging/requirements.lock dan "
        "tidak dipasang. Coba lagi; bila berulang, periksa cermin paket yang dipakai.",
    ),
    (
        r"Permission denied|Errno 13|WinError 5\b",
        "Lingkungan Python tidak boleh ditulis. Jalankan sebagai pemilik map proyek.",
    ),
    (
        r"No matching distribution",
        "Ada paket yang tidak tersedia untuk sistem ini (perlu Windows 10 1809, Debian 12, "
        "Ubuntu 22.04, atau yang lebih baru, 64-bit).",
    ),
)


class SetupError(Exception):
    """The set-up cannot go on; the message is one Indonesian sentence for the user."""


def prepare() -> Path:
    """Make the environment or bring it up to date; return its interpreter."""
    if sys.maxsize < 2**32:
        raise SetupError("WFH Desktop memerlukan Python 64-bit; yang dijalankan ini 32-bit.")
    stamps = _stamps() if interpreter().exists() else {}
    wanted = _wanted()
    try:
        for stage, carry_out in STAGES.items():
            if stamps.get(stage) != wanted[stage]:
                carry_out()
                stamps[stage] = wanted[stage]
                STAMP.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
    except OSError as error:
        raise SetupError(_explain_os(error)) from error
    except subprocess.CalledProcessError as error:
        raise SetupError(f"Lingkungan Python di {FOLDER} tidak dapat dibuat: {error}.") from error
    return interpreter()


def interpreter() -> Path:
    """Return the path of the environment's Python."""
    return FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def surroundings() -> dict[str, str]:
    """Return the variables to run with: the user's own, less what would leak other packages in.

    Bytecode is written even where the user switched it off: without it each start compiles
    hundreds of modules.
    """
    variables = dict(os.environ)
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONSTARTUP"):
        variables.pop(name, None)
    return variables


def cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def pip(python: Path | str, *arguments: str | Path) -> None:
    """Run pip of *python* with the user's own pip configuration; explain its failure."""
    variables = surroundings() | {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_USER": "0",
    }
    done = _logged([python, "-m", "pip", *arguments], variables)
    if done.returncode:
        raise SetupError(_explain_pip(done.stdout))


def _stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _wanted() -> dict[str, str]:
    """Return a digest of what each stage is made of; a later stage depends on the earlier ones."""
    digest = hashlib.sha256(f"{sys.version}{FOLDER}".encode())
    wanted = {}
    for stage, sources in SOURCES.items():
        for source in sorted(_files(sources)):
            content = source.read_bytes()
            digest.update(f"{source.relative_to(ROOT).as_posix()}{len(content)}".encode())
            digest.update(content)
        wanted[stage] = digest.hexdigest()
    return wanted


def _files(sources: Iterable[str]) -> Iterable[Path]:
    for source in sources:
        path = ROOT / source
        yield from [path] if path.is_file() else filter(Path.is_file, path.rglob("*"))


def _install_packages() -> None:
    """Install exactly what the lock names into the environment, as bytecode too."""
    if shutil.disk_usage(ROOT).free < NEEDED_BYTES:
        raise SetupError(
            f"Penyimpanan tempat {ROOT} hampir penuh. Sisakan sedikitnya 2 GB, lalu jalankan lagi."
        )
    print("Menyiapkan lingkungan Python di .venv (sekali saja, beberapa menit) ...")
    _make()
    tools = FOLDER / "build-tools.lock"
    blocks = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8"))
    tools.write_text(
        "\n".join(block for block in blocks if block.partition("==")[0] in BUILD_TOOLS) + "\n",
        encoding="utf-8",
    )
    options = ("install", "--no-deps", "--no-compile", "--require-hashes", "--requirement")
    if find_spec("ensurepip") is None:
        target = ("--upgrade", "--target", _site_packages())
        pip(sys.executable, *options, tools, *target)
    pip(interpreter(), *options, tools)
    pip(interpreter(), *options, LOCK, "--no-build-isolation")
    workers = str(cores())
    _logged([interpreter(), "-m", "compileall", "-qq", "-j", workers, _site_packages()])


def _make() -> None:
    """Make the bare environment; pip comes from Python itself where it carries one."""
    FOLDER.mkdir(exist_ok=True)
    works = interpreter().exists() and not _logged([interpreter(), "-c", ""]).returncode
    if works and _version() == sys.version_info[:2]:
        return
    if find_spec("ensurepip") is None and find_spec("pip") is None:
        raise SetupError("pip belum ada. Pasang dengan `sudo apt-get install python3-pip`.")
    venv.create(
        FOLDER, clear=True, with_pip=find_spec("ensurepip") is not None, symlinks=os.name != "nt"
    )


def _version() -> tuple[int, ...]:
    ask = "import sys; print(*sys.version_info[:2])"
    return tuple(map(int, _logged([interpreter(), "-c", ask]).stdout.split()))


def _site_packages() -> Path:
    if os.name == "nt":
        return FOLDER / "Lib" / "site-packages"
    return FOLDER / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def _install_application() -> None:
    """Install the product itself, editable; the build hook compiles forms, icons and texts."""
    pip(interpreter(), "install", "--no-deps", "--no-build-isolation", "--editable", ROOT)


def _compile_assets() -> None:
    """Compile forms, icons and texts that changed since."""
    build = [interpreter(), "-m", "hatchling", "build", "-t", "wheel", "--hooks-only"]
    if _logged(build).returncode:
        raise SetupError(f"Formulir atau ikon tidak dapat disusun; rinciannya di {LOG}.")


def _logged(
    command: list[str | Path], variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run *command* without input, its output kept in the log; return how it ended."""
    done = subprocess.run(
        command,
        check=False,
        cwd=ROOT,
        env=variables or surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    FOLDER.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(map(str, command))}\n{done.stdout}\n")
    return done


def _explain_pip(output: str) -> str:
    for pattern, sentence in PIP_FAULTS:
        if re.search(pattern, output):
            return f"{sentence} Rinciannya di {LOG}."
    return f"Paket Python tidak dapat dipasang; rinciannya di {LOG}."


def _explain_os(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return PIP_FAULTS[0][1]
    if isinstance(error, PermissionError):
        return (
            f"Map {ROOT} tidak boleh ditulis. Jalankan sebagai pemiliknya, atau salin proyek ini "
            "ke tempat lain."
        )
    return f"Lingkungan Python tidak dapat dibuat: {error.strerror} ({error.filename})."


SOURCES = {
    "packages": ["packaging/requirements.lock"],
    "application": ["pyproject.toml", "packaging/hatch_build.py"],
    "assets": ["ui", "resources"],
}
STAGES = {
    "packages": _install_packages,
    "application": _install_application,
    "assets": _compile_assets,
}
