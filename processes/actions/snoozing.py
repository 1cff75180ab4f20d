"""Lets a task rest until a day, or wakes it before: what the person who holds it can do with a task that must wait."""

from __future__ import annotations

from datetime import date

from processes.actions.resting import bring_back, last_day_of_rest, write_rest
from processes.actions.tasks import must_hold, open_task
from processes.clock import swedish_day
from processes.errors import AnswersRefused, RestsPastTheLaw
from processes.models import Caseworker, Task
from processes.rules.calendar import start_of_day
from processes.unit_of_work import UnitOfWork

LONGEST_REST_DAYS = 92
"""Longer than a quarter nothing should lie unlooked at; a watch (sv. bevakning) is made for that."""
LONGEST_REASON = 300


def snooze_task(work: UnitOfWork, *, task_id: int, caseworker: Caseworker, until: date, reason: str) -> Task:
    """Let the task rest; it comes back when the Swedish day `until` begins.

    Raises AnswersRefused for a day that is not ahead or too far, or without a reason; RestsPastTheLaw when a day of
    the law would come first; TaskNotFound, TaskNotClaimed, TaskAlreadyClaimed or TaskAlreadyFinished.
    """
    task = open_task(work, task_id, caseworker)
    must_hold(work, task, caseworker)
    _refuse_wrong(work, until, reason)
    found = last_day_of_rest(work.snapshot(task.case_id), task, work.now)
    if found is not None and until > found[0]:
        raise RestsPastTheLaw(*found)
    task.on_hold_until, task.hold_reason = start_of_day(until), reason.strip()
    write_rest(work, task, "task_rests", by=caseworker.id, until=until.isoformat(), why=task.hold_reason)
    work.leave_for("rests", task.on_hold_until)
    return task


def wake_task(work: UnitOfWork, *, task_id: int, caseworker: Caseworker) -> Task:
    """Bring the task back before its day; one that does not rest stays as it is. Raises as `snooze_task` does."""
    task = open_task(work, task_id, caseworker)
    must_hold(work, task, caseworker)
    if task.on_hold_until is not None:
        bring_back(work, task, why="", by=caseworker.id)
    return task


def _refuse_wrong(work: UnitOfWork, until: date, reason: str) -> None:
    problems = {}
    days = (until - swedish_day(work.now)).days
    if days < 1:
        problems["until"] = "Välj en dag efter i dag."
    elif days > LONGEST_REST_DAYS:
        problems["until"] = "Välj en dag inom tre månader, eller lägg upp en bevakning i stället."
    if not reason.strip():
        problems["reason"] = "Skriv varför uppgiften kan vänta."
    elif len(reason.strip()) > LONGEST_REASON:
        problems["reason"] = f"Skriv högst {LONGEST_REASON} tecken."
    if problems:
        raise AnswersRefused(problems)
