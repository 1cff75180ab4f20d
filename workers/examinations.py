"""Checks the process files that somebody wants checked: finds problems, proves the legal rules, plays the scenarios.

It takes seconds, so that no page does it. While it lasts no transaction is open.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.exc import OperationalError

from processes.actions.examinations import JOB, forget_old_examinations, keep_examination
from processes.actions.failures import forget_failure, note_failure
from processes.diagrams.examination import Examination, examine
from processes.diagrams.names import known_names
from processes.models import ExaminedFiles
from processes.operations import OPERATIONS
from processes.queries.examinations import unpack_any, waiting_examinations
from processes.queries.jobs import failures_of, is_waiting, next_attempt_at
from processes.runtime import Runtime

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
    from workers.rehearsals import play_scenarios  # noqa: PLC0415 -- most workers never play a case: they start sooner

    examination = examine(files, known_names(OPERATIONS))
    return examination.with_scenarios(*play_scenarios(runtime, files, stopping))
