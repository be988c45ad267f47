"""Taking out of a text what must not stand in a log or a report of a fault.

What can be recognised by its form: numbers of persons, amounts, passwords, addresses with
credentials, values bound to a statement, rows that a database quotes. Names cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Replacement = str | Callable[[re.Match[str]], str]

KEPT = 4  # last digits of a NIP or NIK, enough to tell two apart
HIDDEN = "•••"


def _last_digits(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return f"{HIDDEN}{digits[-KEPT:]}"


RULES: tuple[tuple[re.Pattern[str], Replacement], ...] = (
    # postgresql://user:password@host, also with a password that holds strange letters
    (re.compile(r"(\w+://)[^\s/'\"]*@"), rf"\1{HIDDEN}@"),
    # what a SCRAM verifier looks like, and anything called a password
    (re.compile(r"SCRAM-SHA-\d+\$[^\s'\"]+"), HIDDEN),
    (
        re.compile(
            r"(?i)(['\"]?\b\w*(?:password|passwd|pwd|kata[ _]sandi|pgpass|secret|token)\w*['\"]?"
            r"\s*[=:]\s*)('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s,;)}\]&]+)"
        ),
        rf"\1{HIDDEN}",
    ),
    # values bound to a statement, and rows that PostgreSQL quotes
    (re.compile(r"\[parameters: .*?\](?=\n|$)", re.DOTALL), f"[parameters: {HIDDEN}]"),
    (re.compile(r"(?m)^(\s*(?:DETAIL|CONTEXT|STATEMENT|parameters):).*$"), rf"\1 {HIDDEN}"),
    (re.compile(r"(?i)\bKey \(([^)]*)\)=\(.*?\)(?= (?:already|is|conflicts)|\.|$)"),
     rf"Key (\1)=({HIDDEN})"),
    (re.compile(r"(?i)(Failing row contains) \(.*\)"), rf"\1 ({HIDDEN})"),
    # NIP and NIK, together or parted as papers print them
    (re.compile(r"(?<!\d)\d(?:[ .\u00a0-]?\d){14,19}(?!\d)"), _last_digits),
    # amounts: with Rp, with thousands parted, or bare
    (re.compile(r"(?i)\b(?:rp|idr)\.?\s*-?\d[\d.,]*"), f"Rp{HIDDEN}"),
    (re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?![\d.,]*\d)"), HIDDEN),
    (re.compile(r"(?<![\dA-Fa-fx])\d{6,}(?:\.\d+)?(?!\d)"), HIDDEN),
)  # fmt: skip


def redact(text: str) -> str:
    """Return *text* without what must not be kept of it."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text
