"""The filters of the inbox: each choice shows as many tasks as the number beside it says, whatever else is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite

from processes.clock import swedish_day
from processes.models import Task
from processes.queries.inbox import ALL, ORDERS, UNIT, Inbox
from processes.queries.inbox_wanted import (
    FILTERS,
    MOST_COUNTED,
    NOBODY,
    Wanted,
    choices_of,
    conditions,
    is_choice,
)
from processes.rules.urgency import FAR_AWAY, GROUPS, group_of, spans
from processes.unit_of_work import UnitOfWork
from tests.city import City
from tests.queries.test_inbox import fill, leaf_through, model, see

__all__ = ["model"]  # the fixture that makes the model of every task


@pytest.fixture
def mixture(city: City, model: Task) -> City:
    """Sixty tasks that differ in everything a filter looks at."""
    with city.runtime.transaction() as work:
        siv = city.person(work, "siv").id
        today = swedish_day(work.now)
        fill(
            work,
            model,
            60,
            due_at=lambda n: None if n % 11 == 0 else work.now + timedelta(hours=13 * (n % 17) - 40),
            step=lambda n: f"steg_{n % 3}",
            title=lambda n: f"Gör steg {n % 3}",
            process_key=lambda n: ("underrattelse", "narvaro")[n % 2],
            unit=lambda n: ("samordning", "vuxen")[n % 2],
            also_unit=lambda n: "samordning" if n % 4 == 1 else None,
            claimed_by_id=lambda n: siv if n % 5 == 0 else None,
            has_child=lambda n: n % 2 == 0,
            blocked_by=lambda n: "protection" if n % 3 == 0 else "",
            legal_on=lambda n: today + timedelta(days=n % 20),
            on_hold_until=lambda n: work.now + timedelta(days=3) if n % 13 == 0 else None,
        )
    return city


def choosing(choices: dict[str, str]) -> Wanted:
    """One choice in each of these filters."""
    chosen: dict[str, Any] = {name: frozenset({value}) for name, value in choices.items()}
    return replace(Wanted(), **chosen)


def shown(inbox: Inbox, wanted: Wanted) -> int:
    """How many tasks the filters leave."""
    return len(inbox.page(wanted, size=500).tasks)


def test_every_number_is_what_the_choice_shows_whatever_else_is_chosen(mixture: City) -> None:
    """For every pair of filters: the numbers of one, while something is chosen in the other."""
    with mixture.runtime.reading() as work:
        inbox = see(work, mixture, "maria", ALL)
        for first, second in combinations(FILTERS, 2):
            value = choices_of(first, inbox.facets(Wanted()), Wanted())[0]
            chosen = choosing({first: value})
            for one, count in inbox.facets(chosen).counts[second].items():
                assert shown(inbox, choosing({first: value, second: one})) == count


def test_what_rests_is_shown_only_to_who_asks(mixture: City) -> None:
    with mixture.runtime.reading() as work:
        inbox = see(work, mixture, "maria", ALL)
        assert not any(task.on_hold_until for task in inbox.page(size=500).tasks)
        asked = inbox.page(Wanted(when=frozenset({"hold"})), size=500).tasks
        assert [task.id for task in asked] != []
        assert {task.id for task in asked} == {task.id for task in inbox.resting()}
        assert inbox.facets(Wanted()).counts["when"]["hold"] == len(asked)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 7, 50])
def test_leafing_in_any_order_shows_every_task_once(mixture: City, order: str, size: int) -> None:
    with mixture.runtime.reading() as work:
        inbox = see(work, mixture, "siv", UNIT)
        found = leaf_through(inbox, size, order)
        assert len({task.id for task in found}) == len(found) == shown(inbox, Wanted())
        keys = [(getattr(task, ORDERS[order].key), task.id) for task in found]
        assert keys == sorted(keys)


def test_the_search_finds_a_number_its_end_or_words_of_a_step(mixture: City, model: Task) -> None:
    with mixture.runtime.reading() as work:
        inbox = see(work, mixture, "maria", ALL)
        number = work.session.get_one(Task, model.id).case.number
        everything = shown(inbox, Wanted())
        assert shown(inbox, Wanted(text=number)) == shown(inbox, Wanted(text=number[:8])) == everything
        assert shown(inbox, Wanted(text=str(model.case_id))) == everything
        assert 0 < shown(inbox, Wanted(text="STEG 1")) < everything
        for nothing in ("KVB 1999", "%", "_", "9" * 5000):
            assert shown(inbox, Wanted(text=nothing)) == 0


def test_no_more_are_counted_than_anybody_needs(city: City, model: Task) -> None:
    with city.runtime.transaction() as work:
        fill(work, model, MOST_COUNTED + 50)
    with city.runtime.reading() as work:
        facets = see(work, city, "siv", UNIT).facets(Wanted())
        assert facets.is_cut
        assert sum(facets.counts["when"].values()) == MOST_COUNTED


@pytest.mark.parametrize("username", ["siv", "maria"])
def test_a_page_is_read_in_its_order_from_an_index(city: City, model: Task, username: str) -> None:
    """Nothing is sorted but the few rows that the lanes have given, whatever is chosen that many tasks are."""
    with city.runtime.transaction() as work:
        fill(
            work,
            model,
            4000,
            unit=lambda n: ("samordning", "vuxen", "barn-unga")[n % 3],
            due_at=lambda n: datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=n),
            legal_on=lambda n: swedish_day(work.now) + timedelta(days=n % 40),
            has_child=lambda n: n % 2 == 0,
        )
        work.session.connection().exec_driver_sql("ANALYZE")
    for wanted in (
        Wanted(),
        Wanted(child=frozenset({"ja"}), holder=frozenset({NOBODY})),
        Wanted(when=frozenset({"week"})),
        Wanted(legal=frozenset({"14"})),
    ):
        for order in ORDERS:
            plan = plan_of(city, username, wanted, order)
            assert f"_{order}" in plan, (order, wanted)
            assert "Seq Scan on tasks" not in plan
            assert "SCAN tasks" not in plan


@pytest.mark.parametrize(
    ("dialect", "written"), [(sqlite, "+tasks.sorted_due_at >="), (postgresql, " tasks.sorted_due_at >=")]
)
def test_only_sqlite_is_kept_from_searching_by_another_date(dialect: Any, written: str) -> None:
    now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    is_late = conditions(Wanted(when=frozenset({"late"})), now, Task.legal_on)[0]
    assert written in str(is_late.compile(dialect=dialect.dialect()))


def test_few_are_found_by_their_own_date_and_then_put_in_order(city: City, model: Task) -> None:
    """Of thousands that fall on other days not one is read."""
    with city.runtime.transaction() as work:
        far_off = swedish_day(work.now) + timedelta(days=300)
        fill(work, model, 4000, due_at=lambda n: work.now + timedelta(minutes=n), legal_on=lambda _: far_off)
        work.session.connection().exec_driver_sql("ANALYZE")
    assert "_due" in plan_of(city, "maria", Wanted(when=frozenset({"none"})), "legal")
    assert "_legal" in plan_of(city, "maria", Wanted(legal=frozenset({"2"})), "due")


def plan_of(city: City, username: str, wanted: Wanted, order: str) -> str:
    """How the database finds the rows of the first page."""
    asked: list[tuple[str, Any]] = []
    with city.runtime.transaction() as work:
        connection = work.session.connection()
        inbox = see(work, city, username, ALL)
        assert inbox.caseworker.units
        event.listen(connection, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
        inbox.page(wanted, order=order)
        return _plan(work, *next(one for one in asked if "FROM tasks" in one[0] and "count(" not in one[0]))


def _plan(work: UnitOfWork, statement: str, values: Any) -> str:
    connection = work.session.connection()
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    return "\n".join(str(line) for line in connection.exec_driver_sql(f"{explain} {statement}", values))


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),  # the night of summer time, a Sunday
        datetime(2026, 10, 25, 22, 59, tzinfo=UTC),  # the last minute of the night of winter time
        datetime(2026, 12, 31, 22, 30, tzinfo=UTC),
    ],
)
def test_every_instant_belongs_to_one_group(now: datetime) -> None:
    found = list(spans(now).values())
    assert [one.ends_at for one in found[:-1]] == [one.begins_at for one in found[1:]]
    assert group_of(now - timedelta(seconds=1), now) == "late"
    assert group_of(now, now) == "today"
    assert group_of(now + timedelta(days=8), now) == "later"
    assert group_of(None, now) == group_of(FAR_AWAY, now) == "none"


def test_a_sunday_evening_has_nothing_left_of_its_week() -> None:
    now = datetime(2026, 3, 8, 20, 0, tzinfo=UTC)
    assert group_of(now + timedelta(hours=10), now) == "later"


@pytest.mark.parametrize(
    ("name", "value", "is_one"),
    [
        *(("when", group, True) for group in GROUPS),
        ("when", "igår", False),
        ("holder", NOBODY, True),
        ("holder", "17", True),
        ("holder", "١٧", False),
        ("holder", "9" * 30, False),
        ("holder", "-1", False),
        ("legal", "7", True),
        ("legal", "8", False),
        ("child", "ja", True),
        ("child", "nej", False),
        ("step", "", False),
        ("step", "x" * 101, False),
    ],
)
def test_an_address_can_ask_for_nothing_but_choices(name: str, value: str, is_one: bool) -> None:
    assert is_choice(name, value) is is_one
