"""wfhctl: the same use cases without a window."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal

Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name
_SHOWN_PROBLEMS = 20


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status: 0 done, 1 refused, 2 unreadable or wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except Refusal as refusal:
        print(words.explain(refusal), file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="wfhctl", description="WFH Desktop tanpa jendela.")
    parser.add_argument("--db", metavar="URL", help="alamat basis data")
    commands = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    _add_read(commands)
    return parser


def _add_read(commands: Commands) -> None:
    command = commands.add_parser("read", help="membaca berkas presensi atau daftar pegawai")
    command.add_argument("file", metavar="BERKAS", type=Path)
    command.add_argument("--json", action="store_true", help="tulis semua isinya sebagai JSON")
    command.set_defaults(run=_read)


def _read(options: argparse.Namespace) -> None:
    """Read a file without any database; print its records and problems, or a summary."""
    from wfh_desktop import readers
    from wfh_desktop.readers import plain

    reading = readers.read(options.file)
    problems = [
        {
            "severity": str(one.severity),
            "code": one.code,
            "message": words.remark(one.code, one.limits),
            "place": one.place,
        }
        for one in reading.problems
    ]
    if options.json:
        records = [plain.record(one) for one in reading.records]
        print(json.dumps({"kind": reading.kind, "records": records, "problems": problems}))
        return
    about = reading.format + (f", {reading.unit}" if reading.unit else "")
    count = f"{len(reading.records):,}".replace(",", ".")
    print(
        f"{about[0].upper()}{about[1:]}: {count} catatan, {len(problems)} hal untuk diperhatikan."
    )
    for one in problems[:_SHOWN_PROBLEMS]:
        print(f"- {one['place']}: {one['message']}" if one["place"] else f"- {one['message']}")
    if len(problems) > _SHOWN_PROBLEMS:
        print(f"… dan {len(problems) - _SHOWN_PROBLEMS} catatan lain (lihat --json).")


if __name__ == "__main__":
    sys.exit(main())
