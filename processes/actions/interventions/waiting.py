"""Interventions on what a case waits for: read a date again, give a message, try once more what failed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from processes.actions.days import begin_day
from processes.actions.events import event_form, record_event
from processes.actions.failures import describe, forget_failure, retry_failure
from processes.actions.instances import Running, running_in
from processes.actions.interventions.orders import Done, Intervention, Order, Target
from processes.actions.moving import settle
from processes.actions.reminders import give_reminders
from processes.actions.resting import return_tasks
from processes.actions.timers import fire_case_timers
from processes.clock import swedish_day, swedish_time
from processes.errors import InterventionRefused, NotAllowed, UnknownEvent
from processes.forms import Form
from processes.models import Case, Caseworker, Event, JobFailure
from processes.operations.recording import Author, record
from processes.queries.access import must_be_allowed
from processes.rules.calendar import in_swedish
from processes.rules.events import EVENTS
from processes.rules.interventions import NO_CONTENT, OWN_STEP
from processes.rules.snapshot import Scope
from processes.unit_of_work import Knock, UnitOfWork

CASE_JOBS: dict[str, Callable[..., Any]] = {
    "timers": fire_case_timers,
    "reminders": give_reminders,
    "rests": return_tasks,
    "new_day": begin_day,
}
"""Jobs of the worker that go case by case, and what each does with a case."""


def waiting_timers(work: UnitOfWork, case: Case) -> list[Target]:
    """Every timer that waits, those that do not know their date too."""
    found = []
    for running in running_in(work, case):
        steps, title = running.published.bundle.steps, running.published.bundle.title
        for timer in running.instance.timers:
            at = f"{in_swedish(swedish_day(timer.due_at))} kl. {swedish_time(timer.due_at):%H.%M}"
            found.append(
                Target(_timer_key(running, timer.step_id), steps[timer.step_id].name, at, group=title)
            )
        for step_id in running.instance.undated_timers:
            key, name = _timer_key(running, step_id), steps[step_id].name
            found.append(Target(key, name, "datumet är inte känt", group=title))
    return list({target.key: target for target in found}.values())


def _timer_key(running: Running, step_id: str) -> str:
    return f"{running.row.id}:{step_id}"


def rearm(work: UnitOfWork, case: Case, _caseworker: Caseworker, order: Order) -> Done:
    """Let the timer take its date from what is known now; one whose instant has passed goes off at once."""
    [chosen] = order.chosen
    _instance_id, _, step_id = chosen.partition(":")
    [running] = [one for one in running_in(work, case) if _timer_key(one, step_id) == chosen]
    running.instance.read_date_again(step_id, work.at)
    settle(work, case, cause="rearmed")
    fire_case_timers(work, case_id=case.id)
    return Done(running.published.bundle.steps[step_id].name)


def awaited_messages(work: UnitOfWork, case: Case) -> list[Target]:
    """Every message that the case waits for, each with why it cannot be given, if it cannot."""
    found: dict[str, Target] = {}
    for running in running_in(work, case):
        for name in sorted(running.instance.awaited_messages):
            if name not in EVENTS or (name in found and not found[name].hindrance):
                continue
            note, why = _how_given(work, case, name, running)
            found[name] = Target(name, EVENTS[name].label, note, why, running.published.bundle.title)
    return sorted(found.values(), key=lambda one: one.title)


def _how_given(work: UnitOfWork, case: Case, name: str, running: Running) -> tuple[str, str]:
    if EVENTS[name].by_hand:
        return "antecknas i sitt formulär", ""
    if _recorded(work, case, name, running) is not None:
        return "är antecknad; processen påminns om den", ""
    if name in NO_CONTENT:
        return "antecknas utan innehåll", ""
    return "", OWN_STEP


def _recorded(work: UnitOfWork, case: Case, name: str, running: Running) -> Event | None:
    """The newest event of this name that the process is concerned by."""
    for event in reversed(work.rows(Event, case.id)):
        if event.name == name and running.concerns(Scope(event.scope_kind, event.scope_id)):
            return event
    return None


def form_of_message(work: UnitOfWork, name: str) -> Form | None:
    """The form in which the event is recorded by hand; None for one that has none."""
    try:
        return event_form(work, name)
    except (UnknownEvent, NotAllowed):
        return None


def deliver(work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order) -> Done:
    """Record the event by its form, or remind the process of one that is there; one without content is recorded."""
    [name] = order.chosen
    if form_of_message(work, name) is not None:
        record_event(work, case_id=case.id, name=name, payload=order.answers, caseworker=caseworker)
        return Done(EVENTS[name].label)
    for running in running_in(work, case):
        if name not in running.instance.awaited_messages:
            continue
        event = _recorded(work, case, name, running)
        if event is not None:
            work.set_off(Knock(event, name))
        else:
            record(work, case, name, {}, scope=running.scope, author=Author(caseworker.id))
        break
    settle(work, case, cause=name)
    return Done(EVENTS[name].label)


def failures_in(work: UnitOfWork, case: Case) -> list[Target]:
    """What the worker could not do in the case."""
    rows = work.session.scalars(
        select(JobFailure).where(JobFailure.case_id == case.id).order_by(JobFailure.id)
    )
    return [Target(str(row.id), row.job, f"{row.attempts} försök, {row.error}") for row in rows]


def try_again(work: UnitOfWork, case: Case, caseworker: Caseworker, order: Order) -> Done:
    """Do it here and now, where it is about the case alone; otherwise let the worker try at once."""
    must_be_allowed("retry_failed", caseworker)
    failure = retry_failure(work, failure_id=int(order.chosen[0]), caseworker=caseworker)
    act = CASE_JOBS.get(failure.job)
    if act is not None:
        try:
            act(work, case_id=case.id)
        except Exception as error:  # whatever it was that failed, a person is to be told that it fails still
            raise InterventionRefused(f"Försöket misslyckas fortfarande: {describe(error)}.") from error
        forget_failure(work, job=failure.job, row_id=failure.row_id)
    return Done("")


REARM = Intervention(waiting_timers, rearm)
DELIVER = Intervention(awaited_messages, deliver)
RETRY = Intervention(failures_in, try_again)
