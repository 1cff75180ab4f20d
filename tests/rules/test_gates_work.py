"""The gates about investigating, visiting and children."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from processes.rules.gates import Level
from processes.rules.policy import Policy
from processes.rules.snapshot import Scope
from tests.rules.gate_cases import (
    CASEWORKER,
    CHILD_WORKER,
    HEAD,
    NOW,
    a_case,
    a_consent,
    an_attempt,
    an_event,
    ask,
)

REPORT = Scope("report", 50)
REQUEST = Scope("request", 60)
TRIED = (an_attempt(1, "letter"), an_attempt(2, "phone"), an_attempt(3, "announced_visit"))
VISIT = {
    "purposes": ["establish_contact", "offer_support"],
    "participants": ["vuxen"],
    "intrusion_assessment": "Brev, samtal och aviserat besök har inte hjälpt, och avhysning hotar.",
}


@pytest.mark.requirement("R-077", "R-085")
def test_nothing_is_investigated_until_the_investigation_is_opened_and_after_it_ended():
    opened, ended = an_event(1, "utredning.inledd"), an_event(2, "utredning.avslutad")
    assert not ask("no-investigation-in-intake", a_case()).allowed
    assert ask("no-investigation-in-intake", a_case(events=(opened,))).evidence == ("händelse 1",)
    assert not ask("no-investigation-in-intake", a_case(events=(opened, ended))).allowed


@pytest.mark.requirement("R-017", "R-084")
def test_individual_support_waits_for_the_investigation_unless_the_municipality_says_otherwise():
    generous = a_case(policy=Policy(support_needs_investigation=False))
    assert not ask("no-investigation-in-intake", a_case(), klass="stod").allowed
    assert ask("no-investigation-in-intake", generous, klass="stod").allowed
    assert not ask("no-investigation-in-intake", generous, klass="utredning").allowed


def test_the_investigation_is_open_from_the_moment_it_is_opened():
    opened = an_event(1, "utredning.inledd")
    case = a_case(events=(opened,))
    assert ask("no-investigation-in-intake", case, now=opened.at).allowed
    assert not ask("no-investigation-in-intake", case, now=opened.at - timedelta(seconds=1)).allowed


@pytest.mark.requirement("R-076")
def test_an_application_for_assistance_is_investigated_for_itself():
    case = a_case(
        events=(an_event(1, "bistand.ansokt", Scope("application", 1), person=1, kinds=["rent_debt"]),)
    )
    assert ask("no-investigation-in-intake", case, klass="ekonomiskt-bistand").allowed
    assert not ask("no-investigation-in-intake", case, klass="utredning").allowed


@pytest.mark.requirement("R-029", "R-073")
def test_a_childs_investigation_and_the_adults_are_two_things():
    child = a_case(events=(an_event(1, "barnutredning.inledd", REPORT),))
    adult = a_case(events=(an_event(1, "utredning.inledd"),))
    assert ask("no-investigation-in-intake", child, scope=REPORT).allowed
    assert not ask("no-investigation-in-intake", child).allowed
    assert not ask("no-investigation-in-intake", adult, scope=REPORT).allowed
    ended = a_case(events=(*child.events, an_event(2, "barnutredning.avslutad", REPORT)))
    assert not ask("no-investigation-in-intake", ended, scope=REPORT).allowed


@pytest.mark.requirement("R-079", "R-080", "R-081")
@pytest.mark.parametrize(
    ("decision", "stance", "coercive", "is_open"),
    [
        ("open", "wants", False, True),
        ("open", "declines", False, False),
        ("open", "not_reached", False, False),
        ("open", "declines", True, True),
        ("not_open", "declines", False, True),
        ("continue_intake", "not_reached", False, True),
    ],
)
def test_no_investigation_is_opened_against_an_adults_will(decision, stance, coercive, is_open):
    answers = {"decision": decision, "adult_stance": stance, "coercive_law_possible": coercive}
    assert ask("adult-will", a_case(), answers).allowed is is_open


@pytest.mark.requirement("R-080")
@pytest.mark.parametrize(
    ("person", "is_open"),
    [
        (CASEWORKER, False),
        (HEAD, True),
        (replace(HEAD, roles=frozenset()), True),
        (replace(HEAD, units=frozenset()), True),
        (None, False),
    ],
)
def test_only_the_head_of_unit_approves_an_investigation_against_the_will(person, is_open):
    answer = ask(
        "adult-will", a_case(), {"coercive_approved": True}, person=person, step="godkann_tvangsprovning"
    )
    assert answer.allowed is is_open


@pytest.mark.requirement("R-088")
def test_information_that_may_lead_to_a_measure_asks_for_a_decision_today():
    told = an_event(1, "atgard.kan_bli_aktuell", source="tenant")
    quiet, due = ask("may-lead-to-measure", a_case()), ask("may-lead-to-measure", a_case(events=(told,)))
    assert quiet.allowed
    assert (due.allowed, due.level) == (False, Level.INFO)
    assert "i dag" in due.way_out
    assert not ask("may-lead-to-measure", a_case(), {"may_lead_to_measure": True}).allowed
    assert not ask("may-lead-to-measure", a_case(events=(told,)), now=told.at).allowed
    for decision in ("utredning.inledd", "utredning.ej_inledd", "aktualisering.fortsatter"):
        assert ask("may-lead-to-measure", a_case(events=(told, an_event(2, decision)))).allowed


@pytest.mark.requirement("R-090", "R-091")
@pytest.mark.parametrize(
    ("channels", "is_open"),
    [
        ((), False),
        (("letter", "phone"), False),
        (("phone", "phone", "phone"), False),
        (("letter", "phone", "announced_visit"), True),
        (("letter", "sms", "announced_visit"), True),
        (("phone", "announced_visit", "booked_meeting"), False),
    ],
)
def test_letter_telephone_and_announced_visit_come_before_an_unannounced_one(channels, is_open):
    attempts = tuple(an_attempt(number, channel) for number, channel in enumerate(channels, 1))
    answer = ask("unannounced-visit", a_case(attempts=attempts))
    assert answer.allowed is is_open
    assert len(answer.evidence) == len(channels)


def test_the_municipality_decides_what_must_be_tried_first():
    case = a_case(attempts=(an_attempt(1, "letter"),), policy=Policy(unannounced_visit_needs=("letter",)))
    assert ask("unannounced-visit", case).allowed


def test_attempts_that_have_not_happened_yet_do_not_count():
    later, just_now = replace(TRIED[2], at=NOW.replace(hour=20)), replace(TRIED[2], at=NOW)
    assert ask("unannounced-visit", a_case(attempts=(*TRIED[:2], just_now))).allowed
    assert not ask("unannounced-visit", a_case(attempts=(*TRIED[:2], later))).allowed


@pytest.mark.requirement("R-092", "R-093")
@pytest.mark.parametrize(
    ("changed", "is_open"),
    [
        ({}, True),
        ({"purposes": ["establish_contact", "give_information", "offer_support"]}, True),
        ({"purposes": ["investigate"]}, False),
        ({"purposes": []}, False),
        ({"intrusion_assessment": "  "}, False),
    ],
)
def test_an_unannounced_visit_has_a_locked_purpose_and_the_intrusion_weighed(changed, is_open):
    answer = ask("unannounced-visit", a_case(attempts=TRIED), VISIT | changed, step="begar_oanmalt_hembesok")
    assert answer.allowed is is_open


@pytest.mark.requirement("R-113", "R-114", "R-115")
def test_the_childrens_unit_follows_only_after_a_report_or_hand_over():
    with_children = VISIT | {"participants": ["vuxen", "barn-unga"]}
    case = a_case(attempts=TRIED)
    reported = a_case(attempts=TRIED, events=(an_event(50, "orosanmalan.inkom", REPORT, source="internal"),))
    assert not ask("unannounced-visit", case, with_children).allowed
    assert ask("unannounced-visit", reported, with_children).allowed


@pytest.mark.requirement("R-091", "R-092")
def test_a_documented_emergency_goes_to_the_head_of_unit_who_alone_approves():
    emergency = VISIT | {"emergency": True, "emergency_reason": "Granne hör rop och barn som gråter."}
    assert ask("unannounced-visit", a_case(), emergency, step="begar_oanmalt_hembesok").allowed
    assert not ask("unannounced-visit", a_case(), emergency | {"emergency_reason": ""}).allowed
    asked = an_event(60, "hembesok.begart", REQUEST, reason="Ingen svarar.")
    case = a_case(events=(asked, an_event(61, "hembesok.bedomt", REQUEST, emergency=True)))
    assert not ask("unannounced-visit", case, {}, scope=REQUEST, step="godkann_hembesok").allowed
    assert ask("unannounced-visit", case, {}, scope=REQUEST, step="godkann_hembesok", person=HEAD).allowed
    approved = a_case(
        events=(an_event(60, "hembesok.begart", REQUEST), an_event(61, "hembesok.godkant", REQUEST))
    )
    assert ask("unannounced-visit", approved, scope=REQUEST, step="genomfor_hembesok").allowed
    assert not ask("unannounced-visit", approved, scope=Scope("request", 99)).allowed


def test_a_visit_that_is_not_made_is_not_held_up():
    assert ask("unannounced-visit", a_case(), {"visit_decision": "refuse"}, step="godkann_hembesok").allowed
    assert ask(
        "unannounced-visit", a_case(), {"visit_outcome": "not_needed"}, step="genomfor_hembesok"
    ).allowed
    assert not ask(
        "unannounced-visit", a_case(), {"visit_outcome": "no_answer"}, step="genomfor_hembesok"
    ).allowed


@pytest.mark.requirement("R-113", "R-114")
def test_what_the_request_said_of_who_takes_part_counts_until_the_form_says_otherwise():
    asked = an_event(60, "hembesok.begart", REQUEST, participants=["vuxen", "barn-unga"])
    case = a_case(attempts=TRIED, events=(asked,))
    assert not ask("unannounced-visit", case, scope=REQUEST).allowed
    assert not ask("unannounced-visit", case, {}, scope=REQUEST, step="genomfor_hembesok").allowed
    assert ask(
        "unannounced-visit", case, {"participants": ["vuxen"]}, scope=REQUEST, step="genomfor_hembesok"
    ).allowed


@pytest.mark.requirement("R-039", "R-109")
def test_a_booked_visit_with_others_asks_for_consent_or_a_reason():
    with_landlord = {"participants": ["landlord"]}
    closed = ask("booked-visit", a_case(), with_landlord)
    assert (closed.allowed, closed.level) == (False, Level.REASON)
    assert ask("booked-visit", a_case(consents=(a_consent(),)), with_landlord).allowed
    with_children = {"participants": ["barn-unga"]}
    assert not ask("booked-visit", a_case(), with_children).allowed
    assert ask("booked-visit", a_case(), with_children | {"need_assessment": "Små barn i bostaden."}).allowed
    assert ask("booked-visit", a_case(), {"participants": ["ekonomiskt-bistand"]}).allowed


@pytest.mark.requirement("R-026")
def test_a_child_is_met_alone_only_in_an_investigation_about_a_child():
    opened = a_case(events=(an_event(1, "barnutredning.inledd", REPORT),))
    alone = {"child_met_alone": True}
    assert not ask("child-talk", a_case(), alone).allowed
    assert ask("child-talk", a_case(), {"child_met_alone": False}).allowed
    assert ask("child-talk", opened, alone).allowed
    assert ask("child-talk", opened, alone, scope=REPORT).allowed
    assert not ask("child-talk", opened, alone, scope=Scope("report", 51)).allowed
    adult = a_case(events=(an_event(1, "utredning.inledd"),))
    assert not ask("child-talk", adult, alone).allowed


@pytest.mark.requirement("R-173")
def test_only_the_required_degree_decides_about_a_child():
    assert ask("child-assessment", a_case(), {}, person=CHILD_WORKER).allowed
    assert not ask("child-assessment", a_case(), {}, person=CASEWORKER).allowed
    assert not ask("child-assessment", a_case(), {}, person=None).allowed
    assert ask("child-assessment", a_case(), None, person=None).allowed
