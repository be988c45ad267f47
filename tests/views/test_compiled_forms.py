"""Every form as the build hook compiled it."""

from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6 import QtWidgets
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

FORMS = sorted((Path(__file__).parents[2] / "ui").glob("*.ui"))
FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView)


@pytest.fixture(params=FORMS, ids=lambda path: path.stem)
def form(request, qtbot):
    """Return the form set up on a widget of its own kind."""
    top = ElementTree.parse(request.param).getroot().find("widget")
    widget = getattr(QtWidgets, top.get("class"))()
    qtbot.addWidget(widget)
    module = import_module(f"wfh_desktop.forms.{request.param.stem}")
    ui = getattr(module, f"Ui_{top.get('name')}")()
    ui.setupUi(widget)
    return widget


def test_form_is_compiled_and_can_be_set_up(form):
    assert form.findChildren(QWidget)


def test_every_field_has_a_name_for_those_who_do_not_see_it(form):
    labelled = {label.buddy() for label in form.findChildren(QLabel)}
    nameless = [
        field.objectName()
        for kind in FIELDS
        for field in form.findChildren(kind)
        if field.focusPolicy() & Qt.FocusPolicy.TabFocus
        and field.objectName()  # else it is a part of another field
        and not field.objectName().startswith("qt_")
        and not (field.accessibleName() or field.property("placeholderText"))
        and field not in labelled
    ]
    assert nameless == []
