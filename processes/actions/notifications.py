"""Takes note that somebody of the unit has seen what the unit was told to attend to."""

from __future__ import annotations

from processes.models import Caseworker, JournalEntry, Notification
from processes.queries.notifications import get_notification
from processes.unit_of_work import UnitOfWork


def acknowledge_notification(
    work: UnitOfWork, *, notification_id: int, caseworker: Caseworker
) -> Notification:
    """Acknowledge it (sv. kvittera) for the whole unit; who was first stays, a second time changes nothing.

    Raises NotificationNotFound, NotAllowed or Recused.
    """
    notification = get_notification(work.session, notification_id, caseworker)
    work.lock(notification.case_id)
    work.session.refresh(notification)
    if notification.seen_at is not None:
        return notification
    notification.seen_at = work.now
    notification.seen_by_id = caseworker.id
    work.add(
        JournalEntry(
            case_id=notification.case_id,
            at=work.now,
            by_id=caseworker.id,
            what="notification_acknowledged",
            subject=notification.text,
            details={"notification": notification.id, "unit": notification.unit},
        )
    )
    return notification
