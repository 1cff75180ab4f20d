"""The daily digest: once on every working day, for who wants it, in how many cases something waits and which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, literal_column, or_, select

from processes.actions.mail import queue_mail
from processes.clock import swedish_day
from processes.models import Case, Caseworker, MailChoice, Task
from processes.queries.access import not_recused, stands_in_for
from processes.queries.mail import can_be_reached
from processes.rules import calendar
from processes.rules.mail import DIGEST
from processes.rules.permissions import may
from processes.unit_of_work import UnitOfWork

MOST_NAMED = 50
"""More cases than this are not listed: the link leads to all of them."""


def choices_without_digest(work: UnitOfWork, *, at: time, limit: int) -> Sequence[int]:
    """The choices of those who have not got the digest of today yet; none before `at`, and none on a day off."""
    today = swedish_day(work.now)
    is_time = work.now >= calendar.instant_on(today, at)
    if not is_time or not calendar.is_office_day(today, work.policy.local_closed_days):
        return []
    is_behind = or_(MailChoice.last_on.is_(None), MailChoice.last_on < today)
    return work.session.scalars(
        select(MailChoice.id)
        .where(MailChoice.kind == DIGEST, MailChoice.wanted.is_(True), is_behind)
        .order_by(MailChoice.id)
        .limit(limit)
    ).all()


def make_digest(work: UnitOfWork, *, choice_id: int) -> int:
    """Put today's digest into the outbox; 0 when another worker did, nothing waits, or the person is not here.

    It tells numbers of cases and how many there are, not what is to be done in them.
    """
    choice = work.session.scalars(
        select(MailChoice).where(MailChoice.id == choice_id).with_for_update(skip_locked=True)
    ).first()
    today = swedish_day(work.now)
    if choice is None or choice.last_on == today:
        return 0
    choice.last_on = today
    person = work.session.scalars(
        select(Caseworker).where(Caseworker.id == choice.caseworker_id, *can_be_reached(work.now))
    ).first()
    if person is None or not may("read_case", person.roles, person.units):
        return 0
    closed = work.policy.in_administration(person.administration_key).local_closed_days
    if not calendar.is_office_day(today, closed):
        return 0
    counted = _counted(work, person)
    if not any(counted.values()):
        return 0
    queue_mail(
        work,
        to=person,
        kind=DIGEST,
        path="/inkorg",
        dedup_key=f"digest:{person.id}:{today.isoformat()}",
        counted=counted,
    )
    return 1


def next_digest_at(work: UnitOfWork, *, at: time) -> datetime:
    """When digests are made the next time: today if it is still early, else on the next working day."""
    today = swedish_day(work.now)
    closed = work.policy.local_closed_days
    this_time = calendar.instant_on(calendar.office_day_from(today, closed), at)
    if this_time > work.now:
        return this_time
    return calendar.instant_on(calendar.office_day_from(today + timedelta(days=1), closed), at)


def _counted(work: UnitOfWork, person: Caseworker) -> dict[str, list[str]]:
    now, tomorrow = work.now, calendar.start_of_day(swedish_day(work.now) + timedelta(days=1))
    mine = Task.claimed_by_id.in_({person.id, *stands_in_for(work.session, person, now)})
    units = [str(one) for one in person.units if may("see_task", person.roles, person.units, one)]
    free = Task.claimed_by_id.is_(None)
    wanted = {
        "late": (mine, Task.sorted_due_at < now),
        "today": (mine, Task.sorted_due_at >= now, Task.sorted_due_at < tomorrow),
        "unit": (free, or_(Task.unit.in_(units), Task.also_unit.in_(units)), Task.sorted_due_at < tomorrow),
    }
    return {
        what: list(work.session.scalars(_numbers(person, now, *conditions)))
        for what, conditions in wanted.items()
    }


def _numbers(person: Caseworker, now: datetime, *conditions: ColumnElement[bool]) -> Select[str]:
    return (
        select(Case.number)
        .join(Task, Task.case_id == Case.id)
        .where(
            Task.status == literal_column("'open'"),
            Task.administration_key == person.administration_key,
            or_(Task.on_hold_until.is_(None), Task.on_hold_until <= now),
            not_recused(Task.case_id, person),
            *conditions,
        )
        .distinct()
        .order_by(Case.number)
        .limit(MOST_NAMED)
    )
