"""The alarm clock rings when it was asked to, and stops without a word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from apscheduler.schedulers.base import STATE_RUNNING, STATE_STOPPED
from apscheduler.triggers.date import DateTrigger

from tests.commands.programs import PATIENCE
from workers.waking import AlarmClock

SOON = timedelta(milliseconds=20)


@pytest.fixture
def alarm() -> Iterator[AlarmClock]:
    """An alarm clock that goes, with one bell."""
    alarm = AlarmClock(["diary"])
    alarm.start()
    yield alarm
    if alarm._scheduler.running:
        alarm.stop()


def test_it_rings_once_after_the_delay(alarm: AlarmClock):
    alarm.ring_in("diary", SOON)
    assert alarm._bells["diary"].wait(PATIENCE)
    alarm.wait("diary", 0)
    assert not alarm._bells["diary"].wait(0.1)


def test_no_delay_rings_at_once(alarm: AlarmClock):
    alarm.ring_in("diary", timedelta(0))
    assert alarm._bells["diary"].is_set()


def test_a_name_without_a_bell_is_another_workers(alarm: AlarmClock):
    alarm.ring("somebody_elses")
    assert not alarm._bells["diary"].is_set()


def test_it_may_be_stopped_while_it_rings(alarm: AlarmClock, monkeypatch: pytest.MonkeyPatch):
    next_after: Callable[..., datetime | None] = DateTrigger.get_next_fire_time
    seen: list[int] = []
    scheduling, stopper = alarm._scheduler._thread, threading.Thread(target=alarm.stop)

    def stop_meanwhile(self: DateTrigger, previous: datetime | None, now: datetime) -> datetime | None:
        if previous is not None and not seen:
            stopper.start()
            stopper.join(0.2)
            seen.append(alarm._scheduler.state)
        return next_after(self, previous, now)

    monkeypatch.setattr(DateTrigger, "get_next_fire_time", stop_meanwhile)
    alarm.ring_in("diary", SOON)
    scheduling.join(PATIENCE)
    assert seen == [STATE_RUNNING], "it is stopped when it is done with what is due"
    assert alarm._scheduler.state == STATE_STOPPED
