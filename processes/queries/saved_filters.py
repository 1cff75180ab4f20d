"""Lists the filters of the inbox that somebody has saved, or that a colleague has shared with the unit."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from processes.errors import FilterNotFound
from processes.models import Caseworker, SavedFilter

MOST_SAVED = 30
"""So many filters can one person have; more would be harder to find than to choose anew."""


def saved_filters(session: Session, caseworker: Caseworker) -> Sequence[SavedFilter]:
    """The person's own, and those shared with one of the person's units, by name."""
    found = select(SavedFilter).where(
        or_(
            SavedFilter.caseworker_id == caseworker.id,
            and_(
                SavedFilter.administration_key == caseworker.administration_key,
                SavedFilter.shared_with.in_([str(unit) for unit in caseworker.units]),
            ),
        )
    )
    return session.scalars(
        found.options(joinedload(SavedFilter.caseworker))
        .order_by(SavedFilter.name, SavedFilter.id)
        .limit(100)
    ).all()


def own_filters(session: Session, caseworker: Caseworker) -> Sequence[SavedFilter]:
    """What the person has saved, shared or not."""
    return session.scalars(select(SavedFilter).where(SavedFilter.caseworker_id == caseworker.id)).all()


def get_own_filter(session: Session, filter_id: int, caseworker: Caseworker) -> SavedFilter:
    """A filter that the person has saved. Raises FilterNotFound, also for somebody else's."""
    found = session.get(SavedFilter, filter_id)
    if found is None or found.caseworker_id != caseworker.id:
        raise FilterNotFound(str(filter_id))
    return found
