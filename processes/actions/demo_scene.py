"""Plays a demo's households into the database: what happened to each in the days before now, at its own instants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from processes.actions.days import begin_day
from processes.actions.events import record_event
from processes.actions.notices import register_notice
from processes.actions.snoozing import snooze_task
from processes.actions.tasks import claim_task, complete_task
from processes.actions.timers import fire_case_timers
from processes.clock import STOCKHOLM, swedish_day, swedish_time
from processes.models import Caseworker, Person, Task, Timer
from processes.queries.people import get_caseworker_named
from processes.unit_of_work import UnitOfWork

A_WHILE = timedelta(minutes=5)
"""Nothing in the demo happened later than so long ago."""


class Scene:
    """One household's case while its story is told; the story's clock stands before the real one and catches up."""

    def __init__(self, work: UnitOfWork) -> None:
        self._base = work
        self.work = work
        self.case_id = 0

    def at(self, days_ago: int, clock: str, *, if_later: timedelta = A_WHILE) -> None:
        """Let it be that time of that day; so long ago instead, should that time of today not have come yet."""
        day = swedish_day(self._base.now) - timedelta(days=days_ago)
        instant = datetime.combine(day, time.fromisoformat(clock), STOCKHOLM)
        latest = self._base.now - if_later
        self._let_time_pass(min(instant, latest))

    def ago(self, minutes: int) -> None:
        """Let it be so many minutes ago."""
        self._let_time_pass(self._base.now - timedelta(minutes=minutes))

    def end(self) -> None:
        """Catch up with now: what is due by itself has happened, and the case stands as of today."""
        self._let_time_pass(self._base.now)
        begin_day(self.work, case_id=self.case_id)
        self.work.session.flush()

    def notice(self, who: str, **answers: Any) -> None:
        """Register a notice, received a little earlier."""
        said = {"received_at": self.clock(-20), **answers}
        self.case_id = register_notice(self.work, caseworker=self._person(who), answers=said).case_id

    def claim(self, who: str, step: str) -> None:
        """Make the task somebody's own."""
        claim_task(self.work, task_id=self._task(step).id, caseworker=self._person(who))

    def complete(self, who: str, step: str, **answers: Any) -> None:
        """Claim and complete the task."""
        self.claim(who, step)
        complete_task(self.work, task_id=self._task(step).id, caseworker=self._person(who), answers=answers)

    def rest(self, who: str, step: str, days: int, reason: str) -> None:
        """Let the task rest for so many days."""
        self.claim(who, step)
        until = swedish_day(self.work.now) + timedelta(days=days)
        snooze_task(
            self.work, task_id=self._task(step).id, caseworker=self._person(who), until=until, reason=reason
        )

    def record(self, who: str, event: str, **payload: Any) -> None:
        """Record that something happened."""
        record_event(
            self.work, case_id=self.case_id, name=event, payload=payload, caseworker=self._person(who)
        )

    def staff(self, username: str) -> int:
        """The id of one of the demo's people."""
        return self._person(username).id

    def resident(self, name: str) -> int:
        """The id of a person of the household."""
        persons = select(Person.id).where(Person.case_id == self.case_id, Person.name == name)
        return self.work.session.scalars(persons).one()

    def day(self, days: int) -> str:
        """The day so many days after the story's, as forms take it."""
        return (swedish_day(self.work.now) + timedelta(days=days)).isoformat()

    def clock(self, minutes: int = 0) -> str:
        """The story's time so many minutes later, as forms take it."""
        return f"{swedish_time(self.work.now + timedelta(minutes=minutes)):%Y-%m-%dT%H:%M}"

    def working_morning(self, days: int) -> str:
        """Nine o'clock so many days after now, or on the next day that is no weekend."""
        day: date = swedish_day(self._base.now) + timedelta(days=days)
        while day.weekday() > 4:
            day += timedelta(days=1)
        return f"{day.isoformat()}T09:00"

    def _let_time_pass(self, until: datetime) -> None:
        """Move on, stopping wherever a timer of the case is due, as a worker would have."""
        while self.case_id and (due := self._next_timer()) is not None and due <= until:
            self._move(due)
            fire_case_timers(self.work, case_id=self.case_id)
        self._move(until)

    def _next_timer(self) -> datetime | None:
        self.work.session.flush()
        due: datetime | None = self.work.session.scalar(
            select(func.min(Timer.due_at)).where(Timer.case_id == self.case_id)
        )
        return due

    def _move(self, now: datetime) -> None:
        base = self._base
        base.session.flush()
        self.work = UnitOfWork(base.session, now, base.diagrams, base.policy)

    def _person(self, username: str) -> Caseworker:
        return get_caseworker_named(self.work.session, username)

    def _task(self, step: str) -> Task:
        tasks = select(Task).where(Task.case_id == self.case_id, Task.step == step, Task.status == "open")
        return self.work.session.scalars(tasks.order_by(Task.id)).one()


def household(mark: str, *roles: str) -> list[Mapping[str, Any]]:
    """Fictional persons with these roles: `F-02a Påhittad` and so on; one alone is `F-01 Påhittad`."""
    letters: Iterable[str] = "abcdefgh" if len(roles) > 1 else [""]
    return [
        {"name": f"{mark}{letter} Påhittad", "role": role, "protection": "none"}
        for letter, role in zip(letters, roles, strict=False)
    ]


def taken_in(scene: Scene) -> dict[str, Any]:
    """What whoever takes a case in answers when nothing about the case is unusual."""
    return {
        "register_method": "navet",
        "tenant_registered_here": "yes",
        "known_in_own_administration": False,
        "other_administration": "not_asked",
        "treserva_type": "Information",
        "treserva_reason": "Hot om avhysning",
        "treserva_registered_on": scene.day(0),
        "send_information_letter": True,
    }
