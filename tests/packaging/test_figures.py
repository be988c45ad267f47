"""Speed is measured apart from the tests, and said beside its bar."""

import ast
import json
import sys
from pathlib import Path

import figures
import pytest

TESTS = Path(__file__).parents[1]
# `monotonic` may set a deadline; a measured time may decide nothing.
CLOCKS = {"perf_counter", "perf_counter_ns", "process_time", "thread_time", "timeit"}
ROW = {"name": "TPP", "value": 0.5, "unit": "ms", "bar": 1.0, "ok": True, "note": "10 000 orang"}


@pytest.mark.parametrize(
    "module", sorted((TESTS / "benchmarks").glob("test_*.py")), ids=lambda path: path.stem
)
def test_every_benchmark_offers_its_figures(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    offered = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    (made,) = (node for node in offered if node.name == "figures")
    assert [one.arg for one in [*made.args.args, *made.args.kwonlyargs]] == ["bench"]


def test_no_ordinary_test_looks_at_a_clock():
    wrong = [
        f"{module.relative_to(TESTS)}:{node.lineno} uses {name}"
        for module in TESTS.rglob("test_*.py")
        if "benchmarks" not in module.parts and module != Path(__file__)
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        for name in [getattr(node, "attr", getattr(node, "id", None))]
        if name in CLOCKS
    ]
    assert wrong == []


def test_the_table_shows_each_figure_beside_its_bar():
    lines = figures.table([ROW, ROW | {"name": "PDF", "value": 5.25, "bar": 4, "ok": False}])
    assert [line.split() for line in lines.splitlines()][1:] == [
        ["TPP", "0.5", "1", "ms", "ok", "10", "000", "orang"],
        ["PDF", "5.25", "4", "ms", "short", "10", "000", "orang"],
    ]


@pytest.fixture
def benchmarks(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "BENCHMARKS", tmp_path)

    def write(name, body):
        source = f"def figures(*, bench=False):\n    {body}\n"
        (tmp_path / f"test_{name}.py").write_text(source, "utf-8")

    return write


def test_figures_are_printed_as_table_and_json_and_kept(benchmarks, tmp_path, capfd):
    benchmarks("tpp", f"print('kebisingan'); return [{ROW}]")
    target = tmp_path / "angka.json"
    assert figures.show(Path(sys.executable), target) == 0
    printed = capfd.readouterr().out
    assert "kebisingan" not in printed
    assert printed.startswith("angka")
    assert json.loads(printed[printed.index("[") :]) == [ROW]
    assert json.loads(target.read_text(encoding="utf-8")) == [ROW]


@pytest.mark.parametrize(
    "body",
    [f"return [{ROW | {'ok': False}}]", "raise RuntimeError", "return [{'name': 'TPP'}]"],
    ids=["short", "broken", "incomplete"],
)
def test_a_missed_or_unmeasured_bar_fails(benchmarks, body, capfd):
    benchmarks("baik", f"return [{ROW}]")
    benchmarks("lain", body)
    assert figures.show(Path(sys.executable), None) == 1
    assert "TPP" in capfd.readouterr().out


def test_the_large_sizes_are_measured_when_they_are_asked_for(benchmarks, capfd):
    benchmarks("tpp", f"return [{ROW} | {{'value': 0.25 if bench else 0.75}}]")
    figures.show(Path(sys.executable), None, bench=True)
    assert "0.25" in capfd.readouterr().out


def test_only_the_modules_that_are_named_are_measured(benchmarks, capfd):
    benchmarks("tpp", f"return [{ROW}]")
    benchmarks("lain", "raise RuntimeError")
    assert figures.show(Path(sys.executable), None, only=["tpp"]) == 0
