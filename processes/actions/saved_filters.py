"""Saves a choice of the inbox's filters under a name, for oneself or for the unit, and forgets it again."""

from __future__ import annotations

from processes.errors import Invalid, NotOfThisUnit
from processes.models import Caseworker, SavedFilter
from processes.queries.saved_filters import MOST_SAVED, get_own_filter, own_filters
from processes.unit_of_work import UnitOfWork

LONGEST_NAME = 60
LONGEST_CHOICES = 1000


def save_filter(
    work: UnitOfWork, *, caseworker: Caseworker, name: str, choices: str, shared_with: str | None = None
) -> SavedFilter:
    """Save the choices; a filter of one's own with the same name is replaced.

    Raises Invalid for a name that is empty or too long, choices that are too long, or one filter too many, and
    NotOfThisUnit when it is to be shared with a unit that is not one's own.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(f"a filter's name has 1 to {LONGEST_NAME} characters")
    if not choices or len(choices) > LONGEST_CHOICES:
        raise Invalid("there are no choices to save, or too many")
    if shared_with is not None and shared_with not in {str(unit) for unit in caseworker.units}:
        raise NotOfThisUnit(shared_with)
    own = {one.name: one for one in own_filters(work.session, caseworker)}
    saved = own.get(name)
    if saved is None:
        if len(own) >= MOST_SAVED:
            raise Invalid(f"nobody can save more than {MOST_SAVED} filters")
        saved = SavedFilter(
            caseworker_id=caseworker.id, administration_key=caseworker.administration_key, name=name
        )
        work.session.add(saved)
    saved.choices, saved.shared_with, saved.saved_at = choices, shared_with, work.now
    return saved


def remove_filter(work: UnitOfWork, *, filter_id: int, caseworker: Caseworker) -> str:
    """Forget a filter of one's own; answers its name. Raises FilterNotFound."""
    saved = get_own_filter(work.session, filter_id, caseworker)
    work.session.delete(saved)
    return saved.name
