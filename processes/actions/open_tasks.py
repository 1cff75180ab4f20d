"""Keeps the open tasks of a case true: when they are due, how urgent they are, and which gates stand closed."""

from __future__ import annotations

from datetime import date, datetime

from processes.actions.due_times import set_due
from processes.clock import swedish_day
from processes.models import Case, Caseworker, Deadline, Task
from processes.queries.diagrams import Published
from processes.rules.children_concerned import has_child
from processes.rules.due_dates import priority_of
from processes.rules.gates import ActingPerson, GateAnswer, GateQuestion, Level, ask
from processes.rules.gates.gate import Gate
from processes.rules.permissions import delegations_of
from processes.rules.snapshot import CaseSnapshot, Scope
from processes.rules.urgency import FAR_AWAY
from processes.unit_of_work import UnitOfWork


def refresh_open_tasks(work: UnitOfWork, case: Case) -> None:
    """Read every open task of the case again in the light of what is known now."""
    snapshot = work.snapshot(case.id)
    concerns_child = has_child(snapshot)
    legal_on = _next_legal_day(work, case)
    for task in work.rows(Task, case.id):
        if task.status != "open":
            continue
        row = task.instance
        published = work.diagrams.get(work.session, row.process_key, row.diagram_version)
        scope = Scope(row.scope_kind, row.scope_id)
        set_due(task, published, snapshot, work.at)
        task.legal_on, task.has_child = legal_on, concerns_child
        task.priority = _priority(task, snapshot, scope, work.at)
        task.blocked_by = " ".join(
            gate.name
            for gate, answer in ask_gates(work, task, published)
            if answer.level is Level.HARD and not answer.allowed
        )
        task.blocked_since = (task.blocked_since or work.at) if task.blocked_by else None


def _priority(task: Task, snapshot: CaseSnapshot, scope: Scope, now: datetime) -> int:
    """By the table of priorities; one that was set by hand instead is never lower than the days of the law make it."""
    if task.priority_by_hand is None:
        return priority_of(snapshot, scope, task.due_at, now)
    return max(task.priority_by_hand, priority_of(snapshot, scope, None, now))


def _next_legal_day(work: UnitOfWork, case: Case) -> date:
    today = swedish_day(work.at)
    days = [row.falls_on for row in work.rows(Deadline, case.id) if row.is_current and row.falls_on]
    return min((day for day in days if day >= today), default=FAR_AWAY.date())


def ask_gates(
    work: UnitOfWork,
    task: Task,
    published: Published,
    *,
    answers: dict[str, object] | None = None,
    caseworker: Caseworker | None = None,
) -> tuple[tuple[Gate, GateAnswer], ...]:
    """Every gate of the task with its answer as things stand; with `answers`, as the task is being completed."""
    return ask(
        GateQuestion(
            snapshot=work.snapshot(task.case_id),
            scope=Scope(task.instance.scope_kind, task.instance.scope_id),
            now=work.at,
            step_id=task.step,
            answers=answers,
            person=acting(caseworker) if caseworker else None,
            properties=published.bundle.steps[task.step].properties,
        )
    )


def acting(caseworker: Caseworker) -> ActingPerson:
    """The caseworker as the law asks about the person."""
    return ActingPerson(
        user_id=caseworker.id,
        units=caseworker.units,
        roles=caseworker.roles,
        has_child_degree=caseworker.has_child_degree,
        delegations=_delegations(caseworker),
    )


def _delegations(caseworker: Caseworker) -> frozenset[str]:
    delegated = delegations_of(caseworker.units, has_child_degree=caseworker.has_child_degree)
    return delegated if caseworker.may_decide_commitments else delegated - {"commitment"}
