"""Finds the dates that stand in a person's or a unit's calendar, and the calendars that are read from outside.

A calendar shows case numbers and kinds of dates, as the inbox does, and only of cases that the person may see at this
instant; it touches nothing that tells of people, so that the read log has nothing to say about it (app/reads.py would
refuse the answer otherwise). Every question begins at the person's or the unit's own cases and follows indexes from
there: the number of all cases does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from processes.clock import STOCKHOLM, swedish_day
from processes.errors import CalendarNotFound
from processes.models import Booking, CalendarFeed, Case, Caseworker, Deadline, Task, ToldDate
from processes.queries.access import must_be_allowed, stands_in_for, visible_cases
from processes.queries.sign_in import fingerprint
from processes.rules.calendar_words import (
    EVICTION,
    TASK_WORD,
    TOLD_RULES,
    word_of_booking,
    word_of_deadline,
)
from processes.rules.deadlines.register import DEADLINES
from processes.rules.permissions import may

DAYS_BACK, DAYS_AHEAD = 31, 400
"""The part of time that a calendar tells, in days before and after today."""
OWN = ""
"""Stands where a unit could: the person's own calendar."""


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One date of a calendar; says nothing about anybody."""

    case_id: int
    number: str
    key: str
    """What it is about; the same for as long as it is the same matter."""
    kind: str
    """Swedish, from rules/calendar_words.py."""
    on: date
    at: datetime | None = None
    """The time of day, where there is one."""
    is_tentative: bool = False
    title: str = ""
    """What our own pages call it, as the inbox does; never told to other programs."""
    task_id: int | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of a period, the earliest first, and the cases that were looked at for them."""

    dates: tuple[CalendarDate, ...]
    case_ids: frozenset[int]


def calendar_of(
    session: Session,
    caseworker: Caseworker,
    now: datetime,
    *,
    unit: str = OWN,
    with_tasks: bool = True,
    first: date | None = None,
    last: date | None = None,
) -> Calendar:
    """The person's own calendar, or that of one of the person's units, from `first` to `last` (both included).

    The own one has the cases that the person answers for, holds a task in, or stands in for a colleague in; the unit's
    those in which the unit has an open task. Raises NotAllowed for who reads no cases, CalendarNotFound for a unit that
    the person is not in.
    """
    must_be_allowed("read_case", caseworker)
    if unit != OWN and unit not in {str(one) for one in caseworker.units}:
        raise CalendarNotFound(unit)
    first = first or swedish_day(now) - timedelta(days=DAYS_BACK)
    last = last or swedish_day(now) + timedelta(days=DAYS_AHEAD)
    holders = [caseworker.id, *stands_in_for(session, caseworker, now)]
    cases = session.execute(_cases(caseworker, now, unit, holders)).all()
    numbers = {case.id: case.number for case in cases}
    dates = [*_deadlines(session, numbers, first, last), *_bookings(session, numbers, first, last)]
    if with_tasks:
        dates += _tasks(session, numbers, first, last, _open_tasks(caseworker, unit, holders))
    dates.sort(key=lambda one: (one.on, one.at is not None, one.at, one.number, one.kind, one.key))
    return Calendar(tuple(dates), frozenset(numbers))


def _cases(caseworker: Caseworker, now: datetime, unit: str, holders: list[int]) -> Select[int, str]:
    followed: list[Select[int]] = [_open_tasks(caseworker, unit, holders)]
    if unit == OWN:
        followed += [
            select(Case.id).where(who.in_(holders)) for who in (Case.responsible_id, Case.substitute_id)
        ]
    return select(Case.id, Case.number).where(
        Case.id.in_(union(*followed)), Case.closed_at.is_(None), visible_cases(caseworker, now)
    )


def _open_tasks(caseworker: Caseworker, unit: str, holders: list[int]) -> Select[int]:
    """The case ids of the open tasks that belong to the calendar."""
    if unit == OWN:
        return select(Task.case_id).where(Task.claimed_by_id.in_(holders), Task.status == "open")
    halves = (
        select(Task.id).where(
            Task.administration_key == caseworker.administration_key, Task.status == "open", seen_by == unit
        )
        for seen_by in (Task.unit, Task.also_unit)
    )
    return select(Task.case_id).where(Task.id.in_(union(*halves)))


def _deadlines(session: Session, numbers: dict[int, str], first: date, last: date) -> Iterator[CalendarDate]:
    rows = session.scalars(
        select(Deadline).where(
            Deadline.case_id.in_(numbers),
            Deadline.is_current,
            Deadline.falls_on.between(first, last),
            Deadline.rule.in_(TOLD_RULES),
        )
    )
    for row in rows:
        if row.falls_on is not None:
            at = row.explanation.get("at") if row.rule == EVICTION else None
            yield CalendarDate(
                case_id=row.case_id,
                number=numbers[row.case_id],
                key=f"{row.case_id}:{row.rule}:{row.subject}",
                kind=word_of_deadline(row.rule),
                on=row.falls_on,
                at=datetime.fromisoformat(at) if at else None,
                is_tentative=row.is_provisional,
                title=DEADLINES[row.rule].title,
            )


def _bookings(session: Session, numbers: dict[int, str], first: date, last: date) -> Iterator[CalendarDate]:
    for row in session.scalars(select(Booking).where(Booking.case_id.in_(numbers))):
        on = swedish_day(row.starts_at)
        if first <= on <= last:
            key = f"{row.case_id}:booking:{row.kind}"
            yield CalendarDate(
                row.case_id, numbers[row.case_id], key, word_of_booking(row.kind), on, row.starts_at
            )


def _tasks(
    session: Session, numbers: dict[int, str], first: date, last: date, of_calendar: Select[int]
) -> Iterator[CalendarDate]:
    rows = session.execute(
        of_calendar.with_only_columns(Task.id, Task.case_id, Task.due_at, Task.title).where(
            Task.due_at >= _midnight(first), Task.due_at < _midnight(last + timedelta(days=1))
        )
    )
    for task_id, case_id, due_at, title in rows:
        if case_id in numbers and due_at is not None:
            key = f"{case_id}:task:{task_id}"
            number, on = numbers[case_id], swedish_day(due_at)
            yield CalendarDate(case_id, number, key, TASK_WORD, on, title=title, task_id=task_id)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)


def get_open_feed(session: Session, token: str) -> CalendarFeed:
    """The calendar with this secret word in its address.

    Raises CalendarNotFound, also when it is revoked, or its person has left, reads no cases any more or has left the
    unit: to whoever asks it is as if it had never been.
    """
    feed = session.scalars(select(CalendarFeed).where(CalendarFeed.token_hash == fingerprint(token))).first()
    if feed is None or feed.revoked_at is not None:
        raise CalendarNotFound("there is no such calendar")
    person = feed.caseworker
    is_staff = person.is_active and may("read_case", person.roles, person.units)
    if not is_staff or (feed.unit != OWN and feed.unit not in {str(one) for one in person.units}):
        raise CalendarNotFound("its person may not read it any more")
    return feed


def feeds_of(session: Session, caseworker: Caseworker) -> Sequence[CalendarFeed]:
    """The calendars of the person that can be read from outside, the own one first."""
    of_person = select(CalendarFeed).where(
        CalendarFeed.caseworker_id == caseworker.id, CalendarFeed.revoked_at.is_(None)
    )
    return session.scalars(of_person.order_by(CalendarFeed.unit)).all()


def told_by(session: Session, feed: CalendarFeed) -> Sequence[ToldDate]:
    """What the calendar has told, the earliest date first."""
    told = select(ToldDate).where(ToldDate.feed_id == feed.id)
    return session.scalars(told.order_by(ToldDate.on, ToldDate.id)).all()


def dates_of_feed(session: Session, feed: CalendarFeed, now: datetime) -> Calendar:
    """What the calendar is to tell at this instant."""
    return calendar_of(session, feed.caseworker, now, unit=feed.unit, with_tasks=feed.with_tasks)
