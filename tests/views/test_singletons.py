import subprocess
import sys

EMIT = """
import wfh_desktop.views
from PySide6.QtCore import QObject, Signal

class Teller(QObject):
    told = Signal()

teller = Teller()
for _ in range(100_000):
    teller.told.emit()
    teller.parent()
    teller.property("nothing")
"""


def test_a_hundred_thousand_signals_and_answers_do_not_end_the_program():
    """PySide6 6.12 drops a reference to True or None with each of them."""
    done = subprocess.run([sys.executable, "-c", EMIT], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
