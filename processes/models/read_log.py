"""Who has read what about whom: the read log, its chain, and the auditor's samples and reviews of it.

The rows hold ids only, never a name. The database itself refuses to change or remove them (migrations/append_only.py),
and each carries a fingerprint of itself and of the row before it (rules/log_chain.py). A row names its case without a
foreign key: it outlives the case (SoLPuL 10; R-178).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker
from processes.rules.log_chain import START


class LogChain(Base):
    """The end of a chain of log rows (sv. loggkedja); who adds a row locks it first.

    Every administration's read log and every case's journal is a chain of its own, so that writers seldom meet.
    """

    __tablename__ = "log_chains"

    name: Mapped[str] = mapped_column(primary_key=True)
    """reads:<administration>, journal:<case> or destroyed:<administration>."""
    length: Mapped[int] = mapped_column(BigId, default=0)
    hash: Mapped[str] = mapped_column(default=START)
    released_at: Mapped[datetime | None]
    """When the case's journal was given free to be destroyed (sv. gallring); the rows may be deleted from then on."""

    __mapper_args__ = {"version_id_col": length, "version_id_generator": False}
    """Nobody can add a row to an end of the chain that is no longer its end, even without having locked it."""


class ReadEntry(Base):
    """Somebody has read what is known of a case, or the log itself (sv. åtkomstlogg)."""

    __tablename__ = "read_entries"
    __table_args__ = (
        UniqueConstraint("administration_key", "number"),
        Index("ix_read_entries_at", "administration_key", "at"),
        Index("ix_read_entries_case", "case_id", "at"),
        Index("ix_read_entries_reader", "reader_id", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"))
    number: Mapped[int] = mapped_column(BigId)
    """Its place in the administration's chain, from 1."""
    at: Mapped[datetime]
    reader_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    case_id: Mapped[int | None] = mapped_column(BigId)
    """None when no single case was read: a list of the log, or values that could not be traced to a case."""
    persons: Mapped[list[int]] = mapped_column(JSON)
    """Ids of the persons whose own rows were fetched."""
    what: Mapped[str]
    """The page, call or export, by the name of its route."""
    task_id: Mapped[int | None] = mapped_column(BigId)
    """The task that it was read for."""
    basis: Mapped[str]
    """What made it the reader's business: own_task, responsible, stand_in, unit_task, emergency, supervision, audit,
    none or refused."""
    on_behalf_of_id: Mapped[int | None] = mapped_column(BigId)
    """The absent colleague for whom the reader stands in, where that is the basis."""
    purpose: Mapped[str]
    """In the reader's own words, where a page asks; else empty."""
    request_id: Mapped[str]
    hash: Mapped[str]

    reader: Mapped[Caseworker] = relationship()

    @property
    def content(self) -> dict[str, Any]:
        """Everything that its fingerprint covers."""
        on_behalf = {} if self.on_behalf_of_id is None else {"on_behalf_of": self.on_behalf_of_id}
        return on_behalf | {
            "administration": self.administration_key,
            "at": self.at.astimezone(UTC).isoformat(),
            "reader": self.reader_id,
            "case": self.case_id,
            "persons": self.persons,
            "what": self.what,
            "task": self.task_id,
            "basis": self.basis,
            "purpose": self.purpose,
            "request": self.request_id,
        }


class ReadSample(Base):
    """A sample that an auditor has drawn from the log (sv. stickprov); the same seed draws the same rows again."""

    __tablename__ = "read_samples"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"), index=True)
    drawn_at: Mapped[datetime]
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    """Swedish calendar days, both included."""
    size: Mapped[int]
    until_number: Mapped[int] = mapped_column(BigId)
    """The last row of the chain when the sample was drawn; later rows are not part of it."""
    seed: Mapped[str]
    """The fingerprint of that row: nobody could choose it."""

    drawn_by: Mapped[Caseworker] = relationship()


class ReadReview(Base):
    """What an auditor found when looking into one read (sv. granskningsanteckning)."""

    __tablename__ = "read_reviews"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    read_id: Mapped[int] = mapped_column(ForeignKey("read_entries.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    finding: Mapped[str]
    """justified, to_be_asked or unjustified."""
    note: Mapped[str]

    by: Mapped[Caseworker] = relationship()


class LogCheck(Base):
    """The chains of all logs were walked (sv. kontroll av loggarna), by itself at night, and this was found."""

    __tablename__ = "log_checks"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    flaws: Mapped[int]
    """How many rows were changed, removed or slipped in; 0 = the logs are sound."""
    first_flaw: Mapped[str] = mapped_column(default="")
    """Which chain and row, and what is wrong with it; chains have numbers, never names of people."""
