"""The worker does what is due, keeps going when something fails, and stops when it is told to."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import pytest
from sqlalchemy import func, select, text

from processes.clock import SystemClock
from processes.models import JobRun
from processes.runtime import WAKE_UP, Runtime
from processes.settings import Settings
from tests.commands.programs import PATIENCE, eventually
from tests.conftest import _settings_for
from tests.postgres import PostgresServer
from workers.loop import WorkerLoop
from workers.schedule import Job, jobs_of

NEVER_IN_A_TEST = timedelta(hours=1)


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

    def __init__(self, runtime: Runtime, *jobs: Job) -> None:
        self.loop = WorkerLoop(runtime, jobs)
        self.thread = threading.Thread(target=self.loop.run)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.stop()
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()


@pytest.fixture
def runtime(settings: Settings) -> Iterator[Runtime]:
    """The system on this test's database, at the time that it is."""
    runtime = Runtime.open(settings)
    yield runtime
    runtime.close()


@pytest.fixture
def postgres_runtime(
    postgres: PostgresServer, postgres_template: str, database_numbers: Iterator[int]
) -> Iterator[Runtime]:
    """The same on PostgreSQL, which can say that something is due."""
    name = f"loop_{os.getpid()}_{next(database_numbers)}"
    runtime = Runtime.open(_settings_for(postgres.create(name, template=postgres_template)))
    yield runtime
    runtime.close()
    postgres.drop(name)


def listening(runtime: Runtime) -> Callable[[int], list[Any]]:
    """Somebody who listens; answers how to ask for as many words as were said."""
    connection = runtime.engine.raw_connection()
    driver: Any = connection.driver_connection
    driver.autocommit = True
    driver.execute(f"LISTEN {WAKE_UP}")
    return lambda count: list(driver.notifies(timeout=PATIENCE, stop_after=count))


def listeners(runtime: Runtime) -> list[int]:
    """The database's processes in which somebody listens."""
    with runtime.reading() as work:
        asked = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        return list(work.session.scalars(text(asked)))


def wake(runtime: Runtime, diary: Diary) -> None:
    """Leave something for the job, which must run because of it."""
    before = diary.runs
    with runtime.transaction() as work:
        work.leave_for("diary", work.now)
    assert diary.wait_for(before + 1)


def runs(runtime: Runtime) -> dict[str, tuple[int, int, str]]:
    """What is written down of each job: how often it ran, how often in vain, and what was wrong the last time."""
    with runtime.reading() as work:
        return {
            run.name: (run.runs, run.failed_runs, run.last_error)
            for run in work.session.scalars(select(JobRun))
        }


def fail() -> datetime | None:
    raise ZeroDivisionError


def soon() -> datetime:
    return SystemClock().now() + timedelta(milliseconds=200)


def long_ago() -> datetime:
    return datetime(2020, 1, 1, tzinfo=UTC)


def test_every_job_is_looked_after_at_the_start(runtime: Runtime):
    first, second = Diary(), Diary()
    with Running(runtime, Job("first", NEVER_IN_A_TEST, first), Job("second", NEVER_IN_A_TEST, second)):
        assert first.wait_for(1)
        assert second.wait_for(1)


def test_the_first_job_comes_round_before_the_others_begin(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.loop.HEAD_START_SECONDS", PATIENCE)
    other = Diary()
    begun_meanwhile = []

    def take_a_moment(_runtime: Any, _stopping: Callable[[], bool]) -> None:
        threading.Event().wait(0.2)
        begun_meanwhile.append(other.runs)

    with Running(
        runtime, Job("timers", NEVER_IN_A_TEST, take_a_moment), Job("other", NEVER_IN_A_TEST, other)
    ):
        assert other.wait_for(1)
    assert begun_meanwhile == [0]


def test_a_job_is_looked_after_again_when_its_interval_has_passed(runtime: Runtime):
    diary = Diary()
    with Running(runtime, Job("diary", timedelta(milliseconds=10), diary)):
        assert diary.wait_for(3)


def test_a_job_that_knows_when_more_is_due_is_woken_then(runtime: Runtime):
    diary = Diary(soon)
    with Running(runtime, Job("diary", NEVER_IN_A_TEST, diary)):
        assert diary.wait_for(2)


def while_it_was_looking() -> datetime:
    at = SystemClock().now() + timedelta(milliseconds=10)
    threading.Event().wait(0.05)
    return at


def test_what_becomes_due_while_a_job_looks_does_not_wait_for_its_interval(runtime: Runtime):
    diary = Diary(while_it_was_looking)
    with Running(runtime, Job("diary", NEVER_IN_A_TEST, diary)):
        assert diary.wait_for(2)


def test_an_instant_that_has_passed_does_not_make_the_worker_spin(runtime: Runtime):
    diary = Diary(long_ago, long_ago)
    other = Diary(soon, soon, soon)
    with Running(runtime, Job("diary", NEVER_IN_A_TEST, diary), Job("other", NEVER_IN_A_TEST, other)):
        assert other.wait_for(4)
    assert diary.runs <= 2, "at the start, and once more when somebody listens"


def test_a_job_that_fails_is_written_down_and_tried_again(runtime: Runtime, caplog: pytest.LogCaptureFixture):
    diary = Diary(fail, fail)
    with caplog.at_level(logging.ERROR), Running(runtime, Job("diary", timedelta(milliseconds=10), diary)):
        assert diary.wait_for(3)
    assert "The job diary failed" in caplog.text


def test_a_job_that_fails_does_not_hold_up_the_next(runtime: Runtime):
    after = Diary()
    with Running(runtime, Job("broken", NEVER_IN_A_TEST, Diary(fail)), Job("after", NEVER_IN_A_TEST, after)):
        assert after.wait_for(1)


def test_the_jobs_are_told_when_the_worker_is_to_stop(runtime: Runtime):
    began = threading.Event()
    stopped_politely = []

    def work_long(_runtime: Any, stopping: Callable[[], bool]) -> None:
        began.set()
        pause = threading.Event()
        while not stopping():
            pause.wait(0.001)
        stopped_politely.append(True)

    with Running(runtime, Job("long", NEVER_IN_A_TEST, work_long)):
        assert began.wait(PATIENCE)
    assert stopped_politely == [True]


def test_a_slow_job_does_not_hold_up_the_next(runtime: Runtime):
    is_slow, may_end = threading.Event(), threading.Event()

    def dawdle(_runtime: Any, _stopping: Callable[[], bool]) -> None:
        is_slow.set()
        may_end.wait(PATIENCE)

    other = Diary(soon)
    with Running(runtime, Job("slow", NEVER_IN_A_TEST, dawdle), Job("other", NEVER_IN_A_TEST, other)):
        assert is_slow.wait(PATIENCE)
        assert other.wait_for(2)
        may_end.set()


def test_a_thread_that_ends_by_itself_ends_the_worker(runtime: Runtime, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("workers.run_book.RunBook.write", lambda *_args, **_kw: fail())
    monkeypatch.setattr(threading, "excepthook", lambda _args: None)
    loop = WorkerLoop(runtime, [Job("diary", NEVER_IN_A_TEST, Diary())])
    worker = threading.Thread(target=loop.run)
    worker.start()
    worker.join(PATIENCE)
    assert not worker.is_alive()


def test_each_run_is_written_down(runtime: Runtime):
    diary, other = Diary(), Diary()
    with Running(runtime, Job("diary", NEVER_IN_A_TEST, diary), Job("other", NEVER_IN_A_TEST, other)):
        assert diary.wait_for(1)
        assert other.wait_for(1)
    with runtime.reading() as work:
        written = list(work.session.scalars(select(JobRun).order_by(JobRun.name)))
        assert [run.name for run in written] == ["diary", "other"]
        assert all(run.last_started_at <= run.last_ended_at < run.next_at for run in written)
        assert [run.at_least_every for run in written] == [3600.0, 3600.0]


def test_a_run_that_failed_is_written_down_without_what_was_said_in_the_error(runtime: Runtime):
    def fail_about_somebody() -> datetime | None:
        raise ValueError("F-01 Påhittad")

    diary = Diary(fail_about_somebody)
    with Running(runtime, Job("diary", NEVER_IN_A_TEST, diary)):
        assert diary.wait_for(2)
    [(count, in_vain, error)] = runs(runtime).values()
    assert count >= 2
    assert (in_vain, error) == (1, "")
    diary = Diary(fail_about_somebody, fail_about_somebody)
    loop = WorkerLoop(runtime, [])
    loop._run(Job("diary", NEVER_IN_A_TEST, diary))
    assert runs(runtime)["diary"][2].startswith("ValueError (")
    assert "F-01" not in runs(runtime)["diary"][2]


def test_a_job_wakes_when_the_database_says_that_something_is_due(postgres_runtime: Runtime):
    diary, other = Diary(), Diary()
    jobs = Job("diary", NEVER_IN_A_TEST, diary), Job("other", NEVER_IN_A_TEST, other)
    with Running(postgres_runtime, *jobs):
        assert eventually(lambda: listeners(postgres_runtime) != [])
        for _ in range(3):
            wake(postgres_runtime, diary)
    assert other.runs <= 2, "at the start, and once more when somebody listens"


def test_what_is_due_later_wakes_nobody(postgres_runtime: Runtime):
    heard = listening(postgres_runtime)
    seconds = postgres_runtime.settings.worker_seconds
    with postgres_runtime.transaction() as work:
        work.leave_for("later", work.now + timedelta(seconds=seconds + 60))
        work.leave_for("soon", work.now + timedelta(seconds=seconds / 2))
    assert [word.payload for word in heard(1)] == ["soon"]


def test_what_is_rolled_back_wakes_nobody(postgres_runtime: Runtime):
    heard = listening(postgres_runtime)
    with pytest.raises(ZeroDivisionError), postgres_runtime.transaction() as work:
        work.leave_for("undone", work.now)
        fail()
    with postgres_runtime.transaction() as work:
        work.leave_for("done", work.now)
    assert [word.payload for word in heard(1)] == ["done"]


def test_the_worker_hears_again_after_its_connection_was_cut(postgres_runtime: Runtime):
    diary = Diary()
    with Running(postgres_runtime, Job("diary", NEVER_IN_A_TEST, diary)):
        assert eventually(lambda: listeners(postgres_runtime) != [])
        [deaf] = listeners(postgres_runtime)
        with postgres_runtime.reading() as work:
            work.session.execute(select(func.pg_terminate_backend(deaf)))
        assert eventually(lambda: listeners(postgres_runtime) not in ([], [deaf]))
        for _ in range(3):
            wake(postgres_runtime, diary)


def test_the_table_of_jobs_has_each_name_once():
    names = [job.name for job in jobs_of(Settings())]
    assert len(names) == len(set(names))
    assert {"timers", "new_day"} <= set(names)
    assert jobs_of(Settings(worker_seconds=2.0))[0].at_least_every == timedelta(seconds=2)
