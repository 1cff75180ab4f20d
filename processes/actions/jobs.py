"""Writes down how the jobs of the worker are going."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite

from processes.models import JobRun
from processes.unit_of_work import UnitOfWork


def note_run(
    work: UnitOfWork,
    *,
    name: str,
    at_least_every: timedelta,
    started_at: datetime,
    error: str,
    next_at: datetime,
    runs: int = 1,
    failed_runs: int = 0,
) -> None:
    """A run of the job has just ended; `runs` and `failed_runs` count those since it was last written down."""
    last = {
        "at_least_every": at_least_every.total_seconds(),
        "last_started_at": started_at,
        "last_ended_at": work.now,
        "last_error": error,
        "next_at": next_at,
    }
    insert = on_postgresql if work.session.get_bind().dialect.name == "postgresql" else on_sqlite
    counted = {"runs": JobRun.runs + runs, "failed_runs": JobRun.failed_runs + failed_runs}
    work.session.execute(
        insert(JobRun)
        .values(name=name, runs=runs, failed_runs=failed_runs, **last)
        .on_conflict_do_update(index_elements=[JobRun.name], set_={**last, **counted})
    )


def forget_other_jobs(work: UnitOfWork, *, names: Collection[str]) -> None:
    """Drop the rows of jobs that this version of the worker does not have; nobody would look after them."""
    work.session.execute(delete(JobRun).where(JobRun.name.not_in(names)))
