"""What people have asked the inbox to remember: a choice of filters under a name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker


class SavedFilter(Base):
    """A named choice of the inbox's filters (sv. sparat filter), one's own or shared with a unit."""

    __tablename__ = "saved_filters"
    __table_args__ = (
        UniqueConstraint("caseworker_id", "name"),
        Index("ix_saved_filters_shared", "administration_key", "shared_with"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    administration_key: Mapped[str]
    shared_with: Mapped[str | None]
    """The unit whose members see it as well; None when it is only one's own."""
    name: Mapped[str]
    choices: Mapped[str]
    """The choices as the inbox's address writes them after its question mark."""
    saved_at: Mapped[datetime]

    caseworker: Mapped[Caseworker] = relationship()
