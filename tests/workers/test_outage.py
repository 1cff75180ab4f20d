"""Nobody worked by itself for more than ten days, over an eviction: afterwards all of it has come in its own order."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import select

from processes.actions.reminders import next_reminder_at
from processes.clock import STOCKHOLM
from processes.models import Notification, Task, Timer
from processes.rules.mail import ESCALATION, REMINDER
from tests.city import City
from workers.new_day import NewDay
from workers.reminders import DueReminders
from workers.rests import RestedTasks
from workers.timers import DueTimers

BACK = datetime(2026, 3, 15, 8, 0, tzinfo=UTC)
"""A Sunday: the eviction was on Thursday the 12th, and the worker was last seen on Monday the 2nd."""


def never() -> bool:
    return False


def swedish(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


def work_on(city: City) -> None:
    """Let the worker do all that is due, and go on until every rung of the ladders is climbed."""
    at: datetime | None = city.clock.now()
    while at is not None:
        city.clock.move_to(max(at, city.clock.now()))
        for job in (DueTimers(), RestedTasks(), NewDay(), DueReminders()):
            job(city.runtime, never)
        with city.runtime.reading() as work:
            at = next_reminder_at(work)


def test_each_stage_before_an_eviction_saw_its_own_instant_though_it_came_late(city: City) -> None:
    city.register_eviction()
    city.clock.move_to(BACK)
    work_on(city)
    with city.runtime.reading() as work:
        alarms = select(Notification.unit, Notification.at).where(Notification.kind == "alarm")
        assert [tuple(row) for row in work.session.execute(alarms.order_by(Notification.id))] == [
            ("samordning", swedish("2026-03-02T16:15")),
            ("enhetschef", swedish("2026-03-02T16:15")),
            ("vuxen", swedish("2026-03-09T00:00")),  # three working days before, counted from the eviction
            ("vuxen", swedish("2026-03-11T00:00")),  # one, armed by the stage before it
            ("vuxen", swedish("2026-03-12T00:00")),  # the day, armed by the stage before it
        ]
        late = select(Task.step, Task.created_at, Task.due_at).where(Task.created_at > swedish("2026-03-03"))
        assert [tuple(row) for row in work.session.execute(late.order_by(Task.id))] == [
            ("stotta_och_motivera", swedish("2026-03-09T00:00"), swedish("2026-03-11T16:30")),
            ("narvara_vid_avhysning", swedish("2026-03-12T00:00"), swedish("2026-03-12T10:00")),
        ]
        assert work.session.scalars(select(Timer).where(Timer.due_at <= BACK)).all() == []


def test_whoever_does_the_work_is_reminded_before_the_head_hears_of_it(city: City) -> None:
    city.register_eviction()
    city.clock.move_to(BACK)
    work_on(city)
    with city.runtime.reading() as work:
        said = select(Notification.dedup_key, Notification.kind).where(Notification.dedup_key.is_not(None))
        about = sorted(
            (str(key).rpartition(":")[0], place, kind)
            for place, (key, kind) in enumerate(work.session.execute(said.order_by(Notification.id)))
        )
        tasks = work.session.scalars(select(Task.id)).all()
    ladders = {what: [kind for _, _, kind in rungs] for what, rungs in groupby(about, lambda rung: rung[0])}
    assert len([what for what in ladders if ":task:" in what]) == len(tasks) == 7
    for what, kinds in ladders.items():
        assert kinds[0] == REMINDER, what
        assert kinds[-1] == ESCALATION, what
        assert kinds == sorted(kinds, key=[REMINDER, ESCALATION].index), what
