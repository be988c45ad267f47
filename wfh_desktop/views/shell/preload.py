"""Loading what pages will need, in a worker, so that no page makes the window stand still."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from wfh_desktop.views.jobs import Progress

FIRST = ("units", "home")  # of the first page
LEFT = {"demo"}  # needed once, if ever


def load_services(progress: Progress) -> None:
    """Import all use cases, those of the first page first."""
    package = import_module("wfh_desktop.services")
    found = [module.name for module in iter_modules(package.__path__)]
    names = [*FIRST, *(name for name in found if name not in LEFT | set(FIRST))]
    for done, name in enumerate(names):
        progress(done, len(names))
        import_module(f"wfh_desktop.services.{name}")
