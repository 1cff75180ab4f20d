"""Facts about the eviction: whether its day has come, what has been planned for it, and what still waits for an answer.

The dates themselves are read by `rules/deadlines/evictions.py`. A plan, a waiver and a position on deferral are each
made for one date; when Kronofogden names another, they no longer hold.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.deadlines.enforcement import next_answer_reminder
from processes.rules.deadlines.evictions import (
    EvictionDate,
    current_eviction,
    eviction_versions,
    is_carried_out,
)
from processes.rules.deadlines.payload import instant_in
from processes.rules.deadlines.stages import eviction_stages, next_stage
from processes.rules.facts.children import case_has_child
from processes.rules.facts.contact import tenant_is_reached
from processes.rules.facts.registry import fact, instant_text
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

TOLD = ("kfm.underrattelse", "kfm.nyTid")
OUTCOME = "avhysning.utfall"
FINAL_OUTCOMES = frozenset({"executed", "cancelled", "nobody_home", "already_moved"})
"""What the day of the eviction can end with for good; `moved` gives it another day."""


def _day_outcome(snapshot: CaseSnapshot, eviction: EvictionDate) -> EventSeen | None:
    """What was recorded about the day of this eviction; None as long as nothing has been."""
    for event in reversed(snapshot.events_named(OUTCOME)):
        is_about_it = swedish_day(event.at) >= eviction.on and event.recorded_at >= eviction.received_at
        if is_about_it and instant_in(event.payload, "eviction_at") != eviction.at:
            return event
    return None


def _open_eviction(snapshot: CaseSnapshot) -> EvictionDate | None:
    """The eviction that holds and has not been carried out or ended on its day."""
    eviction = current_eviction(snapshot)
    if eviction is None or is_carried_out(snapshot):
        return None
    outcome = _day_outcome(snapshot, eviction)
    ended = outcome is not None and outcome.payload.get("outcome") in FINAL_OUTCOMES
    return None if ended else eviction


def _eviction_known_at(snapshot: CaseSnapshot, event: EventSeen) -> EvictionDate | None:
    """The eviction that held when the event was recorded."""
    earlier = snapshot.events[: snapshot.events.index(event) + 1]
    is_told = any(each.name in TOLD for each in earlier)
    notices = tuple(n for n in snapshot.notices if not is_told and n.received_at <= event.recorded_at)
    return current_eviction(replace(snapshot, events=earlier, notices=notices))


def _is_for_the_current_date(snapshot: CaseSnapshot, event: EventSeen) -> bool:
    """Whether the event was recorded for the very day and time that hold now."""
    now_holding, then_holding = current_eviction(snapshot), _eviction_known_at(snapshot, event)
    return now_holding is not None and then_holding is not None and now_holding.at == then_holding.at


def _since(snapshot: CaseSnapshot, event: EventSeen, *names: str) -> list[EventSeen]:
    """The events with one of `names` that were recorded after `event`."""
    return [e for e in snapshot.events[snapshot.events.index(event) + 1 :] if e.name in names]


@fact("När kommer Kronofogden?")
def current_eviction_at(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> str | None:
    """The day and time that hold; None if there is no eviction or it waits for a new day."""
    eviction = _open_eviction(snapshot)
    return None if eviction is None or eviction.is_provisional else instant_text(eviction.at)


@fact("Är en avhysning beslutad som inte är avgjord?")
def eviction_is_ahead(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """A day is set, also one that has passed, and we do not yet know how it went (E-04)."""
    return _open_eviction(snapshot) is not None


@fact("Har Kronofogden återkallat avhysningen?")
def eviction_is_withdrawn(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """Only Kronofogden's withdrawal counts; keys, promises and a death do not."""
    return bool(eviction_versions(snapshot)) and current_eviction(snapshot) is None


@fact("Är avhysningens dag här?")
def eviction_day_has_come(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> bool:
    """The day is today or has passed, and nothing has been recorded about how it went (handboken 7)."""
    eviction = _open_eviction(snapshot)
    if eviction is None or eviction.is_provisional or swedish_day(now) < eviction.on:
        return False
    return _day_outcome(snapshot, eviction) is None


@fact("Är avhysningen avgjord?")
def eviction_is_settled(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """Carried out, ended on its day in another way, or withdrawn; one that was only moved is not."""
    return bool(eviction_versions(snapshot)) and _open_eviction(snapshot) is None


@fact("När är nästa påminnelse före avhysningen, eller dagen själv?")
def next_eviction_stage_at(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> str | None:
    """The next of: 3 and 1 working days before, the last day for keys, the day (handboken 7.1, fact box 1)."""
    eviction = _open_eviction(snapshot)
    stage = None if eviction is None else next_stage(eviction_stages(eviction, snapshot.policy), now)
    return None if stage is None else instant_text(stage.at)


@fact("När ska stödet inför avhysningen senast börja?")
def eviction_support_opens_at(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> str | None:
    """The first warning day before the eviction, three working days before unless the policy says otherwise."""
    eviction = _open_eviction(snapshot)
    if eviction is None:
        return None
    days = max(snapshot.policy.eviction_warning_working_days)
    on = calendar.working_days_before(eviction.on, days, snapshot.policy.local_closed_days)
    return instant_text(calendar.start_of_day(on))


@fact("Är det dags att stötta och motivera inför avhysningen?")
def eviction_support_is_due(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """The tenant has been reached, or the day is near, whichever comes first (handboken 7, fact box 1)."""
    if tenant_is_reached(snapshot, scope, now):
        return True
    opens_at = eviction_support_opens_at(snapshot, scope, now)
    return isinstance(opens_at, str) and datetime.fromisoformat(opens_at) <= now


@fact("Gäller planen för närvaro det datum som är satt?")
def presence_plan_is_current(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """The plan was made for this date, and no child has been discovered since (E-03, E-32)."""
    plan = snapshot.latest("narvaro.planerad")
    if plan is None:
        return False
    if current_eviction(snapshot) is None:
        return True
    return _is_for_the_current_date(snapshot, plan) and not _since(snapshot, plan, "barn.upptackt")


@fact("Har nämnden efter samråd med Kronofogden avstått från att närvara?")
def presence_is_waived(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """A documented exception for this very date; with a child only if the head of unit approved (R-070, R-158)."""
    waiver = snapshot.latest("narvaro.avstadd")
    if waiver is None or not _is_for_the_current_date(snapshot, waiver):
        return False
    return waiver.payload.get("approved_by_head") is True or not case_has_child(snapshot, scope, now)


@fact("Är inlämnade nycklar inte avstämda med Kronofogden?")
def keys_are_unconfirmed(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """Keys were handed in, and nobody has asked Kronofogden since (E-50)."""
    handed_in = snapshot.latest("nycklar.inlamnade")
    return handed_in is not None and not _since(snapshot, handed_in, "nycklar.bekraftade")


@fact("Ska ställning tas till anstånd?")
def deferral_needs_stance(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> bool:
    """For every date anew, after a refusal, and when the board meant to ask but could not, until the day comes."""
    eviction = _open_eviction(snapshot)
    if eviction is None or eviction.is_provisional or eviction.on <= swedish_day(now):
        return False
    stance = snapshot.latest("anstand.provat")
    if stance is None or not _is_for_the_current_date(snapshot, stance):
        return True
    if any(
        answer.payload.get("answer") == "refused" for answer in _since(snapshot, stance, "kfm.anstand.svar")
    ):
        return True
    return stance.payload.get("stance") == "board_asks" and not _since(snapshot, stance, "anstand.begart")


@fact("När ska Kronofogden påminnas om begäran om anstånd?")
def next_deferral_reminder_at(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> str | None:
    """The next office day's closing while a request is unanswered, as long as the day has not come (D-20)."""
    asked, eviction = snapshot.latest("anstand.begart"), _open_eviction(snapshot)
    if asked is None or eviction is None or _since(snapshot, asked, "kfm.anstand.svar", *TOLD):
        return None
    reminder = next_answer_reminder(asked.at, now, snapshot.policy)
    return instant_text(reminder) if swedish_day(reminder) < eviction.on else None
