"""Workbooks and web pages parsed in a process of their own, which is stopped on time or memory.

A hostile or broken workbook can take gigabytes or bring the parser down; here it takes only that
process with it. A start costs about 50 ms, during which the file is already checked. The cells
come back as JSON and row numbers, so that nothing from the other side is ever executed.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from array import array
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import PARSE, limits, wire
from wfh_desktop.readers.table import Column, Sheet

_KILL_SIGNAL, _CPU_LIMIT_SIGNAL = 9, 24
_DATES: dict[str, type[date | time]] = {"datetime": datetime, "date": date, "time": time}
_STARVED = (b"MemoryError", b"memory allocation", b"capacity overflow", b"Cannot allocate")


def sheets(content: bytes, parser: str) -> list[Sheet]:
    """Return the sheets that *parser* ("workbook" or "webpage") finds; raise `Unreadable`."""
    with tempfile.TemporaryFile() as complaints:
        with _start(parser, complaints) as child:
            too_late = threading.Event()
            watch = threading.Timer(limits.SECONDS, _stop, (child, too_late))
            watch.start()
            try:
                answer = _answer(content, child)
                found = _decoded(answer) if answer.endswith(wire.END) else None
            finally:
                watch.cancel()
                child.kill()
        if found is None:
            complaints.seek(0)
            cause = _cause(child.returncode, complaints.read(), too_late=too_late.is_set())
            if cause == "too_much_memory" and content.startswith(b"PK"):
                _blame_far_cell(content)
            raise Unreadable(cause)
    return found


def _blame_far_cell(content: bytes) -> None:
    if cell := limits.far_cell(content):
        raise Unreadable("far_cell", cell)


def _answer(content: bytes, child: subprocess.Popen[bytes]) -> bytes:
    """Give the other process its file, check it meanwhile, and wait for the answer."""
    if child.stdin is None or child.stdout is None:
        return b""
    with contextlib.suppress(OSError):  # if it died already, its end tells why
        child.stdin.write(content)
    with contextlib.suppress(OSError):
        child.stdin.close()
    if content.startswith(b"PK"):
        limits.check_workbook(content)
    return child.stdout.read()


def _stop(child: subprocess.Popen[bytes], too_late: threading.Event) -> None:
    too_late.set()
    child.kill()


def _start(parser: str, complaints: BinaryIO) -> subprocess.Popen[bytes]:
    frozen = bool(getattr(sys, "frozen", False))
    command = [
        sys.executable,
        *([PARSE] if frozen else ["-P", "-m", "wfh_desktop.readers.parsers"]),
        parser,
    ]
    here = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, here))}
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as fault:
        raise Unreadable("no_process") from fault


def _cause(status: int, complaint: bytes, *, too_late: bool) -> str:
    if too_late or status == -_CPU_LIMIT_SIGNAL:
        return "too_slow"
    starved = status == -_KILL_SIGNAL or any(word in complaint for word in _STARVED)
    return "too_much_memory" if starved else "broken_file"


def _decoded(answer: bytes) -> list[Sheet]:
    """Return the sheets that came, or raise the refusal that came."""
    head, _, indexes = answer.partition(b"\n")
    described = json.loads(head, object_hook=_cell)
    if isinstance(described, dict):
        raise Unreadable(described["code"], *described["limits"], place=described["place"])
    read, size, found = 0, array(wire.INDEX).itemsize, []
    for sheet in described:
        if len(head) > limits.MEGABYTE:  # else no cell can be that long
            limits.check_lengths(sheet["columns"])
        height, columns = sheet["height"], []
        for cells, plain in zip(sheet["columns"], sheet["plain"], strict=True):
            index = array(wire.INDEX)
            if not plain:
                index.frombytes(indexes[read : read + height * size])
                read += height * size
            columns.append(Column(cells, range(height) if plain else index))
        merged = tuple(tuple(one) for one in sheet["merged"])
        found.append(Sheet(sheet["name"], tuple(columns), merged, sheet["visible"]))
    return found


def _cell(plain: dict[str, Any]) -> Any:
    """Return the date or time that JSON cannot write; the descriptions of sheets stay."""
    if len(plain) != 1:
        return plain
    ((kind, value),) = plain.items()
    if kind == "timedelta":
        return timedelta(seconds=value)
    return _DATES[kind].fromisoformat(value)
