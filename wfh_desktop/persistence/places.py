"""Where a database file must not lie: on a network drive, or in a folder that is synchronised.

SQLite trusts the locks and the order of writes of the file system. Over a network neither holds,
and a program that synchronises copies the file in the middle of a transaction.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath, PureWindowsPath

from wfh_desktop.domain.errors import Unreadable

NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs",
    "fuse.sshfs", "fuse.smbnetfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs", "fuse.davfs2",
    "fuse.glusterfs", "fuse.ceph", "fuse.s3fs", "fuse.kio-fuse", "fuse.curlftpfs",
}  # fmt: skip
REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW: UNC paths alone would miss drives with a letter

VARIABLES = {  # set by the programs themselves, to the folders they synchronise
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}
NAMES = {  # of folders, in small letters
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drive saya": "Google Drive",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "cloudstorage": "penyimpanan awan",
}
MARKERS = {  # files and folders that a program leaves where it works; a star stands for anything
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".sync_*.db": "Nextcloud",
    "._sync_*.db": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
}
_ESCAPE = re.compile(r"\\(\d{3})")  # how mountinfo writes a blank


def refuse(path: Path) -> None:
    """Raise `Unreadable` if *path* lies where a database file would come to harm."""
    real = _real(path)
    if where := network(path) or network(real):
        raise Unreadable("place_network", path.name, where)
    if service := synchronised(path) or synchronised(real):
        raise Unreadable("place_synced", path.name, service)


def network(path: Path) -> str:
    """Return the drive or the kind of network file system on which *path* lies; empty if none."""
    if sys.platform == "win32":
        import ctypes

        return remote_drive(PureWindowsPath(path), ctypes.windll.kernel32.GetDriveTypeW)
    if sys.platform != "linux":
        return ""
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    kind = file_system(path, mounts)
    return kind if kind in NETWORK else ""


def remote_drive(path: PureWindowsPath, drive_type: Callable[[str], int]) -> str:
    r"""Return the drive of *path* if it is another computer's: `Z:`, `\\server\share`."""
    drive = path.drive
    if drive.startswith("\\\\?\\UNC\\"):
        return "\\\\" + drive.removeprefix("\\\\?\\UNC\\")
    if drive.startswith("\\\\") and not drive.startswith(("\\\\?\\", "\\\\.\\")):
        return drive
    return drive if drive and drive_type(path.anchor) == REMOTE else ""


def file_system(path: PurePath, mounts: str) -> str:
    """Return the kind of file system under *path*, by the text of `/proc/self/mountinfo`."""
    deepest, kind = -1, ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = PurePath(_ESCAPE.sub(lambda found: chr(int(found[1], 8)), fields[4]))
        depth = len(point.parts)
        if path.is_relative_to(point) and depth >= deepest:  # of two on one point, the later
            deepest, kind = depth, after.split()[0]
    return kind


def synchronised(path: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return the name of the program that synchronises the folder of *path*; empty if none."""
    for variable, service in VARIABLES.items():
        folder = environment.get(variable)
        if folder and path.is_relative_to(folder):
            return service
    for folder in _dropbox_folders(environment):
        if path.is_relative_to(folder):
            return "Dropbox"
    for parent in path.parents:
        if service := _named(parent.name) or _marked(parent):
            return service
    return ""


def _named(folder: str) -> str:
    plain = folder.casefold()
    return NAMES.get(plain.partition(" - ")[0], "")  # "OneDrive - Dinas Contoh"


def _marked(folder: Path) -> str:
    for marker, service in MARKERS.items():
        try:
            found = any(folder.glob(marker)) if "*" in marker else (folder / marker).exists()
        except OSError:  # a folder that may not be read; its own programs do not work here
            continue
        if found and folder != Path.home():  # Dropbox also keeps its settings in ~/.dropbox
            return service
    return ""


def _dropbox_folders(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the folders that Dropbox says it synchronises, wherever the user put them."""
    for variable, below in (
        ("APPDATA", "Dropbox"),
        ("LOCALAPPDATA", "Dropbox"),
        ("HOME", ".dropbox"),
    ):
        if base := environment.get(variable):
            try:
                accounts = json.loads((Path(base) / below / "info.json").read_text("utf-8"))
                yield from (str(one["path"]) for one in accounts.values())
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue


def _real(path: Path) -> Path:
    """Follow links as far as there are any: a link into Dropbox lies in Dropbox."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path
