"""What checking a set of process files showed, kept by what the files contain, so that nothing is examined twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from processes.models.base import Base, BigId


class ExaminedFiles(Base):
    """A set of process files that somebody wants checked (sv. kontroll), and what that showed."""

    __tablename__ = "examined_files"
    __table_args__ = (
        Index(
            "ix_examined_files_waiting",
            "asked_at",
            sqlite_where=text("examined_at IS NULL"),
            postgresql_where=text("examined_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    content_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 over all files and over the checks themselves, in hexadecimal."""
    files: Mapped[bytes] = mapped_column(LargeBinary)
    """Every file, packed; empty once they are examined."""
    asked_at: Mapped[datetime] = mapped_column(index=True)
    """When somebody last asked."""
    examined_at: Mapped[datetime | None]
    """None while a worker is to do it."""
    result: Mapped[dict[str, Any]]
    """diagrams/examination.py, as plain values; empty until then."""


class PlayedScenario(Base):
    """How a scenario went on certain files (sv. spelat scenario); it goes the same on the same files again."""

    __tablename__ = "played_scenarios"
    __table_args__ = (UniqueConstraint("scenario_hash", "files_hash"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    scenario_hash: Mapped[str]
    """SHA-256 over the scenario's file, in hexadecimal."""
    processes: Mapped[list[str]]
    """The processes that ran in it: its answer depends on their files and on no others."""
    files_hash: Mapped[str]
    """SHA-256 over those files and over the program's own part in it, in hexadecimal."""
    result: Mapped[dict[str, Any]]
    """How it went and what it passed (scenarios/rehearsal.py), as plain values."""
    played_at: Mapped[datetime] = mapped_column(index=True)
