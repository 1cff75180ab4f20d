"""Finds tasks: one for a person who may see it, and who may do it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.errors import NotOfThisUnit, TaskNotFound
from processes.models import Caseworker, Task
from processes.queries.access import must_see_case, stands_in_for
from processes.queries.once import once_a_page
from processes.rules.permissions import may


def get_task(session: Session, task_id: int, caseworker: Caseworker, now: datetime) -> Task:
    """The task, for somebody who may do it at this instant.

    Raises TaskNotFound, also for another administration, NotOfThisUnit, or Recused.
    """
    task = session.get(Task, task_id)
    if task is None or task.administration_key != caseworker.administration_key:
        raise TaskNotFound(str(task_id))
    if not may_do(caseworker, task, stands_in_for(session, caseworker, now)):
        raise NotOfThisUnit(task.unit)
    must_see_case(session, task.case, caseworker, now)
    return task


def may_do(caseworker: Caseworker, task: Task, standing_in_for: Collection[int] = ()) -> bool:
    """A member of one of the task's units may do it; a supervisor may do any task of the administration.

    So may a substitute do what an absent colleague holds: `standing_in_for` are the ids from `stands_in_for`.
    """
    if not caseworker.is_active or caseworker.administration_key != task.administration_key:
        return False
    if task.claimed_by_id in standing_in_for:
        return True
    return any(may("complete_task", caseworker.roles, caseworker.units, unit) for unit in task.units)


@once_a_page
def tasks_of_case(session: Session, case_id: int) -> Sequence[Task]:
    """Every task that the case has had, the newest first."""
    return session.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.id.desc())).all()


def tasks_of_instance(session: Session, instance_id: int) -> Sequence[Task]:
    """Every task that the running process has had, in the order in which they came up."""
    return session.scalars(select(Task).where(Task.instance_id == instance_id).order_by(Task.id)).all()
