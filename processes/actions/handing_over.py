"""What colleagues tell each other about a task: a note when it changes hands, and comments at any time.

Both become notes of the case (sv. anteckning): what is written about people belongs to their files and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from processes.actions.deadlines import Cause
from processes.actions.events import shared_form
from processes.actions.moving import settle
from processes.actions.tasks import assign_task
from processes.models import Caseworker, Event, Notification, Task
from processes.operations.recording import Author, record
from processes.queries.access import must_see_case
from processes.queries.choices import choices_in
from processes.queries.tasks import get_task
from processes.rules.mail import HANDOVER
from processes.unit_of_work import UnitOfWork

NOTE = "anteckning"
"""The event that a note becomes."""


def hand_over_task(
    work: UnitOfWork, *, task_id: int, caseworker: Caseworker, to: Caseworker, note: str = ""
) -> Task:
    """Give the task to a colleague, who is told so, with a note for whoever is to do it.

    The notification names no person of the case and no step. Raises as `assign_task` does, or AnswersRefused for a
    note that is too long; then nothing has changed.
    """
    task = assign_task(work, task_id=task_id, caseworker=caseworker, to=to)
    if note.strip():
        _write(work, task, caseworker, {"text": note})
    if to.id != caseworker.id:
        work.add(
            Notification(
                case_id=task.case_id,
                administration_key=task.administration_key,
                unit=task.unit,
                person_id=to.id,
                task_id=task.id,
                kind=HANDOVER,
                text=f"{caseworker.name} har lämnat över en uppgift till dig.",
                at=work.now,
            )
        )
        work.leave_for("mail", work.now)
    return task


def comment_on_task(
    work: UnitOfWork, *, task_id: int, caseworker: Caseworker, said: Mapping[str, Any]
) -> Event:
    """Write a note on the task, whoever holds it and also when it is done. `said` is read by the form of notes.

    Raises as `get_task` does, or AnswersRefused per field.
    """
    task = get_task(work.session, task_id, caseworker, work.now)
    case = work.lock(task.case_id)
    must_see_case(work.session, case, caseworker, work.now)  # a recusal may have held the lock before us
    return _write(work, task, caseworker, said)


def _write(work: UnitOfWork, task: Task, caseworker: Caseworker, said: Mapping[str, Any]) -> Event:
    choices = choices_in(work.session, task.case, caseworker, work.now).at(work.now)
    read = shared_form(work, NOTE).read(said, choices)
    event = record(work, task.case, NOTE, read, author=Author(caseworker.id, task.id))
    settle(work, task.case, cause=Cause.said(NOTE, caseworker.id, read))
    return event
