"""Drafts of forms: saved while somebody types, shown again when the person comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.texts import t
from processes.actions.drafts import Typed, throw_draft_away
from processes.models import Case, Caseworker, Draft
from processes.queries.drafts import find_colleagues_draft, find_draft
from processes.queries.persons_seen import sight_of
from processes.unit_of_work import UnitOfWork

OURS = ("csrf_token", "_")
"""Fields that the page adds itself begin so."""


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """What the page says about a draft: when it was saved, by whom, and whether the form shows it."""

    saved_at: datetime
    author: str
    """Empty for one's own."""
    is_shown: bool


def typed_in_request() -> Typed:
    """What was posted, without what the page itself has added."""
    return [(name, text) for name, text in request.form.items(multi=True) if not name.startswith(OURS)]


def draft_to_show(
    work: UnitOfWork, place: str, caseworker: Caseworker, *, is_shared: bool = False
) -> tuple[ShownDraft | None, MultiDict[str, str] | None]:
    """The draft to tell of, and what stands in it if the form is to show it.

    One's own is shown at once; one that a colleague has left in a shared form when the reader asks for it,
    unless something stands in it that the reader must not see.
    """
    own = find_draft(work.session, place, caseworker)
    if own is not None:
        return ShownDraft(own.saved_at, "", is_shown=True), _typed(own)
    left = find_colleagues_draft(work.session, place, caseworker) if is_shared else None
    if left is None or not _may_be_read(work, left, caseworker):
        return None, None
    is_shown = "utkast" in request.args
    return ShownDraft(left.saved_at, left.caseworker.name, is_shown), _typed(left) if is_shown else None


def _may_be_read(work: UnitOfWork, draft: Draft, reader: Caseworker) -> bool:
    """Nothing stands in a colleague's draft that only the circle of somebody protected may see (E-30)."""
    if draft.case_id is None:
        return False
    case = work.session.get_one(Case, draft.case_id)
    sight = sight_of(work.session, case, reader, work.now, work.policy)
    return all(sight.value(name.rpartition("-")[2], text) == text for name, text in draft.typed)


def _typed(draft: Draft) -> MultiDict[str, str]:
    return MultiDict([(name, text) for name, text in draft.typed])


def saved(onward: str) -> Response | tuple[str, int]:
    """The answer to a saved draft: nothing for a page that saves by itself, else back to the form."""
    if request.headers.get("X-Saves-Itself"):
        return "", 204
    flash(t("Utkastet är sparat. Du kan fortsätta när du vill."))
    return redirect(onward)


def thrown_away(work: UnitOfWork, place: str, caseworker: Caseworker) -> None:
    """Throw the draft away and say so on the next page."""
    throw_draft_away(work, place=place, caseworker=caseworker)
    flash(t("Utkastet är borttaget."))
