"""What a caseworker does with a task: claim it, release it, give it to a colleague, complete it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from processes.actions.deadlines import Cause
from processes.actions.drafts import Typed, forget_drafts_of_task, place_of_task, save_draft
from processes.actions.instances import running_behind
from processes.actions.moving import settle
from processes.actions.open_tasks import ask_gates
from processes.actions.suspension import must_go_on
from processes.errors import (
    GateClosed,
    NotAllowed,
    TaskAlreadyClaimed,
    TaskAlreadyFinished,
    TaskNotClaimed,
)
from processes.forms import Choices, Form
from processes.models import Caseworker, JournalEntry, Task
from processes.operations.recording import Author, record
from processes.queries.access import must_see_case, stands_in_for
from processes.queries.choices import choices_in
from processes.queries.diagrams import Published
from processes.queries.tasks import get_task, get_task_now, may_do, must_do
from processes.rules.facts import FACTS
from processes.rules.gates import Gate, GateAnswer, Level, gates_of
from processes.rules.permissions import may
from processes.unit_of_work import UnitOfWork

Reading: TypeAlias = Callable[[Form, Choices], Mapping[str, Any]]
"""Makes answers of what was posted, given the form and what it lets one choose."""


def claim_task(work: UnitOfWork, *, task_id: int, caseworker: Caseworker) -> Task:
    """Make the task the caseworker's own. Claiming one's own task again changes nothing.

    Nor does it for the substitute of an absent colleague: the task stays the colleague's, to come back to.

    Raises TaskNotFound, NotOfThisUnit, TaskAlreadyFinished or TaskAlreadyClaimed.
    """
    task = open_task(work, task_id, caseworker)
    if task.claimed_by_id is not None:
        must_hold(work, task, caseworker)
        return task
    _give(work, task, caseworker, by=caseworker, what="task_claimed")
    return task


def release_task(work: UnitOfWork, *, task_id: int, caseworker: Caseworker) -> Task:
    """Give the task back to the unit. Raises TaskNotClaimed when it is not the caseworker's."""
    task = open_task(work, task_id, caseworker)
    must_hold(work, task, caseworker)
    held_by = task.claimed_by_id
    task.claimed_by = task.claimed_at = None
    _write_journal(work, task, caseworker, "task_released", **_on_behalf_of(held_by, caseworker))
    return task


def assign_task(work: UnitOfWork, *, task_id: int, caseworker: Caseworker, to: Caseworker) -> Task:
    """Give the task to a colleague who may do it. Raises NotAllowed when the colleague may not.

    Who holds the task may hand it over; a task that a colleague holds is moved by a coordinator or the head of unit.
    """
    task = open_task(work, task_id, caseworker)
    if task.claimed_by_id not in (None, caseworker.id) and not may(
        "assign_task", caseworker.roles, caseworker.units
    ):
        raise NotAllowed("Only a coordinator or the head of unit moves a colleague's task.")
    if not may_do(to, task):
        raise NotAllowed(f"{to.name} is not a member of the unit {task.unit}.")
    must_see_case(work.session, task.case, to, work.now)
    _give(work, task, to, by=caseworker, what="task_assigned")
    return task


def complete_task(
    work: UnitOfWork, *, task_id: int, caseworker: Caseworker, answers: Mapping[str, Any] | Reading
) -> Task:
    """Complete the task with the form's answers and let the case move on.

    A page gives a way to read what was posted instead, since only the form and its choices tell what the words mean.
    Raises AnswersRefused (per field), GateClosed, CaseSuspended, TaskNotClaimed, TaskAlreadyClaimed or
    TaskAlreadyFinished; then nothing has changed.
    """
    task = _task_to_complete(work, task_id, caseworker)
    must_hold(work, task, caseworker)
    case = task.case
    must_go_on(work, case, task)
    published = work.diagrams.get(work.session, task.instance.process_key, task.instance.diagram_version)
    form = form_of(published, task.step)
    choices = choices_in(work.session, case, caseworker, work.now)
    said = answers(form, choices) if callable(answers) else answers
    read = form.read(said, choices.at(work.now))
    running = running_behind(work, case, task)
    _pass_gates(ask_gates(work, task, running.published, answers=read, caseworker=caseworker), read)
    _finish(work, task, caseworker, read)
    author = Author(caseworker.id, task.id)
    for name, payload in form.events(read):
        record(work, case, name, payload, scope=running.scope, author=author)
    running.instance.complete(task.engine_id, _routing(running.published, form, read), work.at)
    settle(work, case, cause=Cause.said(task.step, caseworker.id, read))
    return task


def save_task_draft(work: UnitOfWork, *, task_id: int, caseworker: Caseworker, typed: Typed) -> None:
    """Keep what the person has begun to write in the task's form.

    Raises as `get_task` does, TaskAlreadyFinished, TaskNotClaimed or TaskAlreadyClaimed, or Invalid for too much.
    """
    task = get_task(work.session, task_id, caseworker, work.now)
    if task.status != "open":
        raise TaskAlreadyFinished(f"Task {task_id} is {task.status}.")
    must_hold(work, task, caseworker)
    save_draft(work, place=place_of_task(task_id), case_id=task.case_id, caseworker=caseworker, typed=typed)


def form_of(published: Published, step: str) -> Form:
    """The form of the user task, with the fields that its gates add."""
    gates = gates_of(published.bundle.steps[step].properties)
    form = published.forms[step]
    if any(gate.level is Level.HARD for gate in gates):
        form = form.with_gate(Level.HARD)
    if any(gate.level is Level.REASON or gate.may_ask_reason for gate in gates):
        form = form.with_gate(Level.REASON)
    return form


def open_task(work: UnitOfWork, task_id: int, caseworker: Caseworker) -> Task:
    """The task under the lock of its case, for who may do it. Raises as `get_task` does, or TaskAlreadyFinished."""
    work.lock_case_of(task_id, caseworker.administration_key)
    task = get_task_now(work.session, task_id, caseworker, work.now)
    if task.status != "open":
        raise TaskAlreadyFinished(f"Task {task_id} is {task.status}.")
    return task


def _task_to_complete(work: UnitOfWork, task_id: int, caseworker: Caseworker) -> Task:
    """The task as by `open_task`, and in the same statement all that its completion reads of the case."""
    case = work.lock_case_of(task_id, caseworker.administration_key)
    access = work.gather([case.id], asking=caseworker)
    task = next((task for task in work.rows(Task, case.id) if task.id == task_id), None)
    if access is None or task is None:  # what is no longer open is not among the rows
        return open_task(work, task_id, caseworker)
    must_do(work.session, task, caseworker, work.now, access)
    return task


def must_hold(work: UnitOfWork, task: Task, caseworker: Caseworker) -> None:
    """The person holds the task, or stands in for who does. Raises TaskNotClaimed or TaskAlreadyClaimed."""
    if task.claimed_by_id == caseworker.id:
        return
    if task.claimed_by_id in stands_in_for(work.session, caseworker, work.now):
        return
    if task.claimed_by is not None:
        raise TaskAlreadyClaimed(task.claimed_by.name)
    raise TaskNotClaimed(f"Task {task.id} is not claimed.")


def _pass_gates(asked: tuple[tuple[Gate, GateAnswer], ...], answers: Mapping[str, Any]) -> None:
    for gate, answer in asked:
        if answer.allowed or answer.level is Level.INFO:
            continue
        if answers.get("cannot_be_done") and not gate.asks_who_acts:
            continue
        if answer.level is Level.REASON and answers.get("gate_reason"):
            continue
        raise GateClosed(gate.title, answer.why, answer.way_out)


def _routing(published: Published, form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that a condition of the diagram names; an unanswered one is None."""
    asked = published.bundle.names - FACTS.keys()
    return {name: answers.get(name) for name in sorted(asked & form.scalar_names)}


def _give(work: UnitOfWork, task: Task, to: Caseworker, *, by: Caseworker, what: str) -> None:
    before = task.claimed_by_id
    task.claimed_by = to
    task.claimed_at = work.now
    _write_journal(work, task, by, what, **{"from": before, "to": to.id})


def _finish(work: UnitOfWork, task: Task, caseworker: Caseworker, answers: dict[str, Any]) -> None:
    forget_drafts_of_task(work, task)
    task.status = "completed"
    task.completed_by_id = caseworker.id
    task.ended_at = work.now
    task.answers = answers
    behalf = _on_behalf_of(task.claimed_by_id, caseworker)
    _write_journal(work, task, caseworker, "task_completed", answers=answers, **behalf)


def _on_behalf_of(holder: int | None, caseworker: Caseworker) -> dict[str, int]:
    """For the journal: whose task it was, when a substitute did it."""
    return {"for": holder} if holder not in (None, caseworker.id) else {}


def _write_journal(work: UnitOfWork, task: Task, by: Caseworker, what: str, **details: Any) -> None:
    work.add(
        JournalEntry(
            case_id=task.case_id,
            at=work.now,
            by_id=by.id,
            what=what,
            subject=task.step,
            details={"task": task.id, **details},
        )
    )
