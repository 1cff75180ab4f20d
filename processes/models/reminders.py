"""What somebody will be reminded of, and when the next word is due."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.steps import Task


class Reminder(Base):
    """Where a task or a date of the law stands on its ladder of reminders (sv. påminnelse); gone when it is done."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("case_id", "subject"),
        Index("ix_reminders_next", "next_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    subject: Mapped[str]
    """task:17, or the rule and the subject of a deadline: D-12 report:3."""
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    ladder: Mapped[str]
    """A ladder of rules/reminders.py."""
    due_at: Mapped[datetime]
    """What is counted from. When it moves, the ladder begins anew."""
    since: Mapped[datetime]
    """When the matter came up; nobody is reminded of what was not there yet."""
    passed: Mapped[str] = mapped_column(default="")
    """The last rung that has been passed, told to somebody or not; empty = none."""
    told_at: Mapped[datetime | None]
    """When somebody was last told."""
    next_rung: Mapped[str | None]
    next_at: Mapped[datetime | None]
    """None when the ladder is at its end."""

    task: Mapped[Task | None] = relationship()
