"""Due timers go off case by case; a case that cannot move is set aside and never holds up the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from processes.actions.events import record_event
from processes.clock import STOCKHOLM
from processes.errors import CaseChangedMeanwhile
from tests.city import City
from workers import timers
from workers.case_by_case import BATCH, FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS
from workers.timers import DueTimers

NEXT = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


class Cases:
    """Stands in for the runtime and the timer actions: which cases are due, and what happens to each."""

    def __init__(self, *due: int) -> None:
        self.due = list(due)
        self.fired: list[int] = []
        self.transactions = 0
        self.trouble: dict[int, Exception] = {}
        self.seconds = 0.0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.transactions += 1
        yield

    reading = transaction

    def fire(self, _work: object, *, case_id: int) -> int:
        if case_id in self.trouble:
            raise self.trouble[case_id]
        self.due.remove(case_id)
        self.fired.append(case_id)
        return 1


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> Cases:
    cases = Cases()
    monkeypatch.setattr(timers, "cases_with_due_timers", lambda _work, *, limit: cases.due[:limit])
    monkeypatch.setattr(timers, "fire_case_timers", cases.fire)
    monkeypatch.setattr(timers, "next_due_at", lambda _work: NEXT)
    return cases


def never() -> bool:
    return False


def look(job: DueTimers, cases: Any, stopping: Callable[[], bool] = never) -> datetime | None:
    return job(cases, stopping)


def test_every_due_case_is_fired_in_a_transaction_of_its_own(cases):
    cases.due = [1, 2, 3]
    assert look(DueTimers(), cases) == NEXT
    assert cases.fired == [1, 2, 3]
    assert cases.transactions == 3 + 2  # and two looks: what is due, and that nothing is any more


def test_more_cases_than_fit_a_batch_are_all_fired(cases):
    cases.due = list(range(2 * BATCH + 1))
    look(DueTimers(), cases)
    assert len(cases.fired) == 2 * BATCH + 1


def test_a_case_that_fails_does_not_hold_up_the_next(cases, caplog):
    cases.due = [1, 2]
    cases.trouble[1] = RuntimeError("broken diagram")
    with caplog.at_level(logging.ERROR):
        look(DueTimers(), cases)
    assert cases.fired == [2]
    assert "Letting timers go off failed in case 1; it is set aside." in caplog.text


def test_even_a_whole_batch_that_fails_does_not_hold_up_the_next(cases):
    cases.due = list(range(BATCH + 1))
    cases.trouble = {case_id: RuntimeError() for case_id in range(BATCH)}
    look(DueTimers(), cases)
    assert cases.fired == [BATCH]


def test_a_case_that_failed_is_tried_again_after_ever_longer_waits(cases):
    job = DueTimers(elapsed=lambda: cases.seconds)
    cases.due = [1]
    cases.trouble[1] = RuntimeError()
    tries: list[float] = []
    wait = FIRST_WAIT_SECONDS
    while len(tries) < 12:
        look(job, cases)
        before = cases.transactions
        cases.seconds += wait - 0.001
        look(job, cases)
        assert cases.transactions == before + 1, "it was tried too early"
        cases.seconds += 0.001
        tries.append(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
    assert tries[-1] == LONGEST_WAIT_SECONDS
    del cases.trouble[1]
    look(job, cases)
    assert cases.fired == [1]


def test_a_case_that_recovers_starts_again_with_the_short_wait(cases):
    job = DueTimers(elapsed=lambda: cases.seconds)
    for _ in range(2):
        cases.due = [1]
        cases.trouble[1] = RuntimeError()
        look(job, cases)
        del cases.trouble[1]
        cases.seconds += FIRST_WAIT_SECONDS
        look(job, cases)
    assert cases.fired == [1, 1]


def test_a_case_that_somebody_works_in_is_tried_again_soon(cases, caplog):
    job = DueTimers(elapsed=lambda: cases.seconds)
    cases.due = [1]
    cases.trouble[1] = CaseChangedMeanwhile()
    look(job, cases)
    assert caplog.text == ""
    del cases.trouble[1]
    cases.seconds += 1.0
    look(job, cases)
    assert cases.fired == [1]


def test_a_case_with_nothing_to_fire_is_not_asked_twice_in_one_round(cases, monkeypatch):
    asked: list[int] = []

    def fire(_work: object, *, case_id: int) -> int:
        asked.append(case_id)
        return 0

    monkeypatch.setattr(timers, "fire_case_timers", fire)
    cases.due = [1]
    look(DueTimers(), cases)
    assert asked == [1]


def test_a_database_that_is_away_is_no_fault_of_a_case(cases):
    cases.due = [1, 2]
    cases.trouble[1] = OperationalError("SELECT 1", {}, Exception("the server closed the connection"))
    job = DueTimers()
    with pytest.raises(OperationalError):
        look(job, cases)
    del cases.trouble[1]
    look(job, cases)
    assert cases.fired == [1, 2]


def test_a_worker_that_is_told_to_stop_finishes_its_case_only(cases):
    cases.due = [1, 2, 3]
    assert look(DueTimers(), cases, stopping=lambda: bool(cases.fired)) is None
    assert cases.fired == [1]


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
