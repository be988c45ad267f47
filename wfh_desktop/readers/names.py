"""Names with degrees, split into front title, name and back title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# In lower case, without marks and blanks. Those that need their full stop could be names without.
_FRONT = frozenset({"prof", "dr", "drs", "dra", "ir", "h", "hj", "drg", "drh"})
_FRONT_WITH_STOP = _FRONT | {"hi", "kh", "ns", "bd", "apt", "capt", "pdt", "ust", "tgh", "ing"}
_BACK_WORDS = (
    # diplomas and applied degrees
    "amd amdkep amdkeb amdkes amdkom amdak amdfarm amdfar amdgz amdrad amdrmik amdtra amdkl amdkg "
    "amdtem amdro amdlog amdpjk amdt amdp amdpar amdip amdpd amk amkeb amkep amg amkg amkl amf "
    "ama amapd amapust sst sstp sstpar ssit ssttp stp strkeb strkep strkes strip strsos strgz "
    "strtra strak strt strpar strstat strkom "
    # first degrees
    "se sh st sp spt spi spd spdi spdsd spdaud spdpaud spdt spdfis spdk spdor sag ss ssi ssos "
    "ssosi skom sikom sip sap sab sak sm ske skep skepns skepners skeb sked skg skh skm skmk sfarm "
    "sfar sgz spsi ssn ssenis shut sik sikp sor sstat smat sgeo spar spkp spwk sars sds sei shi "
    "she sfil shum skpm skel skesos smb skpi slog stekk stkom shub shubint sdes sadm aks sptk "
    "sthi bsc ba be smhk sal sling ssy ses "
    # further degrees
    "mm mmkes mmpd mt mti mtech msi msc ms ma mag mpd mpdi mph mhum mh mhkes mkn mkes mkep mkeb "
    "mkm mkom mikom mip map mab mak macc me mec mecdev mese meng mek mepid mling mars mba mpa mpp "
    "mpwk mp mpi mpsi msn mstat mtp mtr mtrip mtrap msos msosio mkesos mpar mfarm mgz mbiomed mmt "
    "mmr mmsi mil mes mesy msy mur mps phd llm dea doktor "
    # professions
    "ak akt ca cpa apt ns ners bdn bd psikolog lc gr ipm ipu spa span spog spb spbm spot sppd sppk "
    "spp spn sps spkj spkfr sprad sptht spthtkl spm spjp spdv spkk spkg spgk spperio sppros spok "
    "spu"
)
_BACK = frozenset(_BACK_WORDS.split())
# What may stand at the end without comma and without full stops and still be a degree.
_BACK_BARE_WORDS = (
    "se sh st sp sst sstp stp skm skep spd spdi sag ssos skom sip sap spsi shut spt spi amd amk "
    "amkeb amkl mm mt msi mpd mkes mh mkm msc mba skh sgz mpsi ners"
)
_BACK_BARE = frozenset(_BACK_BARE_WORDS.split())
_LONGEST_BARE = max(map(len, _BACK_BARE))
_FRONT_LETTERS = frozenset(
    letter for word in _FRONT_WITH_STOP for letter in (word[0], word[0].upper())
)
_DOTTED = re.compile(r"(?:[SMADB]|Sp|Amd?|Dipl|Ph|LL|Ak)\s*\.\s*[A-Z][A-Z. ]{0,12}", re.IGNORECASE)
_MARKS = re.compile(r"[\s.,'`\-]+")
_LEADING = re.compile(r"([A-Za-z]{1,4})(\.\s*|\s+)(?=\S)")
_HALF = re.compile(r"[SMA]\.?", re.IGNORECASE)


class Name(NamedTuple):
    """A name without degrees, and the degrees before and after it, as written."""

    name: str
    front_title: str = ""
    back_title: str = ""


NO_NAME = Name("")


def split(shown: str) -> Name:
    """Split `Drs. H. Nama, SE, M.Si`; honorifics before the name (H., Hj.) count as titles.

    Degrees stand after a comma, or after a full stop or blank if they are well known. A comma with
    something else behind it is part of the name.
    """
    comma = shown.find(",")
    titles = _after_comma(shown[comma:]) if comma >= 0 else ""
    if titles or comma < 0:
        head = shown[:comma].rstrip() if titles else shown
        start = _front(head) if head[:1] in _FRONT_LETTERS else 0
        if _ends_plainly(head) and start < len(head):
            return Name(head[start:], head[:start].rstrip(), titles)
    return _split_carefully(shown)


def _ends_plainly(head: str) -> bool:
    """Tell that the last word is no degree and no half of one, as in most names."""
    space = head.rfind(" ")
    last = head[space + 1 :]
    if "." in last or head[space - 1 : space] == ".":
        return False
    return len(last) > _LONGEST_BARE or (len(last) > 1 and last.lower() not in _BACK_BARE)


def _split_carefully(shown: str) -> Name:
    start = _front(shown)
    end = _back(shown, start)
    name = shown[start:end].strip(" ,")
    if name.endswith(".") and len(name.rpartition(" ")[2]) > 4:
        name = name[:-1]  # a full stop typed for the comma
    if not name:
        return Name(shown)
    return Name(name, shown[:start].strip(), shown[end:].strip(" ,"))


@lru_cache(maxsize=8192)
def _after_comma(shown: str) -> str:
    """Return the degrees that follow the first comma, or nothing; few are ever different."""
    return shown.strip(" ,") if _degree(shown[1:].partition(",")[0].strip()) else ""


def _front(shown: str) -> int:
    """Return where the name begins."""
    start = 0
    while parts := _LEADING.match(shown, start):
        stop = parts[2].startswith(".")
        if parts[1].lower() not in (_FRONT_WITH_STOP if stop else _FRONT):
            break
        start = parts.end()
    return start


def _back(shown: str, start: int) -> int:
    """Return where the name ends."""
    end = len(shown)
    comma = shown.find(",", start)
    while comma >= 0:
        piece = shown[comma + 1 :].partition(",")[0].strip()
        end = _joined(shown, start, comma, piece)
        if end < len(shown):
            break
        comma = shown.find(",", comma + 1)
    return _without_comma(shown, start, end)


def _joined(shown: str, start: int, comma: int, piece: str) -> int:
    """Return where a degree begins that the comma precedes or, as in `S,Sos`, cuts in two."""
    before = shown[start:comma].split()
    if len(before) > 1 and _HALF.fullmatch(before[-1]):
        whole = bare(before[-1] + piece)
        if whole in _BACK and (bare(piece) not in _BACK or whole == "sstp"):
            return shown.rindex(before[-1], start, comma)
    return comma if _degree(piece) else len(shown)


def _degree(piece: str) -> bool:
    """Tell whether what stands between commas is a degree, or begins with one (`ST.M.Si`)."""
    if not piece:
        return False
    first = re.split(r"[.\s]", piece, maxsplit=1)[0]
    return (
        bare(piece) in _BACK
        or (len(first) > 1 and first.lower() in _BACK)
        or _DOTTED.fullmatch(piece) is not None
    )


def _without_comma(shown: str, start: int, end: int) -> int:
    """Take well-known degrees off the end of a name, one or two words at a time."""
    while True:
        words = shown[start:end].rstrip(" ,").split(" ")
        taken = next((n for n in (3, 2, 1) if len(words) > n and _ends(words[-n:])), 0)
        if not taken:
            return end
        end = start + len(" ".join(words[:-taken]))


def _ends(words: list[str]) -> bool:
    last = "".join(words)
    if len(words) > 1:  # `S. Sos`, `A. Md. Kep`
        return (
            all(word.endswith(".") for word in words[:-1])
            and len(words[0]) < 4
            and (bare(last) in _BACK)
        )
    if "." in last.rstrip("."):
        return bare(last) in _BACK
    return bare(last) in _BACK_BARE and (last.isupper() or last[0].isupper())


def bare(token: str) -> str:
    """Return a degree without marks, blanks and capitals, to compare it with others."""
    return _MARKS.sub("", token).lower()
