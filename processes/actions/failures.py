"""Remembers what the worker could not do, lets it wait ever longer, and leaves it to a person in the end."""

from __future__ import annotations

from sqlalchemy import delete, select

from processes.logs import kinds_of, places_of
from processes.models import Caseworker, JobFailure, JournalEntry, Notification
from processes.queries.jobs import get_failure, is_waiting
from processes.rules.retries import pause_after
from processes.rules.units import Unit
from processes.unit_of_work import UnitOfWork

TOLD_THE_HEAD = "Systemet kan inte föra ärendet vidare av sig självt. Se Driftläge."


def note_failure(
    work: UnitOfWork, *, job: str, row_id: int, case_id: int | None, error: BaseException
) -> JobFailure:
    """Set the row aside after a failed attempt; answers with when to try again, or that it has been given up.

    When a case is given up, its journal says so and the head of unit is told.
    """
    failure = work.session.scalars(
        select(JobFailure).where(JobFailure.job == job, JobFailure.row_id == row_id).with_for_update()
    ).first()
    if failure is None:
        failure = JobFailure(job=job, row_id=row_id, case_id=case_id, attempts=0, first_failed_at=work.now)
        work.session.add(failure)
    elif is_waiting(failure, work.now):
        return failure  # another worker failed at the same moment; that counts once
    failure.attempts += 1
    failure.error = describe(error)
    failure.last_failed_at = failure.next_attempt_at = work.now
    pause = pause_after(failure.attempts)
    if pause is not None:
        failure.next_attempt_at += pause
    elif failure.given_up_at is None:
        failure.given_up_at = work.now
        _tell(work, failure)
    return failure


def forget_failure(work: UnitOfWork, *, job: str, row_id: int) -> None:
    """It has succeeded, so nothing is left to be said about it."""
    work.session.execute(delete(JobFailure).where(JobFailure.job == job, JobFailure.row_id == row_id))


def retry_failure(work: UnitOfWork, *, failure_id: int, caseworker: Caseworker) -> JobFailure:
    """Let the workers try again at once, and as often as if it had never failed; the case's journal says so.

    Raises NotAllowed, FailureNotFound or Recused.
    """
    failure = get_failure(work.session, failure_id, caseworker)
    if failure.case_id is not None:
        work.lock(failure.case_id)
        work.add(
            JournalEntry(
                case_id=failure.case_id,
                at=work.now,
                by_id=caseworker.id,
                what="job_retried",
                subject=failure.job,
                details={"error": failure.error, "attempts": failure.attempts},
            )
        )
    failure.attempts = 0
    failure.given_up_at = None
    failure.next_attempt_at = work.now
    work.leave_for(failure.job, work.now)
    return failure


def describe(error: BaseException) -> str:
    """The kinds of error, from the first cause on, and where in our code it arose.

    Never the error's own words, in which a person's name may stand.
    """
    places = places_of(error)
    return kinds_of(error) + (f" ({places[-1]})" if places else "")


def _tell(work: UnitOfWork, failure: JobFailure) -> None:
    if failure.case_id is None:
        return
    case = work.lock(failure.case_id)
    work.add(
        Notification(
            case_id=case.id,
            administration_key=case.administration_key,
            unit=str(Unit.HEAD),
            text=TOLD_THE_HEAD,
            at=work.now,
        )
    )
    details = {"error": failure.error, "attempts": failure.attempts}
    work.add(
        JournalEntry(case_id=case.id, at=work.now, what="job_given_up", subject=failure.job, details=details)
    )
