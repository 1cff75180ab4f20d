"""The running processes and what each waits for: tasks for people, timers, messages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from processes.models.base import Base, BigId
from processes.models.cases import Case
from processes.models.organisation import Caseworker
from processes.rules.units import Unit
from processes.rules.urgency import FAR_AWAY

_IS_RUNNING = text("ended_at IS NULL")


class ProcessInstance(Base):
    """A process that runs or has run in a case (sv. pågående process), on the version of its diagram it began with."""

    __tablename__ = "process_instances"
    __table_args__ = (
        Index("ix_process_instances_case_running", "case_id", "ended_at"),
        Index("ix_process_instances_running", "id", sqlite_where=_IS_RUNNING, postgresql_where=_IS_RUNNING),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    process_key: Mapped[str]
    diagram_version: Mapped[str]
    scope_kind: Mapped[str]
    scope_id: Mapped[int] = mapped_column(BigId)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str | None]
    """finished or cancelled."""
    state: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


_IS_OPEN = text("status = 'open'")
_IS_COMPLETED = text("status = 'completed'")
_IS_RESTING = text("status = 'open' AND on_hold_until IS NOT NULL")


def _inbox_indexes(name: str, order: str) -> tuple[Index, ...]:
    """What every list of the inbox is read from in this order; finished tasks of years do not weigh on them."""
    starts = {
        "mine": ("claimed_by_id",),
        "free": ("administration_key", "unit", "claimed_by_id"),
        "free_also": ("administration_key", "also_unit", "claimed_by_id"),
        "unit": ("administration_key", "unit"),
        "also": ("administration_key", "also_unit"),
        "all": ("administration_key",),
    }
    return tuple(
        Index(
            f"ix_tasks_{start}_{name}",
            *columns,
            order,
            "id",
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        )
        for start, columns in starts.items()
    )


class Task(Base):
    """A work item that a person does (sv. uppgift): the row that the inbox shows."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("engine_id"),
        Index("ix_tasks_case", "case_id", "status"),
        *_inbox_indexes("due", "sorted_due_at"),
        *_inbox_indexes("legal", "legal_on"),
        Index(
            "ix_tasks_resting",
            "administration_key",
            "on_hold_until",
            "id",
            sqlite_where=_IS_RESTING,
            postgresql_where=_IS_RESTING,
        ),
        Index("ix_tasks_instance", "instance_id", "status"),
        Index(
            "ix_tasks_completed",
            "administration_key",
            "ended_at",
            sqlite_where=_IS_COMPLETED,
            postgresql_where=_IS_COMPLETED,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    engine_id: Mapped[str]
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instances.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    administration_key: Mapped[str]
    process_key: Mapped[str]
    step: Mapped[str]
    """Id of the user task in its diagram."""
    title: Mapped[str]
    unit: Mapped[str]
    also_unit: Mapped[str | None]
    """A second unit that sees the task and may do it, where the diagram says so; mostly none."""
    status: Mapped[str] = mapped_column(default="open")
    """open, completed or withdrawn."""
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    sorted_due_at: Mapped[datetime] = mapped_column(
        default=FAR_AWAY, server_default="9999-01-01 00:00:00.000000"
    )
    """`due_at`, or FAR_AWAY: lists are read in this order from an index."""
    legal_on: Mapped[date] = mapped_column(default=FAR_AWAY.date(), server_default="9999-01-01")
    """The case's nearest day that the law or the handbook sets, FAR_AWAY's when there is none."""
    has_child: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a child is concerned; lists are filtered by it, no list says it of a case."""
    priority: Mapped[int] = mapped_column(default=3)
    priority_by_hand: Mapped[int | None]
    """What a head of unit has set instead; the days of the law may raise it (actions/open_tasks.py)."""
    due_rule: Mapped[str] = mapped_column(default="", server_default="")
    """The due rule in force (rules/due_dates.py), by the table of due dates or by the diagram."""
    due_since: Mapped[datetime | None]
    """From when that rule counts: when the task came up, or when it became more urgent."""
    on_hold_until: Mapped[datetime | None]
    """When it comes back by itself, if somebody has let it rest (actions/resting.py)."""
    hold_reason: Mapped[str] = mapped_column(default="", server_default="")
    blocked_by: Mapped[str] = mapped_column(default="")
    """Names of the hard gates that are closed now, separated by spaces."""
    blocked_since: Mapped[datetime | None]
    """Since when at least one of them has been."""
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    claimed_at: Mapped[datetime | None]
    completed_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    ended_at: Mapped[datetime | None]
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    case: Mapped[Case] = relationship()
    claimed_by: Mapped[Caseworker | None] = relationship(foreign_keys=[claimed_by_id])
    instance: Mapped[ProcessInstance] = relationship()

    @validates("due_at")
    def _keep_in_order(self, _name: str, due_at: datetime | None) -> datetime | None:
        self.sorted_due_at = due_at or FAR_AWAY
        return due_at

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units whose members may do it, the unit of its lane first."""
        return tuple(Unit(one) for one in (self.unit, self.also_unit) if one is not None)


class Timer(Base):
    """An instant at which a process moves by itself (sv. tidsbevakning)."""

    __tablename__ = "timers"
    __table_args__ = (Index("ix_timers_due", "due_at", "case_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instances.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    step: Mapped[str]
    due_at: Mapped[datetime]
    is_held: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The case is suspended: the timer goes off when the case is resumed, if its instant has come by then."""

    instance: Mapped[ProcessInstance] = relationship()


class Subscription(Base):
    """A message that a process waits for (sv. inväntat meddelande)."""

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("instance_id", "name"),
        Index("ix_subscriptions_case", "case_id", "name"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instances.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    name: Mapped[str]

    instance: Mapped[ProcessInstance] = relationship()
