"""Dates for calendars: booked visits, the secret addresses at which calendars are read, and what each has told."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker


class Booking(Base):
    """A time at which we are to meet somebody in a case (sv. bokat besök); worked out anew whenever the case moves."""

    __tablename__ = "bookings"
    __table_args__ = (UniqueConstraint("case_id", "kind"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str]
    """presence, home_visit, meeting or joint_visit (rules/bookings.py)."""
    starts_at: Mapped[datetime]


class CalendarFeed(Base):
    """A calendar that a person follows in another program (sv. kalenderprenumeration), at an address only they know."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (UniqueConstraint("caseworker_id", "unit"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    """The address holds a random word that is shown once; this is its SHA-256."""
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    unit: Mapped[str]
    """The unit whose dates it tells; empty for the person's own."""
    with_tasks: Mapped[bool]
    """Whether the due dates of tasks are told besides the dates of law, visits and evictions."""
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    """When a program last fetched it, to the hour."""
    revoked_at: Mapped[datetime | None]

    caseworker: Mapped[Caseworker] = relationship(lazy="joined")


class ToldDate(Base):
    """A date as a calendar last told it (sv. meddelat datum), so that a later change can be told as a change.

    It names its case without a foreign key: when the case is destroyed, the next fetch removes the row.
    """

    __tablename__ = "told_dates"
    __table_args__ = (UniqueConstraint("feed_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("calendar_feeds.id"))
    case_id: Mapped[int] = mapped_column(BigId)
    number: Mapped[str]
    """The case's number."""
    key: Mapped[str]
    """What the date is about, for example 17:D-01:notice:4; the same for as long as it is the same matter."""
    kind: Mapped[str]
    """What it is, in a few Swedish words that tell nothing about anybody."""
    on: Mapped[date]
    at: Mapped[datetime | None]
    """The time of day, where there is one."""
    is_tentative: Mapped[bool]
    sequence: Mapped[int]
    """How often it has changed since it was first told (RFC 5545, 3.8.7.4)."""
    changed_at: Mapped[datetime]
    is_cancelled: Mapped[bool]
