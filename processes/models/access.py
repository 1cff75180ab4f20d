"""What widens or ends somebody's access to cases for a time: absence with a substitute, recusal, emergency access."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.cases import Case
from processes.models.organisation import Caseworker


class Absence(Base):
    """A time when somebody is away (sv. frånvaro); meanwhile the substitute sees and does what the person holds."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_substitute", "substitute_id", "ends_on", "starts_on"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"), index=True)
    substitute_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """The last day, inclusive."""
    told_at: Mapped[datetime]
    told_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    withdrawn_at: Mapped[datetime | None]
    """When it was ended early or taken back; from then on it means nothing."""

    caseworker: Mapped[Caseworker] = relationship(foreign_keys=[caseworker_id])
    substitute: Mapped[Caseworker] = relationship(foreign_keys=[substitute_id])


class Recusal(Base):
    """A conflict of interest (sv. jäv): the person has nothing more to do with the case (FL 16-18)."""

    __tablename__ = "recusals"
    __table_args__ = (UniqueConstraint("caseworker_id", "case_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    reason: Mapped[str]
    declared_at: Mapped[datetime]
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))

    caseworker: Mapped[Caseworker] = relationship(foreign_keys=[caseworker_id])


class EmergencyAccess(Base):
    """Some hours in a case that is not one's own, for a stated reason (sv. nödåtkomst); the head reviews each one."""

    __tablename__ = "emergency_accesses"
    __table_args__ = (
        Index("ix_emergency_accesses_mine", "caseworker_id", "case_id", "ends_at"),
        Index("ix_emergency_accesses_queue", "administration_key", "reviewed_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"))
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    verdict: Mapped[str | None]
    """approved, or reported as a breach to be investigated (sv. anmäld)."""
    review_note: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship()
    caseworker: Mapped[Caseworker] = relationship(foreign_keys=[caseworker_id])
