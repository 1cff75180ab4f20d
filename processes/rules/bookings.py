"""Which meetings are booked in a case: the times that stand in calendars until they are moved or called off.

Of each kind the newest booking holds, so that a new time replaces the old one. A meeting at the eviction holds only as
long as the plan was made for the day that Kronofogden has set now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from processes.rules.deadlines.payload import instant_in
from processes.rules.facts.enforcement import eviction_is_ahead, presence_plan_is_current
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

BOOKED, CALLED_OFF = "besok.bokat", "besok.avbokat"
PLANNED, CONTACTED = "narvaro.planerad", "kontaktforsok.gjort"
PRESENCE, MEETING = "presence", "meeting"


@dataclass(frozen=True, slots=True)
class BookedTime:
    """A time at which we are to meet somebody (sv. bokat besök)."""

    kind: str
    """presence, home_visit, meeting or joint_visit."""
    starts_at: datetime


def bookings_of(snapshot: CaseSnapshot, now: datetime) -> list[BookedTime]:
    """The bookings that hold, at most one of each kind; none in a closed case."""
    if snapshot.is_closed:
        return []
    held: dict[str, datetime] = {}
    for event in snapshot.events:
        kind, starts_at = _booked_by(event)
        if kind and starts_at is not None:
            held[kind] = starts_at
        elif event.name == CALLED_OFF:
            held.pop(str(event.payload.get("kind")), None)
    case = Scope("case", snapshot.case_id)
    plan = snapshot.latest(PLANNED)
    meet_at = instant_in(plan.payload, "meet_at") if plan is not None else None
    holds = presence_plan_is_current(snapshot, case, now) and eviction_is_ahead(snapshot, case, now)
    if meet_at is not None and holds:
        held[PRESENCE] = meet_at
    return [BookedTime(kind, starts_at) for kind, starts_at in sorted(held.items())]


def _booked_by(event: EventSeen) -> tuple[str, datetime | None]:
    """The kind and time that the event books; no kind when it books nothing."""
    if event.name == BOOKED:
        return str(event.payload.get("kind") or MEETING), instant_in(event.payload, "booked_for")
    if event.name == CONTACTED:
        return MEETING, instant_in(event.payload, "booked_for")
    return "", None
