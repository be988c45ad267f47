"""The direction of imports, which keeps the layers apart."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "wfh_desktop"

MAY_IMPORT = {
    "domain": set(),
    "words": {"domain"},
    "readers": {"domain", "lxml", "python_calamine"},
    "rulebook": {"domain", "paths", "pydantic"},
    "charts": {"domain", "paths", "words", "matplotlib"},
    "documents": {"domain", "charts", "paths", "words", "reportlab", "xlsxwriter"},
    "persistence": {"domain", "paths", "sqlalchemy", "alembic"},
    "services": {
        "domain", "readers", "rulebook", "documents", "persistence", "paths", "words",
        "sqlalchemy", "holidays",
    },
    "views": {
        "domain", "rulebook", "charts", "documents", "persistence", "services", "readers",
        "forms", "paths", "settings", "words", "PySide6", "shiboken6", "matplotlib",
    },
    "settings": {"PySide6"},
    "cli": {
        "domain", "readers", "rulebook", "documents", "persistence", "services", "paths", "words",
    },
}  # fmt: skip
CONTROLLED = {
    "PySide6", "shiboken6", "sqlalchemy", "alembic", "reportlab", "matplotlib", "lxml",
    "python_calamine", "pydantic", "holidays", "xlsxwriter",
}  # fmt: skip


def modules(layer):
    path = PACKAGE / layer
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def imports(module):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (
                [node.module]
                if node.module != "wfh_desktop"
                else [f"wfh_desktop.{alias.name}" for alias in node.names]
            )
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_layer_imports_only_what_lies_below(layer):
    wrong = [
        f"{module.relative_to(PACKAGE)} imports {name}"
        for module in modules(layer)
        for name in imports(module)
        for top, *rest in [name.split(".")]
        if (
            top == "wfh_desktop"
            and rest
            and rest[0] not in MAY_IMPORT[layer] | {layer, "__version__"}
        )
        or (top in CONTROLLED and top not in MAY_IMPORT[layer])
    ]
    assert wrong == []


def test_the_rules_of_the_field_need_only_the_standard_library():
    import sys

    wrong = [
        f"{module.relative_to(PACKAGE)} imports {name}"
        for module in modules("domain")
        for name in imports(module)
        if name.split(".")[0] not in sys.stdlib_module_names | {"wfh_desktop"}
    ]
    assert wrong == []


def test_matplotlib_is_drawn_only_where_charts_are():
    wrong = [
        str(module.relative_to(PACKAGE))
        for module in modules("views")
        if module.parent.name != "widgets"
        and any(name.startswith("matplotlib") for name in imports(module))
    ]
    assert wrong == []


def test_every_module_belongs_to_a_layer():
    names = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    known = set(MAY_IMPORT) | {
        "__init__",
        "__main__",
        "__pycache__",
        "app",
        "paths",
        "forms",
        "assets",
    }
    assert names - known == set()
