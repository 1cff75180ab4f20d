"""What only time changes is worked out every morning: a case in which nothing happens becomes urgent all the same."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from processes.actions.days import cases_of_yesterday
from processes.models import Task
from tests.city import City
from workers.new_day import NewDay

TWO_WEEKS_LATER = datetime(2026, 3, 17, 6, 0, tzinfo=UTC)


def never() -> bool:
    return False


def priority(city: City, case_id: int) -> int:
    with city.runtime.reading() as work:
        return work.session.scalars(select(Task.priority).where(Task.case_id == case_id)).one()


def due(city: City) -> list[int]:
    with city.runtime.reading() as work:
        return list(cases_of_yesterday(work, limit=9))


def test_a_case_in_which_nothing_happens_is_looked_at_once_a_day(city: City) -> None:
    case_id = city.register(received_at="2026-03-02T08:30", kind="E", grounds=["sublet"])
    assert due(city) == []
    assert NewDay()(city.runtime, never) == datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    city.clock.move_to(TWO_WEEKS_LATER)
    assert due(city) == [case_id]
    assert NewDay()(city.runtime, never) == datetime(2026, 3, 17, 23, 0, tzinfo=UTC)
    assert due(city) == []


def test_what_is_due_nearer_becomes_more_urgent_by_itself(city: City) -> None:
    case_id = city.register(served_on="2026-03-01")
    before = priority(city, case_id)
    city.clock.move_to(TWO_WEEKS_LATER)
    NewDay()(city.runtime, never)
    assert priority(city, case_id) > before


def test_a_closed_case_sleeps_through_the_days(city: City) -> None:
    case_id = city.register()
    with city.runtime.transaction() as work:
        work.lock(case_id).closed_at = work.now
    city.clock.move_to(TWO_WEEKS_LATER)
    assert due(city) == []


def test_a_case_that_has_moved_today_needs_no_second_look(city: City) -> None:
    case_id = city.register()
    city.clock.move_to(TWO_WEEKS_LATER)
    city.register(address="Provgatan 2", received_at="2026-03-17T06:30")
    assert due(city) == [case_id]
