"""Whatever happens in whatever order, targets, tasks, reports and scores stay one chain."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from wfh_desktop.domain import tasks as task_rules
from wfh_desktop.domain import work_reports as report_rules
from wfh_desktop.domain.errors import Refusal
from wfh_desktop.domain.people import EVERYTHING, Actor
from wfh_desktop.domain.performance.assessment import AssessmentDraft
from wfh_desktop.domain.performance.panrb6 import Rating
from wfh_desktop.domain.tasks import TaskState
from wfh_desktop.domain.work_reports import ReportDraft, ReportState
from wfh_desktop.persistence.database import Database
from wfh_desktop.persistence.models import (
    Assignment,
    AuditEntry,
    Base,
    Evidence,
    StateChange,
    Target,
    Task,
    WorkReport,
)
from wfh_desktop.services import performance, targets, tasks, work_reports

from .. import offices
from ..conftest import NOW
from ..offices import SEPTEMBER

CHIEF = Actor("Kepala", EVERYTHING)
PEOPLE = 3
picks = st.integers(0, 50)
days = st.integers(1, 30)


class Desk(RuleBasedStateMachine):
    """A month of a small unit, driven at random through the use cases alone."""

    def __init__(self):
        super().__init__()
        self.database = Database("sqlite://")
        Base.metadata.create_all(self.database.engine)
        self.moment = NOW

    def teardown(self):
        self.database.engine.dispose()

    @initialize()
    def prepare(self):
        with self.work() as work:
            self.office = offices.unit(work)
            self.people = [offices.somebody(work, self.office, n) for n in range(1, PEOPLE + 1)]
            self.goal = offices.objective(work, self.office)

    def work(self):
        self.moment += timedelta(seconds=1)
        return self.database.work(CHIEF, now=self.moment)

    def attempt(self, act):
        """Do something; a refusal must leave no trace at all."""
        with self.database.work(CHIEF) as work:
            before = len(work.session.scalars(select(AuditEntry.id)).all())
        try:
            with self.work() as work:
                act(work)
        except Refusal:
            with self.database.work(CHIEF) as work:
                assert len(work.session.scalars(select(AuditEntry.id)).all()) == before

    def chosen(self, kind, pick):
        """Return number and version of some record of a kind, or None."""
        with self.database.work(CHIEF) as work:
            rows = work.session.execute(select(kind.id, kind.version).order_by(kind.id)).all()
        return tuple(rows[pick % len(rows)]) if rows else None

    @rule(who=picks)
    def set_target(self, who):
        person = self.people[who % PEOPLE]
        self.attempt(lambda work: offices.target(work, self.office, person, self.goal))

    @rule(pick=picks)
    def cancel_target(self, pick):
        if found := self.chosen(Target, pick):
            self.attempt(lambda work: targets.cancel(work, *found, "Dihapus"))

    @rule(pick=picks)
    def restore_target(self, pick):
        if found := self.chosen(Target, pick):
            self.attempt(lambda work: targets.restore(work, *found))

    @rule(who=picks, tie=picks, quantity=st.integers(1, 3))
    def give_task(self, who, tie, quantity):
        person = self.people[who % PEOPLE]
        tied = self.chosen(Target, tie)
        target_ids = [(person.id, tied[0])] if tied and tie % 2 else []
        self.attempt(
            lambda work: offices.task(
                work, self.office, person, target_ids=target_ids, quantity=Decimal(quantity)
            )
        )

    @rule(pick=picks)
    def cancel_task(self, pick):
        if found := self.chosen(Task, pick):
            self.attempt(lambda work: tasks.cancel(work, *found, "Ditunda"))

    @rule(pick=picks)
    def reopen_task(self, pick):
        if found := self.chosen(Task, pick):
            self.attempt(lambda work: tasks.reopen(work, *found))

    @rule(pick=picks)
    def cancel_share(self, pick):
        if found := self.chosen(Assignment, pick):
            self.attempt(lambda work: tasks.cancel_share(work, *found, "Cuti"))

    @rule(pick=picks, day=days)
    def write(self, pick, day):
        if found := self.chosen(Assignment, pick):
            draft = ReportDraft(found[0], SEPTEMBER.days[day - 1], "Rekap", Decimal(1))
            self.attempt(lambda work: work_reports.write(work, draft))

    @rule(pick=picks, day=days, quantity=st.integers(0, 2), proved=st.booleans())
    def hand_in(self, pick, day, quantity, proved):
        found = self.chosen(Assignment, pick)
        if not found:
            return
        draft = ReportDraft(found[0], SEPTEMBER.days[day - 1], "Rekap", Decimal(quantity))
        files = [("foto.png", offices.PNG)] if proved else []
        self.attempt(lambda work: work_reports.hand_in(work, draft, files))

    @rule(pick=picks, rating=st.integers(0, 5))
    def accept(self, pick, rating):
        if found := self.chosen(WorkReport, pick):
            self.attempt(lambda work: work_reports.accept(work, *found, rating))

    @rule(pick=picks)
    def send_back(self, pick):
        if found := self.chosen(WorkReport, pick):
            self.attempt(lambda work: work_reports.send_back(work, *found, "Kurang lengkap"))

    @rule(pick=picks)
    def withdraw(self, pick):
        if found := self.chosen(WorkReport, pick):
            self.attempt(lambda work: work_reports.withdraw(work, *found, "Keliru"))

    @rule(pick=picks)
    def undo(self, pick):
        if found := self.chosen(WorkReport, pick):
            self.attempt(lambda work: work_reports.undo(work, *found))

    @rule(who=picks, results=st.sampled_from(Rating), behaviour=st.sampled_from(Rating))
    def assess(self, who, results, behaviour):
        person = self.people[who % PEOPLE]
        draft = AssessmentDraft(results=results, behaviour=behaviour, note="Sesuai pengamatan")
        self.attempt(
            lambda work: performance.assess(work, self.office.id, SEPTEMBER, person.id, draft)
        )

    @precondition(lambda self: hasattr(self, "office"))
    @invariant()
    def nothing_is_an_orphan(self):
        with self.database.work(CHIEF) as work:
            every = {
                kind: {row.id: row for row in work.session.scalars(select(kind))}
                for kind in (Target, Task, Assignment, WorkReport, Evidence)
            }
            for share in every[Assignment].values():
                assert share.task_id in every[Task]
                if share.target_id:
                    assert every[Target][share.target_id].employee_id == share.employee_id
            for report in every[WorkReport].values():
                share = every[Assignment][report.assignment_id]
                assert (share.employee_id, share.unit_id) == (report.employee_id, report.unit_id)
            assert {one.report_id for one in every[Evidence].values()} <= every[WorkReport].keys()

    @precondition(lambda self: hasattr(self, "office"))
    @invariant()
    def a_share_stands_where_its_reports_stand(self):
        with self.database.work(CHIEF) as work:
            reports = defaultdict(list)
            for row in work.session.scalars(select(WorkReport)):
                reports[row.assignment_id].append((row.state, row.quantity))
                if row.state is ReportState.ACCEPTED:
                    assert row.rating in range(1, 6)
                if row.state is ReportState.RETURNED:
                    assert row.reason
            for share in work.session.scalars(select(Assignment)):
                expected = task_rules.standing(share.quantity, reports[share.id])
                assert share.state in {expected, TaskState.CANCELLED}

    @precondition(lambda self: hasattr(self, "office"))
    @invariant()
    def the_score_counts_exactly_the_accepted_reports(self):
        with self.database.work(CHIEF) as work:
            tied = {row.id: row.target_id for row in work.session.scalars(select(Assignment))}
            accepted = defaultdict(Decimal)
            for row in work.session.scalars(select(WorkReport)):
                if row.state is ReportState.ACCEPTED:
                    accepted[tied[row.assignment_id]] += row.quantity
            for row in performance.month(work, self.office.id, SEPTEMBER):
                for target in row.targets:
                    assert target.done.quantity == accepted[target.id]
                if row.score.score is not None:
                    assert 0 <= row.score.score <= 120

    @precondition(lambda self: hasattr(self, "office"))
    @invariant()
    def the_history_is_an_unbroken_line_of_allowed_steps(self):
        allowed = {
            "work_report": {(a.value, b.value) for a, b in report_rules.STEPS},
            "assignment": {(a.value, b.value) for a, b in task_rules.STEPS},
        }
        with self.database.work(CHIEF) as work:
            now = {
                f"{kind.__tablename__}:{row.id}": row.state
                for kind in (WorkReport, Assignment)
                for row in work.session.scalars(select(kind))
            }
            last = {}
            for step in work.session.scalars(select(StateChange).order_by(StateChange.id)):
                table = step.subject.split(":")[0]
                if table not in allowed:
                    continue
                assert step.before == last.get(step.subject, "")
                assert not step.before or (step.before, step.after) in allowed[table]
                last[step.subject] = step.after
            assert last == now


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
