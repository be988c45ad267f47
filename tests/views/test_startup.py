import json
import os
import subprocess
import sys

import pytest

HEAVY = {
    "sqlalchemy",
    "alembic",
    "reportlab",
    "matplotlib",
    "numpy",
    "xlsxwriter",
    "pikepdf",
    "holidays",
    "pydantic",
    "lxml",
    "python_calamine",
    "babel",
    "psycopg",
    "keyring",
}
SHOWN = """
import json, sys
from wfh_desktop.app import start
app, window = start(["--db", sys.argv[1]])
app.processEvents()
assert window.isVisible()
print(json.dumps(sorted(sys.modules)))
"""
OPENED = """
import json, sys
from PySide6.QtCore import QTimer
from wfh_desktop.app import start
app, window = start(["--db", sys.argv[1]])
window.context.jobs.idle.connect(lambda: (print(window.reception.heading.text()), app.quit()))
QTimer.singleShot(20_000, app.quit)
window.start.open_database()
app.exec()
window.close()
"""


@pytest.fixture
def run(tmp_path):
    """Run code in a process of its own, with a home of its own."""

    def run(code, url):
        home = {name: str(tmp_path) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA")}
        done = subprocess.run(
            [sys.executable, "-c", code, url],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | home | {"QT_QPA_PLATFORM": "offscreen"},
        )
        assert done.stderr.replace("This plugin does not support propagateSizeHints()\n", "") == ""
        return done.stdout

    return run


def test_the_window_is_shown_before_anything_heavy_is_loaded(run, tmp_path):
    loaded = json.loads(run(SHOWN, f"sqlite:///{tmp_path}/wfh.db"))
    assert HEAVY.intersection(loaded) == set()
    assert not any(name.startswith("wfh_desktop.services") for name in loaded)
    assert not (tmp_path / "wfh.db").exists()


def test_a_database_that_cannot_be_opened_is_explained_in_the_window(run, tmp_path):
    (tmp_path / "wfh.db").write_bytes(b"something else entirely, and more of it than a header" * 99)
    shown = run(OPENED, f"sqlite:///{tmp_path}/wfh.db")
    assert "Basis data tidak dapat dibuka" in shown


def test_the_window_opens_its_database(run, tmp_path):
    run(OPENED, f"sqlite:///{tmp_path}/wfh.db")
    assert (tmp_path / "wfh.db").exists()
