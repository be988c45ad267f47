"""Files of reports laid out for another program to show: privately, under names made here."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path

from sqlalchemy.orm import undefer

from wfh_desktop.domain.errors import NotFound, Unwritable
from wfh_desktop.domain.people import Right
from wfh_desktop.persistence.database import Work
from wfh_desktop.persistence.models import Evidence

PREFIX = "wfh-eviden-"
ENDINGS = {"jpeg": ".jpg", "png": ".png", "pdf": ".pdf"}  # nothing else is ever laid out
LEFT_OVER = 24 * 3600  # seconds: a folder that a fallen program left behind


def lay_out(work: Work, key: int) -> Path:
    """Write a file into a folder that only this user reads; return where. Raises `NotFound`.

    Its name is made up and its ending is that of its content, so whatever it was called, it is
    only shown. The folder goes when the program ends.
    """
    work.actor.require(Right.READ)
    found = work.session.get(Evidence, key, options=[undefer(Evidence.content)])
    if found is None or found.withdrawn or found.kind not in ENDINGS:
        raise NotFound(f"Evidence {key}")
    path = Path(_folder().name) / f"{secrets.token_hex(8)}{ENDINGS[found.kind]}"
    try:
        path.write_bytes(found.content)
    except OSError as error:
        raise Unwritable("failed", str(path.parent)) from error
    return path


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Return the folder of this run; it is removed when the program ends."""
    for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if old.is_dir() and not old.is_symlink() and time.time() - old.stat().st_mtime > LEFT_OVER:
            shutil.rmtree(old, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
