"""Brings open cases into a new day: when only time passes, nobody else works out what has become urgent or closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from processes.actions.moving import refresh
from processes.actions.suspension import resume_when_over
from processes.clock import swedish_day
from processes.models import Case
from processes.rules.calendar import start_of_day
from processes.unit_of_work import UnitOfWork


def begin_day(work: UnitOfWork, *, case_id: int) -> None:
    """Work out the deadlines, due dates, priorities and gates of the case as of today; end a suspension that is over.

    Raises CaseNotFound.
    """
    case = work.lock(case_id)
    resume_when_over(work, case)
    refresh(work, case, cause="new_day")


def cases_of_yesterday(work: UnitOfWork, *, limit: int) -> Sequence[int]:
    """Open cases that were last looked at on an earlier day, the one that has waited longest first."""
    return work.session.scalars(
        select(Case.id)
        .where(Case.closed_at.is_(None), Case.refreshed_on < swedish_day(work.now))
        .order_by(Case.refreshed_on, Case.id)
        .limit(limit)
    ).all()


def next_day_begins_at(work: UnitOfWork) -> datetime:
    """The next midnight in Sweden."""
    return start_of_day(swedish_day(work.now) + timedelta(days=1))
