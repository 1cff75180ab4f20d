"""The processes beside the main ones, step by step: applications, unannounced visits, residents, deaths and moves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processes.rules.snapshot import AttemptSeen, ConsentSeen, Scope
from tests.diagrams.story import ADULT, Story
from tests.rules.case_pictures import case_of, event, swedish

ALONE = case_of(persons=(ADULT,))
CONSENT = ConsentSeen(
    1,
    1,
    "ffs",
    frozenset({"apply_for_measure"}),
    frozenset({"measures"}),
    "both",
    swedish("2026-03-10 09:00"),
)
APPLIED = {"application_made": "yes", "applied_how": "self", "applied_on": "2026-03-11"}


def application(*consents: ConsentSeen) -> Story:
    """The tenant wishes to apply for housing support (S-03)."""
    scope = Scope("application", 1)
    wish = event(1, "ansokan.onskad", "2026-03-10 10:00", scope, person=1, recipient="ffs", measure="S11")
    about = replace(ALONE, events=(wish,), consents=consents)
    return Story("ansokan-annan-forvaltning", "2026-03-10 10:00", scope=scope, about=about)


@pytest.mark.requirement("R-131", "R-132", "R-137")
def test_an_application_waits_for_its_answer_and_we_go_through_it():
    story = application(CONSENT)
    story.completes("hjalp_att_ansoka", "2026-03-11 10:00", **APPLIED)
    assert story.open == set()
    story.until("2026-03-26 08:00")
    assert len(story.operations("notify")) == 1
    story.happens("ansokan.svar", "2026-04-01 10:00", scope=Scope("application", 1), answer="granted")
    told = {
        "application_result": "granted",
        "person_told_on": "2026-04-02",
        "coordination_next": "Möte i maj.",
        "tell_landlord": True,
    }
    story.completes("informera_om_svar", "2026-04-02 10:00", **told)
    assert story.instance.is_finished
    assert story.recorded("hyresvard.att_informera") != []


@pytest.mark.requirement("R-107")
def test_a_withdrawn_consent_ends_our_part_of_the_application():
    story = application(CONSENT)
    story.completes("hjalp_att_ansoka", "2026-03-11 10:00", **APPLIED)
    story.case = replace(story.case, consents=(replace(CONSENT, withdrawn_at=swedish("2026-03-17 09:00")),))
    story.happens("samtycke.andrat", "2026-03-17 09:00")
    assert story.instance.is_finished


def test_a_person_who_does_not_want_to_apply_ends_it():
    story = application(CONSENT)
    story.completes(
        "hjalp_att_ansoka", "2026-03-11 10:00", application_made="no", not_made_reason="Vill vänta."
    )
    assert story.instance.is_finished


REQUEST = {
    "visit_reason": "Ingen har hörts av på två veckor.",
    "intrusion_assessment": "Kort besök vid dörren, dagtid.",
    "purposes": ["establish_contact", "offer_support"],
    "participants": ["vuxen"],
    "risk_for_staff": False,
    "emergency": False,
}
YES = {"visit_decision": "approve", "visit_motive": "Allt annat är prövat.", "emergency": False}
VISIT = {
    "visit_outcome": "reached",
    "visited_at": "2026-02-16T10:00",
    "participants": ["vuxen"],
    "entry_consents": [{"adult_name": "Hyresgästen", "entry": "no"}],
    "what_was_done": "Samtal vid dörren, lämnade broschyr.",
    "no_investigation": True,
}


def visit(**changes: object) -> Story:
    """An unannounced visit is asked for (S-03)."""
    scope = Scope("request", 1)
    wish = event(1, "hembesok.begart", "2026-02-13 09:00", scope, reason="Ingen kontakt.")
    story = Story("oanmalt-hembesok", "2026-02-13 09:00", scope=scope, about=replace(ALONE, events=(wish,)))
    story.completes("begar_oanmalt_hembesok", "2026-02-13 09:30", **REQUEST | changes)
    return story


@pytest.mark.requirement("R-092", "R-094")
def test_a_visit_without_entry_is_a_valid_outcome_and_a_contact_attempt():
    story = visit()
    assert story.open == {"godkann_hembesok"}
    story.completes("godkann_hembesok", "2026-02-13 13:00", **YES)
    story.completes("genomfor_hembesok", "2026-02-16 11:00", **VISIT)
    assert story.instance.is_finished
    assert story.case.attempts[-1].channel == "unannounced_visit"


def test_a_refused_request_makes_no_visit():
    story = visit()
    no = {"visit_decision": "refuse", "visit_motive": "Pröva ett brev till.", "emergency": False}
    story.completes("godkann_hembesok", "2026-02-13 13:00", **no)
    assert story.instance.is_finished


def test_a_request_behind_a_closed_gate_ends_with_its_reason():
    scope = Scope("request", 1)
    wish = event(1, "hembesok.begart", "2026-02-06 09:00", scope, reason="Ingen kontakt.")
    story = Story("oanmalt-hembesok", "2026-02-06 09:00", scope=scope, about=replace(ALONE, events=(wish,)))
    reason = {"cannot_be_done": True, "cannot_be_done_reason": "Aviserat besök är inte prövat."}
    story.completes("begar_oanmalt_hembesok", "2026-02-06 09:30", **reason)
    assert story.instance.is_finished


def test_a_tenant_who_was_reached_meanwhile_needs_no_visit():
    story = visit()
    story.case = replace(
        story.case, attempts=(AttemptSeen(1, 1, "phone", "reached", swedish("2026-02-13 10:00")),)
    )
    story.completes("godkann_hembesok", "2026-02-13 13:00", **YES)
    assert story.instance.is_finished


@pytest.mark.requirement("R-113", "R-115")
def test_the_childrens_unit_writes_its_own_part_when_it_came_along():
    story = visit(participants=["vuxen", "barn-unga"])
    story.completes("godkann_hembesok", "2026-02-13 13:00", **YES)
    story.completes(
        "genomfor_hembesok", "2026-02-16 11:00", **VISIT | {"participants": ["vuxen", "barn-unga"]}
    )
    assert story.open == {"delta_i_hembesok_barn"}


@pytest.mark.requirement("R-129")
def test_residents_found_on_the_visit_are_recorded_one_by_one():
    story = visit()
    story.completes("godkann_hembesok", "2026-02-13 13:00", **YES)
    found = {
        "residents": [{"name": "Boende Påhittad", "language": "arabiska", "needs_interpreter": True}],
        "new_children": [{"name": "Barn Påhittat", "role": "child"}],
    }
    story.completes("genomfor_hembesok", "2026-02-16 11:00", **VISIT | found)
    assert len(story.recorded("boende.upptackt")) == 1
    assert len(story.recorded("barn.upptackt")) == 1


@pytest.mark.requirement("R-129")
def test_a_resident_who_wants_support_is_guided_to_it():
    story = Story("erbjud-boende-stod", "2026-02-12 13:00", scope=Scope("person", 1), about=ALONE)
    wants = {
        "resident_stance": "wants",
        "spoken_on": "2026-02-12",
        "interpreter": "arabiska",
        "told_of_risk": True,
        "nothing_told_about_others": True,
        "resident_needs": "Någonstans att bo.",
    }
    story.completes("erbjud_boende_stod", "2026-02-12 14:00", **wants)
    guided = {"guided_to": ["housing_advice"], "guided_on": "2026-02-13", "own_case": "no"}
    story.completes("slussa_boende_vidare", "2026-02-13 10:00", **guided)
    assert story.instance.is_finished


def test_a_death_goes_on_for_those_who_remain():
    story = Story("hantera-dodsfall", "2026-02-12 13:00", scope=Scope("person", 1), about=ALONE)
    stopped = {"contact_stopped": True, "kfm_knows": "no_eviction", "others_remain": True, "who_remain": [1]}
    story.completes("hantera_dodsfall", "2026-02-13 10:00", **stopped)
    assert story.open == {"stotta_efterlevande"}


def moved(hand_over: str) -> Story:
    """A person moves (S-09)."""
    story = Story("overlamna-arende", "2026-09-21 10:00", scope=Scope("person", 1), about=ALONE)
    answers = {
        "tenancy_stays": True,
        "own_investigation_runs": False,
        "person_view": "Vill ha fortsatt stöd.",
    }
    story.completes("bedom_flytt", "2026-09-21 11:00", **answers, hand_over=hand_over)
    return story


def test_a_move_inside_the_administration_hands_nothing_over():
    assert moved("none").instance.is_finished


@pytest.mark.requirement("R-095")
def test_a_move_to_another_administration_waits_for_the_handover():
    assert moved("other_board").open == {"overlamna_arende"}


@pytest.mark.requirement("R-180")
def test_another_municipality_that_does_not_answer_within_a_month_goes_to_the_head_of_unit():
    story = moved("other_municipality")
    asked = {
        "person": 1,
        "municipality": "Påhittade",
        "sent_on": "2026-09-22",
        "request_reason": "Bor där nu.",
        "about": [1],
        "finishing_own": True,
        "disclosure_ground": "consent",
    }
    story.completes("begar_overflyttning", "2026-09-22 10:00", **asked)
    story.until("2026-10-22 23:00")
    assert story.open == set()
    story.until("2026-10-23 00:00")
    assert story.open == {"ansok_hos_ivo"}
