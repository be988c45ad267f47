"""Compile `ui/` and `resources/` into the package, for wheels and editable installs alike.

    ui/*.ui               ->  wfh_desktop/forms/*.py         pyside6-uic
    resources/icons.toml  ->  wfh_desktop/forms/icons/*.svg  taken from the Tabler package
    resources/style.qss   ->  wfh_desktop/forms/app_rc.py    pyside6-rcc, with the icons
    resources/i18n/*.ts   ->  wfh_desktop/assets/i18n/*.qm   pyside6-lrelease
    resources/fonts, rules, demo  ->  wfh_desktop/assets/    copied

After editing a form: `python -m hatchling build -t wheel --hooks-only`. Only what changed is
rebuilt.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

QT_TOOL = "import sys; from PySide6.scripts import pyside_tool as t; getattr(t, sys.argv.pop(1))()"
COPIED = ("fonts", "rules", "demo")
KEPT = {"__init__", "app_rc"}


class CompileAssets(BuildHookInterface):
    """The hook named by `[tool.hatch.build.targets.wheel.hooks.custom]`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile what is missing or out of date."""
        root, package = Path(self.root), Path(self.root, "wfh_desktop")
        compile_forms(root, package / "forms")
        compile_icons(root / "resources", package / "forms")
        for catalogue in sorted(root.glob("resources/i18n/*.ts")):
            target = package / "assets/i18n" / f"{catalogue.stem}.qm"
            if stale(target, [catalogue]):
                target.parent.mkdir(parents=True, exist_ok=True)
                qt("lrelease", "-silent", catalogue, "-qm", target)
        for name in COPIED:
            mirror(root / "resources" / name, package / "assets" / name)

    def clean(self, versions: list[str]) -> None:  # noqa: ARG002
        """Remove everything that `initialize` makes."""
        package = Path(self.root, "wfh_desktop")
        shutil.rmtree(package / "assets", ignore_errors=True)
        shutil.rmtree(package / "forms/icons", ignore_errors=True)
        for module in package.glob("forms/*.py"):
            if module.name != "__init__.py":
                module.unlink()


def compile_forms(root: Path, forms: Path) -> None:
    """Compile each Designer form; drop what is left of forms that are gone."""
    sources = sorted(root.glob("ui/*.ui"))
    for module in forms.glob("*.py"):
        if module.stem not in KEPT | {form.stem for form in sources}:
            module.unlink()
    for form in sources:
        target = forms / f"{form.stem}.py"
        if stale(target, [form]):
            qt("uic", form, "--from-imports", "--no-autoconnection", "-o", target)


def compile_icons(resources: Path, forms: Path) -> None:
    """Put the style sheet and the icons of `icons.toml` into the resource module."""
    names, sheet = resources / "icons.toml", resources / "style.qss"
    target = forms / "app_rc.py"
    if not stale(target, [names, sheet]):
        return
    icons = forms / "icons"
    shutil.rmtree(icons, ignore_errors=True)
    icons.mkdir()
    shutil.copy(sheet, icons / "style.qss")
    lines = ['<file alias="style.qss">style.qss</file>']
    wanted = tomllib.loads(names.read_text(encoding="utf-8"))
    for name, source in wanted["icons"].items():
        shutil.copy(tabler(source), icons / f"{name}.svg")
        lines.append(f'<file alias="icons/{name}.svg">{name}.svg</file>')
    for name, (source, colour) in wanted["marks"].items():
        drawing = tabler(source).read_text(encoding="utf-8").replace("currentColor", colour)
        (icons / f"mark_{name}.svg").write_text(drawing, encoding="utf-8")
        lines.append(f'<file alias="marks/{name}.svg">mark_{name}.svg</file>')
    qrc = icons / "app.qrc"
    qrc.write_text(
        f'<RCC><qresource prefix="/">{"".join(lines)}</qresource></RCC>', encoding="utf-8"
    )
    qt("rcc", qrc, "-o", target)


def tabler(name: str) -> Path:
    """Return the SVG of the outline icon *name*, wherever the package is installed."""
    spec = find_spec("pytablericons")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("pytablericons is not installed")
    path = Path(spec.origin).parent / "icons/outline" / f"{name}.svg"
    if not path.exists():
        raise FileNotFoundError(f"resources/icons.toml names an unknown icon: {name}")
    return path


def mirror(source: Path, target: Path) -> None:
    """Make *target* a copy of the folder *source*, touching only what differs."""
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    for name in sorted(wanted):
        if not same(source / name, target / name):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)
    for path in list(target.rglob("*")):
        if path.is_file() and path.relative_to(target) not in wanted:
            path.unlink()


def same(source: Path, target: Path) -> bool:
    """Tell whether *target* is there with the content of *source*."""
    return target.is_file() and target.read_bytes() == source.read_bytes()


def stale(target: Path, sources: Iterable[Path]) -> bool:
    """Tell whether *target* is missing or older than any of its *sources*."""
    return not target.exists() or any(
        source.stat().st_mtime > target.stat().st_mtime for source in sources
    )


def qt(tool: str, *arguments: str | Path) -> None:
    """Run one of PySide6's own tools, whatever the PATH of this build looks like."""
    subprocess.run([sys.executable, "-c", QT_TOOL, tool, *map(str, arguments)], check=True)
