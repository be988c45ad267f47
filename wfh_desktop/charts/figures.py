"""The figures: made of plain numbers, the same for screen and paper.

A figure is drawn in an `Ink`: paper, light or dark screen. Colours stand for roles and are doubled
by patterns and written numbers, so that a black-and-white print and a colour-blind reader lose
nothing. Never `pyplot`: it is neither thread-safe nor without globals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from wfh_desktop.domain.attendance import PersonDay, Status, Workplace
from wfh_desktop.paths import FONTS

FONT = "Liberation Sans"
WIDTH = 9.6  # inches, where no size is asked for
MOST_BARS = 40  # more people than this are counted in classes of ten per cent

Inches = tuple[float, float]

for _face in sorted(FONTS.glob("LiberationSans-*.ttf")):
    font_manager.fontManager.addfont(_face)
matplotlib.rcParams.update(
    {
        "font.family": FONT,
        "font.size": 8,
        "text.parse_math": False,  # a name may hold a dollar sign
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.6,
        "hatch.linewidth": 0.5,
        "legend.frameon": False,
    }
)


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a figure, by role."""

    text: str
    line: str
    ground: str
    accent: str
    good: str
    attention: str
    bad: str


ROLES = {
    "WFO": ("#1F8A84", ""),
    "WFH": ("#4C86C6", "///"),
    "Piket": ("#7A5AA6", "xxx"),
    "Dinas luar": ("#D9A23B", "..."),
    "Cuti": ("#AEB6C0", "\\\\\\"),
    "Sakit": ("#E39BB0", "++"),
    "Izin": ("#C9B79C", "--"),
    "Tanpa keterangan": ("#B3261E", "***"),
    "Belum jelas": ("#FFFFFF", "ooo"),
}
PREDICATES = {
    "Sangat Baik": ("#2E7D4F", "///"),
    "Baik": ("#4C86C6", ""),
    "Butuh Perbaikan": ("#D9A23B", "..."),
    "Cukup": ("#D9A23B", "..."),
    "Kurang": ("#D9765C", "\\\\\\"),
    "Sangat Kurang": ("#B3261E", "xxx"),
    "Buruk": ("#B3261E", "xxx"),
    "Belum dinilai": ("#FFFFFF", "ooo"),
}
PAPER = Ink(
    text="#000000",
    line="#444444",
    ground="#FFFFFF",
    accent="#4C86C6",
    good="#2E7D4F",
    attention="#D9A23B",
    bad="#B3261E",
)
LIGHT = Ink(
    text="#1F2933",
    line="#5F6B7A",
    ground="#FFFFFF",
    accent="#1F5FA8",
    good="#2E7D4F",
    attention="#B26A00",
    bad="#B3261E",
)
DARK = Ink(
    text="#E6EAF0",
    line="#9AA6B5",
    ground="#1F242C",
    accent="#6FA8E8",
    good="#5FB98A",
    attention="#E0A64A",
    bad="#E5746D",
)


@dataclass(frozen=True, slots=True)
class Achievement:
    """How much of a target was reached: 1 is all of it; None while nothing is known."""

    label: str
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class PresenceDay:
    """How many people were where on a day; empty on a day off."""

    day: date
    people: tuple[tuple[str, int], ...]  # a key of `ROLES`, and how many


def presence_of(days: Sequence[PersonDay]) -> PresenceDay:
    """Count the same day of several people."""
    counted = Counter(role for day in days if (role := _role(day)))
    ordered = tuple((role, counted[role]) for role in ROLES if counted[role])
    return PresenceDay(days[0].day, ordered)


def against_target(
    achievements: Sequence[Achievement], ink: Ink = PAPER, size: Inches | None = None
) -> Figure:
    """Return a bar for each person or unit, beside the line where the target lies.

    Of more than 40 the bars are counted in classes of ten per cent instead.
    """
    if len(achievements) > MOST_BARS:
        return _classes(achievements, ink, size)
    high = 1.0 + 0.2 * max(len(achievements), 1)
    figure, axes = _figure(ink, size or (WIDTH, high))
    shares = [(one.share or Decimal()) * 100 for one in achievements]
    lengths = [float(share) for share in shares]
    places = range(len(achievements))
    colours = [_judged(share, ink) for share in shares]
    bars = axes.barh(places, lengths, 0.62, color=colours, edgecolor=ink.line, linewidth=0.5)
    for one, bar, share in zip(achievements, bars, shares, strict=True):
        if one.share is not None and share < 100:
            bar.set_hatch("///" if share >= 80 else "xxx")
        words = "belum ada" if one.share is None else _percent(share)
        axes.text(float(share) + 1.2, bar.get_y() + 0.31, words, va="center", color=ink.text)
    axes.set_yticks(places, [_short(one.label) for one in achievements])
    axes.invert_yaxis()
    axes.axvline(100, color=ink.text, linewidth=1.1, linestyle=(0, (4, 2)))
    axes.set_xlim(0, max(112.0, *lengths, 0.0) * 1.08)
    axes.set_xlabel("Capaian terhadap target (%); garis putus-putus = target")
    return figure


def predicates(counts: Mapping[str, int], ink: Ink = PAPER, size: Inches | None = None) -> Figure:
    """Return the number of people by predicate, in the order *counts* has them."""
    figure, axes = _figure(ink, size or (WIDTH, 3.1))
    total = sum(counts.values())
    for place, (name, count) in enumerate(counts.items()):
        colour, pattern = PREDICATES.get(name, (ink.accent, ""))
        axes.bar(place, count, 0.6, color=colour, hatch=pattern, edgecolor=ink.line, linewidth=0.6)
        share = f"\n({_percent(Decimal(count * 100) / total)})" if total else ""
        axes.text(place, count, f"{count}{share}", ha="center", va="bottom", color=ink.text)
    names = [name.replace(" ", "\n") for name in counts]
    axes.set_xticks(range(len(counts)), names)
    axes.set_xlim(-0.6, max(len(counts), 3) - 0.4)
    axes.set_ylim(0, max([*counts.values(), 1]) * 1.15)
    axes.set_ylabel("Pegawai")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def presence(days: Sequence[PresenceDay], ink: Ink = PAPER, size: Inches | None = None) -> Figure:
    """Return where people were on each day of a month, as one stacked bar a day."""
    figure, axes = _figure(ink, size or (WIDTH, 4.2))
    shown = [role for role in ROLES if any(role in dict(day.people) for day in days)]
    numbers = [day.day.day for day in days]
    below = [0] * len(days)
    for role in shown:
        colour, pattern = ROLES[role]
        heights = [dict(day.people).get(role, 0) for day in days]
        axes.bar(
            numbers,
            heights,
            0.78,
            bottom=below,
            color=colour,
            hatch=pattern,
            edgecolor=ink.line,
            linewidth=0.4,
            label=role,
        )
        below = [low + high for low, high in zip(below, heights, strict=True)]
    axes.set_xticks(numbers)
    axes.set_xlabel("Tanggal")
    axes.set_ylabel("Pegawai")
    axes.set_ylim(0, max([*below, 1]) * 1.06)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    if shown:
        figure.legend(loc="outside lower center", ncols=min(len(shown), 9), labelcolor=ink.text)
    return figure


def _figure(ink: Ink, size: Inches) -> tuple[Figure, Axes]:
    """Return a figure with one pair of axes."""
    figure = Figure(figsize=size, layout="constrained", facecolor=ink.ground)
    axes = figure.subplots()
    axes.set_facecolor(ink.ground)
    axes.tick_params(colors=ink.text, width=0.6)
    for edge in axes.spines.values():
        edge.set_color(ink.line)
    axes.xaxis.label.set_color(ink.text)
    axes.yaxis.label.set_color(ink.text)
    return figure, axes


def _classes(achievements: Iterable[Achievement], ink: Ink, size: Inches | None) -> Figure:
    """Return how many people lie in each class of ten per cent."""
    names = [f"{low}-{low + 9}" for low in range(0, 100, 10)] + ["100", "> 100", "belum ada"]
    counted = Counter(_class(one.share) for one in achievements)
    figure, axes = _figure(ink, size or (WIDTH, 3.6))
    heights = [counted[name] for name in names]
    for place, (name, height) in enumerate(zip(names, heights, strict=True)):
        full = name in {"100", "> 100"}
        axes.bar(
            place,
            height,
            0.7,
            color=ink.good if full else ink.ground if name == "belum ada" else ink.attention,
            hatch="" if full else "ooo" if name == "belum ada" else "///",
            edgecolor=ink.line,
            linewidth=0.5,
        )
        axes.text(place, height, str(height), ha="center", va="bottom", color=ink.text)
    axes.set_xticks(range(len(names)), names)
    axes.set_ylim(0, max([*heights, 1]) * 1.12)
    axes.set_xlabel("Capaian terhadap target (%)")
    axes.set_ylabel("Pegawai")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def _class(share: Decimal | None) -> str:
    if share is None:
        return "belum ada"
    if share > 1:
        return "> 100"
    low = int(share * 10) * 10
    return "100" if low == 100 else f"{low}-{low + 9}"


def _judged(share: Decimal, ink: Ink) -> str:
    return ink.good if share >= 100 else ink.attention if share >= 80 else ink.bad


def _percent(share: Decimal) -> str:
    printed = share.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{printed}".replace(".", ",").removesuffix(",0") + "%"


def _short(label: str) -> str:
    return label if len(label) <= 34 else f"{label[:33]}…"


def _role(day: PersonDay) -> str:
    if day.status is Status.PRESENT:
        places = {Workplace.HOME: "WFH", Workplace.DUTY_ROSTER: "Piket"}
        return places.get(day.workplace, "WFO") if day.workplace else "WFO"
    return {
        Status.DUTY: "Dinas luar",
        Status.LEAVE: "Cuti",
        Status.SICK: "Sakit",
        Status.PERMIT: "Izin",
        Status.ABSENT: "Tanpa keterangan",
        Status.UNCLEAR: "Belum jelas",
    }.get(day.status, "")
