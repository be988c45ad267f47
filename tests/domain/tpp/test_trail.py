"""The tree behind an amount: complete, readable, and the same after being stored."""

import itertools
import json
from decimal import Decimal

import pytest

from wfh_desktop import rulebook
from wfh_desktop.domain.tpp import trail
from wfh_desktop.domain.tpp.engine import calculate


@pytest.fixture(scope="module")
def explained():
    """The recorded payment of July 2026: two missing taps, 22 minutes late, a day of leave."""
    plain = {
        "period": "2026-07",
        "person": {"job_class": 8},
        "performance": {"predicate": "Baik", "source": ["appraisal:5"]},
        "events": [
            {"code": "TAP", "count": 2, "source": ["scan:11", "scan:12"]},
            {"code": "TL", "minutes": 22, "source": ["scan:13"]},
        ],
        "leave": [{"code": "CT", "days": 1, "source": ["leave:3"]}],
    }
    case = rulebook.case_from_plain(plain)
    return calculate(rulebook.load("kemnaker-15-2024"), case).trail


def test_a_deduction_says_how_often_what_rate_and_of_what(explained):
    tap = trail.find(explained, "event.TOTAL.KEHADIRAN.TAP")
    assert tap.formula == "2 kejadian x 1 % dari bagian kehadiran (Rp1.378.545,00)"
    assert tap.shown == "-Rp27.570,90"
    assert "Pasal 13 ayat (2)" in tap.clause


def test_every_row_of_the_case_is_found_in_the_tree(explained):
    found = {row for node in trail.walk(explained) for row in node.source}
    assert found == {"scan:11", "scan:12", "scan:13", "appraisal:5", "leave:3"}


def test_a_rounding_step_shows_before_and_after(explained):
    step = next(node for node in trail.leaves(explained) if node.rounding)
    assert (step.rounding.before, step.rounding.after) == (Decimal("4564546.301"), 4564546)
    assert step.amount == step.rounding.after - step.rounding.before


def test_the_explanation_can_be_sent_as_a_message(explained):
    text = trail.as_text(explained)
    assert text.splitlines()[0] == "Jumlah TPP yang diterima: Rp4.564.546,00"
    for told in (
        "Predikat Baik: 100 %",
        "Cuti dibayar penuh 1 hari",
        "= 22 menit x 0,01 % dari bagian kehadiran (Rp1.378.545,00)",
        "4.564.546,301 dibulatkan ke angka terdekat (kelipatan 1) = 4.564.546",
        "Permenaker 15/2024",
    ):
        assert told in text


def test_the_tree_survives_being_stored(explained):
    stored = json.loads(json.dumps(trail.to_plain(explained)))
    assert trail.from_plain(stored) == explained


def test_every_node_is_the_sum_of_its_children(explained):
    for node in trail.walk(explained):
        if node.children:
            assert node.amount == sum(child.amount for child in node.children)


def test_leaves_of_a_bonus_and_a_loss_add_up(explained):
    assert sum(leaf.amount for leaf in trail.leaves(explained)) == explained.amount


def test_keys_lead_to_their_nodes(explained):
    nodes = trail.index(explained)
    assert nodes["gross"].amount == 4564546
    assert nodes["score.KINERJA"].amount == 100
    assert trail.find(explained, "nothing") is None


@pytest.mark.parametrize("rule_id", rulebook.identifiers())
def test_texts_never_repeat_a_word_or_leave_a_blank(rule_id):
    rules = rulebook.load(rule_id)
    for example in rules.examples:
        for node in trail.walk(calculate(rules, example.case).trail):
            words = node.label.split()
            assert all(a.lower() != b.lower() for a, b in itertools.pairwise(words))
            for text in (node.label, node.formula, node.note):
                assert text == text.strip()
                assert "None" not in text
                assert "  " not in text
