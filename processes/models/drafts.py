"""What somebody has begun to write and not sent yet, so that nothing typed is lost with a browser or a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.organisation import Caseworker


class Draft(Base):
    """A form that is half filled in (sv. utkast): of a task, of something that has happened, or of a notice."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("place", "caseworker_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    place: Mapped[str]
    """Which form it is: see actions/drafts.py."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    """None for a notice that has no case yet."""
    caseworker_id: Mapped[int] = mapped_column(ForeignKey("caseworkers.id"))
    typed: Mapped[list[Any]] = mapped_column(JSON)
    """Pairs of field and text, as the browser sends them."""
    saved_at: Mapped[datetime]

    caseworker: Mapped[Caseworker] = relationship()
