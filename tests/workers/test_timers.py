"""Due timers go off case by case; a case that somebody is moving is passed over, never waited for."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Barrier, Thread

from processes.actions.events import record_event
from processes.clock import STOCKHOLM
from tests.city import City
from workers.timers import DueTimers


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
