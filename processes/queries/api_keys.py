"""Finds the keys of connected systems, and what a system has handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.clock import swedish_day
from processes.errors import KeyNotFound, SubmissionNotFound
from processes.models import ApiKey, Caseworker, Submission
from processes.queries.places import row_number


def state_of(key: ApiKey, now: datetime) -> str:
    """working, waiting (for the person's consent), expired or revoked."""
    if key.revoked_at is not None or not key.caseworker.is_active:
        return "revoked"
    if key.expires_on < swedish_day(now):
        return "expired"
    return "working" if key.approved_at is not None else "waiting"


def find_key(session: Session, prefix: str) -> ApiKey | None:
    """The key that begins so, whether it works or not."""
    return session.scalars(select(ApiKey).where(ApiKey.prefix == prefix)).first()


def get_key(session: Session, key_id: int, administration_key: str) -> ApiKey:
    """The administration's key. Raises KeyNotFound, also for another administration's."""
    key = session.get(ApiKey, key_id)
    if key is None or key.administration_key != administration_key:
        raise KeyNotFound(str(key_id))
    return key


def keys_of(session: Session, administration_key: str) -> Sequence[ApiKey]:
    """Every key of the administration, the newest first."""
    found = select(ApiKey).where(ApiKey.administration_key == administration_key)
    return session.scalars(found.order_by(ApiKey.id.desc())).all()


def keys_in_the_name_of(session: Session, caseworker: Caseworker) -> Sequence[ApiKey]:
    """The keys with which a system works, or asks to work, in the person's name; revoked ones left out."""
    found = select(ApiKey).where(ApiKey.caseworker_id == caseworker.id, ApiKey.revoked_at.is_(None))
    return session.scalars(found.order_by(ApiKey.id.desc())).all()


def get_submission(session: Session, reference: str, submitter: Caseworker) -> Submission:
    """What the system was told it had handed in. Raises SubmissionNotFound, also for what another system handed in."""
    found = session.scalars(
        select(Submission).where(
            Submission.reference == reference, Submission.submitted_by_id == submitter.id
        )
    ).first()
    if found is None:
        raise SubmissionNotFound(reference)
    return found


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """Some of what a system has handed in, and where the next page begins."""

    rows: Sequence[Submission]
    next_after: str | None


def submissions_of(
    session: Session, submitter: Caseworker, *, after: str | None = None, size: int = 50
) -> SubmissionPage:
    """What the system has handed in, the latest first. Raises PageNotFound."""
    found = select(Submission).where(Submission.submitted_by_id == submitter.id)
    if after:
        found = found.where(Submission.id < row_number(after))
    rows = session.scalars(found.order_by(Submission.id.desc()).limit(size + 1)).all()
    return SubmissionPage(rows[:size], str(rows[size - 1].id) if len(rows) > size else None)
