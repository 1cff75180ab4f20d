"""Takes back what an event changed in the tables, where that can be worked out from the event and the journal.

The counterpart of operations/consequences.py. Each function answers why it cannot be done, in Swedish, or nothing when
it is done; with `only_ask` it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from processes.models import Case, Consent, ContactAttempt, Disclosure, Event, JournalEntry, Notice
from processes.operations.changes import change
from processes.unit_of_work import UnitOfWork

Undo = Callable[..., str]
LOST = "Det går inte att se vad händelsen ändrade."


def consent_given(work: UnitOfWork, case: Case, event: Event, _by: int | None, *, only_ask: bool) -> str:
    """The consent's row goes, unless it was withdrawn or something was told on the strength of it."""
    said = event.payload
    given_at = datetime.fromisoformat(said["given_at"]) if said.get("given_at") else event.at
    mine = (said.get("giver"), said.get("recipient"), said.get("direction"), given_at)
    found = [
        one
        for one in work.rows(Consent, case.id)
        if (one.giver_id, one.recipient, one.direction, one.given_at) == mine
        and sorted(one.scopes) == sorted(said.get("scopes") or [])
    ]
    if not found:
        return LOST
    row = found[-1]
    if row.withdrawn_at is not None:
        return "Samtycket är redan återkallat."
    told = (one for one in work.rows(Disclosure, case.id) if one.ground == "consent")
    if any(one.recipient == row.recipient and one.at >= row.given_at for one in told):
        return "Uppgifter har redan lämnats ut till mottagaren med stöd av samtycke."
    if not only_ask:
        work.remove(row)
    return ""


def contact_attempted(work: UnitOfWork, case: Case, event: Event, _by: int | None, *, only_ask: bool) -> str:
    """The row of the attempt goes."""
    mine = (event.payload.get("person"), event.payload.get("channel"), event.payload.get("outcome"), event.at)
    found = [
        one
        for one in work.rows(ContactAttempt, case.id)
        if (one.person_id, one.channel, one.outcome, one.at) == mine
    ]
    if not found:
        return LOST
    if not only_ask:
        work.remove(found[-1])
    return ""


def notice_corrected(work: UnitOfWork, case: Case, event: Event, by: int | None, *, only_ask: bool) -> str:
    """The notice gets back what it said before, unless somebody has changed it again since."""
    notice = work.session.get_one(Notice, event.scope_id)
    lines = work.session.scalars(
        select(JournalEntry).where(
            JournalEntry.case_id == case.id,
            JournalEntry.at == event.recorded_at,
            JournalEntry.what == "value_changed",
            JournalEntry.subject.startswith("notices."),
        )
    )
    before: dict[str, Any] = {}
    for line in lines:
        if line.details.get("row") != notice.id:
            continue
        column = line.subject.removeprefix("notices.")
        if getattr(notice, column) != _value(column, line.details["to"]):
            return "Underrättelsen har ändrats igen sedan dess. Rätta den senare händelsen först."
        before[column] = _value(column, line.details["from"])
    if not only_ask:
        change(work, case, notice, by=by, **before)
    return ""


def _value(column: str, told: Any) -> Any:
    """What the journal says of a column, as the column holds it."""
    if told is None or isinstance(told, bool):
        return told
    return Decimal(told) if column == "amount_due" else date.fromisoformat(told)


UNDOING: dict[str, Undo] = {
    "samtycke.givet": consent_given,
    "kontaktforsok.gjort": contact_attempted,
    "underlag.andrat": notice_corrected,
}
"""By the event's name; the other events that may be taken back changed no table."""
