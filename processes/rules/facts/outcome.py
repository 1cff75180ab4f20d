"""What a diagram asks about the outcome: whether there is news to judge, and when to look again without news."""

from __future__ import annotations

from datetime import datetime, timedelta

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.facts.contact import comes_after
from processes.rules.facts.registry import fact, instant_text
from processes.rules.facts.support import negotiation_is_open
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

AWAITS = "awaits_enforcement"


@fact("Finns något nytt att bedöma utfallet efter?")
def there_is_news_to_assess(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """The contact is done, a recovery period or a negotiation has ended, or the day of the next look has come.

    News counts once: what was known at the last assessment opens nothing again. While a negotiation runs, the end of
    the contact alone is no news.
    """
    last = snapshot.latest("utfall.bedomt")
    names = ["frist.avgjord", "forhandling.klar"]
    if not negotiation_is_open(snapshot, scope, now):
        names.append("kontaktOchStod.klar")
    if comes_after(snapshot.latest(*names), last):
        return True
    review_at = _review_at(snapshot, last)
    return review_at is not None and review_at <= now


@fact("När ska utfallet prövas igen utan nyheter?")
def next_outcome_review_at(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> str | None:
    """About a month after the case was left to await Kronofogden (policy); None if it awaits nothing."""
    return instant_text(_review_at(snapshot, snapshot.latest("utfall.bedomt")))


def _review_at(snapshot: CaseSnapshot, last: EventSeen | None) -> datetime | None:
    if last is None or last.payload.get("outcome") != AWAITS:
        return None
    day = swedish_day(last.at) + timedelta(days=snapshot.policy.await_enforcement_days)
    return calendar.start_of_day(calendar.office_day_from(day, snapshot.policy.local_closed_days))
