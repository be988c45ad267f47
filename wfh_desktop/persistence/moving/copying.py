"""The move itself: batch by batch, and whole only when both ends are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import make_url

from wfh_desktop.domain.errors import Invalid, Problem, Unreadable
from wfh_desktop.domain.moves import Report, TableCount
from wfh_desktop.persistence.moving.comparing import compare, counted
from wfh_desktop.persistence.moving.local import INSTALLATION, FileSource, FileTarget
from wfh_desktop.persistence.moving.rows import Row, Shape, Sum, copied
from wfh_desktop.persistence.moving.server import ServerSource, ServerTarget
from wfh_desktop.persistence.moving.sides import Mark, Source, Step, Target, Told
from wfh_desktop.persistence.opening import sqlite_path

BATCH_ROWS = 5000
BATCH_BYTES = 32_000_000  # of files in a batch
IDENTITY = INSTALLATION.columns.index("install_id")


def open_source(url: str, password: str = "", *, alone: bool = False) -> Source:
    """Open the end that is only read; *alone* says that the caller keeps others out of a file."""
    path = _path(url)
    return FileSource(path, alone=alone) if path else ServerSource(url, password)


def open_target(
    url: str, password: str = "", say: Callable[[str], object] = lambda _: None
) -> Target:
    """Open the end that is filled; a server on which nothing is yet is made ready first."""
    path = _path(url)
    return FileTarget(path) if path else ServerTarget(url, password, say)


def require_two_engines(source: str, target: str) -> None:
    """Raise `Invalid` unless one end is a file and the other a server."""
    if (_path(source) is None) == (_path(target) is None):
        raise Invalid([Problem("target", "move_same_engine")])


def move(source: Source, target: Target, told: Told, *, restart: bool = False) -> Report:
    """Copy everything, compare it, and declare the target a database; return what was counted.

    Goes on with the same unfinished move; *restart* throws that away first. A target that is
    complete already is only compared. *told* hears of each batch, and may raise to stop: what has
    arrived stays. Raises `Unreadable` if anything is not as it must be.
    """
    began = datetime.now(UTC)
    installation = _installation(source)
    if target.complete:
        return _moved_before(source, target, installation, told)
    if restart:
        target.restart()
    marks = target.begin(str(installation[IDENTITY]))
    total = sum(source.count(one) for one in copied())
    done = 0
    read: dict[str, Sum] = {}
    for shape in copied():
        read[shape.name] = _copy(source, target, shape, marks, _Teller(told, done, total * 2))
        done += read[shape.name].rows
    tables = []
    for shape in copied():
        found = counted(target, shape, _Teller(told, done, total * 2))
        done += found.rows
        tables.append(_count(shape.name, read[shape.name], found))
    if wrong := [one.name for one in tables if not one.same]:
        raise Unreadable("move_differs", target.name, ", ".join(wrong))
    proof = source.unharmed()
    target.finish(installation)
    tables.append(_count(INSTALLATION.name, _sum(installation), counted(target, INSTALLATION)))
    return Report(
        source=source.name,
        target=target.name,
        install_id=str(installation[IDENTITY]),
        began=began,
        ended=datetime.now(UTC),
        tables=tuple(tables),
        proof=proof,
        to_server=isinstance(target, ServerTarget),
        findings=tuple(target.findings()),
    )


class _Teller:
    """Tells of the rows of one table among all."""

    def __init__(self, told: Told, before: int, total: int) -> None:
        self._told, self._before, self._total = told, before, total

    def __call__(self, step: Step) -> None:
        self._told(Step(step.table, self._before + step.done, self._total))


def _copy(
    source: Source, target: Target, shape: Shape, marks: Mapping[str, Mark], told: Told
) -> Sum:
    """Copy what of a table has not arrived yet; return the checksum of all of it."""
    total = Sum()
    mark = marks.get(shape.name, Mark(0, 0, Sum().digest))
    rows = source.rows(shape)
    for row in islice(rows, mark.rows):
        total.add(row)
    if (total.rows, total.digest) != (mark.rows, mark.digest):
        raise Unreadable("move_changed", source.name, shape.name)
    for batch in _batches(rows):
        for row in batch:
            total.add(row)
        last = batch[-1][shape.key_at]
        assert isinstance(last, int)
        target.write(shape, batch, Mark(last, total.rows, total.digest))
        told(Step(shape.name, total.rows, 0))
    return total


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Yield so many rows at once as neither memory nor a transaction minds."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(value) for value in row if isinstance(value, bytes))
        if len(batch) == BATCH_ROWS or size > BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _installation(source: Source) -> Row:
    """Return which database it is; raise `Unreadable` if it does not know itself."""
    rows = list(source.rows(INSTALLATION))
    if len(rows) != 1:
        raise Unreadable("database_damaged", source.name)
    return rows[0]


def _moved_before(source: Source, target: Target, installation: Row, told: Told) -> Report:
    """Compare with what a former move, killed just after its end, has left."""
    if list(target.rows(INSTALLATION)) != [installation]:
        raise Unreadable("move_not_empty", target.name)
    report = compare(source, target, told)
    if not report.same:
        raise Unreadable("move_not_empty", target.name)
    return report


def _sum(row: Row) -> Sum:
    total = Sum()
    total.add(row)
    return total


def _count(name: str, source: Sum, target: Sum) -> TableCount:
    return TableCount(name, source.rows, target.rows, source.digest, target.digest)


def _path(url: str) -> Path | None:
    if make_url(url).get_backend_name() == "postgresql":
        return None
    return sqlite_path(url)
