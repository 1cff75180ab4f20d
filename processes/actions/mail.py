"""The outbox of mail: what is put into it, who takes a mail out of it, and what is noted when it is sent or not.

An action only writes rows here; the worker speaks to the mail server (workers/mail.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import joinedload

from processes.models import Caseworker, Mail, Notification
from processes.queries.mail import recipients_of
from processes.rules.mail import GIVEN_UP_AFTER, KINDS, pause_after
from processes.unit_of_work import UnitOfWork

JOB = "mail"
LEASE = timedelta(minutes=10)
"""So long a mail belongs to who took it out; only who was killed meanwhile needs so long."""
STALE = timedelta(days=1)
"""What happened before that is not mailed any more: the mail server was unknown then, or nobody worked."""
AWAY = "Mottagaren arbetar inte här längre eller har ingen adress."


def queue_mail(
    work: UnitOfWork,
    *,
    to: Caseworker,
    kind: str,
    path: str,
    dedup_key: str,
    case: tuple[int, str] | None = None,
    counted: Mapping[str, Sequence[str]] | None = None,
) -> Mail | None:
    """Put a mail into the outbox; None when the same has been put there before, or the person has no address.

    `path` leads to a page of ours, `case` is the case's id and number. KeyError for an unknown kind.
    """
    known = KINDS[kind]
    is_there = work.session.scalar(select(Mail.id).where(Mail.dedup_key == dedup_key)) is not None
    if is_there or not to.email:
        return None
    case_id, case_number = case or (None, "")
    mail = Mail(
        caseworker=to,
        case_id=case_id,
        kind=known.name,
        case_number=case_number,
        path=path,
        counted={what: list(numbers) for what, numbers in (counted or {}).items()},
        dedup_key=dedup_key,
        message_id=secrets.token_hex(16),
        created_at=work.now,
        next_attempt_at=work.now,
        attempts=0,
    )
    work.session.add(mail)
    work.leave_for(JOB, work.now)
    return mail


def notifications_to_mail(work: UnitOfWork, *, limit: int) -> Sequence[int]:
    """Notifications of which nobody has been mailed yet, oldest first; forgets those that are too old for it."""
    waiting = Notification.mailed_at.is_(None)
    return work.session.scalars(
        select(Notification.id).where(waiting).order_by(Notification.at, Notification.id).limit(limit)
    ).all()


def mail_notification(work: UnitOfWork, *, notification_id: int) -> int:
    """Put a mail about it into the outbox for everybody concerned who wants one; answers how many.

    Nobody is written to about what has been acknowledged already, or happened more than a day ago; nor twice about
    one case before the first mail has gone.
    """
    notification = work.session.scalars(
        select(Notification)
        .where(Notification.id == notification_id, Notification.mailed_at.is_(None))
        .options(joinedload(Notification.case))
        .with_for_update(skip_locked=True, of=Notification)
    ).first()
    if notification is None:
        return 0
    notification.mailed_at = work.now
    if notification.seen_at is not None or notification.at < work.now - STALE:
        return 0
    told = [
        _tell_by_mail(work, notification, person)
        for person in recipients_of(work.session, notification, work.now)
    ]
    return sum(told)


def _tell_by_mail(work: UnitOfWork, notification: Notification, person: Caseworker) -> bool:
    """Queue a mail, unless one of the same kind about the same case waits to be sent: it would say the same."""
    case = notification.case
    waiting = work.session.scalars(
        select(Mail)
        .where(
            Mail.case_id == case.id,
            Mail.caseworker_id == person.id,
            Mail.kind == notification.kind,
            Mail.next_attempt_at.is_not(None),
            Mail.attempts == 0,
        )
        .limit(1)
        .with_for_update(skip_locked=True, of=Mail)
    ).first()
    if waiting is not None:
        waiting.path = f"/arenden/{case.id}"
        return False
    path = f"/uppgifter/{notification.task_id}" if notification.task_id else f"/arenden/{case.id}"
    key = f"notification:{notification.id}:{person.id}"
    about = (case.id, case.number)
    mail = queue_mail(work, to=person, kind=notification.kind, path=path, dedup_key=key, case=about)
    return mail is not None


def take_mail(work: UnitOfWork) -> Mail | None:
    """Take the mail that has waited longest out of the outbox; None when nothing is due.

    Commit before the mail server is asked: `sending_since` then says that the mail may have been delivered, and nobody
    else takes it within LEASE. A mail that its recipient can no longer get is given up on the way.
    """
    while (mail := _due_mail(work)) is not None:
        mail.attempts += 1
        if mail.caseworker.is_active and mail.caseworker.email:
            mail.sending_since, mail.next_attempt_at = work.now, work.now + LEASE
            return mail
        _give_up(mail, work.now, AWAY)
        work.session.flush()
    return None


def _due_mail(work: UnitOfWork) -> Mail | None:
    return work.session.scalars(
        select(Mail)
        .where(Mail.next_attempt_at <= work.now)
        .order_by(Mail.next_attempt_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Mail)
    ).first()


def note_sent(work: UnitOfWork, *, mail_id: int) -> None:
    """The mail server has taken responsibility for it."""
    mail = work.session.get_one(Mail, mail_id)
    mail.sent_at, mail.sending_since, mail.next_attempt_at, mail.last_error = work.now, None, None, ""


def note_not_sent(work: UnitOfWork, *, mail_id: int, error: str, is_final: bool = False) -> None:
    """It was not delivered; try again after a pause that grows, or give up when there is no sense in it.

    `error` is the mail server's code or the kind of trouble, never its own words: an address may stand in them.
    """
    mail = work.session.get_one(Mail, mail_id)
    mail.sending_since = None
    if is_final or work.now - mail.created_at >= GIVEN_UP_AFTER:
        _give_up(mail, work.now, error)
        return
    mail.last_error = error
    mail.next_attempt_at = work.now + pause_after(mail.attempts)


def _give_up(mail: Mail, now: datetime, error: str) -> None:
    mail.given_up_at, mail.next_attempt_at, mail.last_error = now, None, error


def next_mail_at(work: UnitOfWork) -> datetime | None:
    """When the next mail is to be tried."""
    found: datetime | None = work.session.scalar(
        select(func.min(Mail.next_attempt_at)).where(Mail.next_attempt_at > work.now)
    )
    return found


def forget_recipient(work: UnitOfWork, *, leaving: Caseworker) -> None:
    """The person stops working here: nothing more is sent, and what was said to the person alone is the unit's."""
    work.session.execute(
        update(Mail)
        .where(Mail.caseworker_id == leaving.id, Mail.next_attempt_at.is_not(None))
        .values(given_up_at=work.now, next_attempt_at=None, sending_since=None, last_error=AWAY)
    )
    work.session.execute(
        update(Notification)
        .where(Notification.person_id == leaving.id, Notification.seen_at.is_(None))
        .values(person_id=None, mailed_at=None)
    )
