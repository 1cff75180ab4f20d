"""Reads a demo's clock, and what has happened in the demo since it was last moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, func, select, true
from sqlalchemy.orm import Session

from processes.clock import swedish_day
from processes.models import Case, Caseworker, Deadline, Notification, SimulatedTime, Task
from processes.models.simulated_time import THE_ROW
from processes.queries.access import visible_cases
from processes.rules.calendar import start_of_day


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a case while time passed."""

    at: datetime
    case_id: int
    number: str
    what: str
    """timer, task_new, task_withdrawn, task_late, deadline_passed or told."""
    text: str
    """Which task, timer or deadline, or what was told; Swedish."""


def time_ahead(engine: Engine) -> timedelta:
    """How far the demo's clock stands ahead of the computer's; nothing in a database that is no demo."""
    ahead = select(SimulatedTime.seconds_ahead).where(SimulatedTime.id == THE_ROW)
    with engine.connect().execution_options(reading=True) as connection:
        return timedelta(seconds=connection.execute(ahead).scalar() or 0)


def find_simulated_time(session: Session) -> SimulatedTime | None:
    """The demo's clock, or nothing in a database that was not filled with a demo."""
    return session.get(SimulatedTime, THE_ROW)


def get_simulated_time_for_update(session: Session) -> SimulatedTime:
    """The demo's clock as it stands, which nobody else can move until the transaction ends."""
    return session.get_one(SimulatedTime, THE_ROW, with_for_update=True, populate_existing=True)


def next_event_at(session: Session, now: datetime) -> datetime | None:
    """The next instant after now at which anything falls due in an open case: a task, or a day that the law sets."""
    task = session.scalar(select(func.min(Task.due_at)).where(Task.status == "open", Task.due_at > now))
    day = session.scalar(
        select(func.min(Deadline.falls_on)).where(Deadline.is_current, Deadline.falls_on > swedish_day(now))
    )
    found = [at for at in (task, start_of_day(day) if day else None) if at is not None]
    return min(found, default=None)


def happenings_since(
    session: Session, since: datetime, now: datetime, *, caseworker: Caseworker | None = None
) -> list[Happening]:
    """What happened from `since` on, in the order of time; only in cases that the person sees, if one is given."""
    seen = visible_cases(caseworker, now) if caseworker is not None else true()
    found = [
        *_timers(session, seen),
        *_tasks(session, seen, since, now),
        *_deadlines(session, seen, since, now),
        *_told(session, seen, since),
    ]
    return sorted(found, key=lambda one: (one.at, one.case_id, one.what, one.text))


def _timers(session: Session, seen: ColumnElement[bool]) -> Iterator[Happening]:
    clock = find_simulated_time(session)
    fired = clock.fired if clock is not None else []
    cases = select(Case.id, Case.number).where(Case.id.in_({one["case_id"] for one in fired}), seen)
    numbers = {case.id: case.number for case in session.execute(cases)}
    for one in fired:
        if one["case_id"] in numbers:
            at = datetime.fromisoformat(one["due_at"])
            yield Happening(at, one["case_id"], numbers[one["case_id"]], "timer", one["name"])


def _tasks(
    session: Session, seen: ColumnElement[bool], since: datetime, now: datetime
) -> Iterator[Happening]:
    tasks = select(
        Task.title, Task.status, Task.created_at, Task.ended_at, Task.due_at, Task.case_id, Case.number
    ).join(Case, Case.id == Task.case_id)
    for row in session.execute(tasks.where(seen, Task.created_at > since)):
        yield Happening(row.created_at, row.case_id, row.number, "task_new", row.title)
    for row in session.execute(tasks.where(seen, Task.status == "withdrawn", Task.ended_at > since)):
        yield Happening(row.ended_at, row.case_id, row.number, "task_withdrawn", row.title)
    for row in session.execute(
        tasks.where(seen, Task.status == "open", Task.due_at > since, Task.due_at <= now)
    ):
        yield Happening(row.due_at, row.case_id, row.number, "task_late", row.title)


def _deadlines(
    session: Session, seen: ColumnElement[bool], since: datetime, now: datetime
) -> Iterator[Happening]:
    passed = (
        select(Deadline.falls_on, Deadline.explanation, Deadline.case_id, Case.number)
        .join(Case, Case.id == Deadline.case_id)
        .where(
            seen,
            Deadline.is_current,
            Deadline.falls_on >= swedish_day(since),
            Deadline.falls_on < swedish_day(now),
        )
    )
    for row in session.execute(passed):
        at = start_of_day(row.falls_on + timedelta(days=1))
        yield Happening(at, row.case_id, row.number, "deadline_passed", str(row.explanation["title"]))


def _told(session: Session, seen: ColumnElement[bool], since: datetime) -> Iterator[Happening]:
    told = (
        select(Notification.at, Notification.text, Notification.case_id, Case.number)
        .join(Case, Case.id == Notification.case_id)
        .where(seen, Notification.at > since)
    )
    for row in session.execute(told):
        yield Happening(row.at, row.case_id, row.number, "told", row.text)
