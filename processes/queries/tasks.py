"""Finds tasks: one for a person who may see it, and who may do it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.errors import NotOfThisUnit, TaskNotFound
from processes.models import Caseworker, Task
from processes.rules.permissions import may


def get_task(session: Session, task_id: int, caseworker: Caseworker) -> Task:
    """The task, for somebody who may do it. Raises TaskNotFound, also for another administration, or NotOfThisUnit."""
    task = session.get(Task, task_id)
    if task is None or task.administration_key != caseworker.administration_key:
        raise TaskNotFound(str(task_id))
    if not may_do(caseworker, task):
        raise NotOfThisUnit(task.unit)
    return task


def may_do(caseworker: Caseworker, task: Task) -> bool:
    """A member of one of the task's units may do it; a supervisor may do any task of the administration."""
    if not caseworker.is_active or caseworker.administration_key != task.administration_key:
        return False
    return any(may("complete_task", caseworker.roles, caseworker.units, unit) for unit in task.units)


def tasks_of_case(session: Session, case_id: int) -> Sequence[Task]:
    """Every task that the case has had, the newest first."""
    return session.scalars(select(Task).where(Task.case_id == case_id).order_by(Task.id.desc())).all()
