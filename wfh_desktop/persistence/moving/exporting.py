"""Everything in a database as open files: a CSV for each table, attachments, and their sums.

A CSV is UTF-8 after RFC 4180. What is not known is an empty cell without quotation marks; text
always has them. Amounts are written with all their digits, moments in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import file_digest, sha256
from pathlib import Path

from wfh_desktop.domain.errors import Unwritable
from wfh_desktop.persistence.files import put, spare, writing
from wfh_desktop.persistence.moving.rows import Kind, Row, Shape, Value, shapes
from wfh_desktop.persistence.moving.sides import Readable, Step, Told

README = "BACA SAYA.txt"
SUMS = "SHA256SUMS"
FILES = "berkas"  # the folder of what was attached or read
OFTEN = 2000  # rows between two words about progress
FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20'"  # a text that starts so gets a ' before it
SUFFIXES = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"%PDF": ".pdf"}
Written = tuple[Path, str]


def export(source: Readable, folder: Path, told: Told, about: Callable[[], str]) -> list[Path]:
    """Write every table into *folder*, which must be empty or not there yet; return all files.

    *about* makes the text of the README. Raises `Unwritable` if something is there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Unwritable("not_empty", str(folder / README))
    with writing(folder / README):
        (folder / FILES).mkdir(parents=True)
    total = sum(source.count(one) for one in shapes())
    written: list[Written] = []
    done = 0
    for shape in shapes():
        path, rows = folder / f"{shape.name}.csv", source.rows(shape)
        with writing(path), spare(path) as temporary:
            with temporary.open("w", encoding="utf-8", newline="") as file:
                file.write(_line(shape.columns))
                for row in rows:
                    file.write(_line(_cells(shape, row, folder, written)))
                    done += 1
                    if done % OFTEN == 0:
                        told(Step(shape.name, done, total))
            put(temporary, path)
        written.append((path, _digest(path)))
        told(Step(shape.name, done, total))
    written.append(_store(folder / README, about().encode()))
    lines = [f"{digest}  {path.relative_to(folder).as_posix()}\n" for path, digest in written]
    _store(folder / SUMS, "".join(lines).encode())
    return [*(path for path, _ in written), folder / SUMS]


def _cells(shape: Shape, row: Row, folder: Path, written: list[Written]) -> Iterator[Value]:
    """Yield a row as it is written; files go beside it, and their names stand in the cells."""
    for column, kind, value in zip(shape.columns, shape.kinds, row, strict=True):
        if isinstance(value, bytes):
            suffix = next((one for start, one in SUFFIXES.items() if value.startswith(start)), "")
            name = f"{shape.name}-{row[shape.key_at]!r}-{column}{suffix or '.bin'}"
            written.append(_store(folder / FILES / name, value))
            yield f"{FILES}/{name}"
        elif kind is Kind.TEXT and isinstance(value, str) and value[:1] and value[0] in FORMULA:
            yield "'" + value
        else:
            yield value


def _line(cells: Iterable[Value]) -> str:
    return ",".join(map(_cell, cells)) + "\r\n"


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return "" if value is None else str(value)


def _store(path: Path, content: bytes) -> Written:
    with writing(path), spare(path) as temporary:
        temporary.write_bytes(content)
        put(temporary, path)
    return path, sha256(content).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
