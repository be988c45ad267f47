"""Numbers, money, dates and names as Indonesian papers write them.

Every function is pure and exact: amounts are `Decimal` or `int`, never a float, and are rounded
half up where fewer digits are printed than known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from xml.sax.saxutils import escape

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from wfh_desktop.domain.people import Capacity
from wfh_desktop.domain.periods import Period

LOCALE = Locale.parse("id_ID")
LARGEST_SPELLED = 10**15 - 1

_ONES = (
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip
_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_UNBREAKABLE = "\N{NO-BREAK SPACE}"
_DIGIT_BLANK, _COMMA_BLANK = "\N{FIGURE SPACE}", "\N{PUNCTUATION SPACE}"
_BLANKS = _UNBREAKABLE + _DIGIT_BLANK + _COMMA_BLANK
_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")


def rounded(value: Decimal | int, decimals: int = 0) -> Decimal:
    """Return *value* as printed with so many *decimals*: rounded half up, never minus zero."""
    printed = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return printed or abs(printed)


def number(value: Decimal | int, decimals: int = 0) -> str:
    """Return `1.234.567,89`: dots between thousands, a comma before the decimals."""
    return str(_pattern(decimals).apply(rounded(value, decimals), LOCALE))


def figure(value: Decimal | int, most: int = 4) -> str:
    """Return a number with as many decimals as it needs, at *most* so many: `2,5`, `0,08`, `3`."""
    return number(value, needed(value, most))


def needed(value: Decimal | int, most: int = 4) -> int:
    """Return how many decimals say all of *value*, at *most* so many."""
    exponent = rounded(value, most).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rupiah(amount: Decimal | int, decimals: int = 0) -> str:
    """Return `Rp4.564.546`, or `Rp4.564.546,00` with two *decimals* (EYD: no space)."""
    printed = number(amount, decimals)
    return f"-Rp{printed[1:]}" if printed.startswith("-") else f"Rp{printed}"


def percent(share: Decimal | int, most: int = 2) -> str:
    """Return a share as `2,5%`: 1 is 100%; no decimals that say nothing."""
    return f"{figure(Decimal(share) * 100, most)}%"


def unbroken(words: str) -> str:
    """Return *words* with `70 %` held together at the end of a line."""
    return _BEFORE_PERCENT.sub(_UNBREAKABLE, words)


def level(written: Sequence[str]) -> list[str]:
    """Fill up amounts of rupiah with blanks, so that their commas stand below each other."""
    most = max((len(one.partition(",")[2]) for one in written), default=0)
    return [_filled(one, most) if most and "Rp" in one else one for one in written]


def day(when: date) -> str:
    """Return `2 Maret 2026`."""
    return format_date(when, "d MMMM y", locale=LOCALE)


def long_day(when: date) -> str:
    """Return `Senin, 2 Maret 2026`."""
    return format_date(when, "EEEE, d MMMM y", locale=LOCALE)


def short_weekday(when: date) -> str:
    """Return `Sen`, `Sel` and so on."""
    return format_date(when, "EEE", locale=LOCALE)


def month(period: Period) -> str:
    """Return `Maret 2026`."""
    return format_date(period.first, "MMMM y", locale=LOCALE)


def clock(moment: time) -> str:
    """Return `07.30`."""
    return f"{moment:%H.%M}"


def nip(digits: str | None) -> str:
    """Return `19860926 201505 1 001`; what is not 18 digits stays as it is, nothing becomes `-`.

    The blanks do not break, so that a number is never torn over two lines.
    """
    if not digits:
        return "-"
    if len(digits) != 18 or not digits.isdecimal():
        return digits
    return _UNBREAKABLE.join((digits[:8], digits[8:14], digits[14], digits[15:]))


def official(title: str, capacity: Capacity, on_behalf_of: str = "") -> tuple[str, ...]:
    """Return the lines above a signature: `a.n. Kepala Dinas,` and `Sekretaris` below it.

    Plt. and Plh. stand before the title they are exercised for (Permendagri 1/2023).
    """
    match capacity:
        case Capacity.PLT:
            return (f"Plt. {title},",)
        case Capacity.PLH:
            return (f"Plh. {title},",)
        case Capacity.ON_BEHALF if on_behalf_of:
            return (f"a.n. {on_behalf_of}", f"{title},")
        case _:
            return (f"{title},",)


def terbilang(whole: int) -> str:
    """Spell a whole number in lower case: `satu juta seribu`; zero is `nol`.

    Knows numbers up to 999 triliun; raises `ValueError` beyond.
    """
    if abs(whole) > LARGEST_SPELLED:
        raise ValueError(f"cannot spell {whole}")
    if whole == 0:
        return "nol"
    return f"minus {_spelled(-whole)}" if whole < 0 else _spelled(whole)


def spelled_rupiah(amount: Decimal | int, decimals: int = 0) -> str:
    """Spell money as it is printed: `empat juta rupiah`, with sen if *decimals* are printed."""
    printed = rounded(amount, decimals)
    whole, sen = divmod(int(abs(printed) * 100), 100)
    words = f"{terbilang(whole)} rupiah" + (f" {terbilang(sen)} sen" if sen else "")
    return f"minus {words}" if printed < 0 else words


def sentence(words: str) -> str:
    """Return *words* with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def markup(words: str) -> str:
    """Return *words* so that a paragraph prints them as they are, whatever characters they hold."""
    return escape(clean(words))


def clean(words: str) -> str:
    """Drop the control characters that a font cannot draw; line feeds and tabs become blanks."""
    if words.isprintable():
        return words
    return "".join(
        " " if letter in "\n\r\t" else letter
        for letter in words
        if letter in "\n\r\t" or letter.isprintable() or letter in _BLANKS
    )


def clean_lines(words: str) -> str:
    """Do as `clean`, but keep the lines apart."""
    return words if words.isprintable() else "\n".join(map(clean, words.splitlines()))


@cache
def _pattern(decimals: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def _filled(amount: str, most: int) -> str:
    whole, comma, decimals = amount.partition(",")
    return whole + (comma or _COMMA_BLANK) + decimals + _DIGIT_BLANK * (most - len(decimals))


def _spelled(whole: int) -> str:
    for size, name in _SCALES:
        if whole >= size:
            return _joined(f"{_spelled(whole // size)} {name}", whole % size)
    if whole >= 2000:
        return _joined(f"{_spelled(whole // 1000)} ribu", whole % 1000)
    if whole >= 1000:
        return _joined("seribu", whole - 1000)
    if whole >= 200:
        return _joined(f"{_ONES[whole // 100]} ratus", whole % 100)
    if whole >= 100:
        return _joined("seratus", whole - 100)
    if whole >= 20:
        return _joined(f"{_ONES[whole // 10]} puluh", whole % 10)
    return _ONES[whole] if whole < 12 else f"{_ONES[whole - 10]} belas"


def _joined(words: str, rest: int) -> str:
    return f"{words} {_spelled(rest)}" if rest else words
