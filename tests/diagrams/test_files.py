"""A folder of diagrams is read as it lies, and each process gets the files that it needs and no others."""

from __future__ import annotations

from processes.diagrams.files import files_of_process, process_keys, read_folder, startable_keys
from tests.diagrams.example_folder import DELPROV, FOLDER, FORM, PROVA, example


def test_files_are_known_by_their_path_in_the_folder():
    assert {PROVA, DELPROV, FORM, "prova/bradska.dmn"} <= read_folder(FOLDER).keys()


def test_hidden_files_are_left_alone(tmp_path):
    (tmp_path / "prova").mkdir()
    (tmp_path / "prova" / ".prova.bpmn.swp").write_bytes(b"")
    assert read_folder(tmp_path) == {}


def test_a_folder_with_a_diagram_of_its_own_name_is_a_process():
    files = example() | {"bilder/omslag.png": b""}
    assert process_keys(files) == ["delprov", "prova"]


def test_a_process_that_is_only_called_is_not_started_by_itself():
    assert startable_keys(example()) == ["prova"]


def test_a_process_gets_the_files_of_those_it_calls():
    assert set(files_of_process(example(), "prova")) == set(example())
    assert set(files_of_process(example(), "delprov")) == {DELPROV, "delprov/forms/godkann_fragan.json"}


def test_scenarios_and_readme_are_no_part_of_a_version():
    files = example() | {
        "prova/README.md": b"",
        "prova/scenarios/en.json": b"{}",
        "prova/letters/brev.txt": b"",
    }
    assert set(files_of_process(files, "prova")) - set(example()) == {"prova/letters/brev.txt"}


def test_processes_that_call_each_other_in_a_circle_are_each_read_once():
    files = example()
    files[DELPROV] += b'<!-- calledElement="prova" -->'
    assert set(files_of_process(files, "delprov")) == set(example())
