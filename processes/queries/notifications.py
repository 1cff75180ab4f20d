"""Finds what a caseworker, or the units of one, have been told to attend to, and what of it nobody has acknowledged."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from processes.errors import NotAllowed, NotificationNotFound, Recused
from processes.models import Caseworker, Notification
from processes.queries.access import not_recused, recused_in
from processes.rules.mail import REMINDER

OWN, UNITS = "own", "units"
PAGE_SIZE = 50
MOST_SHOWN = 20
MOST_COUNTED = 100
"""More than this many are not counted to the end: nobody reads the difference."""


def unseen_notifications(
    session: Session, caseworker: Caseworker, *, size: int = MOST_SHOWN
) -> Sequence[Notification]:
    """The newest that wait for the caseworker or for one of the person's units, the newest first."""
    newest = _unseen(caseworker).order_by(Notification.at.desc(), Notification.id.desc()).limit(size)
    return session.scalars(newest.options(joinedload(Notification.case))).all()


def count_unseen(caseworker: Caseworker) -> ScalarSelect[int]:
    """Asks how many wait for the person or the units; MOST_COUNTED when there are that many or more."""
    some = _unseen(caseworker).with_only_columns(Notification.id).limit(MOST_COUNTED).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def get_notification(session: Session, notification_id: int, caseworker: Caseworker) -> Notification:
    """The notification, for whom it was sent to: a person, or a member of the unit.

    Raises NotificationNotFound, also for another administration's, NotAllowed for another's, or Recused.
    """
    found = session.get(Notification, notification_id)
    if found is None or found.administration_key != caseworker.administration_key:
        raise NotificationNotFound(str(notification_id))
    is_own = found.person_id == caseworker.id
    if not is_own and (found.person_id is not None or found.unit not in caseworker.units):
        raise NotAllowed("The notification was sent to somebody else.")
    if caseworker.id in recused_in(session, found.case_id):
        raise Recused(found.case.number)
    return found


def notifications_of(
    session: Session,
    caseworker: Caseworker,
    *,
    whose: str = OWN,
    after: int | None = None,
    size: int = PAGE_SIZE,
) -> tuple[Sequence[Notification], int | None]:
    """What the person, or the units of the person, were told, attended to or not; the newest first, page by page.

    The second answer is the `after` of the next page, None on the last one.
    """
    found = _told(caseworker).where(
        Notification.person_id == caseworker.id if whose == OWN else _to_unit(caseworker)
    )
    if after is not None:
        found = found.where(Notification.id < after)
    rows = session.scalars(
        found.order_by(Notification.id.desc())
        .limit(size + 1)
        .options(joinedload(Notification.case), joinedload(Notification.seen_by))
    ).all()
    return rows[:size], rows[size - 1].id if len(rows) > size else None


def _unseen(caseworker: Caseworker) -> Select[Notification]:
    """A reminder of a task is not among them: the task stands in the inbox itself, as late as it is."""
    is_told = or_(Notification.person_id == caseworker.id, _to_unit(caseworker))
    is_news = or_(Notification.kind != REMINDER, Notification.task_id.is_(None))
    return _told(caseworker).where(is_told, is_news, Notification.seen_at.is_(None))


def _told(caseworker: Caseworker) -> Select[Notification]:
    return select(Notification).where(
        Notification.administration_key == caseworker.administration_key,
        not_recused(Notification.case_id, caseworker),
    )


def _to_unit(caseworker: Caseworker) -> ColumnElement[bool]:
    """To everybody of one of the person's units."""
    units = [str(unit) for unit in caseworker.units]
    return and_(Notification.person_id.is_(None), Notification.unit.in_(units))
