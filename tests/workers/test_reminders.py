"""The worker reminds at the instants of the ladders, and a case that cannot be reminded holds up no other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from processes.actions.reminders import give_reminders
from processes.models import JobFailure, Notification, Task
from processes.unit_of_work import UnitOfWork
from tests.city import City
from workers import reminders
from workers.reminders import DueReminders


def never() -> bool:
    return False


def due_in(city: City, hours: int, address: str) -> int:
    """A case with a task that is due in so many hours; answers its id."""
    case_id = city.register(address=address)
    with city.runtime.transaction() as work:
        tasks = update(Task).where(Task.case_id == case_id, Task.status == "open")
        work.session.execute(tasks.values(due_at=city.clock.now() + timedelta(hours=hours)))
        give_reminders(work, case_id=case_id)
    return case_id


def told(city: City) -> list[int]:
    """The cases about which somebody was told that a task is late, in that order."""
    with city.runtime.reading() as work:
        late = Notification.dedup_key.endswith(":overdue")
        return list(work.session.scalars(select(Notification.case_id).where(late).order_by(Notification.id)))


def test_the_worker_reminds_when_the_time_has_come_and_says_when_it_is_needed_next(city: City) -> None:
    first, second = due_in(city, 1, "Provgatan 1"), due_in(city, 2, "Provgatan 2")
    job = DueReminders()
    next_at = job(city.runtime, never)
    assert next_at == city.clock.now() + timedelta(hours=1)
    assert told(city) == []
    city.clock.move_to(next_at)
    assert job(city.runtime, never) == next_at + timedelta(hours=1)
    assert told(city) == [first]
    city.clock.advance(timedelta(hours=1))
    job(city.runtime, never)
    assert told(city) == [first, second]


def test_a_case_that_cannot_be_reminded_is_set_aside(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, well = due_in(city, 1, "Provgatan 1"), due_in(city, 1, "Provgatan 2")

    def fail(work: UnitOfWork, *, case_id: int) -> int:
        if case_id == broken:
            raise ZeroDivisionError
        return give_reminders(work, case_id=case_id)

    monkeypatch.setattr(reminders, "give_reminders", fail)
    city.clock.advance(timedelta(hours=1))
    assert isinstance(DueReminders()(city.runtime, never), datetime)
    assert told(city) == [well]
    with city.runtime.reading() as work:
        failures = work.session.execute(select(JobFailure.job, JobFailure.case_id)).all()
    assert [tuple(row) for row in failures] == [("reminders", broken)]
