"""A small office with every kind of row that a backup or a migration must not lose."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

from tests import offices
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.domain.tpp.workflow import State
from wfh_desktop.persistence.models import (
    Ceiling,
    ImportedFile,
    PrintedPaper,
    Recommendation,
    RecommendationLine,
    Unit,
)
from wfh_desktop.services import audit

ACTOR = Actor("Pegawai 1", EVERYTHING)
PDF = b"%PDF-1.7 " + bytes(range(256)) * 40
LOCKED = datetime(2026, 10, 1, 3, tzinfo=UTC)


def fill(database, people=6):
    """Fill a database at today's schema: people, tasks, evidence, a locked month, its paper."""
    with database.work(ACTOR) as work:
        place = offices.unit(work, "Dinas Contoh")
        goal = offices.objective(work, place)
        for number in range(1, people + 1):
            person = offices.somebody(work, place, number)
            key = offices.target(work, place, person, goal)
            given = offices.task(work, place, person, target_ids={person.id: key}.items())
            offices.report(work, offices.share_of(work, given))
        _close_month(work, place, people)
        _keep_files(work, place)
    with database.work(ACTOR) as work:
        audit.seal(work)


def _close_month(work, place, people):
    fields = {"year": 2026, "month": 9, "revision": 0, "rule_id": "manado-2022"}
    record = work.add(
        Recommendation(
            unit_id=place.id, state=State.DRAFT, rule_digest="", snapshot={}, computed_at=LOCKED,
            **fields,
        )
    )  # fmt: skip
    for number in range(1, min(people, 3) + 1):
        work.session.add(
            RecommendationLine(
                unit_id=place.id, recommendation_id=record.id, employee_id=number, place=number,
                person={}, facts={}, result={}, gross=Decimal(5_000_000), net=Decimal(4_500_000),
            )
        )  # fmt: skip
    work.session.flush()
    record.state, record.digest = State.FINAL, "0" * 64
    record.locked_at, record.locked_by = LOCKED, ACTOR.name
    work.log("recommendation.locked", record)


def _keep_files(work, place):
    digest = sha256(PDF).hexdigest()
    fields = {"unit_id": place.id, "sha256": digest, "content": PDF, "at": LOCKED}
    paper = PrintedPaper(
        year=2026, month=9, paper="list", revision=0, draft=False, code="ABCD", actor=ACTOR.name,
        **fields,
    )  # fmt: skip
    work.log("paper.issued", work.add(paper))
    file = ImportedFile(kind="staff", name="a.xlsx", summary={}, actor=ACTOR.name, **fields)
    work.log("file.imported", work.add(file))


def save(work, number=1):
    """Save as the window does, in one go: a pagu, the unit's name, and their trace.

    *number* counts the saves; it is in both rows, so that half a save shows.
    """
    unit = work.get(Unit, 1)
    unit.name = f"Dinas Contoh {number}"
    record = Ceiling(
        unit_id=unit.id, year=2000 + number // 12, month=1 + number % 12, amount=Decimal(number)
    )
    work.log("ceiling.set", work.add(record), number=number)
    work.log("unit.renamed", unit)


def saved(path, *, thoroughly=True):
    """Return how many saves a file holds, and what is wrong with them."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            if thoroughly and connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return 0, "corrupt"
            return _counted(connection)
        except sqlite3.DatabaseError:
            return 0, "corrupt"


def _counted(connection):
    def ask(query):
        return connection.execute(query).fetchone()[0]

    count = ask("SELECT count(*) FROM ceiling")
    named = ask("SELECT name FROM unit WHERE id = 1").removeprefix("Dinas Contoh").strip() or 0
    noted = ask("SELECT count(*) FROM audit_entry WHERE action = 'ceiling.set'")
    traced = ask("SELECT count(*) FROM change WHERE tab = 'ceiling'")
    if not count == int(named) == noted == traced:
        return count, "half"
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        return count, "references"
    return count, ""
