"""A folder of diagrams shows its own files and nothing else of the computer."""

from __future__ import annotations

import os

import pytest

from processes.actions.diagrams import publish
from processes.diagrams import files
from processes.diagrams.files import files_of_process, is_safe_path, read_folder
from processes.errors import DiagramRefused
from tests.engine.drawn import Drawn

CLIMBING = [
    "../x.bpmn",
    "a/../../x.bpmn",
    "a/./x.bpmn",
    "/etc/passwd",
    "//server/share",
    "C:\\x.bpmn",
    "a\\..\\x.bpmn",
    "a/b\0.bpmn",
    "a/\u202ebpmn.x",
    "a//x.bpmn",
    "a/x.bpmn/",
    "a/.hidden",
    "~/x",
    "a/x.bpmn\n",
    "a/-rf",
    "",
    "a/" * 150 + "x",
    "a/..%2fx",
    "a/x<script>.bpmn",
]


@pytest.mark.parametrize("name", CLIMBING)
def test_a_name_that_climbs_hides_or_tricks_is_no_name(name):
    assert not is_safe_path(name)


@pytest.mark.parametrize("name", CLIMBING)
def test_a_file_with_such_a_name_is_never_published(runtime, name):
    with pytest.raises(DiagramRefused, match="no names"), runtime.transaction() as work:
        publish(
            work, "prov", {"prov/prov.bpmn": Drawn().start().end().flow("start", "slut").xml(), name: b""}
        )


@pytest.mark.parametrize(
    "name",
    ["hot/hot.bpmn", "hot/forms/ta_stallning.json", "hot/letters/brev-1.md", "arende/forms/kfm.nyTid.json"],
)
def test_an_ordinary_name_is_fine(name):
    assert is_safe_path(name)


def test_a_link_to_a_file_of_the_computer_is_refused(tmp_path):
    (tmp_path / "hot").mkdir()
    (tmp_path / "hot" / "hot.bpmn").symlink_to("/etc/passwd")
    with pytest.raises(DiagramRefused, match="is a link"):
        read_folder(tmp_path)


def test_a_link_to_a_folder_of_the_computer_is_refused(tmp_path):
    (tmp_path / "hot").symlink_to("/etc")
    with pytest.raises(DiagramRefused, match="is a link"):
        read_folder(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path, a_second):
    os.mkfifo(tmp_path / "hot.bpmn")
    with a_second:
        assert read_folder(tmp_path) == {}


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, a_second):
    with (tmp_path / "hot.bpmn").open("wb") as file:
        file.truncate(10**12)
    with a_second, pytest.raises(DiagramRefused, match="at most"):
        read_folder(tmp_path)


def test_a_folder_with_more_files_than_diagrams_have_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 2)
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.bpmn").touch()
    with pytest.raises(DiagramRefused, match="at most 2"):
        read_folder(tmp_path)


@pytest.mark.parametrize("called", ["../../etc/passwd", "/etc/passwd", "a\0b", "hot/../../x"])
def test_a_call_that_climbs_finds_nothing(called):
    drawing = f'<bpmn:callActivity calledElement="{called}"/>'.encode()
    assert files_of_process({"hot/hot.bpmn": drawing, "x.bpmn": b"", "hot.bpmn": b""}, "hot").keys() == {
        "hot/hot.bpmn"
    }
