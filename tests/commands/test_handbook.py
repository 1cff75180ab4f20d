"""`kvarboende handbook coverage` lists what carries and shows each requirement."""

from __future__ import annotations

from click.testing import CliRunner

from app.cli import main
from processes.handbook import requirements


def test_every_requirement_has_its_line():
    told = CliRunner().invoke(main, ["handbook", "coverage"])
    assert told.exit_code == 0
    listed = {line.split()[0] for line in told.output.splitlines() if line.startswith("R-")}
    assert listed == {requirement.id for requirement in requirements()}


def test_the_list_can_be_narrowed_to_what_is_missing():
    told = CliRunner().invoke(main, ["handbook", "coverage", "--only", "missing"])
    assert told.exit_code == 0
    assert [line for line in told.output.splitlines() if line.startswith("R-") and "saknas" not in line] == []


def test_an_installation_without_the_sources_is_told_why_there_is_no_list(tmp_path, monkeypatch):
    monkeypatch.setattr("app.commands.handbook.ROOT", tmp_path)
    told = CliRunner().invoke(main, ["handbook", "coverage"])
    assert told.exit_code == 1
    assert "needs a checkout" in told.output
