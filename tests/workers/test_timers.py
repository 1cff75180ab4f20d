"""Due timers go off case by case; a case that somebody is moving is passed over, never waited for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from sqlalchemy import Select, event, select, text

from processes.actions.events import record_event
from processes.actions.timers import due_cases, fire_case_timers, next_instant
from processes.clock import STOCKHOLM, ManualClock
from processes.models import JobFailure, Task, Timer
from processes.rules.retries import FIRST_PAUSE
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork
from tests.city import City
from tests.commands.programs import PATIENCE
from tests.conftest import _settings_for
from tests.postgres import PostgresServer
from workers import timers
from workers.row_by_row import TAKEN_PAUSE
from workers.timers import DueTimers


@pytest.fixture
def postgres_city_of_cases(
    postgres: PostgresServer, postgres_city: str, database_numbers: Iterator[int], clock: ManualClock
) -> Iterator[City]:
    """A city on PostgreSQL, where several transactions can be open at a time."""
    name = f"timers_{os.getpid()}_{next(database_numbers)}"
    runtime = Runtime.open(_settings_for(postgres.create(name, template=postgres_city)), clock=clock)
    yield City(runtime, clock)
    runtime.close()
    postgres.drop(name)


def never() -> bool:
    return False


def remind(city: City, until: str, address: str = "Provgatan 1") -> int:
    """A case with a reminder for the day; answers its id."""
    case_id = city.register(address=address)
    with city.runtime.transaction() as work:
        record_event(
            work,
            case_id=case_id,
            name="bevakning.skapad",
            payload={"kind": "other", "until": until, "text": "Ring hyresvärden igen."},
            caseworker=city.person(work, "siv"),
        )
    return case_id


def test_a_case_moves_by_itself_when_its_day_has_come(city):
    case_id = remind(city, "2026-03-09")
    begins = swedish_midnight(2026, 3, 9)
    assert DueTimers()(city.runtime, never) == begins
    assert "hantera_bevakning" not in city.open_steps(case_id)
    city.clock.move_to(begins)
    assert DueTimers()(city.runtime, never) is None
    assert "hantera_bevakning" in city.open_steps(case_id)


def test_two_workers_fire_each_timer_once(city):
    case_ids = [remind(city, "2026-03-09", f"Provgatan {number}") for number in range(1, 7)]
    city.clock.move_to(swedish_midnight(2026, 3, 10))
    both_ready = Barrier(2)

    def work() -> None:
        both_ready.wait()
        DueTimers()(city.runtime, never)

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [city.open_steps(case_id).count("hantera_bevakning") for case_id in case_ids] == [1] * 6


def swedish_midnight(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=STOCKHOLM).astimezone(UTC)


def hold(city: City, case_id: int, is_held: Event, may_end: Event) -> None:
    """Be in the middle of moving the case until told to end."""
    with city.runtime.transaction() as work:
        work.lock(case_id)
        is_held.set()
        may_end.wait(PATIENCE)


def test_a_case_that_somebody_is_moving_is_passed_over_and_done_soon_after(
    postgres_city_of_cases: City,
) -> None:
    city = postgres_city_of_cases
    first, second = (remind(city, "2026-03-09", f"Provgatan {number}") for number in (1, 2))
    city.clock.move_to(swedish_midnight(2026, 3, 10))
    is_held, may_end = Event(), Event()
    other = Thread(target=hold, args=[city, first, is_held, may_end])
    other.start()
    assert is_held.wait(PATIENCE)
    asked: list[str] = []
    event.listen(city.runtime.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    try:
        assert DueTimers()(city.runtime, never) == city.clock.now() + TAKEN_PAUSE
        assert "hantera_bevakning" in city.open_steps(second), "the next case did not wait"
        assert "hantera_bevakning" not in city.open_steps(first)
        locking = [statement for statement in asked if "FOR UPDATE OF cases" in statement]
        assert locking
        assert all("SKIP LOCKED" in statement for statement in locking), "none of them may wait"
    finally:
        may_end.set()
        other.join()
    DueTimers()(city.runtime, never)
    assert "hantera_bevakning" in city.open_steps(first)


def test_the_case_that_has_waited_longest_is_first(city: City) -> None:
    days = ("2026-03-11", "2026-03-09", "2026-03-10")
    case_ids = [remind(city, day, f"Provgatan {day[-2:]}") for day in days]
    city.clock.move_to(swedish_midnight(2026, 3, 12))
    with city.runtime.reading() as work:
        assert DueTimers().due(work, 2) == [case_ids[1], case_ids[2]]


def test_looking_for_due_timers_reads_an_index_however_many_wait(city: City) -> None:
    case_id = remind(city, "2026-03-09")
    with city.runtime.transaction() as work:
        [timer] = work.session.scalars(select(Timer).where(Timer.case_id == case_id).limit(1))
        far = [
            Timer(
                instance_id=timer.instance_id,
                case_id=case_id,
                step="far",
                due_at=timer.due_at + timedelta(days=number),
            )
            for number in range(1, 2000)
        ]
        work.session.add_all(far)
    with city.runtime.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    for found in (due_cases(city.clock.now(), 50), next_instant(city.clock.now())):
        assert "ix_timers_due" in plan(city, found), plan(city, found)


def plan(city: City, statement: Select[Any]) -> str:
    """How the database would find the answer."""
    explain = "EXPLAIN" if city.runtime.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    with city.runtime.engine.connect() as connection:
        compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
        return "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {compiled}"))


def test_a_case_that_cannot_move_is_set_aside_and_its_timer_goes_off_once_it_can(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = (remind(city, "2026-03-09", f"Provgatan {number}") for number in (1, 2))
    city.clock.move_to(swedish_midnight(2026, 3, 10))

    def break_one(work: UnitOfWork, *, case_id: int) -> int:
        fired = fire_case_timers(work, case_id=case_id)
        if case_id == broken:
            raise RuntimeError("broken diagram")
        return fired

    monkeypatch.setattr(timers, "fire_case_timers", break_one)
    DueTimers()(city.runtime, never)
    assert "hantera_bevakning" in city.open_steps(other)
    assert "hantera_bevakning" not in city.open_steps(broken), "nothing of a failed attempt is kept"
    monkeypatch.undo()
    DueTimers()(city.runtime, never)
    assert "hantera_bevakning" not in city.open_steps(broken), "it is not tried before its pause is over"
    city.clock.advance(FIRST_PAUSE)
    DueTimers()(city.runtime, never)
    assert city.open_steps(broken).count("hantera_bevakning") == 1
    with city.runtime.reading() as work:
        assert work.session.scalars(select(JobFailure)).all() == []


def test_the_timers_of_many_cases_go_off_in_one_transaction(city: City) -> None:
    case_ids = [remind(city, "2026-03-09", f"Provgatan {number}") for number in range(1, 7)]
    city.clock.move_to(swedish_midnight(2026, 3, 10))
    asked: list[str] = []
    commits: list[object] = []
    event.listen(city.runtime.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    event.listen(city.runtime.engine, "commit", commits.append)
    DueTimers()(city.runtime, never)
    assert [city.open_steps(case_id).count("hantera_bevakning") for case_id in case_ids] == [1] * 6
    assert len(commits) == 1
    assert len(asked) < 10 * len(case_ids)


def test_what_another_worker_has_done_meanwhile_is_not_even_read(city: City) -> None:
    done, waiting = (remind(city, "2026-03-09", f"Provgatan {number}") for number in (1, 2))
    city.clock.move_to(swedish_midnight(2026, 3, 10))
    with city.runtime.transaction() as work:
        assert fire_case_timers(work, case_id=done) == 1
    with city.runtime.transaction() as work:
        assert DueTimers().claim_those_free(work, [done, waiting]) == [waiting]
        assert {case_id for _, case_id in work._rows} == {waiting}


def test_a_case_whose_timer_is_found_a_day_late_is_looked_at_as_of_today(city: City) -> None:
    late = remind(city, "2026-03-11", "Provgatan 9")
    city.clock.move_to(swedish_midnight(2026, 3, 12) + timedelta(hours=5))
    with city.runtime.transaction() as work:
        assert fire_case_timers(work, case_id=late) == 1
        assert work.lock(late).refreshed_on.day == 12, "not the day on which the timer was due"


def test_after_ten_days_without_a_worker_each_case_lives_through_them_in_order(city: City) -> None:
    case_id = remind(city, "2026-03-04")
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        said = {"kind": "other", "until": "2026-03-07", "text": "Senare."}
        record_event(work, case_id=case_id, name="bevakning.skapad", payload=said, caseworker=siv)
    back = swedish_midnight(2026, 3, 2) + timedelta(days=10, hours=9)
    city.clock.move_to(back)
    DueTimers()(city.runtime, never)
    with city.runtime.reading() as work:
        came_up = select(Task.created_at).where(Task.step == "hantera_bevakning").order_by(Task.id)
        assert list(work.session.scalars(came_up)) == [
            swedish_midnight(2026, 3, 4),
            swedish_midnight(2026, 3, 7),
        ]
        assert work.session.scalars(select(Timer).where(Timer.due_at <= back)).all() == []
