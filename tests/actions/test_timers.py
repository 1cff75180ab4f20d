"""Timers go off each at its own instant, however late somebody looks, and each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from processes.actions.events import record_event
from processes.actions.timers import cases_with_due_timers, fire_case_timers, next_due_at
from processes.errors import CaseNotFound
from processes.models import Case, Deadline, Event, JournalEntry, ProcessInstance, Task, Timer
from processes.unit_of_work import UnitOfWork
from tests.actions.moving_cases import publish_process, start
from tests.city import City
from tests.engine.drawn import Drawn


@pytest.fixture
def case_id(city: City) -> int:
    return city.register()


def remind(city: City, case_id: int, *days: str) -> None:
    """Reminders in the case, one for each day."""
    for day in days:
        with city.runtime.transaction() as work:
            said = {"kind": "other", "until": day, "text": f"Påminnelse {day}"}
            siv = city.person(work, "siv")
            record_event(work, case_id=case_id, name="bevakning.skapad", payload=said, caseworker=siv)


def fire(city: City, case_id: int) -> int:
    with city.runtime.transaction() as work:
        return fire_case_timers(work, case_id=case_id)


def reminders(city: City) -> list[datetime]:
    """When each open reminder came up, in the order in which they did."""
    with city.runtime.reading() as work:
        tasks = select(Task.created_at).where(Task.step == "hantera_bevakning").order_by(Task.id)
        return list(work.session.scalars(tasks))


def midnight(day: int) -> datetime:
    """The beginning of a Swedish day in March."""
    return datetime(2026, 3, day - 1, 23, 0, tzinfo=UTC)


def test_late_timers_live_each_at_its_own_instant_the_earliest_first(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-06", "2026-03-04", "2026-03-05")
    city.clock.move_to(datetime(2026, 3, 20, 9, 0, tzinfo=UTC))
    assert fire(city, case_id) >= 3
    assert reminders(city) == [midnight(4), midnight(5), midnight(6)]


def test_a_timer_goes_off_at_its_instant_and_not_before(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-04")
    city.clock.move_to(midnight(4) - timedelta(seconds=1))
    assert fire(city, case_id) == 0
    city.clock.move_to(midnight(4))
    assert fire(city, case_id) == 1
    assert reminders(city) == [midnight(4)]


def test_a_timer_goes_off_once(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-04")
    city.clock.move_to(midnight(5))
    assert [fire(city, case_id), fire(city, case_id)] == [1, 0]
    assert len(reminders(city)) == 1


def test_the_case_that_has_waited_longest_comes_first(city: City, case_id: int) -> None:
    other = city.register(address="Provgatan 2")
    remind(city, case_id, "2026-03-05")
    remind(city, other, "2026-03-04", "2026-03-06")
    with city.runtime.reading() as work:
        assert next_due_at(work) == midnight(4)
        assert cases_with_due_timers(work, limit=9) == []
    city.clock.move_to(midnight(6))
    with city.runtime.reading() as work:
        assert cases_with_due_timers(work, limit=9) == [other, case_id]
        assert cases_with_due_timers(work, limit=1) == [other]


def test_what_follows_from_a_late_timer_is_counted_from_its_instant(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-04")
    city.clock.move_to(datetime(2026, 3, 20, 9, 0, tzinfo=UTC))
    fire(city, case_id)
    with city.runtime.reading() as work:
        task = work.session.scalars(select(Task).where(Task.step == "hantera_bevakning")).one()
        assert task.due_at is not None
        assert task.due_at < datetime(2026, 3, 10, tzinfo=UTC)
        assert task.priority == 5


def test_priorities_and_deadlines_are_those_of_now_after_late_timers(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-04")
    city.clock.move_to(datetime(2026, 3, 20, 9, 0, tzinfo=UTC))
    fire(city, case_id)
    with city.runtime.reading() as work:
        case = work.session.get_one(Case, case_id)
        assert case.refreshed_on.isoformat() == "2026-03-20"
        stance = work.session.scalars(select(Task).where(Task.step == "ta_stallning")).one()
        assert stance.priority == 5
        current = select(Deadline).where(Deadline.case_id == case_id, Deadline.is_current)
        assert len({(row.rule, row.subject) for row in work.session.scalars(current)}) == len(
            work.session.scalars(current).all()
        )


def test_a_timer_whose_step_fails_leaves_the_case_as_it_was(
    city: City, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    remind(city, case_id, "2026-03-04", "2026-03-05")
    before = journal(city)
    city.clock.move_to(midnight(6))
    firings = iter(range(9))

    def stumble(_work: UnitOfWork, _case: Case) -> None:
        if next(firings) > 0:
            raise ZeroDivisionError

    monkeypatch.setattr("processes.actions.moving._close_if_nothing_is_left", stumble)
    with pytest.raises(ZeroDivisionError):
        fire(city, case_id)
    assert journal(city) == before
    assert reminders(city) == []
    monkeypatch.undo()
    assert fire(city, case_id) == 2
    assert reminders(city) == [midnight(4), midnight(5)]


def journal(city: City) -> list[int]:
    with city.runtime.reading() as work:
        return list(work.session.scalars(select(JournalEntry.id).order_by(JournalEntry.id)))


def test_events_that_a_late_timer_records_happened_then(city: City, case_id: int) -> None:
    drawn = Drawn("prov").start().wait("v").message("m", "bevakning.flyttad").end()
    drawn.timer("t", "watch_is_due_at").service("anteckna", "record_event", name="'anteckning'").end("s2")
    publish_process(city, "prov", drawn.flow("start", "v", "m", "slut").flow("v", "t", "anteckna", "s2"))
    remind(city, case_id, "2026-03-04")
    with city.runtime.reading() as work:
        watch = work.session.scalars(select(Event).where(Event.name == "bevakning.skapad")).one()
        scope = work.snapshot(case_id).latest("bevakning.skapad")
        assert scope is not None
        assert scope.id == watch.id
    start(city, case_id, "prov", scope=scope.scope)
    city.clock.move_to(datetime(2026, 3, 20, 9, 0, tzinfo=UTC))
    fire(city, case_id)
    with city.runtime.reading() as work:
        note = work.session.scalars(select(Event).where(Event.name == "anteckning")).one()
        assert note.at == midnight(4)


def test_no_timer_row_is_left_when_its_timer_has_gone_off(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-04")
    city.clock.move_to(midnight(4))
    fire(city, case_id)
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Timer).where(Timer.due_at <= midnight(4))).all() == []


def test_an_unknown_case_has_no_timers(city: City) -> None:
    with pytest.raises(CaseNotFound):
        fire(city, 77)


def test_a_row_of_a_process_that_has_ended_holds_up_no_other_timer(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-04", "2026-03-05")
    city.clock.move_to(midnight(6))
    with city.runtime.transaction() as work:
        first = work.session.scalars(select(Timer).order_by(Timer.due_at).limit(1)).one()
        work.session.get_one(ProcessInstance, first.instance_id).ended_at = city.clock.now()
    assert fire(city, case_id) == 1
    assert reminders(city) == [midnight(5)]


def test_a_row_that_is_due_while_its_process_must_wait_is_left_alone(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-04")
    city.clock.move_to(midnight(6))
    with city.runtime.transaction() as work:
        case = work.lock(case_id)
        case.suspended_until, case.suspended_why = midnight(20), "Påhittat"
    assert fire(city, case_id) == 0
    assert reminders(city) == []


def test_only_the_process_whose_timer_is_due_is_woken(city: City, case_id: int) -> None:
    remind(city, case_id, "2026-03-04", "2026-03-09")
    city.clock.move_to(midnight(4))
    with city.runtime.transaction() as work:
        assert fire_case_timers(work, case_id=case_id) == 1
        awake = [running.row.process_key for running in work.running.values() if running.is_awake]
        assert awake == ["bevakning"]
