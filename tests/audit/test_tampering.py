"""Whatever is done to the trace is found by who holds anchors; by the chain alone it is not."""

import random

import pytest

from tests.audit import tampering
from tests.audit.conftest import change
from wfh_desktop.domain.chain import Anchor, Fault
from wfh_desktop.services import audit

TRIALS = 11  # of each kind in each place: 198 in all


def anchors(rows):
    """Return what papers, clients and the file of the month would remember."""
    return [Anchor(row.seal, row.hash) for row in (*rows[9::10], rows[-1])]


def found(place, anchors=()):
    with place.work() as work:
        return audit.verify(work, anchors)


KEEP = (
    ("CREATE TABLE kept_change AS SELECT * FROM change",),
    ("CREATE TABLE kept_seal AS SELECT * FROM seal",),
)
RESTORE = (
    ("DELETE FROM seal",),
    ("DELETE FROM change",),
    (f"INSERT INTO change {tampering.OVERRIDING}SELECT * FROM kept_change",),
    ("INSERT INTO seal SELECT * FROM kept_seal",),
)


@pytest.mark.parametrize("kind", tampering.KINDS)
def test_whatever_is_done_is_found_with_anchors_and_not_always_without(place, kind):
    rows = tampering.read(place)
    place.tamper(*KEEP)
    dice = random.Random(f"{kind.__name__}{place.shared}")
    kept = anchors(rows)
    assert found(place, kept).sound
    alone = 0
    for _ in range(TRIALS):
        at = dice.randrange(1, len(rows) - 1)
        place.tamper(*kind(rows, at, dice))
        assert not found(place, kept).sound
        alone += not found(place).sound
        place.tamper(*RESTORE)
    assert alone == (0 if kind in tampering.NEED_AN_ANCHOR else TRIALS)
    assert found(place, kept).sound


def test_the_first_broken_link_is_named(place):
    rows = tampering.read(place)
    place.tamper(
        ("UPDATE change SET payload = 'x' WHERE seq = ?", (rows[20].seq,)),
        ("UPDATE change SET payload = 'x' WHERE seq = ?", (rows[30].seq,)),
    )
    verdict = found(place)
    assert (verdict.broken.fault, verdict.broken.seal) == (Fault.ALTERED, rows[20].seal)
    assert verdict.what == f"{rows[20].tab}:{rows[20].pk}"
    assert verdict.at is not None
    assert verdict.links == rows[20].seal - 1


def test_what_is_not_sealed_yet_is_counted_with_its_age(place):
    assert (found(place).unsealed, found(place).late) == (0, False)
    change(place, "Baru")
    verdict = found(place)
    assert verdict.sound
    assert verdict.unsealed == 2  # the unit, and the entry of the audit log
    assert not verdict.late
    seq = max(seq for (seq,) in place.rows("SELECT seq FROM change"))
    place.tamper(("UPDATE change SET at = ? WHERE seq = ?", ("2026-01-01 00:00:00.000000", seq)))
    assert found(place).late


def test_both_engines_make_the_same_link_of_the_same_change(shared):
    change(shared, "Sama")
    with shared.work() as work:
        audit.seal(work)
    rows = tampering.read(shared)
    assert [row.hash for row in tampering.linked(rows)] == [row.hash for row in rows]


def test_an_anchor_that_still_holds_is_told_from_one_that_does_not(place):
    with place.work() as work:
        head = audit.head(work)
        assert audit.holds(work, head)
        assert audit.holds(work, Anchor(head.seal, head.short))
        assert not audit.holds(work, Anchor(head.seal, "0" * 64))
        assert not audit.holds(work, Anchor(head.seal + 1, head.hash))


def test_sealing_twice_adds_nothing(place):
    with place.work() as work:
        before = audit.head(work)
        assert audit.seal(work) == 0
        assert audit.head(work) == before


def test_a_file_that_got_a_change_among_sealed_ones_says_so(file):
    for number in range(3):
        change(file, f"Unit {number}")
    with file.work() as work:
        audit.seal(work)
    rows = tampering.read(file)
    file.tamper(
        ("DELETE FROM seal WHERE seal > 3",),
        ("UPDATE change SET seq = seq + 1000 WHERE seq > 3",),
        ("INSERT INTO seal VALUES (?, ?, ?)", (4, rows[3].seq + 1000, "x")),
        tampering._copied(rows[0].seq, 4),
    )
    assert not found(file).sound
