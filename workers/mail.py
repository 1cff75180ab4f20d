"""Sends what lies in the outbox, one mail at a time, and puts there what units and persons have been told.

Each mail is taken out of the outbox in one transaction, handed to the mail server, and noted as sent in another: no
lock is held while a server is waited for, and several workers never hold the same mail. A mail server that is away
costs nothing but time: the mail lies where it was and is tried again after ever longer pauses.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Self

from processes.actions.mail import (
    mail_notification,
    next_mail_at,
    note_not_sent,
    note_sent,
    notifications_to_mail,
    take_mail,
)
from processes.models import Mail
from processes.rules.mail import words_of
from processes.runtime import Runtime
from processes.settings import Settings
from processes.smtp import MailServer, connected

BATCH = 50
WILL_NEVER_DO = 500
"""From this answer on a mail server means that trying again is no use."""

log = logging.getLogger(__name__)


def send_mails(runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
    """Send everything that is due; answers when the next mail is to be tried. Does nothing without a mail server."""
    server = runtime.settings.smtp_url
    if server is None:
        return None
    _spread(runtime, stopping)
    with _Postman(server, runtime.settings.smtp_ca) as postman:
        while not stopping() and postman.is_welcome:
            with runtime.transaction() as work:
                mail = take_mail(work)
            if mail is None:
                break
            _send(runtime, postman, mail)
    with runtime.reading() as work:
        return next_mail_at(work)


def _spread(runtime: Runtime, stopping: Callable[[], bool]) -> None:
    """Put mails about what was told into the outbox, a transaction for each."""
    while not stopping():
        with runtime.reading() as work:
            waiting = notifications_to_mail(work, limit=BATCH)
        for notification_id in waiting:
            with runtime.transaction() as work:
                mail_notification(work, notification_id=notification_id)
        if len(waiting) < BATCH:
            return


def _send(runtime: Runtime, postman: _Postman, mail: Mail) -> None:
    try:
        message = message_of(mail, runtime.settings)
    except ValueError as refused:  # what would have become a header of its own
        _not_sent(runtime, mail, type(refused).__name__, is_final=True)
        return
    try:
        postman.deliver(message)
    except smtplib.SMTPRecipientsRefused as refused:
        code = max(answer[0] for answer in refused.recipients.values())
        _not_sent(runtime, mail, str(code), is_final=code >= WILL_NEVER_DO)
    except smtplib.SMTPDataError as refused:
        _not_sent(runtime, mail, str(refused.smtp_code), is_final=refused.smtp_code >= WILL_NEVER_DO)
    except (OSError, ValueError) as trouble:  # nothing about this mail: the way to the server is closed
        postman.is_welcome = False
        answer = getattr(trouble, "smtp_code", "")
        _not_sent(runtime, mail, f"{type(trouble).__name__} {answer}".strip())
    else:
        with runtime.transaction() as work:
            note_sent(work, mail_id=mail.id)
        log.info("Mail %d is sent.", mail.id)


def _not_sent(runtime: Runtime, mail: Mail, error: str, *, is_final: bool = False) -> None:
    with runtime.transaction() as work:
        note_not_sent(work, mail_id=mail.id, error=error, is_final=is_final)
    log.warning("Mail %d is not sent: %s.", mail.id, error)


def message_of(mail: Mail, settings: Settings) -> EmailMessage:
    """The mail as it goes out. Raises ValueError if anything in a header would begin another."""
    subject, text = words_of(
        mail.kind, number=mail.case_number, link=f"{settings.base_url}{mail.path}", counted=mail.counted
    )
    sender = settings.mail_from or ""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("Kvarboende", addr_spec=sender)
    message["To"] = Address(addr_spec=mail.caseworker.email)
    message["Subject"] = subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.message_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


@dataclass
class _Postman:
    """Who carries the mails of one round, on one way to the mail server, begun with the first of them."""

    server: MailServer
    authority: Path | None
    is_welcome: bool = True
    """False when the server is away or wants nothing from us now; the rest waits for the next round."""
    _talk: smtplib.SMTP | None = None
    _way: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # the server went first; what it had taken it has taken
            self._way.close()

    def deliver(self, message: EmailMessage) -> None:
        """Hand it over; when this returns, the server has taken responsibility for it. Raises OSError."""
        if self._talk is None:
            self._talk = self._way.enter_context(connected(self.server, self.authority))
        self._talk.send_message(message)
