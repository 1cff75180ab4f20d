"""The command that measures: what it says and writes, what it refuses, and that nothing is left behind."""

from __future__ import annotations

import json
import sqlite3
import sys
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from benchmarks import run
from benchmarks.figures import Figure, Measured, MeasureFailed, percentile
from benchmarks.report import BEGIN, END
from benchmarks.run import Report
from benchmarks.run import Result as Found

MACHINE = {
    "measured_at": "2026-11-23T20:00+00:00", "cores": 2, "processor": "P", "memory": "1 kB", "system": "Linux",
    "python": "3.11.7", "load_average": [0.5, 0.25, 0.0], "versions": {"flask": "3.1.3"},
}  # fmt: skip


def bench(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["bench", *arguments])


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> tuple[str, dict[str, Any]]:
    """What was printed and written when very little was measured, on SQLite and of the peer."""
    file = tmp_path_factory.mktemp("bench") / "found.json"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "SMALL", run.TINY)
        done = bench("--small", "--only", "a,g", "--json", str(file))
    assert done.exit_code == 0, done.output
    return done.output, json.loads(file.read_text())


def figures_of(told: tuple[str, dict[str, Any]], place: int) -> dict[str, float]:
    return {one["what"]: one["value"] for one in told[1]["databases"][place]["figures"]}


def test_completing_a_task_is_told_with_its_least_cost_and_commits_once(told):
    found = figures_of(told, 0)
    assert found["commits of an action, most"] == 1
    assert found["SQL statements of an action, median"] > 0
    ratio = (
        found["complete a task through HTTP, p50"]
        / found["lower bound (engine in memory + bare transaction), p50"]
    )
    assert found["through HTTP / lower bound"] == pytest.approx(ratio, rel=0.01)
    details = told[1]["databases"][0]["details"]["a"]
    assert len(details["steps"]) == details["completions"] == 13
    for step in details["steps"].values():
        assert step["processes_moved"] >= 1
        assert step["bytes_written"] > step["rows_written"] > 0


def test_the_peer_stands_beside_the_product(told):
    assert told[1]["databases"][1]["database"]["database"] == "Peer"
    assert figures_of(told, 1)["state of an open case, mean"] > 10
    assert figures_of(told, 1)["complete a task through HTTP, p50"] > 0


def test_the_machine_and_how_surely_the_database_writes_are_told(told):
    assert told[1]["machine"]["cores"] >= 1
    assert len(told[1]["machine"]["load_average"]) == 3
    assert told[1]["databases"][0]["database"]["synchronous"] == "2"


def test_the_table_has_a_line_for_every_figure(told):
    printed, found = told
    for database in found["databases"]:
        for figure in database["figures"]:
            assert figure["what"] in printed
    assert "≤ 15 ms" not in printed  # an aim for PostgreSQL


def test_a_database_with_anything_in_it_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "full.db"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE kept (said TEXT)")
        database.execute("INSERT INTO kept VALUES ('still here')")
    done = bench("--only", "b", "--database", f"sqlite:///{file}")
    assert done.exit_code == 1
    assert "kept" in done.output
    with sqlite3.connect(file) as database:
        assert database.execute("SELECT said FROM kept").fetchall() == [("still here",)]
    database.close()


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [("a,x,h", "no measure hx"), ("abcdefgh", "no measure h"), (",", "names no measure")],
)
def test_letters_that_are_no_measure_are_refused(letters, sentence):
    done = bench("--only", letters)
    assert done.exit_code == 1
    assert sentence in done.output
    assert "give some of the letters abcdefg" in done.output


def test_an_installation_without_the_measures_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "benchmarks.run", None)
    done = bench("--only", "a")
    assert done.exit_code == 1
    assert "checkout" in done.output


@pytest.fixture
def found_before(monkeypatch) -> None:
    """Nothing is measured; this is what was found, on two databases."""
    fast = Figure("a", "complete a task", 12.34, "ms", at_most=15)
    slow = Figure("a", "complete a task", 30, "ms", at_most=15)
    few = Figure("d", "timers a second", 150, "/s", at_least=300)
    results = (
        Found(
            {"database": "One 1", "fsync": "on"}, {"a": Measured((fast,)), "d": Measured((few,))}, {"a": 1.0}
        ),
        Found({"database": "Two 2"}, {"a": Measured((slow,))}, {"a": 1.0}),
    )
    monkeypatch.setattr(run, "measure", lambda *_: Report(MACHINE, results))


def test_figures_are_written_between_the_marks_of_a_document_and_nowhere_else(found_before, tmp_path):
    document = tmp_path / "performance.md"
    document.write_text(f"Before.\n\n{BEGIN}\nold figures\n{END}\n\nAfter.\n")
    done = bench("--write", str(document))
    assert done.exit_code == 0, done.output
    text = document.read_text()
    assert text.startswith("Before.\n")
    assert text.endswith("After.\n")
    assert "old figures" not in text
    assert "`make bench`" in text
    assert "| | Measure | Aim | One 1 | Two 2 |" in text
    assert "| a | complete a task | ≤ 15 ms | 12.3 ms | **30 ms** (missed by 100%) |" in text
    assert "| d | timers a second | ≥ 300 /s | **150 /s** (missed by 50%) |  |" in text


def test_a_document_without_marks_is_left_as_it_is(found_before, tmp_path):
    document = tmp_path / "performance.md"
    document.write_text("No marks here.\n")
    done = bench("--write", str(document))
    assert done.exit_code == 1
    assert BEGIN in done.output
    assert document.read_text() == "No marks here.\n"


def test_the_table_says_what_is_met_and_by_how_much_the_rest_is_missed(found_before):
    printed = bench("--only", "a").output
    assert "12.3 ms   ≤ 15 ms  met" in printed
    assert "missed by 100%" in printed


def test_a_measure_that_fails_is_told_and_does_not_keep_the_next_from_being_taken(monkeypatch, tmp_path):
    def fails(_ground, _size):
        raise MeasureFailed("nobody came")

    figure = Figure("b", "still measured", 7)
    measures = {"a": ("a thing", fails), "b": ("another", lambda _ground, _size: Measured((figure,)))}
    monkeypatch.setattr(run, "MEASURES", measures)
    file = tmp_path / "found.json"
    done = bench("--only", "a,b", "--json", str(file))
    assert done.exit_code == 1
    assert "still measured" in done.output
    assert json.loads(file.read_text())["databases"][0]["details"]["a"] == {
        "failed": "MeasureFailed: nobody came"
    }


def test_a_percentile_is_one_of_the_values():
    values = [5.0, 1.0, 3.0, 2.0, 4.0]
    assert percentile(values, 50) == 3.0
    assert percentile(values, 95) == 5.0
    assert percentile([7.0], 50) == 7.0
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)
