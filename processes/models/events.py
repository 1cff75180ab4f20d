"""What has happened in a case, who is still to be told, and the journal of every change."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.cases import Case
from processes.models.organisation import Caseworker
from processes.models.steps import ProcessInstance, Task


class Event(Base):
    """A case event (sv. händelse): a fact with a name from the catalogue in rules/events.py."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    name: Mapped[str]
    scope_kind: Mapped[str]
    scope_id: Mapped[int] = mapped_column(BigId)
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    task_id: Mapped[int | None] = mapped_column(BigId)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))


class KeptMessage(Base):
    """An event that a process knows but does not wait for yet (sv. väntande meddelande); it is kept until one does."""

    __tablename__ = "kept_messages"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    name: Mapped[str]
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("process_instances.id"))
    """The instance it is kept for, or none: then the first that waits gets it."""

    event: Mapped[Event] = relationship()
    instance: Mapped[ProcessInstance | None] = relationship()


class JournalEntry(Base):
    """A line in the journal (sv. journalanteckning): who changed what, when, from what to what.

    Written through `UnitOfWork.add`, which gives it its place in the chain; never changed afterwards.
    """

    __tablename__ = "journal_entries"
    __table_args__ = (Index("ix_journal_entries_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    what: Mapped[str]
    """task_claimed, task_completed, event_recorded, deadline_moved, process_started ..."""
    subject: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    number: Mapped[int] = mapped_column(BigId, server_default="0")
    """Its place in the chain of the case's journal, from 1 (rules/log_chain.py)."""
    hash: Mapped[str] = mapped_column(server_default="")

    @property
    def content(self) -> dict[str, Any]:
        """Everything that its fingerprint covers."""
        return {
            "case": self.case_id,
            "at": self.at.astimezone(UTC).isoformat(),
            "by": self.by_id,
            "what": self.what,
            "subject": self.subject,
            "details": self.details,
        }


class Notification(Base):
    """A word to a unit, or to one person of it, that something needs attention now (sv. avisering)."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("ix_notifications_unit", "administration_key", "unit", "seen_at", "at", "id"),
        Index("ix_notifications_person", "person_id", "seen_at", "at", "id"),
        Index(
            "ix_notifications_unseen",
            "at",
            sqlite_where=sql("seen_at IS NULL"),
            postgresql_where=sql("seen_at IS NULL"),
        ),
        Index(
            "ix_notifications_to_mail",
            "at",
            "id",
            sqlite_where=sql("mailed_at IS NULL"),
            postgresql_where=sql("mailed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    administration_key: Mapped[str]
    unit: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    """Whom alone it is for; empty = everybody in the unit."""
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    """The task that it is about, where it is about one."""
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), index=True)
    """The finding that it is about, where it is about one."""
    kind: Mapped[str] = mapped_column(default="alarm", server_default="alarm")
    """A kind of rules/mail.py: alarm, reminder, escalation or finding."""
    dedup_key: Mapped[str | None] = mapped_column(unique=True)
    """Which rung of which ladder told it: a rung tells once."""
    mailed_at: Mapped[datetime | None]
    """When mails about it were put into the outbox, for those who want any."""
    text: Mapped[str]
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    """Who acknowledged it (sv. kvitterade) on behalf of the unit; nobody when the matter settled itself."""

    case: Mapped[Case] = relationship()
    task: Mapped[Task | None] = relationship()
    seen_by: Mapped[Caseworker | None] = relationship(foreign_keys=[seen_by_id])
