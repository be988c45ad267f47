"""Where the files that ship with the application are."""

from pathlib import Path

ASSETS = Path(__file__).with_name("assets")
FONTS = ASSETS / "fonts"
TRANSLATIONS = ASSETS / "i18n"
RULES = ASSETS / "rules"
DEMO = ASSETS / "demo"
