"""What 60 typed people and a month of 300 people cost the program."""

import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

if __name__ != "__main__" and str(Path(__file__).parents[2]) not in sys.path:
    sys.path.insert(0, str(Path(__file__).parents[2]))  # measured outside pytest, too

from tests.services import offices
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.domain.periods import Period
from wfh_desktop.persistence.models import Scan, Unit
from wfh_desktop.persistence.opening import open_database
from wfh_desktop.services import attendance, days_off

NOW = datetime(2026, 10, 2, 2, 0, tzinfo=UTC)
SEPTEMBER = Period(2026, 9)
CHIEF = Actor("Kepala", EVERYTHING)
TYPED = ["h", "w", "0731", "7.31-16.16", "ct", "d"] * 10
ENTRY_BAR, MONTH_BAR = 90.0, 1.0  # seconds


def figures(*, bench=False) -> list[dict]:
    """Type 60 people into the day grid key by key, and judge the month of 300 people."""
    with tempfile.TemporaryDirectory() as folder:
        typing = _typed(Path(folder) / "typing.db")
        month = _judged(Path(folder) / "month.db")
    return [
        {
            "name": "Isi harian 60 orang, tombol demi tombol sampai tersimpan",
            "value": round(typing, 2),
            "unit": "s",
            "bar": ENTRY_BAR,
            "ok": typing <= ENTRY_BAR,
            "note": f"{sum(len(one) + 1 for one in TYPED)} tombol tanpa waktu manusia",
        },
        {
            "name": "Presensi sebulan 300 orang, dinilai dari 18 000 pindaian",
            "value": round(month, 2),
            "unit": "s",
            "bar": MONTH_BAR,
            "ok": month <= MONTH_BAR,
            "note": f"{month * 1e6 / (300 * 30):.0f} mikrodetik per hari orang",
        },
    ]


def _database(path, people):
    opened = open_database(f"sqlite:///{path}")
    with opened.database.work(CHIEF, now=NOW) as work:
        unit = offices.office(work)
        staff = offices.people(work, unit, people, pins=True)
        days_off.ensure(work, SEPTEMBER.year)
        return opened, unit.id, staff


def _judged(path):
    opened, unit_id, staff = _database(path, 300)
    with opened.database.work(CHIEF, now=NOW) as work:
        work.session.add_all(
            Scan(unit_id=unit_id, employee_id=key, device="1", pin=str(key), day=day, at=at)
            for key in staff
            for day in SEPTEMBER.days
            for at in (datetime(2026, 9, 1, 7, 31).time(), datetime(2026, 9, 1, 16, 16).time())  # noqa: DTZ001
        )
        work.log("test.prepared", work.get(Unit, unit_id))
    needed = []
    for _ in range(5):
        with opened.database.work(CHIEF, now=NOW) as work:
            started = time.process_time()
            assert len(attendance.month(work, unit_id, SEPTEMBER)) == 300
            needed.append(time.process_time() - started)
    opened.close()
    return min(needed)


def _typed(path):
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from wfh_desktop.views.context import Context, Scope
    from wfh_desktop.views.jobs import Jobs
    from wfh_desktop.views.pages.attendance import AttendancePage

    app = QApplication.instance() or QApplication([])
    opened, unit_id, _ = _database(path, 60)
    jobs = Jobs(CHIEF)
    jobs.attach(opened.database)
    context = Context(CHIEF, jobs, Scope(SEPTEMBER))
    context.scope.choose_unit(unit_id, "Unit Contoh")
    page = AttendancePage(context)
    page.resize(1190, 690)
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    _wait(lambda: page.view is not None and not jobs.running)
    page.ui.tabs.setCurrentWidget(page.sheet)
    page.sheet.show_day(date(2026, 9, 7))
    _wait(lambda: not jobs.running)
    page.sheet.ui.grid.setFocus()
    started = time.perf_counter()
    for text in TYPED:
        QTest.keyClicks(app.focusWidget(), text[0])
        QTest.keyClicks(app.focusWidget(), text[1:])
        QTest.keyClick(app.focusWidget(), Qt.Key.Key_Return)
    assert page.sheet.unsaved == 60
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    _wait(lambda: not page.sheet.unsaved)
    needed = time.perf_counter() - started
    _wait(lambda: not jobs.running)
    jobs.close()
    opened.close()
    return needed


def _wait(until):
    from PySide6.QtTest import QTest

    for _ in range(3000):
        if until():
            return
        QTest.qWait(10)
    raise TimeoutError
