"""Whatever is typed is a value: stored as it is, found only by itself, and never a statement."""

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, literal_column, select, text

from tests import offices
from tests.safety.injection import PAYLOADS
from wfh_desktop.domain.errors import Invalid, Refusal
from wfh_desktop.domain.people import EVERYTHING
from wfh_desktop.domain.tasks import Share, TaskDraft
from wfh_desktop.domain.work_reports import ReportDraft
from wfh_desktop.persistence.models import Base, Evidence, Objective, Task, WorkReport
from wfh_desktop.services import (
    audit,
    evidence,
    people,
    targets,
    tasks,
    units,
    work_reports,
)
from wfh_desktop.services.conduct import ConductDraft
from wfh_desktop.services.people import AliasDraft
from wfh_desktop.services.units import UnitDraft

PACKAGE = Path(__file__).parents[2] / "wfh_desktop"
START, DAY = date(2020, 1, 1), date(2026, 9, 18)
LINES = tuple(dict.fromkeys(" ".join(one.split()) for one in PAYLOADS))  # as one line keeps them
NAMES = tuple({line.casefold(): line for line in LINES}.values())
ADMINISTERS = "admin"


class Local:
    """A file of one's own; everybody may do everything."""

    def __init__(self, work):
        self.work = work
        self.unit = offices.unit(work)
        self.people = [offices.somebody(work, self.unit, number) for number in (1, 2)]

    def do(self, task, _=""):
        return task(self.work)


class Server:
    """A region on a server, each act by whoever may do it."""

    def __init__(self, region):
        self.region = region
        self.unit = offices.Known(2, "Dinas A")
        keys = (region.employee(region.secretary_a), region.employee(region.nobody))
        self.people = [offices.Known(key, "") for key in keys]

    def do(self, task, who=""):
        return self.region.perform(self.region.admin if who else self.region.head_a, task)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request):
    """The same fields on both engines."""
    if request.param == "sqlite":
        return Local(request.getfixturevalue("work"))
    return Server(request.getfixturevalue("region"))


def tables(work):
    """Count the rows of all tables of the program."""
    found = {}
    for name, table in Base.metadata.tables.items():
        if name not in {"audit_entry", "change", "seal", "state_change"}:
            found[name] = work.session.scalar(select(func.count()).select_from(table))
    return found


def grown(before, after):
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def test_there_are_sixty_payloads():
    assert len(set(PAYLOADS)) >= 60


def test_titles_are_stored_and_listed_as_they_are(place):
    before = place.do(tables)

    def store(work):
        for line in PAYLOADS:
            targets.add_objective(work, place.unit.id, 2030, line)
        return [row.title for row in targets.objectives(work, place.unit.id, 2030)]

    assert place.do(store) == [" ".join(one.split()) for one in PAYLOADS]
    assert grown(before, place.do(tables)) == {"objective": len(PAYLOADS)}


def test_a_name_finds_itself_and_nothing_else(place):
    def store(work):
        return {
            line: units.create(work, UnitDraft(line, place.unit.id, START, code=f"K{number}"))
            for number, line in enumerate(NAMES)
        }

    known = place.do(store, ADMINISTERS)

    def search(work):
        found = {}
        for line in PAYLOADS:
            try:
                found[line] = units.find(work, line, DAY).id
            except Refusal:
                found[line] = None
        return found

    folded = {}
    for line, key in known.items():
        folded.setdefault(line.casefold(), []).append(key)
    for line, key in place.do(search, ADMINISTERS).items():
        literal = folded[" ".join(line.split()).casefold()]
        assert key == (literal[0] if len(literal) == 1 else None), line


def test_another_name_of_somebody_collides_only_with_itself(place):
    mine, theirs = place.people

    def store(work):
        for line in LINES:
            people.add_alias(work, mine.id, AliasDraft("name", line))

    def collide(work):
        taken = []
        for line in (*LINES, *(f"{line}x" for line in LINES)):
            try:
                people.add_alias(work, theirs.id, AliasDraft("name", line))
            except Invalid:
                taken.append(line)
        return taken

    place.do(store)
    free = {f"{line}x" for line in LINES} - set(LINES)
    assert set(place.do(collide)) == {*LINES} - free


def test_tasks_reports_and_files_keep_their_words(place):
    person = place.people[0]
    before = place.do(tables)

    def store(work):
        shares = (Share(person.id, Decimal(1), None),)
        for line in LINES:
            draft = TaskDraft(line, DAY, given=date(2026, 9, 1), output=line, shares=shares)
            key = tasks.give(work, place.unit.id, draft)
        share = offices.share_of(work, key)
        for number, line in enumerate(LINES):
            draft = ReportDraft(share.id, date(2026, 9, 17), line, Decimal(1))
            content = b"%PDF-1.7 " + str(number).encode()
            work_reports.keep(work, draft, [(f"{line}.pdf", content)])

    def kept(work):
        return [
            work.session.scalars(select(column).where(column.in_(wanted))).all()
            for column, wanted in (
                (Task.title, LINES),
                (WorkReport.text, LINES),
                (Evidence.name, [evidence.shown_name(f"{line}.pdf") for line in LINES]),
            )
        ]

    place.do(store)
    titles, words, names = place.do(kept)
    assert set(titles) == set(words) == set(LINES)
    assert len(names) == len(LINES)
    added = grown(before, place.do(tables))
    assert {added[name] for name in ("task", "assignment", "work_report", "evidence")} == {
        len(LINES)
    }


def test_codes_and_tables_that_nobody_knows_are_refused_or_empty(place):
    from wfh_desktop.services import conduct
    from wfh_desktop.services.papers import verifying

    def ask(work):
        for line in PAYLOADS:
            with pytest.raises(Refusal):
                conduct.note(work, place.people[0].id, ConductDraft(line, DAY, reason="Uji"))
            assert verifying.check(work, None, line).issued is None
            assert audit.history(work, line, 1) == []

    before = place.do(tables)
    place.do(ask)
    assert grown(before, place.do(tables)) == {}


def test_an_account_is_found_by_its_whole_name_only(region):
    from wfh_desktop.services import accounts

    def ask(work):
        for line in PAYLOADS:
            with pytest.raises(Refusal):
                accounts.find(work, line)
        for line in PAYLOADS[::6]:  # it keeps nothing but digits of what it is asked
            with pytest.raises(Refusal):
                accounts.find_person(work, line)
        return accounts.find(work, region.head_a).login

    assert region.perform(region.admin, ask) == region.head_a


def test_a_search_made_of_words_would_be_caught(work):
    """The same question put together as text: some payloads break it, others find everything."""
    unit = offices.unit(work)
    for line in LINES:
        targets.add_objective(work, unit.id, 2030, line)
    wrong = 0
    for line in LINES:
        try:
            condition = literal_column(f"'{line}'") == Objective.title
            with work.session.begin_nested():
                titles = work.session.scalars(select(Objective.title).where(condition)).all()
        except Exception:
            wrong += 1
        else:
            wrong += titles != [line]
    assert wrong > 10
    assert EVERYTHING


# No statement is put together from words

SQL_TAKERS = {"text", "exec_driver_sql", "literal_column", "DDL", "TextClause"}
JOINERS = {"format", "join", "replace"}
BUILT = {  # names of tables, columns and settings of our own, quoted or from a fixed list
    "persistence/backup/making.py",
    "persistence/connecting.py",
    "persistence/guards.py",
    "persistence/moving/local.py",
    "persistence/moving/server.py",
    "persistence/schema.py",
}


def built(node):
    """Tell whether an expression puts words together instead of naming a whole statement."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            return any(isinstance(one, ast.FormattedValue) for one in part.values)
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Mod):
            return True
        if isinstance(part, ast.Call) and getattr(part.func, "attr", "") in JOINERS:
            return True
    return False


def statements(source):
    """Yield the statement of every call that takes SQL as words, within functions.

    What a module makes when it is imported knows nobody's words yet.
    """
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    for node in {inner for function in functions for inner in ast.walk(function)}:
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            if name in SQL_TAKERS:
                yield node.args[0]


def test_no_statement_is_put_together_outside_persistence():
    wrong = set()
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE).as_posix()
        source = path.read_text(encoding="utf-8")
        if "sqlalchemy" not in source or "migrations/versions" in place:
            continue
        if any(built(one) for one in statements(source)):
            wrong.add(place)
    assert wrong <= BUILT, wrong - BUILT
    assert {place for place in wrong if not place.startswith("persistence/")} == set()


@pytest.mark.parametrize(
    "source",
    [
        "session.execute(text(f'SELECT {name}'))",
        "session.execute(text('SELECT ' + name))",
        "session.execute(text('SELECT %s' % name))",
        "session.execute(text('SELECT {}'.format(name)))",
        "connection.exec_driver_sql(f'DELETE FROM x WHERE y = {z!r}')",
        "query.where(literal_column(f'{a} = 1'))",
        "query.order_by(text(' '.join(columns)))",
    ],
)
def test_the_check_sees_what_it_looks_for(source):
    assert any(built(one) for one in statements(f"def act():\n    {source}"))


@pytest.mark.parametrize(
    "source", ["text('SELECT 1')", "text(QUERY)", 'exec_driver_sql("PRAGMA x")', "text(f'x')"]
)
def test_whole_statements_are_allowed(source):
    assert not any(built(one) for one in statements(f"def act():\n    {source}"))
    assert list(statements(f"def act():\n    {source}"))


def test_ruff_looks_for_it_too():
    import tomllib

    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    lint = project["tool"]["ruff"]["lint"]
    assert "S608" in lint["select"]
    assert "S608" not in lint["ignore"]
    assert text("SELECT 1").text == "SELECT 1"
