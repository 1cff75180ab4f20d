"""The versions of each process diagram that have been published, kept whole so that running cases stay on theirs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from processes.models.base import Base, BigId


class DiagramVersion(Base):
    """A published version of a process (sv. publicerad version): diagrams, forms, tables and letters together."""

    __tablename__ = "diagram_versions"
    __table_args__ = (
        Index("ix_diagram_versions_version", "process_key", "version", unique=True),
        Index(
            "ix_diagram_versions_current",
            "process_key",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    process_key: Mapped[str]
    version: Mapped[str]
    """SHA-256 over all files, in hexadecimal."""
    title: Mapped[str]
    files: Mapped[bytes] = mapped_column(LargeBinary)
    """The files as compressed JSON: path to text."""
    published_at: Mapped[datetime]
    is_current: Mapped[bool]
