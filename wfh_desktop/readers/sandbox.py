"""Workbooks and web pages parsed in a process of their own, which is stopped on time or memory.

A hostile or broken workbook can take gigabytes or bring the parser down; here it takes only this
process with it. A start costs about 20 ms. The cells come back as JSON and row numbers, so that
nothing from the other side is ever executed.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import subprocess
import sys
from array import array
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.readers import limits
from wfh_desktop.readers.table import Cell, Column, Sheet

ARGUMENT = "--parse-cells"  # how a frozen program is told to be this process

_INDEX = "I"
_KILL_SIGNAL, _CPU_LIMIT_SIGNAL = 9, 24
_STARVED = (b"MemoryError", b"memory allocation", b"capacity overflow", b"Cannot allocate")
_DATES: dict[str, type[date | time]] = {"datetime": datetime, "date": date, "time": time}


def sheets(content: bytes, parser: str) -> list[Sheet]:
    """Return the sheets that *parser* ("workbook" or "webpage") finds; raise `Unreadable`."""
    try:
        child = _start(parser)
    except OSError as fault:
        raise Unreadable("no_process") from fault
    with child:
        try:
            if parser == "workbook" and content.startswith(b"PK"):
                limits.check_workbook(content)  # while the other process is still starting
            answer, complaint = child.communicate(content, timeout=limits.SECONDS)
        except subprocess.TimeoutExpired as fault:
            raise Unreadable("too_slow") from fault
        finally:
            child.kill()
    if child.returncode != 0 or not answer:
        raise Unreadable(_cause(child.returncode, complaint))
    return _decoded(answer)


def serve(parser: str) -> None:
    """Be the other process: parse what comes in, answer, end."""
    gc.disable()  # lives too briefly to collect anything
    _limit_this_process()
    content = sys.stdin.buffer.read()
    from wfh_desktop.readers import parsers

    try:
        found: list[Sheet] | Unreadable = parsers.PARSERS[parser](content)
    except Unreadable as refusal:
        found = refusal
    _encode(found, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    os._exit(0)  # freeing millions of cells would only take time


def _start(parser: str) -> subprocess.Popen[bytes]:
    frozen = bool(getattr(sys, "frozen", False))
    module = ["-P", "-m", "wfh_desktop.readers.sandbox"]
    command = [sys.executable, *([] if frozen else module), ARGUMENT, parser]
    here = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, here))}
    pipe = subprocess.PIPE
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, creationflags=flags
    )


def _cause(status: int, complaint: bytes) -> str:
    if status == -_CPU_LIMIT_SIGNAL:
        return "too_slow"
    starved = status == -_KILL_SIGNAL or any(word in complaint for word in _STARVED)
    return "too_much_memory" if starved else "broken_file"


def _limit_this_process() -> None:
    """Let the system end this process when it takes too much memory or too long."""
    if sys.platform == "win32":
        from wfh_desktop.readers import windows

        windows.limit_memory(limits.MEMORY)
    else:
        import resource

        with contextlib.suppress(ValueError, OSError):  # a lower limit stands already
            resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (limits.SECONDS, limits.SECONDS))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _encode(found: list[Sheet] | Unreadable, out: BinaryIO) -> None:
    """Write what was found: one line of JSON, then the row indexes of all columns."""
    if isinstance(found, Unreadable):
        refusal = {"code": found.code, "limits": found.limits, "place": found.place}
        out.write(json.dumps(refusal, default=str).encode())
        return
    described = [
        {
            "name": sheet.name,
            "visible": sheet.visible,
            "merged": sheet.merged,
            "height": sheet.height,
            "columns": [column.distinct for column in sheet.columns],
        }
        for sheet in found
    ]
    out.write(json.dumps(described, default=_plain, check_circular=False).encode())
    out.write(b"\n")
    for sheet in found:
        out.writelines(array(_INDEX, column.index).tobytes() for column in sheet.columns)


def _plain(cell: date | time | timedelta) -> dict[str, str | float]:
    if isinstance(cell, timedelta):
        return {"timedelta": cell.total_seconds()}
    return {type(cell).__name__: cell.isoformat()}


def _cell(plain: dict[str, Any]) -> Any:
    if len(plain) != 1:
        return plain
    ((kind, value),) = plain.items()
    if kind == "timedelta":
        return timedelta(seconds=value)
    return _DATES[kind].fromisoformat(value)


def _decoded(answer: bytes) -> list[Sheet]:
    head, _, indexes = answer.partition(b"\n")
    described = json.loads(head, object_hook=_cell)
    if isinstance(described, dict):
        raise Unreadable(described["code"], *described["limits"], place=described["place"])
    read, size, found = 0, array(_INDEX).itemsize, []
    for sheet in described:
        columns = []
        for distinct in cast("list[list[Cell]]", sheet["columns"]):
            index = array(_INDEX)
            index.frombytes(indexes[read : read + sheet["height"] * size])
            read += sheet["height"] * size
            columns.append(Column(distinct, index))
        merged = tuple(tuple(one) for one in sheet["merged"])
        found.append(Sheet(sheet["name"], tuple(columns), merged, sheet["visible"]))
    return found


if __name__ == "__main__":
    serve(sys.argv[-1])
