"""What is kept, what is destroyed, and what was said to be wrong: retention, holds, its journal, and corrections."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.cases import Case
from processes.models.organisation import Caseworker


class RetentionDecision(Base):
    """What a municipality has decided about an administration's files (sv. gallringsbeslut); the newest row counts."""

    __tablename__ = "retention_decisions"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"), index=True)
    municipality: Mapped[str]
    keeps_for_ever: Mapped[bool]
    research_birthdays: Mapped[list[int]] = mapped_column(JSON)
    reference: Mapped[str]
    """Where the decision stands: the board's number and day."""
    recorded_at: Mapped[datetime]


class LegalHold(Base):
    """Nothing of the case is destroyed until somebody lifts this (sv. gallringsstopp): an appeal, a dispute."""

    __tablename__ = "legal_holds"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    reason: Mapped[str]
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    lifted_because: Mapped[str] = mapped_column(default="")

    placed_by: Mapped[Caseworker] = relationship(foreign_keys=[placed_by_id])


class DestructionProposal(Base):
    """Somebody has looked at the case and proposes to destroy it (sv. gallringsförslag); another decides."""

    __tablename__ = "destruction_proposals"
    __table_args__ = (UniqueConstraint("case_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))

    case: Mapped[Case] = relationship()
    proposed_by: Mapped[Caseworker] = relationship()


class DestructionEntry(Base):
    """A case that has been destroyed (sv. gallringsjournal): its number, its days and how much, and nothing of what.

    Written through `UnitOfWork.add`, which gives it its place in the chain; the case itself is gone.
    """

    __tablename__ = "destruction_entries"
    __table_args__ = (UniqueConstraint("administration_key", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"))
    number: Mapped[int] = mapped_column(BigId)
    """Its place in the administration's chain, from 1."""
    at: Mapped[datetime]
    case_id: Mapped[int] = mapped_column(BigId)
    """What the case's id was: the read log, which stays, names it."""
    case_number: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date]
    last_note_on: Mapped[date]
    policy: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The municipality's decision, and by which rule the time had run out."""
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """How many rows of each table are gone."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    proposed_at: Mapped[datetime]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    hash: Mapped[str]

    proposed_by: Mapped[Caseworker] = relationship(foreign_keys=[proposed_by_id])
    approved_by: Mapped[Caseworker] = relationship(foreign_keys=[approved_by_id])

    @property
    def content(self) -> dict[str, Any]:
        """Everything that its fingerprint covers."""
        return {
            "administration": self.administration_key,
            "at": self.at.astimezone(UTC).isoformat(),
            "case": [self.case_id, self.case_number],
            "days": [day.isoformat() for day in (self.opened_on, self.closed_on, self.last_note_on)],
            "policy": self.policy,
            "counts": self.counts,
            "proposed": [self.proposed_by_id, self.proposed_at.astimezone(UTC).isoformat()],
            "approved": self.approved_by_id,
        }


class CorrectionNote(Base):
    """A word beside a record that is wrong, or that its person says is wrong (sv. rättelse, invändning; SoL 14:6).

    What was recorded stays as it is.
    """

    __tablename__ = "correction_notes"
    __table_args__ = (Index("ix_correction_notes_about", "case_id", "about_kind", "about_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str]
    """correction: we were wrong; objection: the person says so."""
    about_kind: Mapped[str]
    """event, task or person."""
    about_id: Mapped[int] = mapped_column(BigId)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    """Whose objection it is."""
    text: Mapped[str]
    """What is right, or what the person says."""
    reason: Mapped[str]
    """How we know, or why nothing was changed."""
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))

    by: Mapped[Caseworker] = relationship()
