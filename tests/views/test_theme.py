import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette

from wfh_desktop.views import icons, theme
from wfh_desktop.views.theme import DARK, DAYS, LIGHT

ROOT = Path(__file__).parents[2]
WANTED = tomllib.loads((ROOT / "resources/icons.toml").read_text(encoding="utf-8"))
NAMES, MARKS = WANTED["icons"], WANTED["marks"]
WORDS = ("text", "muted", "accent", "good", "attention", "bad", "neutral")


def luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in QColor(colour).getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast of two colours as WCAG 2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "surface"])
@pytest.mark.parametrize("word", WORDS)
def test_words_stand_out_from_every_ground(colours, ground, word):
    assert contrast(colours[word], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", ["good", "attention", "bad", "neutral"])
def test_words_stand_out_from_the_ground_of_their_tone(colours, tone):
    assert contrast(colours[tone], colours[f"{tone}_ground"]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_stand_out_where_something_is_selected_or_pressed(colours):
    assert contrast(colours["text"], colours["selection"]) >= 4.5
    assert contrast(colours["accent"], colours["selection"]) >= 4.5
    assert contrast(colours["muted"], colours["selection"]) >= 4.5
    assert contrast(colours["on_accent"], colours["accent"]) >= 4.5
    assert contrast(colours["on_accent"], colours["accent_hover"]) >= 4.5
    assert contrast(colours["muted"], colours["hover"]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_outline_of_a_field_can_be_found(colours):
    for ground in ("ground", "surface"):
        assert contrast(colours["edge"], colours[ground]) >= 3
        assert contrast(colours["attention_line"], colours[ground]) >= 3


@pytest.mark.parametrize("day", sorted(DAYS.keys() - {"on_day"}))
def test_letters_stand_out_from_the_colour_of_a_day(day):
    assert contrast(DAYS["on_day"], DAYS[day]) >= 4.5


@pytest.mark.parametrize("day", sorted(DAYS.keys() - {"on_day"}))
def test_words_about_days_stand_out_from_the_surface(day):
    assert contrast(DAYS[day], LIGHT["surface"]) >= 4.5
    assert contrast(theme.DARK_DAY_WORDS[day], DARK["surface"]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_is_readable_in_every_group(colours):
    palette = theme.palette(colours)
    role = QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Disabled):
        for words, ground in [
            (role.WindowText, role.Window),
            (role.Text, role.Base),
            (role.ButtonText, role.Button),
            (role.ToolTipText, role.ToolTipBase),
            (role.HighlightedText, role.Highlight),
        ]:
            assert contrast(palette.color(group, words), palette.color(group, ground)) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_of_fields_and_boxes_stand_out(colours):
    for _, colour in MARKS.values():
        ground = colours["mark"] if colour == "#FFFFFF" else colours["surface"]
        assert contrast(colour, ground) >= 3
    assert contrast(colours["mark"], colours["surface"]) >= 3


def test_both_schemes_know_the_same_roles():
    assert LIGHT.keys() == DARK.keys()


def test_the_style_sheet_names_no_colour_of_its_own():
    sheet = (ROOT / "resources/style.qss").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?!_)", sheet) == []
    assert "@" not in theme.style_sheet(LIGHT)


def test_the_user_may_choose_dark_whatever_the_system_says(qapp):
    theme.apply(qapp, theme.Scheme.DARK)
    try:
        assert theme.is_dark()
        assert theme.colour("text").name() == DARK["text"].lower()
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)
    assert theme.colour("text").name() == LIGHT["text"].lower()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn(qapp, name):
    picture = icons.icon(name).pixmap(QSize(24, 24)).toImage()
    assert any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_an_icon_takes_the_colour_of_its_scheme_and_tone(qapp):
    def strongest(icon, mode=QIcon.Mode.Normal):
        image = icon.pixmap(QSize(48, 48), 1.0, mode).toImage()
        return max(
            (image.pixelColor(x, y) for x in range(48) for y in range(48)), key=QColor.alpha
        ).name()

    icon = icons.icon("home")
    assert strongest(icon) == LIGHT["text"].lower()
    assert strongest(icon, QIcon.Mode.Disabled) == LIGHT["muted"].lower()
    assert strongest(icons.icon("home", "good")) == LIGHT["good"].lower()
    theme.apply(qapp, theme.Scheme.DARK)
    try:
        assert strongest(icon) == DARK["text"].lower()
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)


def test_an_unknown_icon_is_a_mistake_that_shows_at_once():
    with pytest.raises(LookupError, match="no icon named nothing"):
        icons.icon("nothing")
