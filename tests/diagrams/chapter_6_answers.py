"""What people answer in chapter 6 when nothing special happens; a test changes the one answer it is about."""

from __future__ import annotations

from typing import Any

from processes.rules.snapshot import Scope
from tests.diagrams.played_case import PlayedCase
from tests.rules.case_pictures import arrears, day

NOTICE = Scope("notice", 1)
CONFIRMED: dict[str, Any] = {"served_on": day("2026-03-11"), "served_confirmed": True}
PAID: dict[str, Any] = {"notice": 1, "amount": "9450.00", "paid_on": "2026-03-25", "source": "tenant"}
STANCE: dict[str, Any] = {
    "grounds": ["arrears"],
    "informant": "landlord",
    "may_lead_to_measure": False,
    "stance": "handle",
    "caseworker": 2,
}
INTAKE: dict[str, Any] = {
    "register_method": "navet",
    "tenant_registered_here": "yes",
    "known_in_own_administration": False,
    "other_administration": "not_asked",
    "treserva_type": "Hyresskuld",
    "treserva_reason": "10",
    "treserva_registered_on": "2026-03-10",
    "send_information_letter": True,
}
LANDLORD: dict[str, Any] = {
    "asked_party": "landlord",
    "asked_at": "2026-03-12T10:00",
    "debt_settled": "no",
    "repeated_late": False,
    **dict.fromkeys(("disturbance", "neglect", "harmful_use", "mental_health", "capacity"), "no"),
    **dict.fromkeys(("children_not_registered", "sublet_approved", "sublet_suspected"), "no"),
    "possible_to_stay": "yes",
    "stay_requirements": "Att skulden betalas.",
    **dict.fromkeys(("instalments_acceptable", "short_term_possible", "joint_visit_wanted"), "unknown"),
    "landlord_has_told": ["none"],
    "service_known": False,
    "concern_for_child": False,
    "may_lead_to_measure": False,
}
REACHED: dict[str, Any] = {
    "contact_result": "reached",
    "person": 1,
    "adult_stance": "wants",
    "information_given": ["economic_assistance", "budget_advice"],
    "may_lead_to_measure": False,
    "children_asked": "yes",
    "applies_for_assistance": False,
}
DECLINES = REACHED | {
    "adult_stance": "declines",
    "close_intake": True,
    "close_intake_motive": "Skulden är betald.",
}
OPEN_TO_MORE = REACHED | {"adult_stance": "declines", "close_intake": False}
DECISION: dict[str, Any] = {
    "adult_stance": "wants",
    "may_lead_to_measure": False,
    "decision": "open",
    "decision_motive": "Vill ha hjälp.",
    "guided_to": ["none"],
    "child_concerned": False,
}
NOT_OPENED = DECISION | {"adult_stance": "declines", "coercive_law_possible": False, "decision": "not_open"}
AGAINST_THE_WILL = DECISION | {"adult_stance": "declines", "coercive_law_possible": True}
CONSENT: dict[str, Any] = {
    "giver": 1,
    "recipient": "landlord",
    "purposes": ["inform_of_measures", "negotiate_stay"],
    "scopes": ["measures", "payment"],
    "direction": "both",
    "form": "oral",
    "informed_voluntary": True,
    "informed_how_to_revoke": True,
}
NEEDS: dict[str, Any] = {
    "causes": ["economy"],
    "need_description": "Ekonomi.",
    "own_view": "Vill bo kvar.",
    "guardian_needed": False,
    "child_concerned": False,
}
PLAN: dict[str, Any] = {
    "plan_goal": "Bo kvar",
    "measures": [{"code": "S11", "what": "Boendestöd", "who": "Funktionsstöd"}],
    "tenant_agrees": True,
    "negotiation_wanted": False,
}
DECIDED: dict[str, Any] = {
    "decisions": [{"about": 1, "code": "S10", "decision": "granted", "motive": "Behövs."}],
    "child_concerned": False,
    "any_refused": False,
    "all_started": True,
    "investigation_ended": True,
}
AVERTED: dict[str, Any] = {
    "outcome": "settled_by_tenant",
    "outcome_motive": "Skulden är betald i tid.",
    "child_concerned": False,
    "follow_up_needed": False,
    "follow_up_reason": "En enda sen hyra.",
}


def a_threat(**more: Any) -> PlayedCase:
    """A notice of unpaid rent that is to be handled; chapter 6 has begun."""
    case = PlayedCase(arrears(stance="handle", **more), at="2026-03-10 10:00")
    case.start("hot-om-avhysning")
    return case


def give_up(case: PlayedCase) -> None:
    """Nobody is reached, and it is proposed not to open an investigation."""
    case.do("ta_emot_arende", **INTAKE)
    case.do("kontakta_hyresgast", contact_result="give_up")
    case.do("ta_stallning_till_utredning", **NOT_OPENED | {"adult_stance": "not_reached"})


def with_a_plan(case: PlayedCase, **plan: Any) -> None:
    """The tenant wants help and consents, and the plan is drawn up."""
    case.do("kontakta_hyresvard", **LANDLORD)
    case.do("kontakta_hyresgast", **REACHED | {"consents": [CONSENT]})
    case.do("ta_stallning_till_utredning", **DECISION)
    case.do("utred_behov", **NEEDS)
    case.do("uppratta_handlingsplan", **PLAN | plan)
