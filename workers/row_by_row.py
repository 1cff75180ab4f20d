"""Works through rows that something is due for, so that none holds up the next.

While all goes well, several rows may be done in one transaction, which is a short one: a person may be waiting for one
of them. When anything goes wrong in it, nothing of it is kept, and its rows are done again one by one, so that a
failure is laid to the row that it belongs to and takes no other with it.

A row that cannot be worked on is set aside in the database, so that every worker knows and no restart forgets it. It
is tried again after ever longer pauses and left to a person in the end (processes/actions/failures.py).
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from time import monotonic as elapsed
from typing import ClassVar

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from processes.actions.failures import forget_failure, note_failure
from processes.errors import CaseChangedMeanwhile, CaseNotFound
from processes.logs import about
from processes.queries.jobs import failures_of, is_waiting, next_attempt_at
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

BATCH = 200
"""For how many rows the database is asked at a time."""
LONGEST_TOGETHER = 0.2
"""Seconds after which a transaction takes on no further row: whoever waits for one of its rows hardly notices."""
TAKEN_PAUSE = timedelta(seconds=0.25)
"""When to look again for what somebody else was working on: should that worker die, its row must not wait long."""

STOOD_STILL = "25P03"
"""What PostgreSQL answers when a transaction has stood idle for too long, as that of a frozen worker."""
NEVER = datetime.max.replace(tzinfo=UTC)

log = logging.getLogger(__name__)


class Undone(Enum):
    """Why a row was not done."""

    TAKEN = "somebody else was working on it"
    IDLE = "there was nothing to do, or it failed and was set aside"
    LATE = "there was no time left in the transaction"


class RowByRow(ABC):
    """Something that is done for one row after another: a case, a letter to send, a person to write to.

    Several workers may do the same at the same time. `claim` or `act` must see to it that no row is done twice.
    """

    job: ClassVar[str]
    """Its name in the table of jobs (workers/schedule.py)."""
    together: ClassVar[int] = 1
    """How many rows may be done in one transaction. More than one only where they can all be locked at once."""

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

    def claim_those_free(self, work: UnitOfWork, row_ids: Sequence[int]) -> Collection[int]:
        """Lock those of the rows that nobody else has now, without waiting; answers which they are."""
        return [row_id for row_id in row_ids if self.claim(work, row_id)]

    def case_of(self, work: UnitOfWork, row_id: int) -> int | None:
        """The case that the row concerns, whose head of unit is told when it is given up."""
        return None

    def __call__(self, runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
        """Do everything that is due, in batches; answers the instant at which there is more to do."""
        passed: dict[int, datetime] = {}
        size = self.together
        while not stopping():
            with runtime.reading() as work:
                failures = failures_of(work.session, self.job)
                waiting = {row_id for row_id, one in failures.items() if is_waiting(one, work.now)}
                waiting |= {row_id for row_id, until in passed.items() if until > work.now}
                found = self.due(work, BATCH + len(waiting))
                ready = deque([row_id for row_id in found if row_id not in waiting][:BATCH])
                if not ready:
                    known = [self.next_at(work), next_attempt_at(list(failures.values())), *passed.values()]
                    return min((at for at in known if at is not None and work.now < at < NEVER), default=None)
            while ready and not stopping():
                some = _next_part(ready, size, alone=failures)
                undone = self._do(runtime, some, failures)
                taken_until = runtime.clock.now() + TAKEN_PAUSE
                passed.update({row_id: taken_until for row_id, why in undone.items() if why is Undone.TAKEN})
                passed.update({row_id: NEVER for row_id, why in undone.items() if why is Undone.IDLE})
                late = sum(why is Undone.LATE for why in undone.values())
                size = len(some) - late if late else min(2 * size, self.together)
        return None

    def _do(
        self, runtime: Runtime, row_ids: Sequence[int], failures: Collection[int]
    ) -> Mapping[int, Undone]:
        """Do the rows, if possible together; answers those that were not done, and why."""
        if len(row_ids) > 1:
            with about(rows=len(row_ids)):
                undone = self._act_together(runtime, row_ids)
            if undone is not None:
                return undone
        undone = {}
        for row_id in row_ids:
            with about(row=row_id):
                why = self._act(runtime, row_id, has_failed=row_id in failures)
            if why is not None:
                undone[row_id] = why
        return undone

    def _act_together(self, runtime: Runtime, row_ids: Sequence[int]) -> dict[int, Undone] | None:
        """As `_do`, in one transaction; None when something went wrong and nothing is done."""
        begun = elapsed()
        done: dict[int, int] = {}
        try:
            with runtime.transaction() as work:
                free = self.claim_those_free(work, row_ids)
                for row_id in [row_id for row_id in row_ids if row_id in free]:
                    if done and elapsed() - begun > LONGEST_TOGETHER:
                        break
                    done[row_id] = self.act(work, row_id)
        except Exception as error:  # whatever it was, it is laid to the right row when each is done by itself
            if is_away(error):
                raise  # which is no fault of these rows
            log.info("The job %s does %d rows one by one.", self.job, len(row_ids), exc_info=True)
            return None
        log.info("The job %s did %d rows together: %d.", self.job, len(done), sum(done.values()))
        undone = {row_id: Undone.LATE if row_id in free else Undone.TAKEN for row_id in row_ids}
        undone |= dict.fromkeys(
            done, Undone.IDLE
        )  # what waits for nothing is not asked about twice in one run
        return {row_id: why for row_id, why in undone.items() if not done.get(row_id)}

    def _act(self, runtime: Runtime, row_id: int, *, has_failed: bool) -> Undone | None:
        """Do one row in a transaction of its own; answers why it was not done, if it was not."""
        try:
            with runtime.transaction() as work:
                if not self.claim(work, row_id):
                    return Undone.TAKEN
                done = self.act(work, row_id)
                if has_failed:
                    forget_failure(work, job=self.job, row_id=row_id)
        except CaseChangedMeanwhile:
            return Undone.TAKEN
        except Exception as error:  # whatever is wrong with one row, the next one must still move
            if is_away(error):
                raise  # which is no fault of this row
            log.exception("The job %s failed for row %d; it is set aside.", self.job, row_id)
            self._set_aside(runtime, row_id, error)
            return Undone.IDLE
        log.info("The job %s did row %d: %d.", self.job, row_id, done)
        return None if done else Undone.IDLE

    def _set_aside(self, runtime: Runtime, row_id: int, error: Exception) -> None:
        try:
            with runtime.transaction() as work:
                case_id = self.case_of(work, row_id)
                note_failure(work, job=self.job, row_id=row_id, case_id=case_id, error=error)
        except (CaseChangedMeanwhile, CaseNotFound, IntegrityError):
            log.warning(
                "The failure of row %d could not be written down; the next run tries the row.", row_id
            )


def is_away(error: Exception) -> bool:
    """Whether the database is away, or has ended the connection because this worker stood still for too long."""
    if isinstance(error, OperationalError):
        return True
    stood_still = isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == STOOD_STILL
    return stood_still or (isinstance(error, DBAPIError) and error.connection_invalidated)


def _next_part(ready: deque[int], size: int, *, alone: Collection[int]) -> list[int]:
    """Take the next rows to be done together; one that has failed before is done alone."""
    some = [ready.popleft()]
    while ready and len(some) < size and not {some[0], ready[0]} & set(alone):
        some.append(ready.popleft())
    return some
