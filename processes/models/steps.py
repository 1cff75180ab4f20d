"""The running processes and what each waits for: tasks for people, timers, messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.cases import Case
from processes.models.organisation import Caseworker
from processes.rules.units import Unit


class ProcessInstance(Base):
    """A process that runs or has run in a case (sv. pågående process), on the version of its diagram it began with."""

    __tablename__ = "process_instances"
    __table_args__ = (Index("ix_process_instances_case_running", "case_id", "ended_at"),)

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


class Task(Base):
    """A work item that a person does (sv. uppgift): the row that the inbox shows."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("engine_id"),
        Index("ix_tasks_case", "case_id", "status"),
        Index("ix_tasks_claimed", "claimed_by_id", "status", "due_at", "id"),
        Index("ix_tasks_unit", "administration_key", "unit", "status", "claimed_by_id", "due_at", "id"),
        Index("ix_tasks_also", "administration_key", "also_unit", "status", "claimed_by_id", "due_at", "id"),
        Index("ix_tasks_open", "administration_key", "status", "due_at", "id"),
        Index("ix_tasks_instance", "instance_id", "status"),
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
    priority: Mapped[int] = mapped_column(default=3)
    on_hold_until: Mapped[datetime | None]
    blocked_by: Mapped[str] = mapped_column(default="")
    """Names of the hard gates that are closed now, separated by spaces."""
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    claimed_at: Mapped[datetime | None]
    completed_by_id: Mapped[int | None] = mapped_column(ForeignKey("caseworkers.id"))
    ended_at: Mapped[datetime | None]
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    case: Mapped[Case] = relationship()
    claimed_by: Mapped[Caseworker | None] = relationship(foreign_keys=[claimed_by_id])
    instance: Mapped[ProcessInstance] = relationship()

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units whose members may do it, the unit of its lane first."""
        return tuple(Unit(one) for one in (self.unit, self.also_unit) if one is not None)


class Timer(Base):
    """An instant at which a process moves by itself (sv. tidsbevakning)."""

    __tablename__ = "timers"
    __table_args__ = (Index("ix_timers_due", "due_at", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("process_instances.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    step: Mapped[str]
    due_at: Mapped[datetime]


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
