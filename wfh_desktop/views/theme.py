"""How everything looks: light and dark colours by role, the palettes and the style sheet."""

from __future__ import annotations

import re
from enum import StrEnum

from PySide6.QtCore import QFile, QIODevice, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from wfh_desktop.forms import app_rc  # noqa: F401 - registers `:/icons` and `:/style.qss`


class Scheme(StrEnum):
    """What the user may choose for the look of the window."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


LIGHT = {
    "ground": "#F7F8FA",
    "surface": "#FFFFFF",
    "line": "#DFE3E8",
    "edge": "#828E9C",  # outlines of fields and buttons that one must find: 3 : 1
    "text": "#1F2933",
    "muted": "#5F6B7A",
    "accent": "#1F5FA8",
    "accent_hover": "#174B86",
    "on_accent": "#FFFFFF",
    "selection": "#E1ECF8",
    "hover": "#EEF1F5",
    "mark": "#2E6FB7",  # of a checked box, with a white tick
    "good": "#2E7D4F",
    "attention": "#8F5600",  # the #B26A00 of fills and lines is too pale for text
    "attention_line": "#B26A00",
    "bad": "#B3261E",
    "neutral": "#5F6B7A",
    "good_ground": "#EAF5EE",
    "attention_ground": "#FDF3E3",
    "bad_ground": "#FBEAE9",
    "neutral_ground": "#EEF1F5",
}
DARK = {
    "ground": "#171B21",
    "surface": "#1F242C",
    "line": "#323A45",
    "edge": "#6B7787",
    "text": "#E6EAF0",
    "muted": "#9AA6B5",
    "accent": "#6FA8E8",
    "accent_hover": "#8DBBEF",
    "on_accent": "#10171F",
    "selection": "#26384F",
    "hover": "#29303A",
    "mark": "#2E6FB7",
    "good": "#5DBB86",
    "attention": "#E0A23C",
    "attention_line": "#E0A23C",
    "bad": "#F2857C",
    "neutral": "#9AA6B5",
    "good_ground": "#1D2F27",
    "attention_ground": "#332A1A",
    "bad_ground": "#3A2324",
    "neutral_ground": "#29303A",
}
# What a day is filled with; white letters stand on each of them, in both schemes.
DAYS = {
    "on_day": "#FFFFFF",
    "wfh": "#2E6FB7",
    "wfo": "#1A7A73",
    "piket": "#6B4FA3",
    "duty": "#94600F",
    "leave": "#66707D",
    "sick": "#B0446A",
    "permit": "#7A6A2E",
    "absent": "#B3261E",
}
# The same as words on the dark surface.
DARK_DAY_WORDS = {
    "wfh": "#7FB2EC",
    "wfo": "#4FC0B6",
    "piket": "#B39BEB",
    "duty": "#E0A23C",
    "leave": "#9AA6B5",
    "sick": "#EE8FB0",
    "permit": "#C9B860",
    "absent": "#F2857C",
}
ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "ground",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}
DENSITY = "compact"  # property of the application: whether tables are shown tight
DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


def is_dark() -> bool:
    """Tell whether the application is shown in dark colours at the moment."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colour(name: str) -> QColor:
    """Return the colour of a role ("good", "line") or of a day ("wfh") as it is now."""
    return QColor(DAYS.get(name) or (DARK if is_dark() else LIGHT)[name])


def word_colour(name: str) -> QColor:
    """Return the colour in which a word about *name* is read; days are lighter in the dark."""
    return QColor(DARK_DAY_WORDS[name]) if is_dark() and name in DARK_DAY_WORDS else colour(name)


def palette(colours: dict[str, str]) -> QPalette:
    """Return *colours* as Qt wants them."""
    made = QPalette()
    for role, name in ROLES.items():
        made.setColor(role, QColor(colours[name]))
    for role in DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours["muted"]))
    return made


def apply(app: QApplication, scheme: Scheme) -> None:
    """Show the application, whose style is Fusion, in *scheme* or in that of the system."""
    if scheme is Scheme.SYSTEM:
        dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    else:
        dark = scheme is Scheme.DARK
    colours = DARK if dark else LIGHT
    app.setPalette(palette(colours))
    app.setStyleSheet(style_sheet(colours))


def repolish(widget: QWidget) -> None:
    """Let *widget* look as the style sheet says of its changed properties."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def style_sheet(colours: dict[str, str]) -> str:
    """Return the style sheet with its `@roles` replaced by *colours*."""
    file = QFile(":/style.qss")
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    sheet = bytes(file.readAll().data()).decode()
    file.close()
    return re.sub(r"@(\w+)", lambda found: colours[found[1]], sheet)
