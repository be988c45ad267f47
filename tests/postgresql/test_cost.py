"""Row security is asked once for a statement and finds its rows by an index, on every table."""

import re

import pytest

from tests import regions
from wfh_desktop.persistence.models import Base
from wfh_desktop.persistence.postgres.access import ACCESS

GROWING = (
    "scan", "day_entry", "correction", "conduct_event", "month_figure", "assessment", "evidence",
    "state_change", "recommendation_line", "recommendation", "work_report", "assignment", "target",
    "task", "audit_entry", "printed_paper", "imported_file", "leave", "sanction",
)  # fmt: skip


@pytest.fixture(scope="module")
def plans(server, region_template):
    """Return how the planner would read a table as the head of a department."""
    region = regions.copy(server, region_template, "region_plans")
    with region.connect(region.head_a) as connection:
        connection.execute("SET enable_seqscan = off")  # the tables of a test are small

        def plan(query):
            return "\n".join(line for (line,) in connection.execute(f"EXPLAIN {query}"))

        yield plan
    regions.drop(server, region.name)


@pytest.mark.parametrize("table", ACCESS)
def test_no_policy_calls_a_function_for_a_row(plans, table):
    plan = plans(f"SELECT * FROM app.{table}")
    rows = [line for line in plan.splitlines() if "Filter" in line or "Cond" in line]
    assert not re.search(r"SubPlan|sec\.|my_\w+\(", "\n".join(rows)), plan


@pytest.mark.parametrize("table", GROWING)
def test_a_growing_table_is_read_by_an_index_that_begins_with_the_unit(plans, table):
    plan = plans(f"SELECT * FROM app.{table}")
    assert re.search(r"Index Cond: .*unit_id = ANY \(\$\d+\)|Index Cond: .*InitPlan", plan), plan
    assert "InitPlan" in plan


@pytest.mark.parametrize("table", GROWING)
def test_no_index_of_a_growing_table_begins_with_the_day(table):
    leading = {index.columns[0].name for index in Base.metadata.tables[table].indexes}
    assert not leading & {"day", "at", "year", "month"} or table == "audit_entry"


def test_the_planner_would_show_a_function_that_is_called_for_each_row(server, region_template):
    """The control: a policy in the form that everybody writes first."""
    region = regions.copy(server, region_template, "region_slow")
    with region.superuser() as connection:
        connection.execute("DROP POLICY read ON app.leave")
        connection.execute(
            "CREATE POLICY read ON app.leave FOR SELECT TO k_user "
            "USING (unit_id = ANY (sec.my_units('read')))"
        )
    with region.connect(region.head_a) as connection:
        connection.execute("SET enable_seqscan = off")
        plan = "\n".join(line for (line,) in connection.execute("EXPLAIN SELECT * FROM app.leave"))
    assert "my_units" in plan
    regions.drop(server, region.name)
