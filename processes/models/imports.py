"""Files of notices that somebody takes in together: kept until they are registered, then only how many they were."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker


class ImportBatch(Base):
    """A landlord's file of notices (sv. fil med underrättelser) that waits to be looked through, or has been taken in.

    One that is thrown away leaves nothing behind; one that is taken in leaves all but what stood in it.
    """

    __tablename__ = "import_batches"
    __table_args__ = (
        Index("ix_import_batches_file", "administration_key", "fingerprint"),
        Index("ix_import_batches_whose", "caseworker_id", "imported_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str] = mapped_column(ForeignKey("administrations.key"))
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    file_name: Mapped[str]
    fingerprint: Mapped[str]
    """SHA-256 of the file, so that it is known if it comes again."""
    taken_at: Mapped[datetime]
    row_count: Mapped[int]
    rows: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    """Per row its number in the file and the answers that stand there, unchecked; None when it is taken in."""
    unread_columns: Mapped[list[Any]] = mapped_column(JSON)
    """Headings of columns that the intake form has no question for."""
    imported_at: Mapped[datetime | None]
    registered_count: Mapped[int | None]

    caseworker: Mapped[Caseworker] = relationship()
