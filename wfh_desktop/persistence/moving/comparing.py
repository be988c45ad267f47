"""Counts and checksums of every table on two sides."""

from __future__ import annotations

from datetime import UTC, datetime

from wfh_desktop.domain.moves import Report, TableCount
from wfh_desktop.persistence.moving.rows import Shape, Sum, shapes
from wfh_desktop.persistence.moving.sides import Readable, Source, Step, Told

OFTEN = 5000  # rows between two words about progress


def compare(source: Source, target: Readable, told: Told) -> Report:
    """Count and sum up every table on both sides; nothing is written anywhere."""
    began = datetime.now(UTC)
    total = 2 * sum(source.count(one) for one in shapes())
    done = 0

    def onward(step: Step) -> None:
        told(Step(step.table, done + step.done, total))

    tables = []
    for shape in shapes():
        here = counted(source, shape, onward)
        done += here.rows
        there = counted(target, shape, onward)
        done += there.rows
        row = TableCount(shape.name, here.rows, there.rows, here.digest, there.digest)
        tables.append(row)
    return Report(
        source=source.name,
        target=target.name,
        install_id="",
        began=began,
        ended=datetime.now(UTC),
        tables=tuple(tables),
        proof=source.unharmed(),
        moved=False,
    )


def counted(side: Readable, shape: Shape, told: Told = lambda _: None) -> Sum:
    """Return the number of rows and the checksum of a table."""
    total = Sum()
    for row in side.rows(shape):
        total.add(row)
        if total.rows % OFTEN == 0:
            told(Step(shape.name, total.rows, 0))
    told(Step(shape.name, total.rows, 0))
    return total
