"""Makes, renews and ends calendars that other programs read, and notes what each has told so that changes are seen."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from processes.clock import swedish_day
from processes.errors import CalendarNotFound
from processes.models import CalendarFeed, Caseworker, ToldDate
from processes.queries.access import must_be_allowed
from processes.queries.calendars import (
    DAYS_BACK,
    OWN,
    Calendar,
    CalendarDate,
    dates_of_feed,
    feeds_of,
    told_by,
)
from processes.queries.sign_in import fingerprint
from processes.rules.calendar_words import TASK_WORD
from processes.unit_of_work import UnitOfWork

READ_EVERY = timedelta(hours=1)
"""When a calendar was last fetched is written down at most this often."""


def make_feed(work: UnitOfWork, *, caseworker: Caseworker, unit: str = OWN, with_tasks: bool) -> str:
    """Give the person's calendar, or that of one of the person's units, an address; answers its secret word.

    The word is kept nowhere. A calendar that has an address already gets a new one, and the old one ends at once.
    Raises NotAllowed, or CalendarNotFound for a unit that the person is not in.
    """
    must_be_allowed("read_case", caseworker)
    if unit != OWN and unit not in {str(one) for one in caseworker.units}:
        raise CalendarNotFound(unit)
    token = secrets.token_urlsafe(32)
    of_person = (CalendarFeed.caseworker_id == caseworker.id, CalendarFeed.unit == unit)
    feed = work.session.scalars(
        select(CalendarFeed).where(*of_person).with_for_update(of=CalendarFeed)
    ).first()
    if feed is None:
        feed = CalendarFeed(caseworker_id=caseworker.id, unit=unit)
        work.session.add(feed)
    feed.token_hash, feed.with_tasks, feed.made_at = fingerprint(token), with_tasks, work.now
    feed.read_at = feed.revoked_at = None
    work.session.flush()
    return token


def revoke_feed(work: UnitOfWork, *, caseworker: Caseworker, unit: str = OWN) -> None:
    """End the address of the person's calendar: it answers nothing from now on. Without an address nothing changes.

    Raises NotAllowed for who reads no cases.
    """
    must_be_allowed("read_case", caseworker)
    for feed in feeds_of(work.session, caseworker):
        if feed.unit == unit:
            feed.revoked_at = work.now
            work.session.execute(delete(ToldDate).where(ToldDate.feed_id == feed.id))


def is_news(calendar: Calendar, told: Sequence[ToldDate], feed: CalendarFeed, now: datetime) -> bool:
    """Whether `tell` would write anything down."""
    if feed.read_at is None or now - feed.read_at >= READ_EVERY:
        return True
    dates = {one.key: one for one in calendar.dates}
    if len(told) != len(dates.keys() | {row.key for row in told}):
        return True
    return any(_has_changed(row, dates.get(row.key), calendar, now) for row in told)


def tell(work: UnitOfWork, *, feed: CalendarFeed) -> Sequence[ToldDate]:
    """Note what the calendar tells now; answers it, the earliest first.

    A date that moved keeps its row and counts one change more. One that no longer holds in a case which the person
    still follows is told as cancelled. One of a case that the person may not see any more is gone, as is a task that is
    done, and what is old.
    """
    feed = work.session.scalars(
        select(CalendarFeed).where(CalendarFeed.id == feed.id).with_for_update(of=CalendarFeed)
    ).one()
    calendar = dates_of_feed(work.session, feed, work.now)
    dates = {one.key: one for one in calendar.dates}
    for row in told_by(work.session, feed):
        date = dates.pop(row.key, None)
        if date is not None:
            if _has_changed(row, date, calendar, work.now):
                _change(row, date, work.now)
        elif _is_over(row, calendar, work.now):
            work.session.delete(row)
        elif not row.is_cancelled:
            row.is_cancelled, row.sequence, row.changed_at = True, row.sequence + 1, work.now
    for date in dates.values():
        work.session.add(_new(feed, date, work.now))
    if feed.read_at is None or work.now - feed.read_at >= READ_EVERY:
        feed.read_at = work.now
    work.session.flush()
    return told_by(work.session, feed)


def _has_changed(row: ToldDate, date: CalendarDate | None, calendar: Calendar, now: datetime) -> bool:
    if date is None:
        return not row.is_cancelled or _is_over(row, calendar, now)
    return row.is_cancelled or _differs(row, date)


def _is_over(row: ToldDate, calendar: Calendar, now: datetime) -> bool:
    """A date that does not hold any more, and is not to be told as cancelled either: so is a task that is done."""
    is_old = row.on < swedish_day(now) - timedelta(days=DAYS_BACK)
    return is_old or row.kind == TASK_WORD or row.case_id not in calendar.case_ids


def _differs(row: ToldDate, date: CalendarDate) -> bool:
    told = (row.number, row.kind, row.on, row.at, row.is_tentative)
    return told != (date.number, date.kind, date.on, date.at, date.is_tentative)


def _change(row: ToldDate, date: CalendarDate, now: datetime) -> None:
    row.number, row.kind, row.on, row.at = date.number, date.kind, date.on, date.at
    row.is_tentative, row.is_cancelled = date.is_tentative, False
    row.sequence, row.changed_at = row.sequence + 1, now


def _new(feed: CalendarFeed, date: CalendarDate, now: datetime) -> ToldDate:
    return ToldDate(
        feed_id=feed.id,
        case_id=date.case_id,
        number=date.number,
        key=date.key,
        kind=date.kind,
        on=date.on,
        at=date.at,
        is_tentative=date.is_tentative,
        sequence=0,
        changed_at=now,
        is_cancelled=False,
    )
