"""A landlord's file that nobody takes in is thrown away, with what stood in it about people."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from processes.actions.imports import KEPT_FOR
from processes.models import ImportBatch
from tests.actions.test_imports import Intake, table
from tests.city import City
from workers.old_files import throw_old_files_away


def left(city: City) -> dict[int, bool]:
    """Of each file that is kept, whether what stood in it is too."""
    with city.runtime.reading() as work:
        return {one.id: one.rows is not None for one in work.session.scalars(select(ImportBatch))}


def test_a_file_that_nobody_takes_in_is_thrown_away_after_two_weeks_and_no_other(city: City) -> None:
    intake = Intake(city)
    taken_in = intake.keep(table(1))
    intake.take_in(taken_in, 2)
    old = intake.keep(table(2))
    city.clock.advance(KEPT_FOR - timedelta(minutes=1))
    new = intake.keep(table(3))
    throw_old_files_away(city.runtime, lambda: False)
    assert left(city) == {taken_in: False, old: True, new: True}
    city.clock.advance(timedelta(minutes=1))
    throw_old_files_away(city.runtime, lambda: False)
    assert left(city) == {taken_in: False, new: True}


def test_who_stops_the_worker_need_not_wait_for_it(city: City) -> None:
    intake = Intake(city)
    old = intake.keep(table(1))
    city.clock.advance(KEPT_FOR)
    throw_old_files_away(city.runtime, lambda: True)
    assert left(city) == {old: True}
