"""wfhctl: the same use cases without a window."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from wfh_desktop import readers, words
from wfh_desktop.cli import accounts, audit, backup, move, server
from wfh_desktop.cli.database import perform
from wfh_desktop.cli.parser import Commands, Parser
from wfh_desktop.domain.errors import Invalid, Problem, Refusal
from wfh_desktop.domain.papers import Paper
from wfh_desktop.domain.periods import Period

if TYPE_CHECKING:
    from wfh_desktop.persistence.database import Work


T = TypeVar("T")
_SHOWN_PROBLEMS = 20
UNIT_HELP = "nama, kode atau nomor unit; bila kosong: satu-satunya unit yang ada"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status: 0 done, 1 refused, 2 unreadable or wrong usage."""
    readers.serve_if_asked(sys.argv[1:] if arguments is None else arguments)
    options = _parser().parse_args(arguments)
    try:
        status = int(options.run(options) or 0)
        sys.stdout.flush()
    except Refusal as refusal:
        print(words.explain(refusal), file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read along, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="wfhctl", description="WFH Desktop tanpa jendela.")
    parser.add_argument("--db", metavar="URL", help="alamat basis data")
    commands = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    _add_read(commands)
    imports = commands.add_parser("import", help="mengisi basis data dari berkas")
    kinds = imports.add_subparsers(dest="kind", required=True, metavar="JENIS")
    _add_import_staff(kinds)
    _add_import_attendance(kinds)
    _add_calculate(commands)
    _add_rules(commands)
    _add_print(commands)
    _add_demo(commands)
    accounts.add(commands)
    audit.add(commands)
    move.add(commands)
    backup.add(commands)
    server.add(commands)
    return parser


def _add_read(commands: Commands) -> None:
    command = commands.add_parser("read", help="membaca berkas presensi atau daftar pegawai")
    command.add_argument("file", metavar="BERKAS", type=Path)
    command.add_argument("--json", action="store_true", help="tulis semua isinya sebagai JSON")
    command.set_defaults(run=_read)


def _read(options: argparse.Namespace) -> None:
    """Read a file without any database; print its records and problems, or a summary."""
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


def _add_import_staff(kinds: Commands) -> None:
    command = kinds.add_parser("staff", help="mengimpor daftar pegawai")
    command.add_argument("file", metavar="BERKAS", type=Path)
    command.add_argument("--unit", default="", help=UNIT_HELP)
    command.add_argument("--valid-from", type=date.fromisoformat, metavar="YYYY-MM-DD")
    command.add_argument("--create-unit", action="store_true", help="buat unit itu bila belum ada")
    where = command.add_mutually_exclusive_group()
    for flag, value, says in (
        ("--by-unit", "BY_FILE", "bagi menurut kolom unit di berkas"),
        ("--only-unit", "OWN_ROWS", "hanya baris milik unit itu"),
    ):
        where.add_argument(flag, dest="assignment", action="store_const", const=value, help=says)
    command.add_argument("--create-units", action="store_true", help="buat unit yang belum ada")
    command.add_argument("--accept", action="store_true", help="terima jawaban yang diusulkan")
    command.add_argument("--without-nip", action="store_true", help="ambil juga yang NIP-nya rusak")
    command.add_argument("--apply", action="store_true", help="simpan; tanpa ini hanya pratinjau")
    command.set_defaults(run=_import_staff, assignment="HERE")


def _import_staff(options: argparse.Namespace) -> None:
    """Show what a staff list would change; with --apply store it, all or nothing."""
    from functools import partial

    from wfh_desktop import readers
    from wfh_desktop.services import staff_import
    from wfh_desktop.services.staff_import import report

    reading = readers.read(options.file)
    wishes = staff_import.Wishes(
        unit=options.unit,
        valid_from=options.valid_from,
        create_unit=options.create_unit,
        assignment=staff_import.Assignment[options.assignment],
        create_units=options.create_units,
        accept=options.accept,
        without_nip=options.without_nip,
    )
    task = partial(
        staff_import.run,
        reading=reading,
        wishes=wishes,
        name=options.file.name,
        content=options.file.read_bytes(),
        store=options.apply,
    )
    preview, imported = perform(options, task)
    print(*report.lines(preview), sep="\n")
    print(report.done(imported) if imported else "Belum disimpan; tambahkan --apply.")


def _add_import_attendance(kinds: Commands) -> None:
    command = kinds.add_parser("attendance", help="mengimpor berkas presensi atau log mesin")
    command.add_argument("file", metavar="BERKAS", type=Path)
    command.add_argument("--unit", default="", help=UNIT_HELP)
    command.add_argument(
        "--period", type=_period, metavar="YYYY-MM", help="bila kosong: bulan menurut berkas"
    )
    command.add_argument("--accept", action="store_true", help="terima orang yang diusulkan")
    command.add_argument("--apply", action="store_true", help="simpan; tanpa ini hanya pratinjau")
    command.set_defaults(run=_import_attendance)


def _import_attendance(options: argparse.Namespace) -> int:
    """Show what an attendance file would change; with --apply store it, all or nothing.

    Return 1 if it was to be stored and could not be, such as while a question is open.
    """
    from functools import partial

    from wfh_desktop.services import attendance_import, attendance_report

    upload = attendance_import.load(options.file, options.period)
    period = options.period or upload.reading.period
    if period is None:
        raise Invalid([Problem("period", "period_needed")])
    task = partial(
        attendance_import.run,
        unit=options.unit,
        period=period,
        upload=upload,
        accept=options.accept,
        store=options.apply,
    )
    preview, imported = perform(options, task)
    print(*attendance_report.lines(preview), sep="\n")
    if imported:
        print(attendance_report.done(imported))
    elif not options.apply:
        print("Belum disimpan; tambahkan --apply.")
    else:
        print("Tidak disimpan.", file=sys.stderr)
    return 1 if options.apply and not imported else 0


def _add_print(commands: Commands) -> None:
    command = commands.add_parser("print", help="mencetak naskah sebulan menjadi PDF")
    command.add_argument("paper", choices=[*map(str, Paper), "semua"], metavar="NASKAH",
                         help=", ".join([*map(str, Paper), "semua"]))  # fmt: skip
    command.add_argument("--unit", default="", help=UNIT_HELP)
    command.add_argument("--period", required=True, type=_period, metavar="YYYY-MM")
    command.add_argument("--out", required=True, metavar="MAP", type=Path, help="tempat naskah")
    command.set_defaults(run=_print)


def _print(options: argparse.Namespace) -> int:
    """Print one paper of a unit's month, or all that there are; return 1 if one was refused."""
    from wfh_desktop.services import papers, units

    folder = papers.folder(options.out.absolute())
    chosen = tuple(Paper) if options.paper == "semua" else (Paper(options.paper),)
    refused: list[str] = []

    def make(work: Work) -> list[Path]:
        unit = units.find(work, options.unit, options.period.last)
        files = []
        for paper in chosen:
            try:
                files.append(papers.export(work, unit.id, options.period, paper, folder))
            except Invalid as refusal:
                refused.append(f"{words.PAPERS[paper]}: {words.explain(refusal)}")
        return files

    files = perform(options, make)
    print(*(f"Tersimpan: {file}" for file in files), sep="\n", end="\n" if files else "")
    print(*refused, sep="\n", end="\n" if refused else "", file=sys.stderr)
    return 1 if refused else 0


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("tulis tahun dan bulan, misalnya 2026-09") from error


def _add_demo(commands: Commands) -> None:
    command = commands.add_parser("demo", help="unit contoh: 40 pegawai rekaan, sebulan penuh")
    command.add_argument("--out", required=True, metavar="MAP", type=Path, help="tempat naskah")
    command.set_defaults(run=_demo)


def _demo(options: argparse.Namespace) -> None:
    """Build the demo unit, where it is not there yet, and print all papers of its closed month."""
    from wfh_desktop.services import demo, papers

    folder = papers.folder(options.out.absolute())
    options.db = options.db or str(folder / "demo.db")

    def live_and_print(work: Work) -> tuple[demo.Demo, list[Path]]:
        unit = demo.find(work) or demo.build(work, folder / "presensi")
        return unit, demo.print_papers(work, unit.unit_id, unit.closed, folder)

    print("Menyusun unit contoh ...", flush=True)
    unit, files = perform(options, live_and_print)
    print(f"{words.month(unit.closed)} dikunci, {words.month(unit.opened)} masih terbuka.")
    print(f"Basis data: {options.db}", "Naskah:", *(f"  {file}" for file in files), sep="\n")


def _add_calculate(commands: Commands) -> None:
    command = commands.add_parser("calculate", help="menghitung TPP dari berkas kasus (JSON)")
    command.add_argument("--rules", required=True, metavar="ID", help="aturan; lihat wfhctl rules")
    command.add_argument("--case", required=True, metavar="BERKAS", type=Path)
    command.add_argument("--json", action="store_true", help="tulis hasilnya sebagai JSON")
    command.set_defaults(run=_calculate)


def _calculate(options: argparse.Namespace) -> int:
    """Calculate one case or a list of cases; print results of the same shape, or their trails."""
    from wfh_desktop import rulebook
    from wfh_desktop.domain.tpp import trail

    try:
        results, many = rulebook.calculate_file(rulebook.activate(options.rules), options.case)
    except Invalid as refusal:
        first, *others = (words.problem(one) for one in refusal.problems)
        print(first + (f" (dan {len(others)} kesalahan lain)" if others else ""), file=sys.stderr)
        return 2
    if options.json:
        plain = [rulebook.result_to_plain(one) for one in results]
        print(json.dumps(plain if many else plain[0]))
    else:
        print(*(trail.as_text(one.trail) for one in results), sep="\n\n")
    return 0


def _add_rules(commands: Commands) -> None:
    command = commands.add_parser("rules", help="menampilkan dan memeriksa aturan TPP")
    command.set_defaults(run=_list_rules)
    actions = command.add_subparsers(dest="action", metavar="TINDAKAN")
    show = actions.add_parser("show", help="segala sesuatu yang dipakai sebuah aturan")
    show.add_argument("rules", metavar="ID")
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=_show_rules)
    check = actions.add_parser("check", help="menjalankan contoh hitung aturan")
    check.add_argument("rules", metavar="ID", nargs="?")
    check.set_defaults(run=_check_rules)


def _list_rules(_: argparse.Namespace) -> None:
    """Print every rule set that ships, one line each."""
    from wfh_desktop import rulebook
    from wfh_desktop.rulebook import report

    print(*(report.summary(one) for one in rulebook.all()), sep="\n")


def _show_rules(options: argparse.Namespace) -> None:
    """Print everything a rule set uses."""
    from wfh_desktop import rulebook
    from wfh_desktop.rulebook import report

    rules = rulebook.load(options.rules)
    if options.json:
        digest = {"sha256": rulebook.digest(options.rules)}
        print(json.dumps(report.plain(rules) | digest))
    else:
        print(*report.lines(rules), sep="\n")


def _check_rules(options: argparse.Namespace) -> int:
    """Run the worked examples of one rule set or all; return 1 if any of them fails."""
    from wfh_desktop import rulebook
    from wfh_desktop.rulebook import report

    failed = 0
    for rule_id in (options.rules,) if options.rules else rulebook.identifiers():
        rules = rulebook.load(rule_id)
        failures = rulebook.failing_examples(rules)
        print(*report.verdict(rules, failures), sep="\n")
        failed += len(failures) or not rules.examples
    return 1 if failed else 0
