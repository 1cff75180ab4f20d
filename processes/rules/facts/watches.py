"""What a diagram asks about a watch (sv. bevakning): what is watched, until when, and whether it goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

from processes.rules import calendar
from processes.rules.deadlines.payload import day_in
from processes.rules.facts.registry import fact, instant_text
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

SET_UP, MOVED, ENDED = "bevakning.skapad", "bevakning.flyttad", "bevakning.avslutad"
DAYS_BEFORE = {"short_term_contract": 30}
"""What must be looked at so many days before it ends, so that there is time to act (R-147)."""


@fact("Vad bevakas?")
def watch_kind(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """rent_check, short_term_contract, agreement, decision_not_carried_out or other; None without a watch."""
    watch = snapshot.latest(SET_UP, scope=scope)
    return None if watch is None else str(watch.payload.get("kind"))


@fact("När är bevakningens dag?")
def watch_is_due_at(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """The morning of the day that is set; a contract's end is looked at a month before. None without a day."""
    watch, last = snapshot.latest(SET_UP, scope=scope), snapshot.latest(SET_UP, MOVED, scope=scope)
    day = None if last is None else day_in(last.payload, "until")
    if watch is None or last is None or day is None:
        return None
    early = DAYS_BEFORE.get(str(watch.payload.get("kind")), 0) if last.name == SET_UP else 0
    return instant_text(calendar.start_of_day(day - timedelta(days=early)))


@fact("Fortsätter bevakningen?")
def watch_goes_on(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """It was moved to a new day rather than ended."""
    last = _latest_word(snapshot, scope)
    return last is not None and last.name != ENDED


@fact("Visade bevakningen att ny kontakt behövs?")
def watch_asks_for_contact(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """The caseworker answered so at the last check."""
    last = _latest_word(snapshot, scope)
    return last is not None and last.payload.get("restart") is True


def _latest_word(snapshot: CaseSnapshot, scope: Scope) -> EventSeen | None:
    return snapshot.latest(SET_UP, MOVED, ENDED, scope=scope)
