"""How the work that happens by itself is going: when each job last ran, and what it could not finish."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from processes.models.base import Base, BigId
from processes.models.cases import Case


class JobRun(Base):
    """How a job of the worker last went (sv. körning): one row per job, written by every worker that does it."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(primary_key=True)
    at_least_every: Mapped[float]
    """Seconds between two runs, at most, while a worker is up."""
    last_started_at: Mapped[datetime]
    last_ended_at: Mapped[datetime]
    last_error: Mapped[str] = mapped_column(default="")
    """What went wrong in the whole of the last run, without personal data; empty when it went well."""
    next_at: Mapped[datetime]
    runs: Mapped[int] = mapped_column(BigId, default=0)
    failed_runs: Mapped[int] = mapped_column(BigId, default=0)


class JobFailure(Base):
    """A case, or another row, that a job could not finish (sv. driftfel): set aside, tried again, given up.

    There is one only as long as it has not succeeded since; what it has in its way stands in `error`.
    """

    __tablename__ = "job_failures"
    __table_args__ = (UniqueConstraint("job", "row_id"), Index("ix_job_failures_given_up", "given_up_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    job: Mapped[str]
    row_id: Mapped[int] = mapped_column(BigId)
    """The row that the job works on: the case for a job that goes case by case."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    """The case that it concerns, if it concerns one."""
    error: Mapped[str]
    """The kind of error and where it arose, without personal data."""
    attempts: Mapped[int]
    first_failed_at: Mapped[datetime]
    last_failed_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    given_up_at: Mapped[datetime | None]
    """Since when nobody tries any more, until a person says so."""

    case: Mapped[Case | None] = relationship()
