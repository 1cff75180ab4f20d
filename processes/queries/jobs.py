"""Reads how the work that happens by itself is going: runs, failures, and how late the oldest timer is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.models import JobFailure


def failures_of(session: Session, job: str) -> dict[int, JobFailure]:
    """What the job has not been able to finish, by the number of the row it works on."""
    found = session.scalars(select(JobFailure).where(JobFailure.job == job))
    return {failure.row_id: failure for failure in found}


def is_waiting(failure: JobFailure, now: datetime) -> bool:
    """It is not to be tried now: its pause is not over, or it has been given up."""
    return failure.given_up_at is not None or failure.next_attempt_at > now


def next_attempt_at(failures: Sequence[JobFailure]) -> datetime | None:
    """When the first of those that have not been given up is tried again."""
    return min((one.next_attempt_at for one in failures if one.given_up_at is None), default=None)
