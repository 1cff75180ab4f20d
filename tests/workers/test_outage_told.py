"""A database that is away is told of once when it goes and once when it is back, however many jobs fail meanwhile."""

from __future__ import annotations

import logging

import psycopg
import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError

from processes.runtime import Runtime
from processes.settings import Settings
from workers.loop import WorkerLoop
from workers.outage import Outage, is_away
from workers.schedule import Job, jobs_of


def gone(code: str | None = None) -> OperationalError:
    return OperationalError(
        "SELECT", {}, psycopg.errors.lookup(code)("stängd") if code else psycopg.OperationalError()
    )


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.mark.parametrize("code", [None, "57P01", "57P03", "08006"])
def test_a_lost_or_refused_connection_means_that_the_database_is_away(code: str | None):
    assert is_away(gone(code))


@pytest.mark.parametrize("code", ["57014", "40P01", "53100"])
def test_a_question_that_took_too_long_or_a_full_disk_is_a_fault_of_its_own(code: str):
    assert not is_away(gone(code))
    assert not Outage().explains(gone(code))
    assert not is_away(ProgrammingError("SELECT", {}, psycopg.errors.SyntaxError()))
    assert not is_away(ZeroDivisionError())


def test_an_outage_has_one_line_at_its_beginning_and_one_at_its_end_with_how_long(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
):
    instants = iter([100.0, 112.5])
    outage = Outage(lambda: next(instants))
    with caplog.at_level(logging.INFO):
        outage.end_if_over(runtime)
        assert outage.explains(gone())
        assert outage.explains(gone("57P03"))
        assert outage.explains(gone())
        outage.end_if_over(runtime)
        outage.end_if_over(runtime)
    assert told(caplog) == [
        "The database does not answer; all jobs wait for it.",
        "The database answers again after 12.5 s, and 3 tries in vain.",
    ]


def test_a_second_outage_is_told_of_as_the_first(runtime: Runtime, caplog: pytest.LogCaptureFixture):
    outage = Outage()
    for _ in range(2):
        assert outage.explains(gone())
        outage.end_if_over(runtime)
    assert len(told(caplog)) == 4


def test_all_jobs_of_a_worker_without_a_database_say_it_in_one_line(
    settings: Settings, caplog: pytest.LogCaptureFixture
):
    nowhere = Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    away = Runtime.open(nowhere)
    loop = WorkerLoop(away, [])
    for _ in range(2):
        for job in jobs_of(nowhere):
            loop._run(job)
    assert told(caplog) == ["The database does not answer; all jobs wait for it."]
    away.close()


def test_a_job_that_fails_for_its_own_sake_is_told_of_in_an_outage_too(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
):
    def fail(_runtime: Runtime, _stopping: object) -> None:
        raise ZeroDivisionError

    loop = WorkerLoop(runtime, [])
    assert loop._outage.explains(gone())
    loop._run(Job("broken", jobs_of(Settings())[0].at_least_every, fail))
    assert told(caplog)[-1] == "The job broken failed; it is tried again."
