"""Reminds whoever is to be reminded, case by case, at the instants of the ladders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from processes.actions.reminders import JOB, cases_with_due_reminders, give_reminders, next_reminder_at
from processes.unit_of_work import UnitOfWork
from workers.case_by_case import CaseByCase


class DueReminders(CaseByCase):
    """Says what is due."""

    job: ClassVar[str] = JOB

    def due(self, work: UnitOfWork, limit: int) -> Sequence[int]:
        """The cases in which somebody is to be reminded."""
        return cases_with_due_reminders(work, limit=limit)

    def act(self, work: UnitOfWork, row_id: int) -> int:
        """Remind in the case."""
        return give_reminders(work, case_id=row_id)

    def next_at(self, work: UnitOfWork) -> datetime | None:
        """The instant of the next reminder, None when there is none to come."""
        return next_reminder_at(work)
