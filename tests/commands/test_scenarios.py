"""`kvarboende scenario run` plays stories and reports every expectation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from tests.city import arrears_notice


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """A story of one notice, of which the first expectation is right."""
    return written(tmp_path / "right.yaml", times_announced=0)


def written(file: Path, times_announced: int) -> Path:
    """The file with a story that expects Kronofogden to have announced a new date so many times."""
    steps: list[dict[str, Any]] = [
        {"at": "2026-03-02 09:00", "who": "siv", "notice": arrears_notice()},
        {"expect": {"events": {"kfm.nyTid": times_announced}}},
    ]
    # Every JSON file is a YAML file.
    file.write_text(json.dumps({"id": "T-1", "title": "Prov", "starts": "2026-03-02 08:00", "steps": steps}))
    return file


def run(*files: Path) -> Result:
    return CliRunner().invoke(main, ["scenario", "run", *map(str, files)])


def test_a_story_that_comes_true_is_reported_step_by_step(story):
    told = run(story)
    assert told.exit_code == 0, told.output
    assert told.output.startswith("T-1 Prov\n  ok      1  siv registrerar en underrättelse\n  ok      2  ")
    assert told.output.endswith("1 of 1 stories came true.\n")


def test_what_does_not_come_true_is_pointed_out(story, tmp_path):
    told = run(story, written(tmp_path / "wrong.yaml", times_announced=1))
    assert told.exit_code == 1
    assert [line[:13] for line in told.output.splitlines() if "WRONG" in line] == ["  WRONG   2  "]
    assert told.output.endswith("1 of 2 stories came true.\n")


def test_a_file_that_is_no_story_is_refused_with_its_name(tmp_path):
    file = tmp_path / "list.yaml"
    file.write_text("- one\n- two\n")
    told = run(file)
    assert told.exit_code == 1
    assert "list.yaml" in told.output
    assert "Traceback" not in told.output


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    told = run(tmp_path / "nothing.yaml")
    assert told.exit_code == 2
    assert "does not exist" in told.output
