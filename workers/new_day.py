"""Looks through every open case once a day: what was far off yesterday may be urgent today, or no longer allowed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from processes.actions.days import begin_day, cases_of_yesterday, next_day_begins_at
from processes.unit_of_work import UnitOfWork
from workers.case_by_case import CaseByCase


class NewDay(CaseByCase):
    """Brings the open cases into the new day."""

    job: ClassVar[str] = "new_day"

    def due(self, work: UnitOfWork, limit: int) -> Sequence[int]:
        """The open cases that nobody has looked at today."""
        return cases_of_yesterday(work, limit=limit)

    def act(self, work: UnitOfWork, row_id: int) -> int:
        """Work out deadlines, priorities and gates of the case as of today."""
        begin_day(work, case_id=row_id)
        return 1

    def next_at(self, work: UnitOfWork) -> datetime | None:
        """The next Swedish midnight."""
        return next_day_begins_at(work)
