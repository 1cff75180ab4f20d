"""A second library that knows Swedish holidays, QuantLib, is asked about every day of 2020-2040.

QuantLib counts days on which banks are shut. Where that is not the law the difference is named below and checked, so
that any other difference is a mistake of ours or of theirs.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from QuantLib import Date, Days, Following, Sweden

from processes.rules import calendar

YEARS = range(2020, 2041)
EVES = {"midsommarafton", "julafton", "nyårsafton"}
"""Days like Sundays for lag 1930:173 2 §, though no public holidays; shut for banks too."""


def days_of(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


def shut_by_quantlib(year: int) -> set[date]:
    """The days, weekends included, that QuantLib's Swedish calendar does not count as business days."""
    first, last = Date(1, 1, year), Date(31, 12, year)
    found = Sweden().holidayList(first, last, True)
    return {date(day.year(), int(day.month()), day.dayOfMonth()) for day in found}


@pytest.mark.parametrize("year", YEARS)
def test_the_days_that_move_a_last_day_are_those_of_an_independent_library(year: int) -> None:
    ours = {day for day in days_of(year) if calendar.is_roll_day(day)}
    assert ours == shut_by_quantlib(year)


@pytest.mark.parametrize("year", YEARS)
def test_of_those_days_only_saturdays_and_the_three_eves_are_no_public_holidays(year: int) -> None:
    only_eves = {
        calendar.roll_reason(day)
        for day in shut_by_quantlib(year)
        if calendar.holiday_name(day) is None and day.weekday() < 5
    }
    assert only_eves <= EVES
    eve_days = [day for day in days_of(year) if calendar.roll_reason(day) in EVES]
    assert len(eve_days) == 3
    assert all(day in shut_by_quantlib(year) for day in eve_days)


@pytest.mark.parametrize("year", YEARS)
def test_a_last_day_moves_to_the_same_working_day_in_both(year: int) -> None:
    theirs = Sweden()
    for day in days_of(year):
        moved = theirs.adjust(Date(day.day, day.month, day.year), Following)
        assert calendar.roll(day) == date(moved.year(), int(moved.month()), moved.dayOfMonth())


@pytest.mark.parametrize("year", YEARS)
def test_working_days_are_counted_alike_in_both(year: int) -> None:
    theirs = Sweden()
    for day in days_of(year)[::5]:
        for count in (1, 3, 5):
            there = theirs.advance(Date(day.day, day.month, day.year), count, Days)
            assert calendar.working_days_after(day, count) == date(
                there.year(), int(there.month()), there.dayOfMonth()
            )
