"""A task that rests comes back by itself, on its day and once, and sooner when a day of the law moves nearer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from processes.actions.events import record_event
from processes.actions.snoozing import snooze_task, wake_task
from processes.actions.tasks import claim_task
from processes.errors import AnswersRefused, RestsPastTheLaw, TaskNotClaimed
from processes.models import Caseworker, JournalEntry, Notification, Task
from processes.unit_of_work import UnitOfWork
from tests.city import City
from workers.rests import RestedTasks


def never() -> bool:
    return False


@contextmanager
def doing(city: City, username: str = "siv") -> Iterator[tuple[UnitOfWork, Caseworker]]:
    with city.runtime.transaction() as work:
        yield work, city.person(work, username)


@pytest.fixture
def case_id(city: City) -> int:
    """A case with a termination, served on 2 March: the lease can be won back until 23 March."""
    return city.register(served_on="2026-03-02", notice_dated_on="2026-03-02")


@pytest.fixture
def task_id(city: City, case_id: int) -> int:
    found = city.task(case_id, "ta_stallning")
    with doing(city) as (work, siv):
        claim_task(work, task_id=found, caseworker=siv)
    return found


def rest(city: City, task_id: int, until: str, reason: str = "Hyresvärden är på semester.") -> None:
    with doing(city) as (work, siv):
        snooze_task(work, task_id=task_id, caseworker=siv, until=date.fromisoformat(until), reason=reason)


def rests_until(city: City, task_id: int) -> datetime | None:
    with city.runtime.reading() as work:
        return work.session.get_one(Task, task_id).on_hold_until


def journal(city: City, *what: str) -> list[JournalEntry]:
    with city.runtime.reading() as work:
        lines = select(JournalEntry).where(JournalEntry.what.in_(what)).order_by(JournalEntry.id)
        found = list(work.session.scalars(lines))
        work.session.expunge_all()
        return found


def test_a_task_comes_back_when_its_day_begins_and_tells_who_holds_it(city: City, task_id: int) -> None:
    rest(city, task_id, "2026-03-10")
    begins = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
    assert RestedTasks()(city.runtime, never) == begins
    assert rests_until(city, task_id) == begins
    city.clock.move_to(begins)
    assert RestedTasks()(city.runtime, never) is None
    assert rests_until(city, task_id) is None
    RestedTasks()(city.runtime, never)
    with city.runtime.reading() as work:
        siv = city.person(work, "siv")
        [told] = work.session.scalars(select(Notification).where(Notification.task_id == task_id))
        assert (told.person_id, told.kind, told.at) == (siv.id, "reminder", begins)
        assert "har vilat färdigt" in told.text
    rested, returned = journal(city, "task_rests", "task_returned")
    assert rested.details["until"] == "2026-03-10"
    assert rested.details["why"] == "Hyresvärden är på semester."
    assert (returned.by_id, returned.at) == (None, begins)


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        ("2026-03-02", "Väntar.", "until"),
        ("2026-02-27", "Väntar.", "until"),
        ("2026-06-03", "Väntar.", "until"),
        ("2026-03-05", "  ", "reason"),
        ("2026-03-05", "x" * 301, "reason"),
    ],
)
def test_a_rest_has_a_day_ahead_and_a_reason(
    city: City, task_id: int, until: str, reason: str, field: str
) -> None:
    with pytest.raises(AnswersRefused) as refused:
        rest(city, task_id, until, reason)
    assert list(refused.value.problems) == [field]
    assert rests_until(city, task_id) is None


def test_no_task_rests_past_the_office_day_before_a_day_of_the_law(city: City, task_id: int) -> None:
    with pytest.raises(RestsPastTheLaw) as refused:
        rest(city, task_id, "2026-03-21")
    assert (refused.value.back_on, refused.value.on) == ("2026-03-20", "2026-03-23")
    rest(city, task_id, "2026-03-20")


def test_only_who_holds_a_task_lets_it_rest(city: City, case_id: int) -> None:
    with pytest.raises(TaskNotClaimed):
        rest(city, city.task(case_id, "ta_stallning"), "2026-03-05")


def test_a_date_that_moves_nearer_brings_the_task_back_in_time(
    city: City, case_id: int, task_id: int
) -> None:
    rest(city, task_id, "2026-03-20")
    city.clock.move_to(datetime(2026, 3, 4, 9, 0, tzinfo=UTC))
    corrected = {
        "notice": 1,
        "served_on": "2026-02-24",
        "served_confirmed": True,
        "evidence": "Delgivningskvitto",
    }
    with doing(city) as (work, siv):
        record_event(
            work, case_id=case_id, name="underlag.andrat", payload=corrected | {"posted_on": "2026-02-20"},
            caseworker=siv,
        )  # fmt: skip
    assert rests_until(city, task_id) == datetime(2026, 3, 15, 23, 0, tzinfo=UTC), "the day before 17 March"
    assert "2026-03-17" in journal(city, "task_rests")[-1].details["why"]


def test_a_date_that_moves_to_tomorrow_brings_the_task_back_at_once(
    city: City, case_id: int, task_id: int
) -> None:
    rest(city, task_id, "2026-03-20")
    city.clock.move_to(datetime(2026, 3, 16, 9, 0, tzinfo=UTC))
    corrected = {"notice": 1, "served_on": "2026-02-24", "posted_on": "2026-02-20", "evidence": "Kvitto"}
    with doing(city) as (work, siv):
        record_event(work, case_id=case_id, name="underlag.andrat", payload=corrected, caseworker=siv)
    assert rests_until(city, task_id) is None
    assert len(journal(city, "task_returned")) == 1


def test_a_task_is_woken_by_hand_without_telling_anybody(city: City, task_id: int) -> None:
    rest(city, task_id, "2026-03-10")
    with doing(city) as (work, siv):
        wake_task(work, task_id=task_id, caseworker=siv)
        wake_task(work, task_id=task_id, caseworker=siv)
    assert rests_until(city, task_id) is None
    assert [line.by_id is not None for line in journal(city, "task_returned")] == [True]
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Notification).where(Notification.task_id == task_id)).all() == []
