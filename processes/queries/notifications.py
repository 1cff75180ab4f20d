"""Finds what a caseworker's units have been told to attend to and nobody of them has acknowledged yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from processes.errors import NotAllowed, NotificationNotFound, Recused
from processes.models import Caseworker, Notification
from processes.queries.access import not_recused, recused_in

MOST_SHOWN = 20
MOST_COUNTED = 100
"""More than this many are not counted to the end: nobody reads the difference."""


def unseen_notifications(
    session: Session, caseworker: Caseworker, *, size: int = MOST_SHOWN
) -> Sequence[Notification]:
    """The newest that wait for one of the caseworker's own units, the newest first."""
    newest = _unseen(caseworker).order_by(Notification.at.desc(), Notification.id.desc()).limit(size)
    return session.scalars(newest.options(joinedload(Notification.case))).all()


def count_unseen(session: Session, caseworker: Caseworker) -> int:
    """How many wait for the caseworker's units; MOST_COUNTED when there are that many or more."""
    some = _unseen(caseworker).with_only_columns(Notification.id).limit(MOST_COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def get_notification(session: Session, notification_id: int, caseworker: Caseworker) -> Notification:
    """The notification, for a member of the unit that it was sent to.

    Raises NotificationNotFound, also for another administration's, NotAllowed for another unit's, or Recused.
    """
    found = session.get(Notification, notification_id)
    if found is None or found.administration_key != caseworker.administration_key:
        raise NotificationNotFound(str(notification_id))
    if found.unit not in caseworker.units:
        raise NotAllowed("The notification was sent to a unit that the person is not a member of.")
    if caseworker.id in recused_in(session, found.case_id):
        raise Recused(found.case.number)
    return found


def _unseen(caseworker: Caseworker) -> Select[Notification]:
    return select(Notification).where(
        Notification.administration_key == caseworker.administration_key,
        Notification.unit.in_([str(unit) for unit in caseworker.units]),
        Notification.seen_at.is_(None),
        not_recused(Notification.case_id, caseworker),
    )
