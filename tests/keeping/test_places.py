"""A database file is refused where it would come to harm."""

import json
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from wfh_desktop import words
from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.persistence import places

MOUNTS = r"""22 1 0:21 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:30 / /mnt/kantor rw,relatime - cifs //server/kantor rw
24 22 0:31 / /mnt/data\040dinas rw - nfs4 server:/data rw
25 23 0:32 / /mnt/kantor/lokal rw - ext4 /dev/sdb1 rw
26 22 0:33 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
27 22 0:34 / /home/a/ssh rw - fuse.sshfs a@b: rw
28 22 0:35 / /media/usb rw - fuseblk /dev/sdc1 rw
29 22 0:36 / /tumpuk rw - ext4 /dev/sdd1 rw
30 22 0:37 / /tumpuk rw - cifs //server/tumpuk rw
not a line of mountinfo
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/wfh.db", "ext4"),
        ("/mnt/kantor/wfh.db", "cifs"),
        ("/mnt/kantor/lokal/wfh.db", "ext4"),
        ("/mnt/kantoran/wfh.db", "ext4"),
        ("/mnt/data dinas/wfh.db", "nfs4"),
        ("/run/user/1000/gvfs/smb/wfh.db", "fuse.gvfsd-fuse"),
        ("/home/a/ssh/wfh.db", "fuse.sshfs"),
        ("/media/usb/wfh.db", "fuseblk"),
        ("/tumpuk/wfh.db", "cifs"),
    ],
)
def test_the_deepest_mount_tells_the_file_system(path, kind):
    assert places.file_system(PurePosixPath(path), MOUNTS) == kind


def test_drives_of_this_computer_are_no_network():
    assert {
        "ext4",
        "btrfs",
        "xfs",
        "tmpfs",
        "overlay",
        "fuseblk",
        "ntfs3",
    } & places.NETWORK == set()


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (r"C:\Data\wfh.db", ""),
        (r"Z:\Data\wfh.db", "Z:"),
        (r"\\server\kantor\wfh.db", r"\\server\kantor"),
        (r"\\?\UNC\server\kantor\wfh.db", r"\\server\kantor"),
        (r"\\?\C:\Data\wfh.db", ""),
    ],
)
def test_a_mapped_drive_is_as_remote_as_its_address(path, where):
    """UNC paths alone would miss the drive with a letter: the control is the type of Z:."""

    def kind(root):
        return places.REMOTE if root.startswith("Z:") else 3

    assert places.remote_drive(PureWindowsPath(path), kind) == where
    assert places.remote_drive(PureWindowsPath(r"Z:\x.db"), lambda _: 3) == ""


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Dinas Contoh", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("Dokumen", ""),
        ("Dropbox lama", ""),
    ],
)
def test_a_folder_is_known_by_its_name(tmp_path, folder, service):
    assert places.synchronised(tmp_path / folder / "a" / "wfh.db", {}) == service


@pytest.mark.parametrize("marker", [one.replace("*", "0a1b") for one in places.MARKERS])
def test_a_folder_is_known_by_what_a_program_leaves_in_it(tmp_path, marker):
    assert places.synchronised(tmp_path / "a" / "wfh.db", {}) == ""
    (tmp_path / marker).touch()
    assert places.synchronised(tmp_path / "a" / "wfh.db", {}) != ""


def test_a_folder_is_known_by_what_the_system_says(tmp_path):
    environment = {"OneDriveCommercial": str(tmp_path / "Awan")}
    assert places.synchronised(tmp_path / "Awan" / "wfh.db", environment) == "OneDrive"
    assert places.synchronised(tmp_path / "Awan lain" / "wfh.db", environment) == ""


def test_dropbox_is_known_wherever_it_was_put(tmp_path):
    (tmp_path / ".dropbox").mkdir()
    told = {"personal": {"path": str(tmp_path / "Berkas"), "host": 1}}
    (tmp_path / ".dropbox" / "info.json").write_text(json.dumps(told))
    environment = {"HOME": str(tmp_path)}
    assert places.synchronised(tmp_path / "Berkas" / "wfh.db", environment) == "Dropbox"
    (tmp_path / ".dropbox" / "info.json").write_text("[1]")
    assert places.synchronised(Path("/x/wfh.db"), environment) == ""


def test_the_refusal_names_the_file_the_reason_and_the_way_to_share(tmp_path, monkeypatch):
    with pytest.raises(Unreadable) as refusal:
        places.refuse(tmp_path / "Dropbox" / "wfh.db")
    said = words.explain(refusal.value)
    assert all(word in said for word in ("wfh.db", "Dropbox", "PostgreSQL"))
    monkeypatch.setattr(places, "network", lambda _: "cifs")
    with pytest.raises(Unreadable) as refusal:
        places.refuse(tmp_path / "wfh.db")
    said = words.explain(refusal.value)
    assert "wfh.db" in said
    assert "PostgreSQL" in said


def test_a_link_into_a_synchronised_folder_is_refused(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(Unreadable, match="place_synced"):
        places.refuse(tmp_path / "data" / "wfh.db")


def test_an_ordinary_folder_is_not_refused(tmp_path):
    places.refuse(tmp_path / "data" / "wfh.db")
