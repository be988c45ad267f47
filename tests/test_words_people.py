"""Every code that people, units, leave and discipline may refuse with has its sentence."""

import ast
from pathlib import Path

import pytest

from wfh_desktop import words

PACKAGE = Path(words.__file__).parents[1]
MODULES = [
    *(PACKAGE / "domain" / f"{name}.py" for name in ("nip", "leave", "discipline", "careers")),
    *(PACKAGE / "services" / f"{name}.py" for name in ("units", "leave", "discipline", "timeline")),
    *sorted((PACKAGE / "services" / "people").glob("*.py")),
    *sorted((PACKAGE / "services" / "office").glob("*.py")),
    *sorted((PACKAGE / "services" / "staff_import").glob("*.py")),
]


def calls(module, name):
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")) == name
        ):
            yield node


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.stem}.{path.stem}")
def test_each_problem_has_a_sentence_and_a_field_with_a_name(module):
    problems = [
        (call.args[0].value, call.args[1].value)
        for call in calls(module, "Problem")
        if all(isinstance(one, ast.Constant) for one in call.args[:2])
    ]
    assert [code for _, code in problems if code not in words.PROBLEMS] == []
    spoken = [
        field
        for field, code in problems
        if "{field}" in words.PROBLEMS[code] and field not in words.FIELDS
    ]
    assert spoken == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.stem}.{path.stem}")
def test_each_action_in_the_history_of_a_person_has_words(module):
    texts = {
        node.value
        for name in ("log", "amend", "noted")
        for call in calls(module, name)
        for node in call.args
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    of_people = tuple(f"{subject}." for subject in ("person", "rank", "position", "leave", "alias"))
    actions = {text for text in texts if text.startswith((*of_people, "sanction."))}
    assert actions - set(words.ACTIONS) == set()
