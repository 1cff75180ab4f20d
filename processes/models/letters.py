"""Letters: what a decision has produced, how it left the house, and exactly what was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, deferred, mapped_column

from processes.models.base import Base, BigId


class Letter(Base):
    """A letter (sv. brev) to one recipient; until it is sent it is written anew from what is known now."""

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_unsent", "sent_at", "id"),
        Index(
            "ix_letters_returned",
            "returned_at",
            sqlite_where=sql("returned_at IS NOT NULL"),
            postgresql_where=sql("returned_at IS NOT NULL"),
        ),
    )

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
    purpose: Mapped[str] = mapped_column(default="", server_default="")
    """To an outsider: why it is told, a code of rules/letters.py."""
    contents: Mapped[str] = mapped_column(default="", server_default="")
    """To an outsider: what kinds of information it holds, codes with blanks between."""
    template: Mapped[str] = mapped_column(default="", server_default="")
    """The template as it was when the letter was written."""
    words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    """What each placeholder of the template stands for."""
    text: Mapped[str]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    """When it was posted or handed over."""
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    """Who says that it was sent; nobody while it is not, and for letters from before this was kept."""
    channel: Mapped[str] = mapped_column(default="")
    item_number: Mapped[str] = mapped_column(default="", server_default="")
    """The number of a registered item."""
    returned_at: Mapped[datetime | None]
    """When it came back or was found not to have arrived."""
    returned_why: Mapped[str] = mapped_column(default="", server_default="")
    pdf: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    """Exactly what was sent; nothing before that."""
    pdf_sha256: Mapped[str] = mapped_column(default="", server_default="")
