"""The work that is measured: two households' cases, step by step, as caseworkers would do them today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from processes.clock import swedish_day, swedish_time


@dataclass(frozen=True, slots=True)
class Told:
    """What the answers of a case refer to: the instant, the staff and the tenant, by their ids."""

    now: datetime
    staff: Mapping[str, int]
    tenant: int
    notice: int

    def day(self, days: int = 0) -> str:
        """The Swedish day so many days from now, as forms take it."""
        return (swedish_day(self.now) + timedelta(days=days)).isoformat()

    def clock(self, minutes: int = 0) -> str:
        """The Swedish time so many minutes from now, as forms take it."""
        return f"{swedish_time(self.now + timedelta(minutes=minutes)):%Y-%m-%dT%H:%M}"


Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """A user task, who completes it, and what is answered."""

    step: str
    who: str
    answers: Callable[[Told], Answers]


def arrears(number: int, now: datetime) -> Answers:
    """A landlord's letter about unpaid rent; the dwelling is another one for each number."""
    told = Told(now, {}, 0, 0)
    return {
        "kind": "A",
        "received_at": told.clock(-60),
        "channel": "registered_post",
        "informant": "landlord",
        "posted_on": told.day(-1),
        "posted_registered": True,
        "amount_due": "9450.00",
        "landlord_name": "Exempelbo AB",
        "landlord_kind": "public",
        "address": f"Mätgatan {number}",
        "apartment": "1101",
        "contract_kind": "first_hand",
        "persons": [{"name": "F-01 Påhittad", "role": "contract_holder", "protection": "none"}],
    }


def eviction(number: int, now: datetime, staff: Mapping[str, int]) -> Answers:
    """Kronofogden's notice of an eviction in twelve days; the dwelling is another one for each number."""
    told = Told(now, staff, 0, 0)
    person = {
        "name": "F-02 Påhittad",
        "role": "contract_holder",
        "protection": "none",
        "is_defendant": True,
    }
    return {
        "kind": "F",
        "received_at": told.clock(-60),
        "channel": "post",
        "informant": "kfm",
        "kfm_case_number": f"M-{number}",
        "eviction_at": f"{told.day(12)}T10:00",
        "address": f"Mätvägen {number}",
        "apartment": "1201",
        "contract_kind": "first_hand",
        "caseworker": staff["anna"],
        "substitute": staff["bosse"],
        "persons": [person],
    }


def _stance(told: Told) -> Answers:
    return {
        "grounds": ["arrears"],
        "informant": "landlord",
        "may_lead_to_measure": False,
        "stance": "handle",
        "caseworker": told.staff["anna"],
        "substitute": told.staff["bosse"],
    }


def _taken_in(told: Told) -> Answers:
    return {
        "register_method": "navet",
        "tenant_registered_here": "yes",
        "known_in_own_administration": True,
        "known_units": ["economic"],
        "other_administration": "not_asked",
        "treserva_type": "Information",
        "treserva_reason": "Hot om avhysning",
        "treserva_registered_on": told.day(),
        "send_information_letter": True,
    }


def _consulted(told: Told) -> Answers:
    agreed = "Ekonomiskt bistånd avvaktar ansökan och prövar den skyndsamt."
    row = {"unit": "economic", "consulted_on": told.day(), "with_whom": "Eva Sandberg", "agreed": agreed}
    return {"consultations": [row]}


def _landlord_asked(told: Told) -> Answers:
    unknown = dict.fromkeys(("harmful_use", "mental_health", "capacity", "short_term_possible"), "unknown")
    no = ("disturbance", "neglect", "children_not_registered", "sublet_approved", "sublet_suspected",
          "instalments_acceptable", "joint_visit_wanted", "debt_settled")  # fmt: skip
    return (
        unknown
        | dict.fromkeys(no, "no")
        | {
            "asked_party": "landlord",
            "asked_at": told.clock(-5),
            "about_notice": told.notice,
            "repeated_late": True,
            "late_count": 1,
            "possible_to_stay": "yes",
            "stay_requirements": "Hela skulden med ränta betald i tid.",
            "landlord_has_told": ["rights"],
            "service_known": True,
            "served_on": told.day(),
            "served_confirmed": True,
            "posted_on": told.day(-1),
            "posted_registered": True,
            "concern_for_child": False,
            "may_lead_to_measure": False,
        }
    )


def _tenant_reached(told: Told) -> Answers:
    consent = {
        "giver": told.tenant,
        "recipient": "landlord",
        "recipient_name": "Exempelbo AB",
        "purposes": ["negotiate_stay", "inform_of_measures"],
        "scopes": ["payment"],
        "direction": "both",
        "form": "oral",
        "given_at": told.clock(-3),
        "informed_voluntary": True,
        "informed_how_to_revoke": True,
    }
    attempt = {"person": told.tenant, "channel": "phone", "outcome": "reached", "at": told.clock(-4)}
    return {
        "attempts": [attempt],
        "contact_result": "reached",
        "person": told.tenant,
        "adult_stance": "wants",
        "information_given": ["economic_assistance", "budget_advice", "recovery_period"],
        "may_lead_to_measure": False,
        "consents": [consent],
        "children_asked": "yes",
        "applies_for_assistance": False,
    }


def _investigation_opened(_told: Told) -> Answers:
    return {
        "adult_stance": "wants",
        "may_lead_to_measure": False,
        "decision": "open",
        "decision_motive": "Vill ha hjälp att behålla bostaden.",
        "guided_to": ["economic"],
        "child_concerned": False,
    }


def _needs(_told: Told) -> Answers:
    return {
        "causes": ["economy"],
        "need_description": "En månads inkomstbortfall vid byte av arbete.",
        "own_view": "Vill bo kvar och betala själv framöver.",
        "guardian_needed": False,
        "child_concerned": False,
    }


def _plan(told: Told) -> Answers:
    what = "Bistånd till hyresskulden"
    return {
        "plan_goal": "Skulden betald i tid och hyran på autogiro.",
        "measures": [{"code": "S03", "what": what, "who": "Ekonomiskt bistånd", "by": told.day(7)}],
        "tenant_agrees": True,
        "signed_on": told.day(),
        "negotiation_wanted": False,
    }


def _landlord_told(told: Told) -> Answers:
    return {
        "told_at": told.clock(-2),
        "channel": "phone",
        "what": ["payment"],
        "about": [told.tenant],
        "told_text": "Bistånd till hela skulden med ränta är sökt.",
        "plan_acceptable": "yes",
    }


def _lease_saved(_told: Told) -> Answers:
    no = dict.fromkeys(("instalments", "reclaim_assistance", "propose_commitment"), False)
    whys = {f"{name}_why": "Behövs inte, bistånd hinner betalas i tid." for name in no}
    return (
        no
        | whys
        | {
            "assistance": True,
            "assistance_why": "Skulden är enstaka och inkomsten tillbaka.",
            "child_concerned": False,
            "budget_advice_offered": True,
        }
    )


def _confirmed(told: Told) -> Answers:
    return {
        "sent_at": told.clock(-1),
        "channel": "secure_message",
        "caseworker": told.staff["anna"],
        "caseworker_phone": "031-000 00 00",
        "content_checked": True,
        "copy_handling": "one_each",
    }


def _declined(told: Told) -> Answers:
    attempt = {"person": told.tenant, "channel": "phone", "outcome": "reached", "at": told.clock(-4)}
    return {
        "attempts": [attempt],
        "contact_result": "reached",
        "person": told.tenant,
        "adult_stance": "declines",
        "information_given": ["economic_assistance", "budget_advice"],
        "may_lead_to_measure": False,
        "consents": [],
        "children_asked": "yes",
        "applies_for_assistance": False,
        "close_intake": True,
        "close_intake_motive": "Skulden betalas och mer hjälp behövs inte.",
    }


CHAPTER_6 = (
    Turn("ta_stallning", "siv", _stance),
    Turn("ta_emot_arende", "anna", _taken_in),
    Turn("samrad_med_enheter", "anna", _consulted),
    Turn("kontakta_hyresvard", "anna", _landlord_asked),
    Turn("kontakta_hyresgast", "anna", _tenant_reached),
    Turn("ta_stallning_till_utredning", "anna", _investigation_opened),
    Turn("radda_hyresratten", "eva", _lease_saved),
    Turn("utred_behov", "anna", _needs),
    Turn("uppratta_handlingsplan", "anna", _plan),
    Turn("informera_hyresvard", "anna", _landlord_told),
)
"""Ten tasks of a case of unpaid rent (handboken kapitel 6)."""
CHAPTER_7 = (
    Turn("bekrafta_till_kronofogden", "anna", _confirmed),
    Turn("ta_emot_arende", "anna", lambda told: {**_taken_in(told), "known_in_own_administration": False}),
    Turn("kontakta_hyresgast", "anna", _declined),
)
"""Three tasks of a case with a decided eviction (handboken kapitel 7)."""
