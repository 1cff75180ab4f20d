"""Brings back the tasks that have rested to the day that somebody chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from processes.actions.resting import cases_with_rested_tasks, next_return_at, return_tasks
from processes.unit_of_work import UnitOfWork
from workers.case_by_case import CaseByCase


class RestedTasks(CaseByCase):
    """Ends the rest of tasks."""

    job: ClassVar[str] = "rests"

    def due(self, work: UnitOfWork, limit: int) -> Sequence[int]:
        """The cases in which a task has rested to its end."""
        return cases_with_rested_tasks(work, limit=limit)

    def act(self, work: UnitOfWork, row_id: int) -> int:
        """Bring the tasks of the case back."""
        return return_tasks(work, case_id=row_id)

    def next_at(self, work: UnitOfWork) -> datetime | None:
        """The instant at which the next one comes back."""
        return next_return_at(work)
