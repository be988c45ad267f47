"""Many who save to the same rows at once: whoever saw an older row is refused, nothing vanishes."""

from functools import partial

import pytest

from tests.postgresql import saving
from wfh_desktop.domain.errors import Conflict
from wfh_desktop.persistence.models import Objective

CLIENTS, SECONDS, THINK = 8, 4.0, 0.02


@pytest.fixture
def keys(region):
    return saving.prepare(region)


def test_no_save_vanishes(region, keys):
    actor = region.actor(region.head_a)
    client = partial(saving.save, region.url(region.head_a), actor, keys, think=THINK)
    done = saving.together(CLIENTS, SECONDS, client)
    counted, versions = region.one(
        "SELECT sum(title::int), sum(version - 1) FROM app.objective WHERE id = ANY(%s)", keys
    )
    (entries,) = region.one(
        "SELECT count(*) FROM app.audit_entry WHERE action = 'objective.changed'"
    )
    assert done.others == {}
    assert done.saves > 50
    assert done.conflicts > 0
    assert done.saves == counted == versions == entries


def test_without_versions_saves_vanish(region):
    """The control: the same people on a table that does not count its versions."""
    saving.prepare_careless(region)
    client = partial(saving.careless, region.url(), think=THINK)
    done = saving.together(CLIENTS, 1.5, client)
    (counted,) = region.one("SELECT sum(seen) FROM public.careless")
    assert done.saves > counted


def test_a_program_that_does_not_count_versions_is_refused_by_the_server(region, keys):
    database = region.database(region.head_a)
    actor = region.actor(region.head_a)

    def overwrite(work):
        work.session.connection().exec_driver_sql(
            "UPDATE objective SET title = 'menang' WHERE id = %s", (keys[0],)
        )

    with pytest.raises(Conflict):
        database.perform(actor, overwrite)
    assert region.one("SELECT title FROM app.objective WHERE id = %s", keys[0]) == ("0",)
    database.engine.dispose()


def test_what_a_guard_finds_stale_is_shown_at_once_and_not_tried_again(region, keys):
    database = region.database(region.head_a)
    tries = []

    def edit(work):
        tries.append(1)
        work.session.connection().exec_driver_sql(
            "UPDATE objective SET title = 'x', version = version + 2 WHERE id = %s", (keys[0],)
        )
        work.changed.add(Objective)

    with pytest.raises(Conflict):
        database.perform(region.actor(region.head_a), edit)
    assert len(tries) == 1
    database.engine.dispose()
