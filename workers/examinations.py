"""Checks the process files that somebody wants checked: finds problems, proves the legal rules, plays the scenarios.

It takes seconds, so that no page does it. While it lasts no transaction is open.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.exc import OperationalError

from processes.actions.examinations import JOB, forget_old_examinations, keep_examination, keep_played
from processes.actions.failures import forget_failure, note_failure
from processes.diagrams.examination import Examination, examine
from processes.diagrams.names import known_names
from processes.models import ExaminedFiles
from processes.operations import OPERATIONS
from processes.queries.examinations import played_before, unpack_any, waiting_examinations
from processes.queries.jobs import failures_of, is_waiting, next_attempt_at
from processes.runtime import Runtime
from processes.scenarios.rehearsal import Rehearsed, coverage_of, depends_on, rehearse

BATCH = 20

log = logging.getLogger(__name__)


def examine_what_is_asked_for(runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
    """Check one set of files after another until none waits; answers when one that failed is tried again."""
    while not stopping():
        with runtime.reading() as work:
            failures = failures_of(work.session, JOB)
            resting = {row_id for row_id, one in failures.items() if is_waiting(one, work.now)}
            waiting = waiting_examinations(work.session, BATCH + len(resting))
            ready = [row_id for row_id in waiting if row_id not in resting]
            if not ready:
                return next_attempt_at(list(failures.values()))
        _examine(runtime, ready[0], stopping, has_failed=ready[0] in failures)
    return None


def _examine(runtime: Runtime, row_id: int, stopping: Callable[[], bool], *, has_failed: bool) -> None:
    with runtime.reading() as work:
        row = work.session.get(ExaminedFiles, row_id)
        files = {} if row is None else unpack_any(row.files)
    try:
        examination = _found_out(runtime, files, stopping)
    except OperationalError:
        raise  # the database is away, which is no fault of these files
    except Exception as error:  # whatever somebody drew, the next files must still be checked
        log.exception("The files %d could not be checked; they are set aside.", row_id)
        with runtime.transaction() as work:
            note_failure(work, job=JOB, row_id=row_id, case_id=None, error=error)
        return
    if stopping():
        return
    with runtime.transaction() as work:
        keep_examination(work, row_id=row_id, examination=examination)
        forget_old_examinations(work)
        if has_failed:
            forget_failure(work, job=JOB, row_id=row_id)


def _found_out(runtime: Runtime, files: Mapping[str, bytes], stopping: Callable[[], bool]) -> Examination:
    examination = examine(files, known_names(OPERATIONS))
    played: list[Rehearsed] = []
    for one in rehearse(
        files, runtime.settings, known=lambda path: _known(runtime, files, path), stopping=stopping
    ):
        played.append(one)
        if one.processes:
            _keep(runtime, files, one)
    return examination.with_scenarios(tuple(one.result for one in played), coverage_of(files, played))


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
