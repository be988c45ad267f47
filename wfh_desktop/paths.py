"""Where the files are that ship with the application, and those it writes."""

from pathlib import Path

ASSETS = Path(__file__).with_name("assets")
FONTS = ASSETS / "fonts"
TRANSLATIONS = ASSETS / "i18n"
RULES = ASSETS / "rules"
DEMO = ASSETS / "demo"


def data_folder() -> Path:
    """Return the folder of this user's database; it may not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("WFH Desktop", appauthor=False)


def draft_folder() -> Path:
    """Return the folder of what this user typed and has not stored; it may not exist yet."""
    return data_folder() / "isian"


def log_folder() -> Path:
    """Return the folder of this user's log; it may not exist yet."""
    from platformdirs import user_log_path

    return user_log_path("WFH Desktop", appauthor=False)


def certificates() -> tuple[Path, ...]:
    """Return where the certificate of the office's server may lie, the surest place first."""
    from platformdirs import site_data_path

    name = "ca.crt"
    return site_data_path("WFH Desktop", appauthor=False) / name, data_folder() / name
