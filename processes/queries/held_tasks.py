"""Finds the tasks that a colleague holds, for who leads the work and is to give them to others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from processes.models import Case, Caseworker, Task
from processes.queries.access import must_be_allowed, visible_cases

MOST_SHOWN = 100


def tasks_held_by(
    session: Session, holder: Caseworker, caseworker: Caseworker, now: datetime
) -> Sequence[Task]:
    """The open tasks of the colleague in cases that the asker may see, the most urgent first. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    return session.scalars(
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .where(Task.claimed_by_id == holder.id, Task.status == "open", visible_cases(caseworker, now))
        .options(joinedload(Task.case), joinedload(Task.claimed_by))
        .order_by(Task.sorted_due_at, Task.id)
        .limit(MOST_SHOWN)
    ).all()
