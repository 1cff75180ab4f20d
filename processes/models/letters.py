"""The outbox: letters and messages that a decision has produced and that are sent afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from processes.models.base import Base, BigId


class Letter(Base):
    """A letter (sv. brev) to one recipient, with the text as it was written when the step was done."""

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_unsent", "sent_at", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    kind: Mapped[str]
    recipient_kind: Mapped[str]
    recipient_id: Mapped[int | None] = mapped_column(BigId)
    recipient_name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    via_intermediary: Mapped[bool] = mapped_column(default=False)
    """The recipient's address is protected: the Tax Agency passes the letter on."""
    text: Mapped[str]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    channel: Mapped[str] = mapped_column(default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
