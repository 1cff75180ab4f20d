"""Finds who is to get a mail about what, and what each person has chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from processes.clock import swedish_day
from processes.models import Absence, Caseworker, Mail, MailChoice, Membership, Notification
from processes.queries.access import may_see_case
from processes.rules.mail import KINDS, MailKind
from processes.rules.permissions import may

COUNTED_BACK = timedelta(days=14)
"""What was given up before that is no news."""


def mail_wanted(session: Session, caseworker: Caseworker) -> dict[str, bool]:
    """By kind of mail, whether the person wants it."""
    chosen = session.execute(
        select(MailChoice.kind, MailChoice.wanted).where(MailChoice.caseworker_id == caseworker.id)
    )
    offered = {kind.name: kind.wanted for kind in kinds_for(caseworker)}
    return offered | {row.kind: row.wanted for row in chosen if row.kind in offered}


def kinds_for(caseworker: Caseworker) -> list[MailKind]:
    """The kinds of mail that can ever be written to the person."""
    return [
        kind for kind in KINDS.values() if not kind.verb or may(kind.verb, caseworker.roles, caseworker.units)
    ]


@dataclass(frozen=True, slots=True)
class MailsWaiting:
    """How much mail lies in the outbox."""

    waiting: int
    oldest_at: datetime | None
    """Since when the oldest has waited; None when none waits."""
    given_up: int
    """What could not be delivered in the last days, and is not tried any more."""


def mails_waiting(session: Session, now: datetime) -> MailsWaiting:
    """The outbox as a whole, for who looks after operations; nothing about anybody."""
    waiting, oldest = session.execute(
        select(func.count(), func.min(Mail.created_at)).where(Mail.next_attempt_at.is_not(None))
    ).one()
    given_up = select(func.count()).where(Mail.given_up_at > now - COUNTED_BACK)
    return MailsWaiting(waiting, oldest, session.scalar(given_up) or 0)


def recipients_of(session: Session, notification: Notification, now: datetime) -> Sequence[Caseworker]:
    """Who is to get a mail about it: works here today, has an address, wants such mail and may see the case.

    What is for a unit goes to its members; what is for one person to that person alone.
    """
    is_meant = (
        exists().where(Membership.caseworker_id == Caseworker.id, Membership.unit == notification.unit)
        if notification.person_id is None
        else Caseworker.id == notification.person_id
    )
    people = session.scalars(
        select(Caseworker)
        .where(
            is_meant,
            Caseworker.administration_key == notification.administration_key,
            *can_be_reached(now),
            wants(notification.kind),
        )
        .order_by(Caseworker.id)
    ).all()
    return [person for person in people if may_see_case(session, notification.case, person, now)]


def can_be_reached(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `Caseworker` that the person works here, has an address and is not away today."""
    today = swedish_day(now)
    is_away = exists().where(
        Absence.caseworker_id == Caseworker.id,
        Absence.starts_on <= today,
        Absence.ends_on >= today,
        Absence.withdrawn_at.is_(None),
    )
    return Caseworker.is_active.is_(True), Caseworker.email != "", ~is_away


def wants(kind: str) -> ColumnElement[bool]:
    """The condition on `Caseworker` that the person wants mail of the kind. KeyError for an unknown kind."""
    chosen = (
        select(MailChoice.wanted)
        .where(MailChoice.caseworker_id == Caseworker.id, MailChoice.kind == kind)
        .correlate(Caseworker)
        .scalar_subquery()
    )
    unless_told = true() if KINDS[kind].wanted else false()
    return or_(chosen.is_(True), chosen.is_(None) & unless_told)
