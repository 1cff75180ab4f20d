"""Facts about an unannounced home visit: whether it is still needed, and who comes along.

A visit that has become needless is not made (handboken 5.3).
"""

from __future__ import annotations

from datetime import datetime

from processes.rules.facts.contact import is_of_the_household
from processes.rules.facts.registry import fact
from processes.rules.gates.visits import CHILDREN_UNIT
from processes.rules.snapshot import CaseSnapshot, Scope


@fact("Har hyresgästen nåtts sedan besöket begärdes?")
def tenant_reached_since_request(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """Reached in person after the request was recorded; a letter never counts (R-128)."""
    request = next((e for e in snapshot.events if e.scope == scope), None)
    if request is None:
        return False
    return any(
        attempt.outcome == "reached"
        and attempt.channel != "letter"
        and is_of_the_household(snapshot, attempt.person)
        and request.recorded_at <= attempt.at <= now
        for attempt in snapshot.attempts
    )


@fact("Följer enheten för barn och unga med på besöket?")
def children_unit_takes_part(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """As the request says; the gate lets it only after a report of concern or an internal hand-over (R-114)."""
    assessed = snapshot.latest("hembesok.bedomt", scope=scope)
    return assessed is not None and bool(CHILDREN_UNIT & set(assessed.payload.get("participants") or ()))
