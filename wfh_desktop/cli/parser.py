"""Arguments of the command line, in Bahasa."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn, TypeAlias

from typing_extensions import override


class _Usage(argparse.HelpFormatter):
    """Help in Bahasa."""

    @override
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "pemakaian: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Bahasa; what Python says of a wrong command is put into words here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Usage, **options, "add_help": False})
        self._positionals.title, self._optionals.title = "isian", "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    @override
    def error(self, message: str) -> NoReturn:
        matches = ((re.fullmatch(one, message), sentence) for one, sentence in FAULTS.items())
        said = (sentence.format(*found.groups()) for found, sentence in matches if found)
        print(f"{next(said, message)} Lihat {self.prog} --help.", file=sys.stderr)
        raise SystemExit(2)


FAULTS = {  # what argparse says, and what it means
    r"the following arguments are required: (.*)": "Belum lengkap: {0} wajib diisi.",
    r"unrecognized arguments: (.*)": "Tidak dikenal: {0}.",
    r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)": (
        "{0}: {1} tidak dikenal; yang ada: {2}."
    ),
    r"argument (.*?): expected one argument": "{0} belum diisi.",
    r"argument (.*?): invalid \S+ value: (.*)": "{0}: {1} tidak dapat dibaca.",
    r"argument (.*?): not allowed with argument (.*)": "{0} tidak dapat bersama {1}.",
    r"argument (.*?): (.*)": "{0}: {1}.",
}

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - has no public name
