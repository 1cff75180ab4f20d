"""Works through rows that something is due for, one row and one transaction at a time: none holds up the next.

A row that cannot be worked on is set aside in the database, so that every worker knows and no restart forgets it. It
is tried again after ever longer pauses and left to a person in the end (processes/actions/failures.py).
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy.exc import IntegrityError, OperationalError

from processes.actions.failures import forget_failure, note_failure
from processes.errors import CaseChangedMeanwhile, CaseNotFound
from processes.logs import about
from processes.queries.jobs import failures_of, is_waiting, next_attempt_at
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

BATCH = 50
TAKEN_PAUSE = timedelta(seconds=0.25)
"""When to look again for what somebody else was working on: should that worker die, its row must not wait long."""

log = logging.getLogger(__name__)


class RowByRow(ABC):
    """Something that is done for one row after another: a case, a letter to send, a person to write to.

    Several workers may do the same at the same time. `claim` or `act` must see to it that no row is done twice.
    """

    job: ClassVar[str]
    """Its name in the table of jobs (workers/schedule.py)."""

    @abstractmethod
    def due(self, work: UnitOfWork, limit: int) -> Sequence[int]:
        """At most so many ids of rows for which there is something to do, the one that has waited longest first."""

    @abstractmethod
    def act(self, work: UnitOfWork, row_id: int) -> int:
        """Do it for one row; answers how much was done, 0 when somebody else was faster."""

    @abstractmethod
    def next_at(self, work: UnitOfWork) -> datetime | None:
        """The instant after now at which there is more to do, if it is known."""

    def claim(self, work: UnitOfWork, row_id: int) -> bool:
        """Lock the row until the transaction ends, without waiting; False when somebody else has it now."""
        return True

    def case_of(self, work: UnitOfWork, row_id: int) -> int | None:
        """The case that the row concerns, whose head of unit is told when it is given up."""
        return None

    def __call__(self, runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
        """Do everything that is due, in batches; answers the instant at which there is more to do."""
        passed: dict[int, bool] = {}
        while not stopping():
            with runtime.reading() as work:
                failures = failures_of(work.session, self.job)
                waiting = {row_id for row_id, one in failures.items() if is_waiting(one, work.now)}
                found = self.due(work, BATCH + len(waiting) + len(passed))
                ready = [row_id for row_id in found if row_id not in waiting and row_id not in passed]
                if not ready:
                    known = [self.next_at(work), next_attempt_at(list(failures.values()))]
                    if any(passed.values()):
                        known.append(work.now + TAKEN_PAUSE)
                    return min((at for at in known if at is not None and at > work.now), default=None)
            for row_id in ready[:BATCH]:
                if stopping():
                    break
                with about(row=row_id):
                    is_done, is_taken = self._act(runtime, row_id, has_failed=row_id in failures)
                if not is_done:
                    passed[row_id] = is_taken
        return None

    def _act(self, runtime: Runtime, row_id: int, *, has_failed: bool) -> tuple[bool, bool]:
        """Was it done, and if not, because somebody else was working on it?"""
        try:
            with runtime.transaction() as work:
                if not self.claim(work, row_id):
                    return False, True
                done = self.act(work, row_id)
                if has_failed:
                    forget_failure(work, job=self.job, row_id=row_id)
        except OperationalError:
            raise  # the database is away, which is no fault of this row
        except CaseChangedMeanwhile:
            return False, True
        except Exception as error:  # whatever is wrong with one row, the next one must still move
            log.exception("The job %s failed for row %d; it is set aside.", self.job, row_id)
            self._set_aside(runtime, row_id, error)
            return False, False
        log.info("The job %s did row %d: %d.", self.job, row_id, done)
        return done > 0, False  # what waits for nothing is not asked about twice in one run

    def _set_aside(self, runtime: Runtime, row_id: int, error: Exception) -> None:
        try:
            with runtime.transaction() as work:
                case_id = self.case_of(work, row_id)
                note_failure(work, job=self.job, row_id=row_id, case_id=case_id, error=error)
        except (CaseChangedMeanwhile, CaseNotFound, IntegrityError):
            log.warning(
                "The failure of row %d could not be written down; the next run tries the row.", row_id
            )
