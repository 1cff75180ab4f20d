"""The numbers of the overview and the heat map are what somebody would count by hand, and are counted in time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select

from processes.actions.task_counts import AT_MOST_EVERY
from processes.models import Counting, ProcessInstance, Reminder, StepCount, Task, Timer, WorkloadCount
from processes.rules.counted_ages import AGES, age_of
from processes.rules.urgency import FAR_AWAY
from tests.city import City
from workers.task_counts import count_open_tasks

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TASKS = st.lists(
    st.fixed_dictionaries(
        {
            "administration_key": st.sampled_from(["hisingen", "sydvast"]),
            "step": st.sampled_from(["ta_stallning", "kontakta_hyresgast"]),
            "unit": st.sampled_from(["samordning", "vuxen"]),
            "claimed_by_id": st.sampled_from([None, 1, 2]),
            "status": st.sampled_from(["open", "open", "open", "completed", "withdrawn"]),
            "came_up_days_ago": st.sampled_from([0, 6, 7, 8, 29, 30, 89, 90, 400]),
            "due_in_hours": st.sampled_from([None, -500, -1, 0, 1, 90]),
            "rests_for_hours": st.sampled_from([None, None, -1, 0, 24]),
            "instance": st.integers(0, 1),
        }
    ),
    max_size=25,
)


def never() -> bool:
    return False


def at(hours: int | None) -> datetime | None:
    return None if hours is None else NOW + timedelta(hours=hours)


def place(city: City, drawn: list[dict[str, Any]]) -> None:
    """Only these tasks, in a case that has two processes on two versions."""
    with city.runtime.transaction() as work:
        for model in (Reminder, Task, Counting):
            work.session.execute(delete(model))
        first = work.session.scalars(select(ProcessInstance).order_by(ProcessInstance.id)).first()
        assert first is not None
        versions = work.session.scalars(select(ProcessInstance.id).order_by(ProcessInstance.id)).all()
        rows = [
            {
                "engine_id": f"prov-{number}",
                "instance_id": versions[one["instance"]],
                "case_id": first.case_id,
                "process_key": "underrattelse",
                "title": "Prov",
                "priority": 3,
                "blocked_by": "",
                "created_at": NOW - timedelta(days=one["came_up_days_ago"]),
                "due_at": at(one["due_in_hours"]),
                "sorted_due_at": at(one["due_in_hours"]) or FAR_AWAY,
                "on_hold_until": at(one["rests_for_hours"]),
                **{
                    name: one[name]
                    for name in ("administration_key", "step", "unit", "claimed_by_id", "status")
                },
            }
            for number, one in enumerate(drawn)
        ]
        if rows:
            work.session.execute(insert(Task), rows)


@pytest.fixture
def two_versions(city: City) -> City:
    """A case with an instance on each of two versions."""
    case_id = city.register()
    with city.runtime.transaction() as work:
        work.session.add(
            ProcessInstance(
                case_id=case_id,
                process_key="underrattelse",
                diagram_version="earlier",
                scope_kind="case",
                scope_id=case_id,
                started_at=NOW,
                state=b"",
            )
        )
    return city


def by_hand(drawn: list[dict[str, Any]], *names: str) -> Counter[tuple[Any, ...]]:
    """What each number should be: (how many, overdue, resting, unclaimed) under the names' values and the age."""
    counts: Counter[tuple[Any, ...]] = Counter()
    for one in drawn:
        if one["status"] != "open":
            continue
        rests = one["rests_for_hours"] is not None and one["rests_for_hours"] > 0
        is_late = one["due_in_hours"] is not None and one["due_in_hours"] < 0 and not rests
        key = (*(one[name] for name in names), age_of(NOW - timedelta(days=one["came_up_days_ago"]), NOW))
        counts[*key, "how_many"] += 1
        counts[*key, "overdue"] += is_late
        counts[*key, "resting"] += rests
        counts[*key, "unclaimed"] += one["claimed_by_id"] is None
    return +counts


def kept(city: City, model: Any, *names: str) -> Counter[tuple[Any, ...]]:
    with city.runtime.reading() as work:
        counts: Counter[tuple[Any, ...]] = Counter()
        for row in work.session.scalars(select(model)):
            if getattr(row, "kind", "task") != "task":
                continue
            for number in ("how_many", "overdue", "resting", "unclaimed"):
                counts[*(getattr(row, name) for name in names), row.age, number] += getattr(row, number, 0)
        return +counts


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TASKS)
def test_the_counts_are_what_a_recount_finds(two_versions: City, drawn: list[dict[str, Any]]) -> None:
    place(two_versions, drawn)
    count_open_tasks(two_versions.runtime, never)
    names = ("administration_key", "step", "unit")
    assert kept(two_versions, StepCount, *names) == by_hand(drawn, *names)
    people = [one | {"holder_id": one["claimed_by_id"] or 0} for one in drawn]
    names = ("administration_key", "unit", "holder_id")
    expected = by_hand(people, *names)
    found = kept(two_versions, WorkloadCount, *names)
    assert found == Counter({key: number for key, number in expected.items() if key[-1] != "unclaimed"})


def test_versions_are_counted_apart_and_the_oldest_is_known(two_versions: City) -> None:
    one: dict[str, Any] = {
        "administration_key": "hisingen",
        "step": "ta_stallning",
        "unit": "samordning",
        "claimed_by_id": None,
        "status": "open",
        "came_up_days_ago": 3,
        "due_in_hours": None,
        "rests_for_hours": None,
        "instance": 0,
    }
    place(two_versions, [one, one | {"came_up_days_ago": 5}, one | {"instance": 1}])
    count_open_tasks(two_versions.runtime, never)
    with two_versions.runtime.reading() as work:
        rows = {
            row.diagram_version == "earlier": (row.how_many, row.oldest_at)
            for row in work.session.scalars(select(StepCount).where(StepCount.kind == "task"))
        }
    assert rows == {True: (1, NOW - timedelta(days=3)), False: (2, NOW - timedelta(days=5))}
    assert age_of(NOW - timedelta(days=5), NOW) == next(iter(AGES))


def test_a_process_that_awaits_a_timer_is_counted_at_its_step(city: City) -> None:
    city.register_eviction()
    count_open_tasks(city.runtime, never)
    with city.runtime.reading() as work:
        timers = Counter(work.session.scalars(select(Timer.step)))
        counted = work.session.scalars(select(StepCount).where(StepCount.kind == "timer")).all()
        assert timers
        assert {row.step: row.how_many for row in counted} == timers
        assert {(row.unit, row.age, row.oldest_at) for row in counted} == {("", "", None)}


def test_nothing_is_counted_twice_within_a_moment(city: City) -> None:
    city.register()
    again_at = count_open_tasks(city.runtime, never)
    assert again_at == city.clock.now() + AT_MOST_EVERY
    city.register(address="Provgatan 2")
    city.clock.advance(timedelta(seconds=30))
    assert count_open_tasks(city.runtime, never) == again_at
    assert sum_of(city) == 1
    city.clock.move_to(again_at)
    count_open_tasks(city.runtime, never)
    assert sum_of(city) == 2


def sum_of(city: City) -> int:
    with city.runtime.reading() as work:
        return sum(work.session.scalars(select(WorkloadCount.how_many)))
