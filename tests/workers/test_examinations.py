"""What somebody wants checked is checked by a worker, once for the same content, whatever the files hold."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from processes.actions.examinations import ask_for_examination
from processes.clock import ManualClock
from processes.diagrams.examination import Examination
from processes.diagrams.files import read_folder
from processes.models import ExaminedFiles, JobFailure, PlayedScenario
from processes.queries.examinations import find_examination
from processes.runtime import Runtime
from processes.scenarios import rehearsal
from tests.city import DIAGRAMS
from workers import examinations
from workers.examinations import examine_what_is_asked_for

STORY = "underrattelse/scenarios/K-01-endast-radgivning.yaml"
FILES = {
    path: content
    for path, content in read_folder(DIAGRAMS).items()
    if "/scenarios/" not in path or path == STORY
}
"""All processes with one of their scenarios."""


def ask(runtime: Runtime, files: dict[str, bytes]) -> None:
    with runtime.transaction() as work:
        ask_for_examination(work, files)


def found(runtime: Runtime, files: dict[str, bytes]) -> Examination | None:
    with runtime.reading() as work:
        return find_examination(work.session, files)


def work_off(runtime: Runtime) -> None:
    examine_what_is_asked_for(runtime, lambda: False)


def test_files_are_examined_once_and_a_scenario_again_only_when_its_own_processes_change(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(runtime, FILES)
    assert found(runtime, FILES) is None
    work_off(runtime)
    examination = found(runtime, FILES)
    assert examination is not None
    assert examination.problems == ()
    assert [(one.file, one.ok, one.message) for one in examination.scenarios] == [(STORY, True, "")]
    assert {rule.status for rule in examination.rules} == {"proven"}

    monkeypatch.setattr(rehearsal, "play", None)  # whoever plays now breaks off
    ask(runtime, FILES)
    work_off(runtime)
    elsewhere = {**FILES, "bevakning/README.md": b"Ny text", "oanmalt-hembesok/README.md": b"Ny text"}
    ask(runtime, elsewhere)
    work_off(runtime)
    assert found(runtime, elsewhere) == examination
    with runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(PlayedScenario)) == 1
        assert [len(row.files) for row in work.session.scalars(select(ExaminedFiles))] == [0, 0]


def test_the_scenarios_tell_which_arrows_they_took(runtime: Runtime) -> None:
    ask(runtime, FILES)
    work_off(runtime)
    examination = found(runtime, FILES)
    assert examination is not None
    assert examination.coverage is not None
    coverage = examination.coverage["underrattelse"]
    assert {"ta_stallning", "flow_ska_handlaggas__inget_arende"} <= set(coverage.covered)
    assert {"kopplad", "flow_ska_handlaggas__koppla_till_arende"} <= set(coverage.uncovered)
    assert examination.coverage["mottagning"].covered == ()


def test_files_that_are_no_process_at_all_are_examined_and_said_to_be_wrong(runtime: Runtime) -> None:
    files = {"x/x.bpmn": b"\xff\xfe no diagram", "x/scenarios/s.yaml": b"\xff: [", "y/y.dmn": b"<a/>"}
    ask(runtime, files)
    work_off(runtime)
    examination = found(runtime, files)
    assert examination is not None
    assert {problem.file for problem in examination.problems} >= {"x/x.bpmn", "y/y.dmn"}
    assert [one.ok for one in examination.scenarios] == [False]
    assert {rule.status for rule in examination.rules} == {"unproven"}


def test_files_on_which_the_check_itself_breaks_are_set_aside_and_do_not_hold_up_others(
    runtime: Runtime, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def examine(files: dict[str, bytes], _names: object) -> Examination:
        if "bad/bad.bpmn" in files:
            raise RecursionError
        return Examination()

    monkeypatch.setattr(examinations, "examine", examine)
    ask(runtime, {"good/README.md": b""})
    ask(runtime, {"bad/bad.bpmn": b""})
    work_off(runtime)
    assert found(runtime, {"good/README.md": b""}) == Examination(coverage={})
    assert found(runtime, {"bad/bad.bpmn": b""}) is None
    with runtime.reading() as work:
        assert work.session.scalars(select(JobFailure.job)).all() == ["examinations"]


def test_a_result_that_nobody_has_asked_for_in_a_long_time_is_forgotten(
    runtime: Runtime, clock: ManualClock
) -> None:
    old, new = {"old/README.md": b""}, {"new/README.md": b""}
    ask(runtime, old)
    work_off(runtime)
    clock.move_to(clock.now().replace(year=2027))
    ask(runtime, new)
    work_off(runtime)
    assert found(runtime, old) is None
    assert found(runtime, new) is not None
