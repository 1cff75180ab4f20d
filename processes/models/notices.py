"""The notices that reach social services about a dwelling, and the dates that follow from them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column

from processes.models.base import Base, BigId
from processes.rules.explanation import Explanation


class Notice(Base):
    """A notice (sv. underrättelse) from a landlord, Kronofogden or anybody else, as stated and as corrected."""

    __tablename__ = "notices"
    __table_args__ = (
        Index(
            "ix_notices_without_stance",
            "registered_at",
            sqlite_where=text("stance IS NULL"),
            postgresql_where=text("stance IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[str]
    """A to J, see rules/notice_kinds.py."""
    grounds: Mapped[list[str]] = mapped_column(JSON)
    channel: Mapped[str]
    informant: Mapped[str]
    informant_name: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime] = mapped_column(index=True)
    posted_on: Mapped[date | None]
    posted_registered: Mapped[bool] = mapped_column(default=False)
    notice_dated_on: Mapped[date | None]
    served_on: Mapped[date | None]
    served_confirmed: Mapped[bool] = mapped_column(default=False)
    amount_due: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    must_move_anyway: Mapped[bool] = mapped_column(default=False)
    kfm_case_number: Mapped[str | None] = mapped_column(index=True)
    eviction_at: Mapped[datetime | None]
    eviction_has_time: Mapped[bool] = mapped_column(default=True)
    defendants: Mapped[list[int]] = mapped_column(JSON)
    stance: Mapped[str | None]
    as_stated: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Everything that was registered, kept unchanged when a figure is corrected (RH 1995:34)."""
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    registered_at: Mapped[datetime]
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))


class Deadline(Base):
    """A date that the law or the handbook sets in a case (sv. frist), with its explanation; old versions are kept."""

    __tablename__ = "deadlines"
    __table_args__ = (
        Index("ix_deadlines_case_current", "case_id", "is_current"),
        Index(
            "ix_deadlines_coming",
            "rule",
            "falls_on",
            "case_id",
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    rule: Mapped[str]
    """D-01 to D-30."""
    subject: Mapped[str]
    """What it is about, for example notice:17; one current row per rule and subject."""
    falls_on: Mapped[date | None]
    is_provisional: Mapped[bool]
    explanation: Mapped[dict[str, Any]] = mapped_column(JSON)
    computed_at: Mapped[datetime]
    is_current: Mapped[bool] = mapped_column(default=True)
    caused_by: Mapped[str] = mapped_column(default="")
    """What set or changed the date: the name of the event, the step, timer or new_day."""
    caused_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    """Who did that; empty when time or a process did."""
    why: Mapped[str] = mapped_column(default="", server_default="")
    """What the person said for it: who told us, and how it is borne out."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("deadlines.id"))
    """The version before this one."""
    superseded_at: Mapped[datetime | None]
    """When it ceased to hold: another version came, or the date stopped running. Empty while it holds."""

    @property
    def explained(self) -> Explanation:
        """The date with its rule, starting points and counting, as it was worked out."""
        return Explanation.from_json(self.explanation)
