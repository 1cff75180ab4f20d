"""Lets the due timers of all cases go off, each at its own instant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar

from processes.actions.timers import (
    cases_with_due_timers,
    fire_case_timers,
    next_due_at,
    still_due,
)
from processes.unit_of_work import UnitOfWork
from workers.case_by_case import CaseByCase


class DueTimers(CaseByCase):
    """Fires what is due."""

    job: ClassVar[str] = "timers"

    def due(self, work: UnitOfWork, limit: int) -> Sequence[int]:
        """The cases with due timers."""
        return cases_with_due_timers(work, limit=limit)

    def claim_those_free(self, work: UnitOfWork, row_ids: Sequence[int]) -> Collection[int]:
        """Lock those that nobody has now or has done since they were looked for; of these alone all is read."""
        waiting = still_due(work, work.lock_those_free(row_ids))
        work.gather(waiting)
        return waiting

    def act(self, work: UnitOfWork, row_id: int) -> int:
        """Fire the timers of the case."""
        return fire_case_timers(work, case_id=row_id)

    def next_at(self, work: UnitOfWork) -> datetime | None:
        """The instant of the next timer, None when nothing waits."""
        return next_due_at(work)
