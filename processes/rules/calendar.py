"""Swedish days: which ones are holidays, when a last day moves on, and how weeks, months and working days are counted.

Everything here is about calendar dates in Sweden (Europe/Stockholm). Only the functions at the end turn a date into an
instant, which is always UTC. The holidays come from the `holidays` library (lag 1989:253 om allmänna helgdagar); it
knows the years 1953-2100, and outside them only Saturdays and Sundays are days off.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from holidays import DE_FACTO, PUBLIC, country_holidays

from processes.clock import STOCKHOLM

ONE_DAY = timedelta(days=1)
END_OF_DAY = time(23, 59)
"""The last minute of a day that the law allows to the full."""

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


@cache
def _days_off(year: int, category: str) -> dict[date, str]:
    found = country_holidays("SE", years=year, categories=(category,), language="sv")
    return {day: name.lower() for day, name in found.items()}


def holiday_name(day: date) -> str | None:
    """The public holiday on `day` in Swedish, Sundays included; None on other days (lag 1989:253 1 §)."""
    named = _days_off(day.year, PUBLIC).get(day)
    return named or ("söndag" if day.weekday() == 6 else None)


def roll_reason(day: date) -> str | None:
    """Why an act due on `day` may wait for the next working day, in Swedish; None if it may not.

    Sundays, other public holidays, Saturdays, Midsummer Eve, Christmas Eve and New Year's Eve (lag 1930:173 2 §).
    Maundy Thursday, 30 April, 5 January and bridge days are ordinary days.
    """
    eve = _days_off(day.year, DE_FACTO).get(day)
    return eve or holiday_name(day) or ("lördag" if day.weekday() == 5 else None)


def is_roll_day(day: date) -> bool:
    """Whether an act due on `day` may wait for the next working day (lag 1930:173 2 §)."""
    return roll_reason(day) is not None


def is_working_day(day: date) -> bool:
    """Whether `day` is a day on which a statutory last day can fall (sv. vardag, lag 1930:173 2 §)."""
    return not is_roll_day(day)


def is_office_day(day: date, closed_days: Iterable[date] = ()) -> bool:
    """Whether the office is open on `day`; a local closed day shuts the office but never moves a statutory day."""
    return is_working_day(day) and day not in closed_days


def roll(day: date) -> date:
    """The last day to do an act whose period ends on `day`: `day` or the next working day (lag 1930:173 2 §)."""
    while is_roll_day(day):
        day += ONE_DAY
    return day


def add_weeks(day: date, weeks: int) -> date:
    """The same weekday `weeks` later (lag 1930:173 1 §)."""
    return day + timedelta(weeks=weeks)


def add_months(day: date, months: int) -> date:
    """The day of the same number `months` later, or that month's last day (lag 1930:173 1 §)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same date `years` later; 29 February becomes 28 February (lag 1930:173 1 §)."""
    return add_months(day, 12 * years)


def _office_days(day: date, step: timedelta, closed_days: Iterable[date]) -> Iterator[date]:
    while True:
        day += step
        if is_office_day(day, closed_days):
            yield day


def working_days_after(day: date, count: int, closed_days: Iterable[date] = ()) -> date:
    """The working day number `count` after `day`; `closed_days` are passed over too. `day` itself if `count` is 0."""
    return _nth(day, count, ONE_DAY, closed_days)


def working_days_before(day: date, count: int, closed_days: Iterable[date] = ()) -> date:
    """The working day number `count` before `day`; `closed_days` are passed over too. `day` itself if `count` is 0."""
    return _nth(day, count, -ONE_DAY, closed_days)


def _nth(day: date, count: int, step: timedelta, closed_days: Iterable[date]) -> date:
    if count < 0:
        raise ValueError("count working days with a number that is not negative")
    days = _office_days(day, step, frozenset(closed_days))
    for _ in range(count):
        day = next(days)
    return day


def weekdays_after(day: date, count: int) -> date:
    """The "vardag" number `count` after `day` when Saturdays and the eves count as such (the strict reading)."""
    for _ in range(count):
        day += ONE_DAY
        while holiday_name(day) is not None:
            day += ONE_DAY
    return day


def working_days_until(start: date, end: date) -> int:
    """How many working days lie after `start` up to and with `end`; 0 if `end` is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def office_day_from(day: date, closed_days: Iterable[date] = ()) -> date:
    """`day` if the office is open then, else the next day that it is."""
    return day if is_office_day(day, closed_days) else working_days_after(day, 1, closed_days)


def next_rent_day(day: date) -> date:
    """The next last day to pay a month's rent, `day` itself included: the last working day before it (JB 12:20).

    Saturdays and the three eves are not counted as working days here, though the law may do so.
    """
    while True:
        first_of_next_month = add_months(day.replace(day=1), 1)
        rent_day = working_days_before(first_of_next_month, 1)
        if rent_day >= day:
            return rent_day
        day = first_of_next_month


def instant_on(day: date, clock: time) -> datetime:
    """The instant, in UTC, when Swedish clocks show `clock` on `day`.

    In the hour that autumn repeats the earlier instant is meant; a time that spring skips lands an hour later.
    """
    return datetime.combine(day, clock, tzinfo=STOCKHOLM).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """Midnight in Sweden when `day` begins, as an instant in UTC."""
    return instant_on(day, time(0, 0))


def end_of_day(day: date) -> datetime:
    """The last minute of `day` in Sweden, as an instant in UTC: an act may be done until the day is over."""
    return instant_on(day, END_OF_DAY)


def in_swedish(day: date) -> str:
    """`day` as a Swede writes it out: "onsdag 1 april 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {written_out(day)}"


def written_out(day: date) -> str:
    """`day` as a letter is dated: "1 april 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
