"""Reads one part of a case at a time: its running dates, its consents, its events a page at a time.

Whoever asks has found the case with `get_case` first, which says whether the person may see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.models import Consent, Deadline, Event
from processes.queries.places import row_number


def current_deadlines_of(session: Session, case_id: int) -> Sequence[Deadline]:
    """The dates that run now, in their order; those that are not known last."""
    found = select(Deadline).where(Deadline.case_id == case_id, Deadline.is_current)
    return session.scalars(found.order_by(Deadline.falls_on.is_(None), Deadline.falls_on, Deadline.id)).all()


def consents_of(session: Session, case_id: int) -> Sequence[Consent]:
    """Every consent, oldest first, also those that were withdrawn."""
    return session.scalars(select(Consent).where(Consent.case_id == case_id).order_by(Consent.id)).all()


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some of what has happened in a case, and where the next page begins."""

    events: Sequence[Event]
    next_after: str | None


def events_of(session: Session, case_id: int, *, after: str | None = None, size: int = 50) -> EventPage:
    """What has happened, in the order in which it was recorded. Raises PageNotFound."""
    found = select(Event).where(Event.case_id == case_id)
    if after:
        found = found.where(Event.id > row_number(after))
    rows = session.scalars(found.order_by(Event.id).limit(size + 1)).all()
    return EventPage(rows[:size], str(rows[size - 1].id) if len(rows) > size else None)
