"""Loading what pages will need, in a worker, so that no page makes the window stand still."""

from __future__ import annotations

from importlib import import_module

from wfh_desktop.views.jobs import Progress

LEFT = {"demo"}  # needed once, if ever


def load_services(progress: Progress) -> None:
    """Import all use cases."""
    from pkgutil import iter_modules

    package = import_module("wfh_desktop.services")
    found = [module.name for module in iter_modules(package.__path__)]
    for done, name in enumerate(found):
        progress(done, len(found))
        if name not in LEFT:
            import_module(f"wfh_desktop.services.{name}")
