"""Values as Indonesians write them on the screen: 1.234.567,89; 2 Maret 2026; 07.30."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from PySide6.QtCore import QDate, QLocale

if TYPE_CHECKING:
    from wfh_desktop.domain.calendar import Zone
    from wfh_desktop.domain.periods import Period

INDONESIAN = QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia)
NONE = "–"


def number(value: Decimal | int | None, places: int | None = None) -> str:
    """Return a number with points between thousands; *places* fixes its decimals."""
    if value is None:
        return NONE
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return format(exact, ",f").translate(str.maketrans(",.", ".,"))


def rupiah(value: Decimal | int | None) -> str:
    """Return an amount of money; sen only where there are any."""
    if value is None:
        return NONE
    amount = Decimal(value)
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{'-' if amount < 0 else ''}Rp{number(abs(amount), places)}"


def percent(share: Decimal | None, places: int = 2) -> str:
    """Return a share of one (0.875) as a percentage (87,5%), without idle zeros."""
    if share is None:
        return NONE
    text = number(share * 100, places)
    return f"{text.rstrip('0').rstrip(',') if ',' in text else text}%"


def day(value: date | None) -> str:
    """Return "2 Maret 2026"."""
    return INDONESIAN.toString(QDate(value), "d MMMM yyyy") if value else NONE


def short_day(value: date | None) -> str:
    """Return "2 Mar 2026"."""
    return INDONESIAN.toString(QDate(value), "d MMM yyyy") if value else NONE


def brief_day(value: date | None) -> str:
    """Return "2 Mar", where nobody asks for the year."""
    return INDONESIAN.toString(QDate(value), "d MMM") if value else NONE


def weekday(value: date | None) -> str:
    """Return "Senin, 2 Maret 2026"."""
    return INDONESIAN.toString(QDate(value), "dddd, d MMMM yyyy") if value else NONE


def span(first: date, last: date) -> str:
    """Return the days from *first* to *last* without saying month or year twice."""
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    pattern = "d MMMM" if first.year == last.year else "d MMMM yyyy"
    return f"{INDONESIAN.toString(QDate(first), pattern)} – {day(last)}"


def month(value: Period) -> str:
    """Return "September 2026"."""
    return INDONESIAN.toString(QDate(value.first), "MMMM yyyy")


def clock(value: time | None) -> str:
    """Return "07.30"."""
    return f"{value:%H.%M}" if value else NONE


def moment(value: datetime | None, zone: Zone | None = None) -> str:
    """Return an instant on the clocks of *zone*, or of this computer: "2 Mar 2026 07.30"."""
    if value is None:
        return NONE
    local = zone.local(value) if zone else value.astimezone()
    return f"{short_day(local.date())} {clock(local.time())}"


def fold(text: str) -> str:
    """Return *text* as it is compared: without case and without accents (é is e)."""
    plain = "".join(one for one in normalize("NFKD", text) if not combining(one))
    return plain.casefold()


def minutes(value: int) -> str:
    """Return a duration: "45 menit", "1 jam 5 menit"."""
    hours, rest = divmod(value, 60)
    parts = [f"{hours} jam"] * bool(hours) + [f"{rest} menit"] * bool(rest or not hours)
    return " ".join(parts)


def size(octets: int) -> str:
    """Return the size of a file: "45 KB", "1,2 MB"."""
    if octets < 1_000_000:
        return f"{number(max(1, round(octets / 1000)))} KB"
    return f"{number(Decimal(octets) / 1_000_000, 1)} MB"
