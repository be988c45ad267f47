"""The way of every file: opened, told by its content, turned into cells, given to its reader."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.domain.periods import Period
from wfh_desktop.readers import detect, limits, sandbox, staff, table
from wfh_desktop.readers.attendance import attlog, manado, manado_long
from wfh_desktop.readers.detect import Container
from wfh_desktop.readers.records import Problem, Reading, Severity
from wfh_desktop.readers.table import Sheet


def read(source: Path | bytes, *, name: str = "", period: Period | None = None) -> Reading:
    """Read a file; see `wfh_desktop.readers.read`."""
    label = name or (source.name if isinstance(source, Path) else "ini")
    try:
        content = source if isinstance(source, bytes) else _content(source)
        limits.check_size(len(content))
        with _without_collection():
            return _read(content, label, period)
    except Unreadable as refusal:
        raise Unreadable(refusal.code, label, *refusal.limits, place=refusal.place) from refusal


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hold the garbage collector: a hundred thousand new records hold no cycle to be found."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable("folder")
        limits.check_size(path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise Unreadable("missing") from fault
    except (OSError, ValueError) as fault:
        raise Unreadable("no_access") from fault


def _read(content: bytes, label: str, period: Period | None) -> Reading:
    container = detect.container(content)
    if container is Container.WORKBOOK:
        return _read_tables(sandbox.sheets(content, container), period)
    text = detect.decoded(content)
    detect.check_text(text)
    if container is Container.WEBPAGE:
        detect.check_page(text)
        page = text.replace("\0", "").encode("utf-8", errors="replace")
        return _read_tables(sandbox.sheets(page, container), period)
    limits.check_lines(max(text.count("\n"), text.count("\r")))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if attlog.recognises(lines):
        return attlog.read(lines, label)
    detect.check_lines(lines)
    return _read_tables([table.separated(text.replace("\0", ""))], period)


def _read_tables(sheets: Sequence[Sheet], period: Period | None) -> Reading:
    reading = _reading([sheet for sheet in sheets if sheet.visible], period)
    hidden = tuple(
        Problem(Severity.NOTE, "sheet_hidden", sheet.place())
        for sheet in sheets
        if sheet.height and not sheet.visible
    )
    return replace(reading, problems=reading.problems + hidden) if hidden else reading


def _reading(sheets: Sequence[Sheet], period: Period | None) -> Reading:
    if manado.recognises(sheets):
        return manado.read(sheets, period)
    if manado_long.recognises(sheets):
        return manado_long.read(sheets)
    detect.check_sheets(sheets)
    if staff.recognises(sheets):
        return staff.read(sheets)
    raise Unreadable("unknown_table")
