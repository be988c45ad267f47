"""Numbers as Indonesians type them: 1.234.567,89; 85,5; Rp2.500.000."""

from __future__ import annotations

import re
from decimal import Decimal

# Points between thousands, a comma before decimals; or plain digits with either of them before
# decimals. One point before exactly three digits stands between thousands: 1.500 is not 1,5.
TYPED = re.compile(
    r"(?P<sign>[-\u2212]?) ?(?:rp\.? ?)?"
    r"(?:(?P<whole>\d{1,3}(?:\.\d{3})+)(?:,(?P<part>\d+))?"
    r"|(?P<plain>\d+)(?:[.,](?P<rest>\d+))?)"
)


def read(text: str) -> Decimal | None:
    """Return the number that *text* means, or None if it means none."""
    found = TYPED.fullmatch(text.strip().lower())
    if not found:
        return None
    whole = (found["whole"] or found["plain"]).replace(".", "")
    part = found["part"] or found["rest"]
    value = Decimal(f"{whole}.{part}" if part else whole)
    return -value if found["sign"] else value
