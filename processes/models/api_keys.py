"""Other systems that call us: their keys, the notices that they have handed in, and what they were answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker


class ApiKey(Base):
    """A key with which one system calls us (sv. systemnyckel); only its fingerprint is kept."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    prefix: Mapped[str] = mapped_column(unique=True)
    """The beginning of the key, by which it is found and told apart; no secret."""
    secret_hash: Mapped[str]
    """SHA-256 of the whole key, which is random and long."""
    name: Mapped[str]
    kind: Mapped[str]
    """landlord, disturbance_patrol, kfm or internal (rules/connections.py)."""
    landlord_name: Mapped[str] = mapped_column(default="")
    """The only landlord whose notices the system hands in; empty for other kinds."""
    scopes: Mapped[list[str]]
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"), index=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"), index=True)
    """Who stands in the journal: the system's own account, or the person in whose name an internal system works."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    """None when it was made at a terminal."""
    approved_at: Mapped[datetime | None]
    """When the person in whose name it works agreed; until then it opens nothing."""
    expires_on: Mapped[date]
    """The last Swedish day on which it works."""
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    last_used_on: Mapped[date | None]

    caseworker: Mapped[Caseworker] = relationship(foreign_keys=[caseworker_id], lazy="joined")


class Submission(Base):
    """A notice that a system has handed in (sv. inlämning), by the reference that the system was given for it."""

    __tablename__ = "submissions"
    __table_args__ = (Index("ix_submissions_submitter", "submitted_by_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    """Random, so that it tells nothing about how many notices there are."""
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    api_key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    received_at: Mapped[datetime]


class AnsweredRequest(Base):
    """A request that a system may send again (sv. upprepad begäran), with the answer it is then given once more."""

    __tablename__ = "answered_requests"
    __table_args__ = (UniqueConstraint("api_key_id", "token"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    api_key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"))
    token: Mapped[str]
    """What the system calls the request: its Idempotency-Key."""
    request_hash: Mapped[str]
    attempt: Mapped[str]
    """Which attempt holds the request while it is under way; a later one that takes over has another."""
    begun_at: Mapped[datetime]
    status: Mapped[int | None]
    """The HTTP status of the answer; None while the request is under way."""
    body: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime] = mapped_column(index=True)
