"""Short ways to draw a case as the rules see it, for tests about days; every name and place is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from processes.clock import STOCKHOLM
from processes.rules.snapshot import CaseSnapshot, EventSeen, NoticeSeen, PersonSeen, Scope

CASE = Scope("case", 1)
A_CHILD = PersonSeen(7, "Barn Påhittat", frozenset({"child"}))


def swedish(text: str) -> datetime:
    """The instant, in UTC as everywhere in the system, when Swedish clocks show `text`, "2026-03-10 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


def day(text: str) -> date:
    """A calendar date."""
    return date.fromisoformat(text)


def arrears(notice_id: int = 1, received: str = "2026-03-10 09:00", **more: Any) -> NoticeSeen:
    """A termination for unpaid rent from the landlord, 9,450 kr with interest."""
    notice = NoticeSeen(
        notice_id, "A", frozenset({"arrears"}), "landlord", swedish(received), amount_due=Decimal("9450.00")
    )
    return replace(notice, **more)


def from_kfm(notice_id: int, received: str, eviction: str | None, kind: str = "F", **more: Any) -> NoticeSeen:
    """A notice from Kronofogden about an eviction."""
    eviction_at = None if eviction is None else swedish(eviction)
    notice = NoticeSeen(notice_id, kind, frozenset(), "kfm", swedish(received), eviction_at=eviction_at)
    return replace(notice, **more)


def event(event_id: int, name: str, at: str, scope: Scope = CASE, **payload: Any) -> EventSeen:
    """Something that happened and was recorded at once."""
    return EventSeen(event_id, name, scope, swedish(at), swedish(at), payload)


def report(event_id: int, at: str, **payload: Any) -> EventSeen:
    """A report of concern; it is its own scope."""
    return event(event_id, "orosanmalan.inkom", at, Scope("report", event_id), **payload)


def case_of(*notices: NoticeSeen, events: tuple[EventSeen, ...] = (), **more: Any) -> CaseSnapshot:
    """A case with these notices and events."""
    opened_at = min((n.received_at for n in notices), default=swedish("2026-03-02 08:00"))
    return replace(CaseSnapshot(1, "K-1", "hisingen", opened_at, notices=notices, events=events), **more)
