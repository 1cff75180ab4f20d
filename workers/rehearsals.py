"""Plays the scenarios of process files that are checked, each only when the processes that run in it have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from processes.actions.examinations import keep_played
from processes.diagrams.examination import Coverage, ScenarioResult
from processes.queries.examinations import played_before
from processes.runtime import Runtime
from processes.scenarios.rehearsal import Rehearsed, coverage_of, depends_on, rehearse


def play_scenarios(
    runtime: Runtime, files: Mapping[str, bytes], stopping: Callable[[], bool]
) -> tuple[tuple[ScenarioResult, ...], Mapping[str, Coverage]]:
    """How each scenario among the files goes, and which parts of each process any of them reaches."""
    played: list[Rehearsed] = []
    for one in rehearse(
        files, runtime.settings, known=lambda path: _known(runtime, files, path), stopping=stopping
    ):
        played.append(one)
        if one.processes:
            _keep(runtime, files, one)
    return tuple(one.result for one in played), coverage_of(files, played)


def _known(runtime: Runtime, files: Mapping[str, bytes], path: str) -> Rehearsed | None:
    """How the scenario went when the processes that run in it were the same."""
    with runtime.reading() as work:
        for before in played_before(work.session, _hash(files[path])):
            if before.files_hash == depends_on(files, before.processes):
                return Rehearsed.from_json(before.result)
    return None


def _keep(runtime: Runtime, files: Mapping[str, bytes], one: Rehearsed) -> None:
    with runtime.transaction() as work:
        keep_played(
            work,
            scenario_hash=_hash(files[one.result.file]),
            processes=list(one.processes),
            files_hash=depends_on(files, one.processes),
            result=one.as_json(),
        )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
