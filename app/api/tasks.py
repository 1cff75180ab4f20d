"""Tasks for other systems: listed, read with form and gates, claimed, given back and completed in a person's name."""

from __future__ import annotations

from typing import Any

from app.api.form_schemas import schema_of_form
from app.api.operation import Call
from app.reads import show_nothing
from processes.actions.open_tasks import ask_gates
from processes.actions.tasks import claim_task, complete_task, form_of, release_task
from processes.models import Task
from processes.queries.access import stands_in_for
from processes.queries.inbox import Inbox
from processes.queries.persons_seen import sight_of
from processes.queries.tasks import get_task


def listed(call: Call) -> dict[str, Any]:
    """One list of the inbox, a page at a time."""
    work, caseworker = call.work, call.caseworker
    standing_in_for = stands_in_for(work.session, caseworker, work.now)
    inbox = Inbox(work.session, caseworker, work.now, call.asked["list"], standing_in_for)
    page = inbox.page(after=call.asked["after"], size=call.asked["limit"])
    return {"tasks": [summary(task) for task in page.tasks], "next_after": page.next_after}


def summary(task: Task) -> dict[str, Any]:
    """A task as it stands in a list: nothing about anybody in the household (SoLPuL 7 a)."""
    return {
        "id": task.id,
        "case_id": task.case_id,
        "case_number": task.case.number,
        "title": task.title,
        "step": task.step,
        "process": task.process_key,
        "unit": task.unit,
        "status": task.status,
        "due_at": task.due_at and task.due_at.isoformat(),
        "on_hold_until": task.on_hold_until and task.on_hold_until.isoformat(),
        "claimed_by": task.claimed_by.name if task.claimed_by is not None else None,
        "blocked_by": task.blocked_by.split(),
    }


def read(call: Call) -> dict[str, Any]:
    """One task: what the step is for, its form as a schema, its gates, and the answers once there are any."""
    work, caseworker = call.work, call.caseworker
    task = get_task(work.session, call.named["task_id"], caseworker, work.now)
    published = work.diagrams.get(work.session, task.instance.process_key, task.instance.diagram_version)
    form = form_of(published, task.step)
    sight = sight_of(work.session, task.case, caseworker, work.now, work.policy)
    gates = ask_gates(work, task, published, caseworker=caseworker) if task.status == "open" else ()
    told = sight.told(
        (form.fields[name], said) for name, said in (task.answers or {}).items() if name in form.fields
    )
    return {
        "task": summary(task),
        "purpose": published.bundle.steps[task.step].documentation,
        "form": schema_of_form(form),
        "gates": [
            {
                "name": gate.name,
                "title": gate.title,
                "allowed": answer.allowed,
                "why": sight.text(answer.why),
                "way_out": sight.text(answer.way_out),
            }
            for gate, answer in gates
        ],
        "answers": {asked.name: said for asked, said in told} if task.answers is not None else None,
    }


def claim(call: Call) -> dict[str, Any]:
    """Make the task the person's own."""
    return _done(claim_task(call.work, task_id=call.named["task_id"], caseworker=call.caseworker))


def release(call: Call) -> dict[str, Any]:
    """Give it back to the unit."""
    return _done(release_task(call.work, task_id=call.named["task_id"], caseworker=call.caseworker))


def complete(call: Call) -> dict[str, Any]:
    """Complete it with the answers of its form."""
    return _done(
        complete_task(
            call.work,
            task_id=call.named["task_id"],
            caseworker=call.caseworker,
            answers=call.body["answers"],
        )
    )


def _done(task: Task) -> dict[str, Any]:
    show_nothing()
    return summary(task)
