"""Numbers that are counted beforehand, so that a supervisor's page costs the same however many cases there are.

None of them names a case or a person of a household. They are counted by jobs of the worker (workers/counts.py), each
time whole: nobody has to keep a number in step with every change, and none can drift away from what it counts.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from processes.models.base import Base, BigId


class StepCount(Base):
    """How much stands at one step of a process (sv. stegräkning): open tasks, or processes that await a timer there."""

    __tablename__ = "step_counts"
    __table_args__ = (Index("ix_step_counts_step", "administration_key", "process_key", "step"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str]
    process_key: Mapped[str]
    """The process that was started; the step may lie in one that it calls."""
    diagram_version: Mapped[str]
    step: Mapped[str]
    kind: Mapped[str]
    """task or timer."""
    unit: Mapped[str]
    """The unit of the step's lane; empty for a timer."""
    age: Mapped[str]
    """A group of rules/counted_ages.py by when the task came up; empty for a timer."""
    how_many: Mapped[int]
    overdue: Mapped[int]
    resting: Mapped[int]
    unclaimed: Mapped[int]
    oldest_at: Mapped[datetime | None]
    """When the oldest of the tasks came up."""


class WorkloadCount(Base):
    """How much one person of a unit, or nobody yet, has on the table (sv. arbetsbelastning)."""

    __tablename__ = "workload_counts"
    __table_args__ = (Index("ix_workload_counts_unit", "administration_key", "unit", "holder_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str]
    unit: Mapped[str]
    holder_id: Mapped[int] = mapped_column(BigId)
    """The caseworker who holds the tasks; 0 for those that nobody has claimed."""
    age: Mapped[str]
    how_many: Mapped[int]
    overdue: Mapped[int]
    resting: Mapped[int]
    oldest_at: Mapped[datetime]


class MonthFigure(Base):
    """A number of one month for the statistics (sv. månadssiffra), for one choice of the filters.

    `district` and `notice_kind` are each also counted together, under ALL: a page reads the rows of its own choice and
    adds up no others.
    """

    __tablename__ = "month_figures"
    __table_args__ = (
        Index("ix_month_figures_choice", "administration_key", "district", "notice_kind", "month", "measure"),
        Index("ix_month_figures_month", "administration_key", "month"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    administration_key: Mapped[str]
    month: Mapped[date]
    """Its first day."""
    measure: Mapped[str]
    """A name of rules/measures.py."""
    what: Mapped[str]
    """Which part of the measure: a code of an outcome, a class of lead times, a landlord."""
    district: Mapped[str]
    notice_kind: Mapped[str]
    process_key: Mapped[str]
    """For a measure of tasks; empty for one of cases and notices, as are `unit` and `step`."""
    unit: Mapped[str]
    step: Mapped[str]
    how_many: Mapped[int]


class Counting(Base):
    """When something was counted last (sv. räkning), so that pages can say how fresh their numbers are."""

    __tablename__ = "countings"

    name: Mapped[str] = mapped_column(primary_key=True)
    """What was counted: tasks, or an administration's month such as hisingen:2026-03."""
    counted_at: Mapped[datetime]
