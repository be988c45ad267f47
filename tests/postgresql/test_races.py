"""What two people do in the same moment: nobody slips a change past a check that was just made."""

import threading

import psycopg
import pytest

from tests import regions

SUBMIT = """
    UPDATE recommendation SET state = 'diajukan', version = version + 1
    WHERE unit_id = %s AND state = 'draf'
"""
CHANGE = """
    UPDATE recommendation_line SET net = net - 1, version = version + 1
    WHERE id = (SELECT min(id) FROM recommendation_line WHERE unit_id = %s AND employee_id <> %s)
"""


@pytest.fixture
def two(region):
    """Two sessions that commit when they are told to."""
    with region.connect(region.head_a) as one, region.connect(region.secretary_a) as other:
        one.autocommit = other.autocommit = False
        yield one, other


def test_no_amount_changes_after_the_list_was_handed_in(region, two):
    """The amount was changed while the list was a draft, but would be stored after it is not."""
    head, secretary = two
    own = region.employee(region.secretary_a)
    secretary.execute(CHANGE, [regions.BIDANG_A1, own])
    waiting = threading.Event()
    ended = []

    def hand_in():
        waiting.set()
        ended.append(head.execute(SUBMIT, [regions.BIDANG_A1]).rowcount)
        head.commit()

    thread = threading.Thread(target=hand_in)
    thread.start()
    waiting.wait()
    thread.join(0.5)
    assert thread.is_alive(), "handing in has to wait for who is still writing"
    secretary.commit()
    thread.join(10)
    assert ended == [1]
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState, match="is_final"):
        secretary.execute(CHANGE, [regions.BIDANG_A1, own])
