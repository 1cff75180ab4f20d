"""Facts about an application to another administration: may we go on with it, is it answered, when do we ask again.

The other administration investigates; the coordination stays with social services (handboken 6.7, 6.8).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.facts.registry import fact, instant_text
from processes.rules.gates.gate import GateQuestion
from processes.rules.gates.secrecy import other_administration
from processes.rules.snapshot import CaseSnapshot, Scope

REMIND_EVERY_DAYS = 14


@fact("Är ansökan besvarad?")
def application_is_answered(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> bool:
    """The other administration has answered the application."""
    return snapshot.latest("ansokan.svar", scope=scope) is not None


@fact("Står samtycket till ansökan kvar?")
def application_consent_stands(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """Contact with the other administration is still allowed, by the same rule as the gate (R-107, E-27)."""
    return other_administration(GateQuestion(snapshot, scope, now)).allowed


@fact("När ska vi fråga efter svar på ansökan?")
def next_application_reminder_at(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> str | None:
    """Every second week from the day the application was made, in the morning; None before it was made."""
    sent = snapshot.latest("ansokan.skickad", scope=scope)
    if sent is None:
        return None
    sent_on = swedish_day(sent.at)
    rounds = max((swedish_day(now) - sent_on).days, 0) // REMIND_EVERY_DAYS + 1
    on = calendar.office_day_from(
        sent_on + timedelta(days=rounds * REMIND_EVERY_DAYS), snapshot.policy.local_closed_days
    )
    return instant_text(calendar.start_of_day(on))
