"""Names of foreign files: text to be shown, never a path."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 255
# Control and direction marks, halves of characters, private and unassigned ones, line separators.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


LONGEST_SAFE = 120  # letters of a name made here: Windows allows 260 for the whole path
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def safe_name(words: str, ending: str) -> str:
    """Return the name of a file to be written, allowed on every system and not too long."""
    safe = " ".join(_FORBIDDEN.sub(" ", words).split())
    return safe[: LONGEST_SAFE - len(ending)].rstrip(" .") + ending


def shown_name(name: str, otherwise: str = "berkas") -> str:
    """Return the name of a file as it may be shown and stored, or *otherwise* if nothing is left.

    No folders, no control or direction marks, no dots or spaces at its ends; of a name that is
    too long the end is kept, where its kind stands.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(char for char in last if unicodedata.category(char) not in HIDDEN)
    return plain.strip(" .")[-LONGEST:].strip(" .") or otherwise
