"""Reads how the work that happens by itself is going: runs, failures, and how late the oldest timer is.

Every question here costs the same however many cases there are; what is counted is counted up to a bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from processes.errors import FailureNotFound, Recused
from processes.models import Case, Caseworker, JobFailure, JobRun, Timer
from processes.queries.access import must_be_allowed, not_recused, recused_in

TIMERS = "timers"
LATE_AFTER = timedelta(minutes=2)
"""A timer or a job that is later than this is a reason to look at the worker."""
MOST_COUNTED = 10_000
MOST_SHOWN = 50
SOON_SHOWN = 8


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


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How punctual the work that happens by itself is at one instant."""

    lag: timedelta
    """How late the oldest due timer is that nothing stands in the way of; zero when none is due."""
    due: int
    """Timers that are due and wait for a worker; MOST_COUNTED when there are that many or more."""
    set_aside: int
    """Rows that failed and are tried again by themselves."""
    given_up: int
    """Rows that are left to a person."""
    runs: Sequence[JobRun]
    """Each job's last run, by name; empty when no worker has ever run."""
    late_jobs: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """A worker is alive and keeps up. What was given up waits for a person and says nothing about the worker."""
        return bool(self.runs) and not self.late_jobs and self.lag <= LATE_AFTER


def punctuality(session: Session, now: datetime) -> Punctuality:
    """How it is going as of `now`."""
    oldest = session.scalar(_free_timers(now).order_by(Timer.due_at).limit(1))
    some = _free_timers(now).limit(MOST_COUNTED).subquery()
    runs = session.scalars(select(JobRun).order_by(JobRun.name)).all()
    is_given_up = JobFailure.given_up_at.is_not(None)
    counted = session.execute(select(is_given_up, func.count()).group_by(is_given_up))
    failures = {bool(row[0]): int(row[1]) for row in counted}
    return Punctuality(
        lag=now - oldest if oldest is not None else timedelta(0),
        due=session.scalar(select(func.count()).select_from(some)) or 0,
        set_aside=failures.get(False, 0),
        given_up=failures.get(True, 0),
        runs=runs,
        late_jobs=tuple(run.name for run in runs if is_late(run, now)),
    )


def is_late(run: JobRun, now: datetime) -> bool:
    """The job has not run for so long that no worker can be looking after it."""
    return now - run.last_ended_at > timedelta(seconds=run.at_least_every) + LATE_AFTER


def _free_timers(now: datetime) -> Select[datetime]:
    in_the_way = exists().where(
        JobFailure.job == TIMERS,
        JobFailure.row_id == Timer.case_id,
        or_(JobFailure.given_up_at.is_not(None), JobFailure.next_attempt_at > now),
    )
    return select(Timer.due_at).where(Timer.due_at <= now, Timer.is_held.is_(False), ~in_the_way)


def next_due_instants(session: Session, now: datetime) -> list[datetime]:
    """The next instants at which something moves by itself, the nearest first."""
    soon = select(Timer.due_at).where(Timer.due_at > now).distinct().order_by(Timer.due_at).limit(SOON_SHOWN)
    return list(session.scalars(soon))


@dataclass(frozen=True, slots=True)
class FailureSeen:
    """A failure as the page on operations shows it: nothing of what the case says."""

    failure: JobFailure
    case_number: str | None


def failures_seen(session: Session, caseworker: Caseworker) -> list[FailureSeen]:
    """What the worker could not do, what is given up first. Raises NotAllowed."""
    must_be_allowed("see_operations", caseworker)
    found = session.execute(
        select(JobFailure, Case.number)
        .outerjoin(Case, JobFailure.case_id == Case.id)
        .where(_concerns(caseworker))
        .order_by(JobFailure.given_up_at.is_(None), JobFailure.last_failed_at.desc(), JobFailure.id)
        .limit(MOST_SHOWN)
    )
    return [FailureSeen(row[0], row[1]) for row in found]


def count_given_up(caseworker: Caseworker) -> ScalarSelect[int]:
    """Asks how much waits for somebody who looks after operations, of what concerns the person."""
    return (
        select(func.count())
        .select_from(JobFailure)
        .outerjoin(Case, JobFailure.case_id == Case.id)
        .where(JobFailure.given_up_at.is_not(None), _concerns(caseworker))
        .scalar_subquery()
    )


def get_failure(session: Session, failure_id: int, caseworker: Caseworker) -> JobFailure:
    """The failure, for somebody who may have it tried again.

    Raises NotAllowed, FailureNotFound, also for another administration's, or Recused.
    """
    must_be_allowed("retry_failed", caseworker)
    found = session.scalars(
        select(JobFailure)
        .outerjoin(Case, JobFailure.case_id == Case.id)
        .where(JobFailure.id == failure_id, _is_own(caseworker))
    ).first()
    if found is None:
        raise FailureNotFound(str(failure_id))
    if found.case_id is not None and caseworker.id in recused_in(session, found.case_id):
        raise Recused(str(found.case_id))
    return found


def _concerns(caseworker: Caseworker) -> ColumnElement[bool]:
    free = or_(JobFailure.case_id.is_(None), not_recused(JobFailure.case_id, caseworker))
    return and_(_is_own(caseworker), free)


def _is_own(caseworker: Caseworker) -> ColumnElement[bool]:
    """What concerns no case concerns everybody who looks after operations."""
    return or_(JobFailure.case_id.is_(None), Case.administration_key == caseworker.administration_key)
