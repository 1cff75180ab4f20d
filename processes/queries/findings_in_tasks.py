"""Finds open tasks that nobody does: untaken, held by somebody who cannot do them, late, barred or forgotten."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlalchemy.orm import aliased

from processes.models import Absence, Case, Caseworker, Membership, Task
from processes.queries.findings_asked import Asked, Rows, away_today, goes_on, is_recused, rows
from processes.rules.permissions import VERBS
from processes.rules.units import Role

HOLDER = aliased(Caseworker)
STAND_IN = aliased(Caseworker)


def _open(asked: Asked, *conditions: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """Open, in a case that goes on, and not resting."""
    rests = Task.on_hold_until.is_not(None) & (Task.on_hold_until > asked.now)
    return Task.status == "open", *goes_on(asked), ~rests, *conditions


def unclaimed(asked: Asked) -> Rows:
    """Nobody has taken it; one whose time is over is told of as such."""
    limit = asked.working_days_ago(asked.limits.unclaimed_working_days)
    is_in_time = Task.sorted_due_at >= asked.working_days_ago(asked.limits.overdue_working_days)
    return (
        rows(Task.id, Task.created_at, Task.unit, task=Task.title)
        .join(Case, Case.id == Task.case_id)
        .where(*_open(asked, Task.claimed_by_id.is_(None), Task.created_at < limit, is_in_time))
    )


def holder_away(asked: Asked) -> Rows:
    """It falls due while its holder is absent."""
    facts = {"task": Task.title, "person": HOLDER.name, "due_at": Task.due_at, "away_on": Absence.ends_on}
    return (
        rows(Task.id, Absence.starts_on, Task.unit, **facts, substitute=STAND_IN.name)
        .join(Case, Case.id == Task.case_id)
        .join(HOLDER, HOLDER.id == Task.claimed_by_id)
        .join(Absence, and_(Absence.caseworker_id == HOLDER.id, *away_today(Absence, asked.today)))
        .join(STAND_IN, STAND_IN.id == Absence.substitute_id)
        .where(*_open(asked, HOLDER.is_active.is_(True)), func.date(Task.due_at) <= Absence.ends_on)
    )


def holder_left(asked: Asked) -> Rows:
    """Its holder works here no more."""
    return _held(asked).where(HOLDER.is_active.is_(False))


def holder_without_access(asked: Asked) -> Rows:
    """Its holder belongs to none of its units any more, or has a conflict of interest in the case.

    Who stands in for somebody does what that person holds, and a head of unit reaches every unit's tasks.
    """
    belongs = exists().where(
        Membership.caseworker_id == HOLDER.id,
        Membership.role.in_([str(role) for role in VERBS["complete_task"].roles]),
        or_(
            Membership.unit.in_([Task.unit, Task.also_unit]),
            Membership.role == str(Role.SUPERVISOR),
        ),
    )
    is_elsewhere = HOLDER.administration_key != Task.administration_key
    return _held(asked).where(
        HOLDER.is_active.is_(True), or_(~belongs, is_elsewhere, is_recused(HOLDER.id, Task.case_id))
    )


def _held(asked: Asked) -> Rows:
    return (
        rows(Task.id, Task.claimed_at, Task.unit, task=Task.title, person=HOLDER.name)
        .join(Case, Case.id == Task.case_id)
        .join(HOLDER, HOLDER.id == Task.claimed_by_id)
        .where(*_open(asked))
    )


def overdue(asked: Asked) -> Rows:
    """Its time is over."""
    limit = asked.working_days_ago(asked.limits.overdue_working_days)
    facts = {"task": Task.title, "due_at": Task.due_at, "holder": HOLDER.name}
    return (
        rows(Task.id, Task.due_at, Task.unit, **facts)
        .join(Case, Case.id == Task.case_id)
        .outerjoin(HOLDER, HOLDER.id == Task.claimed_by_id)
        .where(*_open(asked, Task.sorted_due_at < limit))
    )


def gate_closed(asked: Asked) -> Rows:
    """A hard gate has stood in its way for long."""
    limit = asked.days_ago(asked.limits.gate_days)
    return (
        rows(Task.id, Task.blocked_since, Task.unit, task=Task.title)
        .join(Case, Case.id == Task.case_id)
        .where(*_open(asked, Task.blocked_by != "", Task.blocked_since < limit))
    )


def rest_over(asked: Asked) -> Rows:
    """It should have come back to the inbox and has not."""
    limit = asked.minutes_ago(asked.limits.late_minutes)
    return (
        rows(Task.id, Task.on_hold_until, Task.unit, task=Task.title, due_at=Task.on_hold_until)
        .join(Case, Case.id == Task.case_id)
        .where(*_open(asked, Task.on_hold_until < limit))
    )


def of_closed_case(_asked: Asked) -> Rows:
    """It is open in a case that is closed."""
    return (
        rows(Task.id, Case.closed_at, Task.unit, task=Task.title)
        .join(Case, Case.id == Task.case_id)
        .where(Task.status == "open", Case.closed_at.is_not(None))
    )


QUESTIONS: dict[str, Callable[[Asked], Rows]] = {
    "task_unclaimed": unclaimed,
    "task_holder_away": holder_away,
    "task_holder_left": holder_left,
    "task_holder_without_access": holder_without_access,
    "task_overdue": overdue,
    "task_gate_closed": gate_closed,
    "task_rest_over": rest_over,
    "closed_with_tasks": of_closed_case,
}
"""By the key of its check."""
