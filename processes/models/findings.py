"""What the continuous checks have found to be stuck, since when, and what a supervisor has said about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.cases import Case
from processes.models.organisation import Caseworker

IS_OPEN = text("closed_at IS NULL")


class Finding(Base):
    """A broken invariant in a case (sv. fynd): opened once, closed when it holds again, and kept after that.

    Should it break again that is a finding of its own.
    """

    __tablename__ = "findings"
    __table_args__ = (
        Index(
            "ix_findings_open",
            "check_key",
            "row_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index(
            "ix_findings_list",
            "administration_key",
            "severity",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_findings_closed", "administration_key", "closed_at", "id"),
        Index("ix_findings_case", "case_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    check_key: Mapped[str]
    """A check of rules/stuck.py."""
    row_id: Mapped[int] = mapped_column(BigId)
    """What it is about, within its check: the number of the task, the date, the process, the letter or the case."""
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    administration_key: Mapped[str]
    unit: Mapped[str]
    severity: Mapped[int]
    """As in the table of checks when it was opened; 1 is the worst."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the explanation is filled in with: steps, days and names of staff, never of anybody in the case."""
    since: Mapped[datetime]
    """Since when things have been so, as far as it is known."""
    opened_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    """Some time in the last hour of its being true."""
    closed_at: Mapped[datetime | None]
    """When the invariant was found to hold again."""
    silenced_until: Mapped[date | None]
    """The last day on which it is not shown among what needs attention; empty when nobody has silenced it."""

    case: Mapped[Case] = relationship()


class FindingSilence(Base):
    """What a supervisor has said for not being told of a finding until a day (sv. tystat fynd); kept afterwards."""

    __tablename__ = "finding_silences"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    reason: Mapped[str]
    until: Mapped[date]
    silenced_at: Mapped[datetime]
    silenced_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    ended_at: Mapped[datetime | None]
    """When it was lifted, or its day had passed, or the finding was closed."""
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    """Who lifted it; nobody when it ended by itself."""

    silenced_by: Mapped[Caseworker] = relationship(foreign_keys=[silenced_by_id])


class FindingRound(Base):
    """How far the worker has come in looking through the open cases one by one (sv. rond); one row."""

    __tablename__ = "finding_rounds"

    name: Mapped[str] = mapped_column(primary_key=True)
    last_case_id: Mapped[int] = mapped_column(BigId)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """When the last open case of the round had been looked at; empty while it goes on."""
