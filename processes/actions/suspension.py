"""Suspends and resumes a case: its timers are held and its tasks wait, but whatever the law sets a day for goes on."""

from __future__ import annotations

from datetime import date, datetime

from processes.clock import swedish_day
from processes.errors import CaseSuspended
from processes.models import Case, JournalEntry, ProcessInstance, Task, Timer
from processes.queries.diagrams import Published
from processes.rules.calendar import start_of_day
from processes.rules.suspension import task_goes_on, timer_goes_on
from processes.unit_of_work import UnitOfWork


def suspend(work: UnitOfWork, case: Case, *, until: date, why: str) -> None:
    """Let the case stand until the Swedish day `until` begins, and hold every timer that no law stands behind."""
    case.suspended_until, case.suspended_why = start_of_day(until), why
    for timer in work.rows(Timer, case.id):
        timer.is_held = timer.step in held_steps(case, _published_behind(work, timer))


def resume(work: UnitOfWork, case: Case) -> None:
    """Let the case go on; its timers that have fallen due are the worker's, or the caller's, to fire in their order."""
    case.suspended_until, case.suspended_why = None, ""
    for timer in work.rows(Timer, case.id):
        if timer.is_held:
            timer.is_held = False
            work.leave_for("timers", timer.due_at)


def resume_when_over(work: UnitOfWork, case: Case) -> None:
    """End a suspension whose day has come, which nobody need remember to do."""
    if case.suspended_until is None or case.suspended_until > work.now:
        return
    details = {"until": _day_of(case.suspended_until)}
    resume(work, case)
    work.add(JournalEntry(case_id=case.id, at=work.now, what="case_resumed", details=details))


def held_steps(case: Case, published: Published) -> frozenset[str]:
    """The steps of the process whose timers do not go off now."""
    if case.suspended_until is None:
        return frozenset()
    steps = published.bundle.steps.values()
    return frozenset(step.id for step in steps if not timer_goes_on(step.process_key))


def goes_on(work: UnitOfWork, case: Case, task: Task) -> bool:
    """Whether the task may be done, and is reminded of, as things stand."""
    if case.suspended_until is None:
        return True
    row = task.instance
    step = work.diagrams.get(work.session, row.process_key, row.diagram_version).bundle.steps[task.step]
    return task_goes_on(step.process_key, task.due_rule, step.properties.get("due", ""))


def must_go_on(work: UnitOfWork, case: Case, task: Task) -> None:
    """Raises CaseSuspended for a task that waits until the case is resumed."""
    if case.suspended_until is not None and not goes_on(work, case, task):
        raise CaseSuspended(_day_of(case.suspended_until))


def _day_of(until: datetime) -> str:
    return swedish_day(until).isoformat()


def _published_behind(work: UnitOfWork, timer: Timer) -> Published:
    [row] = [one for one in work.rows(ProcessInstance, timer.case_id) if one.id == timer.instance_id]
    return work.diagrams.get(work.session, row.process_key, row.diagram_version)
