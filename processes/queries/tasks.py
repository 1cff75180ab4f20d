"""Finds tasks: one for a person who may see it, and who may do it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from processes.errors import NotOfThisUnit, TaskNotFound
from processes.models import Case, Caseworker, ProcessInstance, Task
from processes.queries.access import (
    Access,
    access_to,
    asked_by,
    must_be_allowed,
    must_see_case,
    reads_every_case,
    refuse_unless,
    stands_in_for,
)
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


def get_task_now(session: Session, task_id: int, caseworker: Caseworker, now: datetime) -> Task:
    """The task as it stands at this moment, in one statement; ask when its case is locked. Raises as `get_task` does.

    Somebody else may have done it, or recused the person, while one waited for the lock.
    """
    asked = asked_by(caseworker, now) | {"task_id": task_id}
    found = session.execute(_with_access(every_case=reads_every_case(caseworker)), asked).first()
    if found is None or found.Task.administration_key != caseworker.administration_key:
        raise TaskNotFound(str(task_id))
    task, is_free, has_need = found
    must_do(session, task, caseworker, now, Access(is_free=is_free, has_need=has_need))
    found_task: Task = task
    return found_task


def must_do(session: Session, task: Task, caseworker: Caseworker, now: datetime, access: Access) -> None:
    """Raises NotOfThisUnit, NotAllowed, Recused or NoNeedOfCase unless the person may do the task at this instant."""
    if not may_do(caseworker, task) and not may_do(caseworker, task, stands_in_for(session, caseworker, now)):
        raise NotOfThisUnit(task.unit)
    must_be_allowed("read_case", caseworker)
    refuse_unless(task.case, access)


@cache
def _with_access(*, every_case: bool) -> Select[Task, bool, bool]:
    return (
        select(Task, *access_to(every_case=every_case))
        .join(Case, Case.id == Task.case_id)
        .where(Task.id == bindparam("task_id"))
        .options(joinedload(Task.instance).defer(ProcessInstance.state))
        .execution_options(populate_existing=True)
    )


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
