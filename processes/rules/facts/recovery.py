"""What a diagram asks about the recovery period of a notice of unpaid rent: how it stands and what comes next."""

from __future__ import annotations

from datetime import datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.deadlines import afterwards, stages
from processes.rules.deadlines.notices import commitment_of, has_recovery_period, payment_of, recovery_of
from processes.rules.explanation import Explanation, StartingPoint
from processes.rules.facts.notices import notice_in
from processes.rules.facts.registry import fact, instant_text
from processes.rules.snapshot import CaseSnapshot, NoticeSeen, Scope

AFTER_PERIOD = {
    "excused": "recovered",
    "landlord_agrees": "recovered",
    "disputed": "disputed",
    "lost": "lost",
}
"""What a caseworker finds after the last day, and how the lease then stands (JB 12:44 fourth paragraph)."""
ASSISTANCE_WITH_RENT_DEBT = frozenset({"S03", "S04"})
"""Economic assistance with the debt, also against reclaim, by the codes of the application."""
FALLS_SHORT = frozenset({"refused", "partly", "withdrawn_by_applicant"})
"""Decisions on assistance after which the debt is not paid in full."""
ASK_BEFORE_WORKING_DAYS = 5
"""An unconfirmed day of service is asked for so many working days before the earliest last day."""
ASK_AGAIN_WORKING_DAYS = 5


@fact("Hur står återvinningsfristen?")
def recovery_state(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> str:
    """open, passed, recovered, lost, disputed or void (no right to recover); JB 12:44.

    A payment or posting in time wins whenever it is recorded. A provisional last day is never passed.
    """
    notice = notice_in(snapshot, scope)
    last_day = None if notice is None else recovery_of(snapshot, notice)
    if notice is None or last_day is None:
        return "void"
    if lease_is_saved(snapshot, notice):
        return "recovered"
    judged = snapshot.latest("frist.bedomd", scope=scope)
    if judged is not None and judged.payload.get("result") in AFTER_PERIOD:
        return AFTER_PERIOD[judged.payload["result"]]
    return "passed" if _is_past(last_day, now) else "open"


@fact("Har bistånd till hyresskulden nekats sedan ett åtagande prövades?")
def commitment_is_to_be_considered_again(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """No money comes for the whole debt, nobody has weighed a commitment since, and the period runs (handboken 6.8)."""
    decided = [
        event
        for event in snapshot.events_named("bistand.beslutat")
        if ASSISTANCE_WITH_RENT_DEBT & set(event.payload.get("applied", ()))
    ]
    if not decided or decided[-1].payload.get("decision") not in FALLS_SHORT:
        return False
    weighed = snapshot.latest("raddning.provad", "atagande.beslutat", scope=scope)
    is_news = weighed is None or weighed.id < decided[-1].id
    return is_news and recovery_state(snapshot, scope, now) == "open"


def lease_is_saved(snapshot: CaseSnapshot, notice: NoticeSeen) -> bool:
    """Paid in full, or a commitment posted, within the period for certain."""
    commitment = commitment_of(snapshot, notice)
    return payment_of(snapshot, notice).recovers or (commitment is not None and commitment.is_in_time is True)


def _is_past(last_day: Explanation, now: datetime) -> bool:
    return last_day.on is not None and not last_day.is_provisional and swedish_day(now) > last_day.on


@fact("När händer nästa sak med återvinningsfristen?")
def next_recovery_stage_at(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> str | None:
    """The next warning before the last day, or the morning after it; None if nothing is left to wait for."""
    notice = notice_in(snapshot, scope)
    last_day = None if notice is None else recovery_of(snapshot, notice)
    if last_day is None:
        return None
    stage = stages.next_stage(stages.recovery_stages(last_day, snapshot.policy), now)
    return instant_text(stage.at if stage else None)


@fact("Är delgivningsdagen bekräftad, eller utan betydelse?")
def service_date_is_settled(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """The last day is certain, or the period needs no more watching."""
    notice = notice_in(snapshot, scope)
    last_day = None if notice is None else recovery_of(snapshot, notice)
    return last_day is None or not last_day.is_provisional or recovery_state(snapshot, scope, now) != "open"


@fact("När ska hyresvärden tillfrågas om delgivningen?")
def service_date_is_to_be_asked_at(snapshot: CaseSnapshot, scope: Scope, _now: datetime) -> str | None:
    """Some working days before the earliest possible last day, then again and again until there is an answer."""
    notice = notice_in(snapshot, scope)
    if notice is None or not has_recovery_period(notice):
        return None
    last_day = recovery_of(snapshot, notice)
    if last_day is None or last_day.on is None or not last_day.is_provisional:
        return None
    closed = snapshot.policy.local_closed_days
    day = calendar.working_days_before(last_day.on, ASK_BEFORE_WORKING_DAYS, closed)
    asked = snapshot.latest("delgivning.efterfragad", scope=scope)
    if asked is not None:
        again = calendar.working_days_after(swedish_day(asked.at), ASK_AGAIN_WORKING_DAYS, closed)
        day = max(day, again)
    return instant_text(calendar.start_of_day(day))


@fact("Vilken dag ska nästa hyra kontrolleras?")
def next_rent_check_on(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> str | None:
    """Some days after the next rent should be paid, counted from today (D-28; handboken 2)."""
    today = StartingPoint("Skulden reglerades", swedish_day(now))
    on = afterwards.rent_check(today, snapshot.policy).on
    return on.isoformat() if on else None
