"""System libraries that Qt needs on Linux: found by loading, installed with apt where allowed."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment import SetupError

NEEDED = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
FOR_A_WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONTS = "fonts-dejavu-core"


def ensure(*, window: bool) -> None:
    """Install the missing libraries, or refuse with the command that installs them."""
    if not sys.platform.startswith("linux") or not (absent := _missing(window=window)):
        return
    if shutil.which("apt-get") is None:
        raise SetupError(
            "Pustaka sistem berikut belum ada; pasang dengan pengelola paket sistem ini: "
            f"{', '.join(absent)} (nama paket Debian)."
        )
    prefix = _privilege()
    command = f"apt-get install -y --no-install-recommends {' '.join(absent)}"
    if prefix is None:
        raise SetupError(
            f"Pustaka sistem untuk jendela dan naskah belum ada. Minta administrator menjalankan:\n"
            f"    sudo {command}\nlalu jalankan perintah ini lagi."
        )
    print(f"Memasang pustaka sistem: {' '.join(absent)} ...")
    _apt(prefix, ["apt-get", "update"])
    if (done := _apt(prefix, command.split())).returncode or _missing(window=window):
        raise SetupError(
            f"Pustaka sistem tidak dapat dipasang ({_last_line(done.stdout)}). Jalankan sendiri:\n"
            f"    sudo {command}"
        )


def _missing(*, window: bool) -> list[str]:
    """Return the Debian packages of everything that is not there."""
    libraries = NEEDED | (FOR_A_WINDOW if window else {})
    absent = [package for library, package in libraries.items() if not _loads(library)]
    return absent if any(Path("/usr/share/fonts").rglob("*.[to]tf")) else [*absent, FONTS]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _privilege() -> list[str] | None:
    """Return what to put before apt: nothing for root, sudo where it asks no password."""
    if os.geteuid() == 0:
        return []
    ask = ["sudo", "-n", "true"]
    allowed = (
        shutil.which("sudo")
        and not subprocess.run(ask, check=False, capture_output=True).returncode
    )
    return ["sudo", "-n"] if allowed else None


def _apt(prefix: list[str], command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _last_line(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "apt-get gagal"
