"""The worker does what is due, keeps going when something fails, and stops when it is told to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, Self

import pytest

from processes.clock import SystemClock
from processes.settings import Settings
from workers.loop import WorkerLoop
from workers.schedule import Job, jobs_of

NEVER_IN_A_TEST = timedelta(hours=1)
PATIENCE = 30
"""Seconds after which a test gives up waiting for something that happens at once when it works."""


class Diary:
    """A job that writes down each run and may be given something to do at each."""

    def __init__(self, *acts: Callable[[], datetime | None]) -> None:
        self.runs = 0
        self.ran = threading.Condition()
        self._acts = acts

    def __call__(self, _runtime: Any, _stopping: Callable[[], bool]) -> datetime | None:
        with self.ran:
            self.runs += 1
            self.ran.notify_all()
        return self._acts[self.runs - 1]() if self.runs <= len(self._acts) else None

    def wait_for(self, runs: int) -> bool:
        """Has it run so often, at the latest after PATIENCE?"""
        with self.ran:
            return self.ran.wait_for(lambda: self.runs >= runs, PATIENCE)


class Running:
    """A loop in a thread of its own, for the length of a with block."""

    def __init__(self, *jobs: Job) -> None:
        runtime: Any = SimpleNamespace(clock=SystemClock())
        self.loop = WorkerLoop(runtime, jobs)
        self.thread = threading.Thread(target=self.loop.run)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.stop()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


def fail() -> datetime | None:
    raise ZeroDivisionError


def soon() -> datetime:
    return SystemClock().now() + timedelta(milliseconds=200)


def long_ago() -> datetime:
    return datetime(2020, 1, 1, tzinfo=UTC)


def test_every_job_is_looked_after_at_the_start():
    first, second = Diary(), Diary()
    with Running(Job("first", NEVER_IN_A_TEST, first), Job("second", NEVER_IN_A_TEST, second)):
        assert first.wait_for(1)
        assert second.wait_for(1)


def test_a_job_is_looked_after_again_when_its_interval_has_passed():
    diary = Diary()
    with Running(Job("diary", timedelta(milliseconds=10), diary)):
        assert diary.wait_for(3)


def test_a_job_that_knows_when_more_is_due_is_woken_then():
    diary = Diary(soon)
    with Running(Job("diary", NEVER_IN_A_TEST, diary)):
        assert diary.wait_for(2)


def test_an_instant_that_has_passed_does_not_make_the_worker_spin():
    diary = Diary(long_ago, long_ago)
    other = Diary(soon, soon, soon)
    with Running(Job("diary", NEVER_IN_A_TEST, diary), Job("other", NEVER_IN_A_TEST, other)):
        assert other.wait_for(4)
    assert diary.runs == 1


def test_a_job_that_fails_is_written_down_and_tried_again(caplog: pytest.LogCaptureFixture):
    diary = Diary(fail, fail)
    with caplog.at_level(logging.ERROR), Running(Job("diary", timedelta(milliseconds=10), diary)):
        assert diary.wait_for(3)
    assert "The job diary failed" in caplog.text


def test_a_job_that_fails_does_not_hold_up_the_next():
    after = Diary()
    with Running(Job("broken", NEVER_IN_A_TEST, Diary(fail)), Job("after", NEVER_IN_A_TEST, after)):
        assert after.wait_for(1)


def test_the_jobs_are_told_when_the_worker_is_to_stop():
    began = threading.Event()
    stopped_politely = []

    def work_long(_runtime: Any, stopping: Callable[[], bool]) -> None:
        began.set()
        pause = threading.Event()
        while not stopping():
            pause.wait(0.001)
        stopped_politely.append(True)

    with Running(Job("long", NEVER_IN_A_TEST, work_long)):
        assert began.wait(PATIENCE)
    assert stopped_politely == [True]


def test_the_table_of_jobs_has_each_name_once():
    names = [job.name for job in jobs_of(Settings())]
    assert names == ["timers", "new_day"]
    assert jobs_of(Settings(worker_seconds=2.0))[0].at_least_every == timedelta(seconds=2)
