"""What one user on one computer prefers. What the office decides is in the database."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T")


class Setting(Generic[T]):
    """A typed entry of `Settings`."""

    def __init__(self, key: str, default: T) -> None:
        self.key = key
        self.default = default

    def __get__(self, owner: Settings, _: type[Settings]) -> T:
        return owner.store.value(self.key, self.default, type(self.default))  # type: ignore[return-value]

    def __set__(self, owner: Settings, value: T) -> None:
        owner.store.setValue(self.key, value)


class Settings:
    """Preferences, kept wherever the platform keeps such things."""

    database_url = Setting("database/url", "")
    scheme = Setting("window/scheme", "system")
    compact = Setting("window/compact", False)
    collapsed = Setting("window/collapsed", False)
    geometry = Setting("window/geometry", QByteArray())
    unit_id = Setting("scope/unit", 0)
    period = Setting("scope/period", "")  # empty: the month of the calendar

    def __init__(self, store: QSettings | None = None) -> None:
        self.store = store or QSettings()

    def widths(self, table: str) -> list[int]:
        """Return the widths of the columns of *table* in pixels; empty if none are kept."""
        text = self.store.value(f"widths/{table}", "", str)
        return [int(width) for width in str(text).split()]

    def remember_widths(self, table: str, widths: list[int]) -> None:
        """Keep the widths of the columns of *table*."""
        self.store.setValue(f"widths/{table}", " ".join(map(str, widths)))
