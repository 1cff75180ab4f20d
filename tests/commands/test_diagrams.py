"""`kvarboende diagrams check` says what is wrong with a folder of diagrams."""

from __future__ import annotations

from click.testing import CliRunner

from app.cli import main


def test_a_folder_without_diagrams_has_nothing_wrong(tmp_path):
    told = CliRunner().invoke(main, ["diagrams", "check", str(tmp_path)])
    assert (told.exit_code, told.output) == (0, "0 processer, 0 fel, 0 varningar.\n")


def test_a_file_that_is_no_diagram_is_an_error_with_its_name(tmp_path):
    (tmp_path / "prov").mkdir()
    (tmp_path / "prov" / "prov.bpmn").write_text("<not-bpmn")
    told = CliRunner().invoke(main, ["diagrams", "check", str(tmp_path)])
    assert told.exit_code == 1
    assert told.output.startswith("prov/prov.bpmn")
    assert "0 fel" not in told.output


def test_without_a_folder_the_diagrams_of_the_settings_are_checked(tmp_path):
    told = CliRunner().invoke(main, ["diagrams", "check"], env={"KVARBOENDE_DIAGRAMS": str(tmp_path)})
    assert told.output == "0 processer, 0 fel, 0 varningar.\n"
