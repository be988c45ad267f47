"""What the program is, where its data are, and what it is made of."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires, version

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from wfh_desktop import __version__, rulebook
from wfh_desktop.forms.about_section import Ui_AboutSection
from wfh_desktop.persistence.database import Work
from wfh_desktop.views.context import Context
from wfh_desktop.views.sections.section import Section

NAME = re.compile(r"[\w.-]+")  # what a requirement begins with


class AboutSection(Section):
    """Version, database, rule sets, parts."""

    key = "about"
    title = "Tentang"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_AboutSection()
        self.ui.setupUi(self)
        self.ui.version_label.setText(f"Versi {__version__}")
        self.ui.parts_label.setText(f"Dibangun dengan {', '.join(parts())}.")

    @override
    def reload(self) -> None:
        self.load(_where, self._show)

    def _show(self, where: str) -> None:
        self.ui.database_label.setText(f"Basis data: {where}")
        count = len(rulebook.identifiers())
        self.ui.rules_label.setText(
            f"{count} aturan TPP tersedia, masing-masing dengan contoh hitung."
        )


def parts() -> list[str]:
    """Return the libraries that the program uses at run time, with their versions."""
    found = []
    for requirement in requires("wfh-desktop") or ():
        name = NAME.match(requirement)[0]  # type: ignore[index]
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return sorted(found, key=str.casefold)


def _where(work: Work) -> str:
    """Return the address of the database, without any password."""
    bind = work.session.get_bind()
    return bind.engine.url.render_as_string(hide_password=True)
