"""What people do with tasks: take, leave, hand over, let rest and complete them, also from pages that are stale."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from processes.actions.snoozing import snooze_task, wake_task
from processes.actions.tasks import assign_task, claim_task, complete_task, form_of, release_task
from processes.clock import swedish_day
from processes.models import Caseworker, Task
from processes.queries.choices import choices_in
from processes.rules.units import Role
from processes.unit_of_work import UnitOfWork
from tests.any_order.filling import filled
from tests.any_order.run import STAFF, Run

CAN_BE_DONE_TOO = 6
"""A step that a gate may hinder is said to be impossible once in so many times."""


def answers_for(run: Run, work: UnitOfWork, task: Task, who: Caseworker) -> dict[str, Any]:
    """Answers to the form of the task as the person could give them now."""
    row = task.instance
    published = work.diagrams.get(work.session, row.process_key, row.diagram_version)
    form = form_of(published, task.step)
    said: dict[str, Any] = {}
    if "cannot_be_done" in form.fields and run.dice.chance(CAN_BE_DONE_TOO):
        said = {"cannot_be_done": True}
    return filled(run.dice, form, choices_in(work.session, task.case, who, work.now), work.now, said)


def somebody_for(run: Run, task_id: int) -> str:
    """Somebody of the task's units; now and then anybody at all."""
    if run.dice.chance(10):
        return run.dice.pick(STAFF)
    with run.runtime.reading() as work:
        task = work.session.get_one(Task, task_id)
        found: list[str] = []
        for name in STAFF:
            who = run.person(work, name)
            if set(task.units) & who.units or (Role.SUPERVISOR in who.roles and not found):
                found.append(name)
        holder = task.claimed_by.username if task.claimed_by else ""
    return holder if holder in STAFF and not run.dice.chance(6) else run.dice.pick(found or STAFF)


def complete(run: Run, task_id: int) -> bool:
    """Somebody takes the task and completes it, all in one; fallbacks are as in a real office: try, and be refused."""
    who_name = somebody_for(run, task_id)

    def deed(work: UnitOfWork) -> None:
        who = run.person(work, who_name)
        task = work.session.get_one(Task, task_id)
        said = answers_for(run, work, task, who)
        claim_task(work, task_id=task_id, caseworker=who)
        complete_task(work, task_id=task_id, caseworker=who, answers=said)

    return run.attempt("complete_task", deed)


def handle(run: Run, task_id: int) -> None:
    """Something else than completing it: claim, release, assign, let rest, wake."""
    what = run.dice.pick(("claim", "release", "assign", "snooze", "wake"))
    who_name, other = somebody_for(run, task_id), run.dice.pick(STAFF)
    days = run.dice.pick((1, 3, 10, 30, 91, 200, 0))

    def deed(work: UnitOfWork) -> None:
        who = run.person(work, who_name)
        if what == "claim":
            claim_task(work, task_id=task_id, caseworker=who)
        elif what == "release":
            release_task(work, task_id=task_id, caseworker=who)
        elif what == "assign":
            assign_task(work, task_id=task_id, caseworker=who, to=run.person(work, other))
        elif what == "snooze":
            claim_task(work, task_id=task_id, caseworker=who)
            until = swedish_day(work.now) + timedelta(days=days)
            snooze_task(work, task_id=task_id, caseworker=who, until=until, reason="Påhittat skäl.")
        else:
            wake_task(work, task_id=task_id, caseworker=who)

    run.attempt(f"{what}_task", deed)


def open_page(run: Run, task_id: int) -> None:
    """Somebody opens the task and leaves the page standing."""
    run.pages.append((somebody_for(run, task_id), task_id))


def act_on_stale_page(run: Run) -> None:
    """Whoever left a page standing presses its button now, whatever has become of the task."""
    if not run.pages:
        return
    who_name, task_id = run.pages.pop(run.dice.number(0, len(run.pages) - 1))

    def deed(work: UnitOfWork) -> None:
        who = run.person(work, who_name)
        task = work.session.get(Task, task_id)
        said = answers_for(run, work, task, who) if task is not None else {}
        claim_task(work, task_id=task_id, caseworker=who)
        complete_task(work, task_id=task_id, caseworker=who, answers=said)

    run.attempt("stale_page", deed)
