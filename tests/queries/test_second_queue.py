"""A task that two units share: both see it, either does it, and a third still knows nothing of it (E-05)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, insert

from processes.actions.tasks import claim_task, complete_task
from processes.errors import NotOfThisUnit, TaskAlreadyClaimed
from processes.models import Task
from processes.queries.inbox import ALL, MINE, UNIT, Inbox
from processes.queries.tasks import get_task
from processes.rules.units import Unit
from processes.unit_of_work import UnitOfWork
from tests.city import City

SHARED = "bekrafta_till_kronofogden"
CONFIRMED = {
    "sent_at": "2026-03-02T08:45",
    "channel": "secure_message",
    "caseworker_phone": "031-000 00 00",
    "content_checked": True,
    "copy_handling": "one_each",
}


@pytest.fixture
def task_id(city: City) -> int:
    """The confirmation of a notice of eviction, which waits for Vuxenenheten or Samordningsfunktionen."""
    return city.task(city.register_eviction(), SHARED)


def queue(city: City, username: str) -> list[str]:
    with city.runtime.reading() as work:
        return [
            task.step
            for task in Inbox(work.session, city.person(work, username), work.now, UNIT).page().tasks
        ]


def test_both_units_have_the_task_in_their_queue(city: City, task_id: int) -> None:
    assert SHARED in queue(city, "anna")
    assert SHARED in queue(city, "siv")


@pytest.mark.parametrize("stranger", ["eva", "karim", "disa"])
def test_no_third_unit_and_no_other_administration_has_it(city: City, task_id: int, stranger: str) -> None:
    assert SHARED not in queue(city, stranger)
    with city.runtime.reading() as work:
        seen = Inbox(work.session, city.person(work, stranger), work.now, ALL).page().tasks
        assert task_id not in [task.id for task in seen]


def test_the_task_names_the_unit_of_its_lane_first(city: City, task_id: int) -> None:
    with city.runtime.reading() as work:
        task = get_task(work.session, task_id, city.person(work, "siv"), work.now)
        assert task.units == (Unit.ADULTS, Unit.COORDINATION)


def test_a_task_of_one_unit_is_not_shared(city: City, task_id: int) -> None:
    assert "planera_narvaro" in queue(city, "anna")
    assert "planera_narvaro" not in queue(city, "siv")


def test_who_claims_it_takes_it_out_of_both_queues(city: City, task_id: int) -> None:
    with city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "siv"))
    assert SHARED not in queue(city, "anna") + queue(city, "siv")
    with city.runtime.reading() as work:
        assert [
            task.id for task in Inbox(work.session, city.person(work, "siv"), work.now, MINE).page().tasks
        ] == [task_id]
    with pytest.raises(TaskAlreadyClaimed), city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "anna"))


def test_the_second_unit_may_complete_it_but_a_third_may_not(city: City, task_id: int) -> None:
    with pytest.raises(NotOfThisUnit), city.runtime.transaction() as work:
        claim_task(work, task_id=task_id, caseworker=city.person(work, "eva"))
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv")
        claim_task(work, task_id=task_id, caseworker=siv)
        answers = CONFIRMED | {"caseworker": city.person(work, "anna").id}
        assert complete_task(work, task_id=task_id, caseworker=siv, answers=answers).status == "completed"


def a_busy_year(work: UnitOfWork, like: Task) -> list[dict[str, object]]:
    """Rows for as many tasks as an administration has had after some time; one in fifty-one is open."""
    units = list(Unit)
    return [
        {
            "engine_id": f"of-a-busy-year-{number}",
            "instance_id": like.instance_id,
            "case_id": like.case_id,
            "administration_key": like.administration_key,
            "process_key": like.process_key,
            "step": "planera_narvaro",
            "title": "Planera närvaro",
            "unit": str(units[number % len(units)]),
            "also_unit": str(Unit.COORDINATION) if number % 40 == 0 else None,
            "status": "completed" if number % 51 else "open",
            "created_at": work.now,
            "priority": 3,
            "blocked_by": "",
        }
        for number in range(6000)
    ]


def test_each_half_of_the_queue_is_read_from_its_own_index(city: City, task_id: int) -> None:
    asked: list[tuple[str, Any]] = []
    with city.runtime.reading() as work:
        work.session.execute(insert(Task), a_busy_year(work, work.session.get_one(Task, task_id)))
        connection = work.session.connection()
        connection.exec_driver_sql("ANALYZE")
        event.listen(connection, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
        Inbox(work.session, city.person(work, "siv"), work.now, UNIT).page()
        statement, values = next(one for one in asked if "also_unit =" in one[0])
        explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        lines = connection.exec_driver_sql(f"{explain} {statement}", values).all()
    plan = "\n".join(str(line) for line in lines)
    assert plan.count("ix_tasks_") >= 2
    assert "Seq Scan on tasks" not in plan
    assert "SCAN tasks" not in plan
