"""A row that the database told as a list is the same row that the mapper reads, value by value, and no other object."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import inspect, select, update

from processes.models import Base, Case, Notice, Person, ProcessInstance, Task
from processes.models.seen import SEEN, Seen
from processes.queries.case_rows import OF_EVERY_STEP, READ, STILL_COUNTS, gathered
from processes.queries.diagrams import current_versions
from processes.queries.numbers import has_drawn, next_number
from tests.city import City

HALF = "halvt tecken \ud83d"


@pytest.fixture
def case_id(city: City) -> int:
    """A case in which every kind of value stands: an amount, part of a second, half a sign."""
    found = city.register()
    with city.runtime.transaction() as work:
        notice = work.session.scalars(select(Notice)).one()
        notice.amount_due = Decimal("9450.10")
        person = work.session.scalars(select(Person)).first()
        assert person is not None
        person.recorded_at = person.recorded_at.replace(microsecond=120_000)
        person.roles = [*person.roles, HALF]
        work.session.scalars(select(Task).limit(1)).one().answers = {"n": 0.1, "big": 2**53 + 1, "none": None}
    return found


def values_of(row: Base) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs}


def test_what_is_told_is_what_the_mapper_reads(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        found = gathered(work.session, [case_id], to_move=False).rows
        told = {model: [values_of(row) for row in found[model]] for model in READ}
    assert {Notice, Person, Task, ProcessInstance} <= {model for model, rows in told.items() if rows}
    with city.runtime.reading() as work:
        for model in OF_EVERY_STEP:
            table: Any = model
            asked = select(model).where(table.case_id == case_id).order_by(table.id)
            if model in STILL_COUNTS:
                asked = asked.where(STILL_COUNTS[model])
            read = [values_of(row) for row in work.session.scalars(asked)]
            assert told[model] == read
            assert repr(told[model]) == repr(read)


def test_a_row_that_the_session_knows_is_read_anew_and_stays_one_object(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        known = work.session.scalars(select(Task).where(Task.case_id == case_id)).one()
        siv = city.person(work, "siv")
        assert known.claimed_by is None
        known.title = "Nytt namn"
        work.session.flush()
        table: Any = Task.__table__
        work.session.connection().execute(update(table).values(claimed_by_id=siv.id))
        [again] = gathered(work.session, [case_id], to_move=True).rows[Task]
        assert again is known
        assert (again.title, again.claimed_by) == ("Nytt namn", siv)
        assert not work.session.dirty


def test_a_change_of_a_told_row_is_written(city: City, case_id: int) -> None:
    with city.runtime.transaction() as work:
        [task] = gathered(work.session, [case_id], to_move=True).rows[Task]
        task.title = "Ändrad"
        assert task.case.id == case_id
    with city.runtime.reading() as work:
        assert work.session.scalars(select(Task.title).where(Task.case_id == case_id)).one() == "Ändrad"


def test_every_row_that_is_told_is_noted_as_read(city: City, case_id: int) -> None:
    with city.runtime.reading() as work:
        seen = work.session.info[SEEN] = Seen()
        found = gathered(work.session, [case_id], to_move=False).rows
        assert seen.cases == {case_id: {person.id for person in found[Person]}}
        case = work.session.get(Case, case_id)
        assert case is not None
        assert (seen.homes, seen.is_untraced) == ({case.dwelling_id}, False)


def test_who_moves_a_case_is_told_the_current_versions_and_draws_numbers_once(
    city: City, case_id: int
) -> None:
    with city.runtime.transaction() as work:
        versions = current_versions(work.session)
        assert versions
        assert gathered(work.session, [case_id], to_move=False).versions == {}
        assert gathered(work.session, [case_id], to_move=True).versions == versions
        assert has_drawn(work.session)
        first = next_number(work.session, Task)
        gathered(work.session, [case_id], to_move=True)
        assert next_number(work.session, Task) == first + 1
