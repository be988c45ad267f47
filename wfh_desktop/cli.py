"""wfhctl: the same use cases without a window."""

from __future__ import annotations

import argparse
import sys

from wfh_desktop import words
from wfh_desktop.domain.errors import Refusal


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
    parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    return parser


if __name__ == "__main__":
    sys.exit(main())
