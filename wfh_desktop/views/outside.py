"""Showing a file in the program that the desktop has for it. The only place that starts another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def show(path: Path) -> None:
    """Show a file that this program wrote itself; never one under a foreign name."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
