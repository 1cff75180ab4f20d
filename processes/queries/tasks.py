"""Finds tasks: one for a person who may see it, and who may do it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from processes.errors import NotOfThisUnit, TaskNotFound
from processes.models import Caseworker, Task
from processes.rules.units import Role


def get_task(session: Session, task_id: int, caseworker: Caseworker) -> Task:
    """The task, for somebody who may do it. Raises TaskNotFound, also for another administration, or NotOfThisUnit."""
    task = session.get(Task, task_id)
    if task is None or task.administration_key != caseworker.administration_key:
        raise TaskNotFound(str(task_id))
    if not may_do(caseworker, task):
        raise NotOfThisUnit(task.unit)
    return task


def may_do(caseworker: Caseworker, task: Task) -> bool:
    """A member of the task's unit may do it; a supervisor may do any task of the administration."""
    if not caseworker.is_active or caseworker.administration_key != task.administration_key:
        return False
    return task.unit in caseworker.units or Role.SUPERVISOR in caseworker.roles
