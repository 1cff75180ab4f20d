"""Swedish days: holidays, the days that move a last day, months that end early, and clocks that change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.clock import swedish_day
from processes.rules import calendar
from tests.rules.case_pictures import day

UNHURRIED = settings(deadline=None)
"""The calendar of a year is read at its first use, so one example may take longer than the rest."""

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def easter_sunday(year: int) -> date:
    """Easter by the paschal full moon of the Gregorian calendar, worked out by hand from Knuth's description."""
    golden = year % 19 + 1
    century = year // 100 + 1
    skipped_leap_years = 3 * century // 4 - 12
    moon_correction = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - skipped_leap_years - 10
    epact = (11 * golden + 20 + moon_correction - skipped_leap_years) % 30
    if (epact == 25 and golden > 11) or epact == 24:
        epact += 1
    full_moon = 44 - epact
    if full_moon < 21:
        full_moon += 30
    after = full_moon + 7 - (sunday + full_moon) % 7
    return date(year, 4, after - 31) if after > 31 else date(year, 3, after)


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_days_around_easter_follow_from_easter_worked_out_by_hand(year: int) -> None:
    easter = easter_sunday(year)
    named = {
        -2: "långfredagen",
        0: "påskdagen",
        1: "annandag påsk",
        39: "kristi himmelsfärdsdag",
        49: "pingstdagen",
    }
    for days, name in named.items():
        assert name in (calendar.holiday_name(easter + timedelta(days=days)) or "")
    assert not calendar.is_roll_day(easter - timedelta(days=3)), "Maundy Thursday is an ordinary day"
    assert calendar.roll_reason(easter - timedelta(days=1)) == "lördag"


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25 12-31"),
        (2027, "01-01 01-06 03-26 03-29 05-06 06-25 12-24 12-31"),
    ],
)
def test_exactly_these_mondays_to_fridays_move_a_last_day(year: int, days: str) -> None:
    every = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    rolling = [d for d in every if d.weekday() < 5 and calendar.is_roll_day(d)]
    assert [d.strftime("%m-%d") for d in rolling] == days.split()


@pytest.mark.parametrize(
    "ordinary",
    ["2026-04-02", "2026-04-30", "2026-05-13", "2026-05-15", "2026-01-05", "2026-10-30", "2026-12-23"],
)
def test_days_that_offices_shorten_are_ordinary_days_in_law(ordinary: str) -> None:
    assert calendar.roll(day(ordinary)) == day(ordinary)


@pytest.mark.parametrize(
    ("last", "moved", "why"),
    [
        ("2026-06-19", "2026-06-22", "midsommarafton"),
        ("2026-12-24", "2026-12-28", "julafton"),
        ("2026-12-31", "2027-01-04", "nyårsafton"),
        ("2026-04-03", "2026-04-07", "långfredagen"),
        ("2026-05-01", "2026-05-04", "första maj"),
        ("2026-06-06", "2026-06-08", "nationaldagen"),
        ("2026-10-31", "2026-11-02", "alla helgons dag"),
        ("2026-03-14", "2026-03-16", "lördag"),
        ("2026-03-15", "2026-03-16", "söndag"),
    ],
)
def test_a_last_day_on_a_day_off_moves_to_the_next_working_day(last: str, moved: str, why: str) -> None:
    assert calendar.roll(day(last)) == day(moved)
    assert calendar.roll_reason(day(last)) == why


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-11-02", 4, "2027-03-02"),
        ("2026-10-31", 4, "2027-02-28"),
        ("2027-10-31", 4, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-05-31", 1, "2026-06-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2027-02-28", 1, "2027-03-28"),
    ],
)
def test_months_end_on_the_same_day_number_or_the_last_of_the_month(
    start: str, months: int, end: str
) -> None:
    assert calendar.add_months(day(start), months) == day(end)


def test_a_year_from_leap_day_ends_on_the_last_of_february() -> None:
    assert calendar.add_years(day("2028-02-29"), 1) == day("2029-02-28")
    assert calendar.add_years(day("2028-02-29"), 4) == day("2032-02-29")


def test_weeks_end_on_the_same_weekday_across_both_clock_changes() -> None:
    assert calendar.add_weeks(day("2026-03-26"), 1) == day("2026-04-02")
    assert calendar.add_weeks(day("2026-10-22"), 1) == day("2026-10-29")


def test_working_days_pass_over_weekends_holidays_and_closed_days() -> None:
    assert calendar.working_days_before(day("2026-06-22"), 5) == day("2026-06-12")
    assert calendar.working_days_before(day("2026-06-22"), 1) == day("2026-06-18")
    assert calendar.working_days_after(day("2026-04-01"), 2) == day("2026-04-07")
    bridge = {day("2026-05-15")}
    assert calendar.working_days_after(day("2026-05-13"), 1) == day("2026-05-15")
    assert calendar.working_days_after(day("2026-05-13"), 1, bridge) == day("2026-05-18")
    assert calendar.working_days_before(day("2026-05-18"), 1, bridge) == day("2026-05-13")
    assert calendar.working_days_after(day("2026-05-14"), 0) == day("2026-05-14")


def test_a_closed_office_never_moves_a_statutory_day() -> None:
    bridge = day("2026-05-15")
    assert not calendar.is_office_day(bridge, {bridge})
    assert calendar.is_working_day(bridge)
    assert calendar.roll(bridge) == bridge


def test_working_days_cannot_be_counted_backwards_by_a_negative_number() -> None:
    with pytest.raises(ValueError, match="not negative"):
        calendar.working_days_after(day("2026-05-14"), -1)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [("2026-10-16", "2026-10-22", 4), ("2026-04-01", "2026-04-07", 2), ("2026-04-07", "2026-04-01", 0)],
)
def test_working_days_between_two_days(first: str, last: str, count: int) -> None:
    assert calendar.working_days_until(day(first), day(last)) == count


@pytest.mark.parametrize(
    ("paid", "rent_day"),
    [
        ("2026-03-25", "2026-03-31"),
        ("2026-03-31", "2026-03-31"),
        ("2026-04-01", "2026-04-30"),
        ("2026-10-20", "2026-10-30"),
        ("2026-10-31", "2026-11-30"),
        ("2026-12-31", "2027-01-29"),
    ],
)
def test_the_next_rent_is_due_on_the_last_working_day_before_the_month(paid: str, rent_day: str) -> None:
    assert calendar.next_rent_day(day(paid)) == day(rent_day)


@pytest.mark.parametrize(
    ("on", "starts", "ends"),
    [
        ("2026-01-15", "2026-01-14T23:00", "2026-01-15T22:59"),
        ("2026-03-29", "2026-03-28T23:00", "2026-03-29T21:59"),
        ("2026-07-15", "2026-07-14T22:00", "2026-07-15T21:59"),
        ("2026-10-25", "2026-10-24T22:00", "2026-10-25T22:59"),
    ],
)
def test_a_swedish_day_begins_and_ends_by_swedish_clocks_all_year(on: str, starts: str, ends: str) -> None:
    assert calendar.start_of_day(day(on)) == datetime.fromisoformat(starts).replace(tzinfo=UTC)
    assert calendar.end_of_day(day(on)) == datetime.fromisoformat(ends).replace(tzinfo=UTC)


def test_half_past_eleven_at_night_in_sweden_is_still_that_day() -> None:
    late = calendar.instant_on(day("2026-06-22"), time(23, 30))
    assert late == datetime(2026, 6, 22, 21, 30, tzinfo=UTC)
    assert swedish_day(late) == day("2026-06-22")
    assert swedish_day(datetime(2026, 6, 22, 23, 30, tzinfo=UTC)) == day("2026-06-23")


def test_days_are_written_out_in_swedish() -> None:
    assert calendar.in_swedish(day("2026-04-01")) == "onsdag 1 april 2026"
    assert calendar.in_swedish(day("2027-02-28")) == "söndag 28 februari 2027"


@UNHURRIED
@given(DAYS)
def test_a_moved_last_day_is_never_a_day_off_and_never_earlier(any_day: date) -> None:
    moved = calendar.roll(any_day)
    assert not calendar.is_roll_day(moved)
    assert any_day <= moved <= any_day + timedelta(days=5)
    assert all(calendar.is_roll_day(any_day + timedelta(days=n)) for n in range((moved - any_day).days))


@UNHURRIED
@given(DAYS, st.integers(0, 40))
def test_going_forward_and_back_the_same_number_of_working_days_returns_to_a_working_day(
    any_day: date, count: int
) -> None:
    start = calendar.roll(any_day)
    assert calendar.working_days_before(calendar.working_days_after(start, count), count) == start
    assert calendar.working_days_until(start, calendar.working_days_after(start, count)) == count


@UNHURRIED
@given(DAYS)
def test_the_two_ends_of_a_day_belong_to_it(any_day: date) -> None:
    assert swedish_day(calendar.start_of_day(any_day)) == any_day
    assert swedish_day(calendar.end_of_day(any_day)) == any_day
    assert swedish_day(calendar.end_of_day(any_day) + timedelta(minutes=1)) == any_day + timedelta(days=1)


@UNHURRIED
@given(DAYS, st.integers(0, 48))
def test_later_starts_never_give_earlier_ends(any_day: date, months: int) -> None:
    next_day = any_day + timedelta(days=1)
    assert calendar.add_months(any_day, months) <= calendar.add_months(next_day, months)
    assert calendar.roll(any_day) <= calendar.roll(next_day)
