"""Finds processes that nothing moves: an error, a timer that did not go off, nothing left to wait for."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, exists, null

from processes.models import Case, JobFailure, ProcessInstance, Subscription, Task, Timer
from processes.queries.findings_asked import Asked, Rows, rows
from processes.queries.jobs import TIMERS


def error(_asked: Asked) -> Rows:
    """The worker has given the case up."""
    return _failures(JobFailure.given_up_at.is_not(None))


def failing(asked: Asked) -> Rows:
    """The worker has tried for a while, in vain."""
    limit = asked.minutes_ago(asked.limits.failing_minutes)
    return _failures(JobFailure.given_up_at.is_(None), JobFailure.first_failed_at < limit)


def _failures(*conditions: ColumnElement[bool]) -> Rows:
    facts = {"job": JobFailure.job, "attempts": JobFailure.attempts}
    return (
        rows(JobFailure.id, JobFailure.first_failed_at, null(), **facts)
        .join(Case, Case.id == JobFailure.case_id)
        .where(*conditions)
    )


def timer_late(asked: Asked) -> Rows:
    """It should have gone off, and no error stands in its way."""
    limit = asked.minutes_ago(asked.limits.late_minutes)
    in_the_way = exists().where(JobFailure.job == TIMERS, JobFailure.row_id == Timer.case_id)
    facts = {"step": Timer.step, "due_at": Timer.due_at, "instance": Timer.instance_id}
    return (
        rows(Timer.id, Timer.due_at, null(), **facts)
        .join(Case, Case.id == Timer.case_id)
        .where(Timer.due_at < limit, Timer.is_held.is_(False), ~in_the_way)
    )


def idle(_asked: Asked) -> Rows:
    """It runs, and has neither a task nor a timer nor a message to wait for."""
    waits = (
        exists().where(Task.instance_id == ProcessInstance.id, Task.status == "open"),
        exists().where(Timer.instance_id == ProcessInstance.id),
        exists().where(Subscription.instance_id == ProcessInstance.id),
    )
    return (
        rows(ProcessInstance.id, ProcessInstance.started_at, null(), process=ProcessInstance.process_key)
        .join(Case, Case.id == ProcessInstance.case_id)
        .where(ProcessInstance.ended_at.is_(None), *(~each for each in waits))
    )


def suspension_over(asked: Asked) -> Rows:
    """The case should go on again and does not."""
    limit = asked.minutes_ago(asked.limits.late_minutes)
    return rows(Case.id, Case.suspended_until, null(), due_at=Case.suspended_until).where(
        Case.closed_at.is_(None), Case.suspended_until < limit
    )


QUESTIONS: dict[str, Callable[[Asked], Rows]] = {
    "engine_error": error,
    "engine_failing": failing,
    "timer_late": timer_late,
    "instance_idle": idle,
    "suspension_over": suspension_over,
}
"""By the key of its check."""
