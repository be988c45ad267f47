"""Backups of a local database file: made, checked, thinned, copied elsewhere, restored.

A server has an administrator and backups of its own; everything here is for the file of one user.
"""

from wfh_desktop.persistence.backup.making import (
    Backup,
    check,
    file_of,
    folder_of,
    listing,
    make,
    newest_good,
    thin,
)
from wfh_desktop.persistence.backup.restoring import require_good, restore, trial
from wfh_desktop.persistence.backup.schedule import Kept, before, before_import, due, keep

__all__ = [
    "Backup",
    "Kept",
    "before",
    "before_import",
    "check",
    "due",
    "file_of",
    "folder_of",
    "keep",
    "listing",
    "make",
    "newest_good",
    "require_good",
    "restore",
    "thin",
    "trial",
]
