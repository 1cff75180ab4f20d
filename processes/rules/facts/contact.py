"""What a diagram asks about contact: whom we may ask, whom we may tell, and whether the tenant is reached."""

from __future__ import annotations

from datetime import datetime, timedelta

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.consent import Need, consent_for
from processes.rules.facts.registry import fact, instant_text
from processes.rules.gates import GATES, GateQuestion
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope

STANCES = ("utredning.inledd", "utredning.ej_inledd", "aktualisering.fortsatter")
"""Events by which a person has taken a position on the intake."""
HOUSEHOLD = frozenset({"contract_holder", "co_tenant", "partner"})
"""Roles of the adults whose home it is by the lease or by living together with who holds it."""
NEXT_STEPS = (
    (frozenset({"phone", "sms"}), "Ring eller skicka sms."),
    (frozenset({"letter"}), "Skicka brev. Ett brev ensamt räcker inte som kontakt."),
    (frozenset({"booked_meeting"}), "Erbjud en bokad tid."),
    (frozenset({"announced_visit"}), "Boka ett aviserat hembesök och skicka brev om besöket."),
    (frozenset({"unannounced_visit"}), "Pröva om ett oanmält hembesök är godtagbart. Enhetschef godkänner."),
)
"""The next way to try, gentlest first (handboken 5.3, 6.6)."""


def comes_after(later: EventSeen | None, earlier: EventSeen | None) -> bool:
    """The first event exists and was recorded after the second, if there is a second."""
    return later is not None and (earlier is None or later.id > earlier.id)


@fact("Får hyresvärden tillfrågas?")
def landlord_may_be_asked(snapshot: CaseSnapshot, scope: Scope, now: datetime) -> bool:
    """The gate landlord-question is open: the landlord informed us, or a tenant consents (R-103, R-104)."""
    return GATES["landlord-question"].check(GateQuestion(snapshot, scope, now)).allowed


@fact("Finns något att berätta för hyresvärden, och samtycke till det?")
def landlord_is_to_be_told(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> bool:
    """Something planned has not been told yet, and a consent covers telling some of it (R-133, R-137).

    What the consent covers, and about whom, is looked at when it is told.
    """
    wanted = snapshot.latest("hyresvard.att_informera")
    if not comes_after(wanted, snapshot.latest("hyresvard.informerad")):
        return False
    return consent_for(snapshot, Need("landlord", "give", "inform_of_measures"), now).covered


@fact("Är hyresgästen nådd?")
def tenant_is_reached(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """Personal contact has been made at least once; a letter or talk with a resident never counts (R-128, R-129)."""
    attempts = (one for one in snapshot.attempts if one.channel != "letter" and one.outcome == "reached")
    if any(is_of_the_household(snapshot, one.person) for one in attempts):
        return True
    return _last_reached(snapshot) is not None


def is_of_the_household(snapshot: CaseSnapshot, person_id: int | None) -> bool:
    """Whether reaching this person is reaching the tenant; nobody named means the tenant.

    A resident who is not a tenant has a matter and a secrecy of their own (R-129), unless the eviction is directed
    against them (E-45) or no tenant is known at all.
    """
    tenants = {person.id for person in snapshot.persons if person.roles & HOUSEHOLD}
    tenants |= {defendant for notice in snapshot.notices for defendant in notice.defendants}
    return person_id is None or not tenants or person_id in tenants


def _last_reached(snapshot: CaseSnapshot) -> EventSeen | None:
    told = reversed(snapshot.events_named("hyresgast.nadd"))
    return next((one for one in told if is_of_the_household(snapshot, one.payload.get("person"))), None)


@fact("Är hyresgästen nådd sedan vi senast tog ställning?")
def tenant_is_reached_anew(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> bool:
    """An old answer never closes a new window: it counts only until the next stance."""
    return comes_after(_last_reached(snapshot), snapshot.latest(*STANCES))


@fact("När är svarstiden ute?")
def response_window_ends_at(snapshot: CaseSnapshot, _scope: Scope, now: datetime) -> str:
    """So long an unanswered attempt rests before the next way is tried (policy), to a day that the office is open."""
    latest = max((attempt.at for attempt in snapshot.attempts if attempt.at <= now), default=now)
    closed = snapshot.policy.local_closed_days
    day = swedish_day(latest) + timedelta(days=snapshot.policy.response_window_days)
    tomorrow = calendar.working_days_after(swedish_day(now), 1, closed)
    return str(instant_text(calendar.start_of_day(max(calendar.office_day_from(day, closed), tomorrow))))


@fact("Vilket sätt att nå hyresgästen är nästa?")
def next_contact_step(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> str:
    """The gentlest way that has not been tried, in words for the form."""
    tried = {attempt.channel for attempt in snapshot.attempts}
    return next(
        (words for ways, words in NEXT_STEPS if not ways & tried), "Pröva sätten igen, andra tider på dygnet."
    )


@fact("Vem når man hos hyresvärden?")
def contact_at_landlord(snapshot: CaseSnapshot, _scope: Scope, _now: datetime) -> str:
    """The contact that the landlord has given in a notice: a name and a telephone number."""
    return snapshot.landlord_contact
