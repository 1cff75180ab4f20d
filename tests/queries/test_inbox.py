"""The inbox: everybody sees what is theirs to see, every task once, the most urgent first, from an index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from processes.actions.tasks import claim_task
from processes.errors import PageNotFound
from processes.models import Task
from processes.queries.inbox import ALL, MINE, UNIT, WAITING, Inbox, Page
from processes.rules.urgency import FAR_AWAY
from processes.unit_of_work import UnitOfWork
from tests.city import City

TABS = (MINE, UNIT, WAITING, ALL)
DAY = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)


@pytest.fixture
def model(city: City) -> Task:
    """A task in a case, to make others like it."""
    case_id = city.register()
    with city.runtime.transaction() as work:  # unlike what is read, it can be looked at afterwards
        return work.session.scalars(select(Task).where(Task.case_id == case_id)).one()


def fill(work: UnitOfWork, model: Task, count: int, **columns: Callable[[int], Any]) -> None:
    """Many tasks like the model; each column as its function says of the task's number."""
    names = ("instance_id", "case_id", "administration_key", "process_key", "step", "title", "unit")
    like = {name: getattr(model, name) for name in (*names, "created_at", "priority", "blocked_by")}
    rows = [
        like
        | {"engine_id": f"prov-{number}", "status": "open", "due_at": None, "claimed_by_id": None}
        | {name: value(number) for name, value in columns.items()}
        for number in range(count)
    ]
    for row in rows:
        row["sorted_due_at"] = row["due_at"] or FAR_AWAY
    work.session.execute(insert(Task), rows)


def see(work: UnitOfWork, city: City, username: str, name: str) -> Inbox:
    """A list of the inbox as the person sees it."""
    return Inbox(work.session, city.person(work, username), work.now, name)


def leaf_through(inbox: Inbox, size: int, order: str = "due") -> list[Task]:
    """Every task of the list, a page at a time."""
    found: list[Task] = []
    after: str | None = None
    while True:
        page: Page = inbox.page(after=after, size=size, order=order)
        assert len(page.tasks) <= size
        found += page.tasks
        after = page.next_after
        if after is None:
            return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_leafing_through_shows_every_task_once_in_order_of_urgency(
    city: City, model: Task, size: int
) -> None:
    """Many tasks have the same due instant, and some have none: those stand last."""
    with city.runtime.transaction() as work:
        fill(work, model, 23, due_at=lambda n: None if n % 5 == 0 else DAY + timedelta(days=n % 3))
    with city.runtime.reading() as work:
        found = leaf_through(see(work, city, "siv", UNIT), size)
        assert len({task.id for task in found}) == len(found) == 24
        far = datetime(9999, 1, 1, tzinfo=UTC)
        assert found == sorted(found, key=lambda task: (task.due_at or far, task.id))


def test_a_task_that_is_completed_between_two_pages_hides_none_and_doubles_none(
    city: City, model: Task
) -> None:
    with city.runtime.transaction() as work:
        fill(work, model, 9, due_at=lambda n: DAY + timedelta(hours=n))
    with city.runtime.transaction() as work:
        inbox = see(work, city, "siv", UNIT)
        first = inbox.page(size=4)
        first.tasks[1].status = "completed"
        first.tasks[3].status = "completed"  # the very one after which the next page begins
        work.session.flush()
        rest = inbox.page(after=first.next_after, size=50)
    assert len(first.tasks) + len(rest.tasks) == 10
    assert not {task.id for task in first.tasks} & {task.id for task in rest.tasks}


def test_the_last_page_says_so_even_when_it_is_full(city: City, model: Task) -> None:
    with city.runtime.transaction() as work:
        fill(work, model, 3)
    with city.runtime.reading() as work:
        assert see(work, city, "siv", UNIT).page(size=4).next_after is None


@pytest.mark.parametrize("after", ["x", "_", "2026-13-01T00:00:00+00:00_1", "2026-03-01T00:00:00+00:00_x"])
def test_a_place_that_no_page_has_given_is_refused(city: City, model: Task, after: str) -> None:
    with pytest.raises(PageNotFound), city.runtime.reading() as work:
        see(work, city, "siv", UNIT).page(after=after)


def test_an_empty_inbox_has_one_empty_page(city: City) -> None:
    with city.runtime.reading() as work:
        for tab in TABS:
            page = see(work, city, "siv", tab).page()
            assert (list(page.tasks), page.next_after) == ([], None)


def seen(city: City, username: str) -> dict[str, int]:
    """How many tasks the person sees on each tab."""
    with city.runtime.reading() as work:
        return {name: len(see(work, city, username, name).page().tasks) for name in (MINE, UNIT, ALL)}


@pytest.mark.parametrize(
    ("username", "unit", "visible"),
    [
        ("siv", 1, 1),
        ("anna", 0, 0),
        ("maria", 0, 1),
        ("eva", 0, 0),
        ("disa", 0, 0),
        ("gun", 0, 0),
        ("stig", 0, 0),
    ],
)
def test_a_task_is_seen_by_its_unit_and_by_the_head_and_by_nobody_else(
    city: City, model: Task, username: str, unit: int, visible: int
) -> None:
    assert seen(city, username) == {MINE: 0, UNIT: unit, ALL: visible}


def test_a_claimed_task_moves_from_the_units_to_ones_own(city: City, model: Task) -> None:
    with city.runtime.transaction() as work:
        claim_task(work, task_id=model.id, caseworker=city.person(work, "siv"))
    assert seen(city, "siv") == {MINE: 1, UNIT: 0, ALL: 1}
    assert seen(city, "maria") == {MINE: 0, UNIT: 0, ALL: 1}


@pytest.mark.parametrize("status", ["completed", "withdrawn"])
def test_a_task_that_is_over_is_seen_by_nobody(city: City, model: Task, status: str) -> None:
    with city.runtime.transaction() as work:
        task = work.session.get_one(Task, model.id)
        task.claimed_by_id, task.status = city.person(work, "siv").id, status
    assert seen(city, "siv") == {MINE: 0, UNIT: 0, ALL: 0}


@pytest.mark.parametrize("tab", TABS)
def test_a_list_takes_a_few_statements_however_long_it_is(city: City, model: Task, tab: str) -> None:
    asked: list[str] = []
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv").id
        fill(work, model, 60, claimed_by_id=lambda n: siv if n % 2 else None)
    counts = []
    for size in (2, 40):
        asked.clear()
        with city.runtime.reading() as work:
            who = city.person(work, "siv")
            assert who.units
            event.listen(
                work.session.connection(), "before_cursor_execute", lambda *call: asked.append(call[2])
            )
            for task in Inbox(work.session, who, work.now, tab).page(size=size).tasks:
                assert task.claimed_by is None or task.claimed_by.name
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5


@pytest.mark.parametrize("tab", TABS)
def test_a_list_is_read_from_an_index_among_the_finished_tasks_of_years(
    city: City, model: Task, tab: str
) -> None:
    """Of six thousand tasks one in sixty is open, as after a few years."""
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv").id
        fill(
            work,
            model,
            6000,
            status=lambda n: "completed" if n % 60 else "open",
            claimed_by_id=lambda n: siv if n % 7 == 0 else None,
            unit=lambda n: ("samordning", "vuxen", "barn-unga")[n % 3],
            due_at=lambda n: DAY + timedelta(hours=n),
        )
    asked: list[tuple[str, Any]] = []
    with city.runtime.transaction() as work:
        connection = work.session.connection()
        connection.exec_driver_sql("ANALYZE")
        who = city.person(work, "maria" if tab == ALL else "siv")
        assert who.units
        event.listen(connection, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
        Inbox(work.session, who, work.now, tab).page()
        statement, values = next(one for one in asked if "FROM tasks" in one[0])
        explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
        plan = "\n".join(str(line) for line in connection.exec_driver_sql(f"{explain} {statement}", values))
    assert "Seq Scan on tasks" not in plan
    assert "SCAN tasks" not in plan
    assert "ix_tasks_" in plan
