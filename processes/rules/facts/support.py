"""What a diagram asks about support: whether a negotiation runs, what the rent tribunal says, when to look again."""

from __future__ import annotations

from datetime import datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.deadlines import afterwards
from processes.rules.deadlines.payload import day_in
from processes.rules.facts.contact import comes_after
from processes.rules.facts.registry import fact, instant_text
from processes.rules.snapshot import CaseSnapshot, Scope


@fact("Pågår en förhandling om kvarboende?")
def negotiation_is_open(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """A negotiation has begun and is not reported ready (R-144)."""
    return comes_after(snapshot.latest("forhandling.inledd"), snapshot.latest("forhandling.klar"))


@fact("När ska vi fråga om hyresnämnden?")
def next_tribunal_reminder_at(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> str | None:
    """The day that the caseworker chose when the question went to the rent tribunal (R-146)."""
    tried = snapshot.latest("forhandling.provad")
    on = None if tried is None else day_in(tried.payload, "reminder_on")
    return instant_text(calendar.start_of_day(on) if on else None)


@fact("Har hyresnämnden beslutat sedan vi senast tittade?")
def tribunal_has_decided_anew(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """A decision of the rent tribunal that came after the last look at the negotiation."""
    return comes_after(snapshot.latest("hyresnamnden.beslut"), snapshot.latest("forhandling.provad"))


@fact("Vilken dag ska ett beslut som inte är verkställt bevakas?")
def decision_watch_on(_snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> str | None:
    """Three months from a decision made today: then it is reported if it is not carried out (D-24; SoL 34:1)."""
    on = afterwards.report_of_unexecuted_decision(swedish_day(now)).on
    return on.isoformat() if on else None
