"""Letters to the staff's mailboxes that wait to be sent, and which of them each person wants.

A mail says which case to look at and nothing about it. What it says is put together when it is sent, so that nothing
but the number of a case lies here. It is sent at least once: `sending_since` is committed before the mail server is
asked and `sent_at` after it said yes. Only a program that is killed between that yes and the commit sends it again,
after the pause of a try, with the same Message-ID, by which mailboxes and people can tell that it is the same.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker


class Mail(Base):
    """A mail to one person (sv. e-postmeddelande), waiting, sent or given up."""

    __tablename__ = "mails"
    __table_args__ = (
        Index("ix_mails_next", "next_attempt_at", "id"),
        Index(
            "ix_mails_given_up",
            "given_up_at",
            sqlite_where=sql("given_up_at IS NOT NULL"),
            postgresql_where=sql("given_up_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str]
    """A kind of rules/mail.py."""
    case_number: Mapped[str] = mapped_column(default="")
    path: Mapped[str]
    """The page that it leads to, from the site's own root."""
    counted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """For a digest: case numbers by what waits in them."""
    dedup_key: Mapped[str] = mapped_column(unique=True)
    """What it is about, to whom: the same thing is never told twice."""
    message_id: Mapped[str] = mapped_column(unique=True)
    """The part of its Message-ID before the @; the same at every try."""
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime | None]
    """When it is tried, or tried again; None when it is sent or given up."""
    attempts: Mapped[int] = mapped_column(default=0)
    sending_since: Mapped[datetime | None]
    """A program is handing it to the mail server, or was killed while it did."""
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")

    caseworker: Mapped[Caseworker] = relationship(lazy="joined", innerjoin=True)


class MailChoice(Base):
    """Whether a person wants mail of a kind (sv. e-postval); without a row the kind's own default holds."""

    __tablename__ = "mail_choices"
    __table_args__ = (
        UniqueConstraint("caseworker_id", "kind"),
        Index("ix_mail_choices_digest", "kind", "wanted", "last_on", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    kind: Mapped[str]
    wanted: Mapped[bool]
    last_on: Mapped[date | None]
    """The Swedish day whose digest has been made; empty for the other kinds."""
