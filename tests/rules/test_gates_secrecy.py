"""The gates about whom we may ask, whom we may tell, and whose address may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from processes.rules.consent import CONTENTS
from processes.rules.gates import may_disclose, may_show_address
from processes.rules.policy import Policy
from processes.rules.snapshot import Scope
from tests.rules.gate_cases import (
    NOW,
    RESIDENT,
    SPOUSE,
    TENANT,
    a_case,
    a_consent,
    a_notice,
    an_event,
    ask,
    kfm_notice,
    with_protection,
)

APPLICATION = Scope("application", 40)


@pytest.mark.requirement("R-083", "R-103", "R-104", "R-153")
@pytest.mark.parametrize(
    ("notices", "is_open"),
    [
        ((a_notice(informant="landlord"),), True),
        ((a_notice(informant="disturbance_patrol", kind="B"),), True),
        ((a_notice(informant="relative"),), False),
        ((a_notice(informant="other_administration"),), False),
        ((kfm_notice(),), False),
        ((a_notice(1), kfm_notice(2)), True),
        ((a_notice(1, stance="not_for_us"), kfm_notice(2)), False),
        ((a_notice(1, received_at=NOW.replace(hour=23)),), False),
    ],
)
def test_the_landlord_is_asked_without_consent_only_if_the_landlords_side_informed_us(notices, is_open):
    answer = ask("landlord-question", a_case(notices=notices))
    assert answer.allowed is is_open
    assert bool(answer.way_out) is not is_open


@pytest.mark.requirement("R-096", "R-104")
@pytest.mark.parametrize(
    ("consent", "is_open"),
    [
        (a_consent(direction="obtain"), True),
        (a_consent(recipient="disturbance_patrol"), True),
        (a_consent(direction="give"), False),
        (a_consent(recipient="ffs"), False),
        (a_consent(withdrawn_at=NOW), False),
        (a_consent(giver=4), False),
    ],
)
def test_after_a_tip_the_landlord_is_asked_only_with_the_tenants_consent_to_ask(consent, is_open):
    case = a_case(notices=(a_notice(informant="relative"),), persons=(TENANT, RESIDENT), consents=(consent,))
    answer = ask("landlord-question", case)
    assert answer.allowed is is_open
    assert answer.evidence == (("samtycke 1",) if is_open else ())


def test_a_withdrawn_consent_closes_the_gate_at_once():
    case = a_case(notices=(kfm_notice(),), consents=(a_consent(),))
    assert ask("landlord-question", case).allowed
    withdrawn = replace(case, consents=(a_consent(withdrawn_at=NOW),))
    assert not ask("landlord-question", withdrawn).allowed


@pytest.mark.requirement("R-095", "R-105", "R-133")
def test_the_landlord_who_informed_us_may_be_asked_and_still_told_nothing():
    case = a_case()
    assert ask("landlord-question", case).allowed
    assert not ask("disclosure", case).allowed
    assert not ask("disclosure", case, {"what": ["measures"]}).allowed


@pytest.mark.requirement("R-105", "R-133", "R-137")
@pytest.mark.parametrize(
    ("told", "is_open"),
    [(["measures"], True), (["payment", "measures"], True), (["health"], False), (["gossip"], False)],
)
def test_the_landlord_is_told_what_the_consent_covers_and_no_more(told, is_open):
    case = a_case(consents=(a_consent(),))
    assert ask("disclosure", case).allowed
    assert ask("disclosure", case, {"what": told}).allowed is is_open


@pytest.mark.requirement("R-097")
def test_a_consent_to_everything_covers_everything_and_says_for_whom():
    case = a_case(consents=(a_consent(scopes=frozenset(CONTENTS)),))
    answer = may_disclose(case, "landlord", "negotiate_stay", list(CONTENTS), NOW)
    assert answer.allowed
    assert "bara uppgifter om den som har samtyckt" in answer.why
    assert (
        may_disclose(case, "landlord", "negotiate_stay", ["payment"], NOW, about=[1]).why == "Samtycke finns."
    )
    assert ask("disclosure", case, {"what": ["measures"], "about": []}).allowed


def test_a_notice_counts_from_the_moment_it_came_in():
    assert ask("landlord-question", a_case(notices=(a_notice(received_at=NOW),))).allowed


@pytest.mark.requirement("R-106")
def test_what_is_told_about_another_resident_needs_that_residents_consent():
    case = a_case(persons=(TENANT, RESIDENT), consents=(a_consent(),))
    assert ask("disclosure", case, {"what": ["measures"], "about": [1]}).allowed
    answer = ask("disclosure", case, {"what": ["measures"], "about": [1, 4]})
    assert not answer.allowed
    assert "Ove Boende" in answer.why


@pytest.mark.requirement("R-155")
def test_the_steps_own_properties_say_to_whom_and_what():
    case = a_case(consents=(a_consent(recipient="kfm", purposes=frozenset({"coordinate"})),))
    asked: dict[str, Any] = {"mottagare": "kfm", "syfte": "coordinate", "innehall": "measures"}
    assert ask("disclosure", case, **asked).allowed
    assert not ask("disclosure", case, **(asked | {"innehall": "health"})).allowed
    assert not ask("disclosure", case).allowed


@pytest.mark.requirement("R-056", "R-139", "R-020")
@pytest.mark.parametrize(
    ("recipient", "purpose", "contents", "is_open"),
    [
        ("kfm", "confirmation", (), True),
        ("kfm", "confirmation", ("household",), False),
        ("landlord", "commitment", ("payment",), True),
        ("landlord", "commitment", ("measures",), False),
        ("chief_guardian", "report_need", ("health",), True),
        ("chief_guardian", "other", ("health",), False),
        ("neighbour", "inform_of_measures", ("measures",), False),
    ],
)
def test_without_consent_only_what_the_law_commands_goes_out(recipient, purpose, contents, is_open):
    assert may_disclose(a_case(), recipient, purpose, contents, NOW).allowed is is_open


def test_a_letter_to_the_landlord_without_contents_still_tells_that_we_know_the_person():
    assert may_disclose(a_case(), "landlord", "coordinate", (), NOW).allowed
    assert not may_disclose(a_case(notices=(kfm_notice(),)), "landlord", "coordinate", (), NOW).allowed


@pytest.mark.requirement("R-057", "R-106")
def test_each_person_gets_the_own_information_and_nobody_elses():
    case = a_case(persons=(TENANT, SPOUSE))
    own = {"recipient_person": 1}
    assert may_disclose(case, "individual", "inform", ("health",), NOW, about=[1], **own).allowed
    assert not may_disclose(case, "individual", "inform", ("payment",), NOW, about=[1, 2], **own).allowed
    assert not may_disclose(case, "individual", "inform", ("payment",), NOW, recipient_person=99).allowed


@pytest.mark.requirement("R-018", "R-107", "R-122", "R-131")
@pytest.mark.parametrize(
    ("consents", "person", "is_open"),
    [
        ((), 1, False),
        ((a_consent(recipient="landlord"),), 1, False),
        ((a_consent(recipient="ffs"),), 1, False),
        ((a_consent(recipient="ffs", purposes=frozenset({"apply_for_measure"})),), 1, True),
        ((a_consent(recipient="ffs", purposes=frozenset({"apply_for_measure"})),), 2, False),
        (
            (a_consent(recipient="ffs", purposes=frozenset({"apply_for_measure"}), withdrawn_at=NOW),),
            1,
            False,
        ),
    ],
)
def test_another_administration_is_contacted_only_with_the_applicants_consent_to_apply_there(
    consents, person, is_open
):
    event = an_event(40, "ansokan.onskad", APPLICATION, measure="S11", recipient="ffs", person=person)
    case = a_case(persons=(TENANT, SPOUSE), consents=consents, events=(event,))
    assert ask("other-administration", case, scope=APPLICATION).allowed is is_open


@pytest.mark.requirement("R-107")
def test_the_municipality_may_allow_contact_between_its_boards_but_not_with_health_care():
    case = a_case(policy=Policy(other_administration_needs_consent=False))
    assert ask("other-administration", case, mottagare="avo").allowed
    assert not ask("other-administration", case, mottagare="health_care").allowed


@pytest.mark.requirement("R-122")
@pytest.mark.parametrize(("administration", "is_open"), [("centrum", True), ("hisingen", False)])
def test_the_establishment_unit_is_another_administration_except_in_centrum(administration, is_open):
    case = replace(a_case(), administration=administration)
    assert ask("other-administration", case, mottagare="etb").allowed is is_open


def test_an_application_that_names_no_administration_stays_closed():
    assert not ask("other-administration", a_case()).allowed


@pytest.mark.requirement("R-162", "R-179")
@pytest.mark.parametrize("protection", ["unknown", "secrecy_mark", "protected_registration"])
@pytest.mark.parametrize("recipient", ["list", "search", "dashboard", "landlord", "kfm", "case_page"])
def test_the_address_of_a_protected_or_unchecked_person_is_shown_nowhere(protection, recipient):
    case = with_protection(a_case(consents=(a_consent(scopes=frozenset({"contact_data"})),)), protection)
    answer = may_show_address(case, 1, recipient=recipient, now=NOW)
    assert not answer.allowed
    assert answer.way_out


def test_an_unprotected_address_is_shown_here_and_leaves_the_house_only_with_consent():
    case = a_case()
    for recipient in ("list", "search", "case_page"):
        assert may_show_address(case, 1, recipient=recipient, now=NOW).allowed
    assert not may_show_address(case, 1, recipient="landlord", now=NOW).allowed
    agreed = a_case(consents=(a_consent(scopes=frozenset({"contact_data"})),))
    assert may_show_address(agreed, 1, recipient="landlord", now=NOW).allowed


@pytest.mark.requirement("R-057")
def test_a_letter_to_one_guardian_never_carries_the_others_address():
    case = a_case(persons=(TENANT, SPOUSE))
    assert may_show_address(case, 1, recipient="individual", recipient_person=1, now=NOW).allowed
    assert not may_show_address(case, 1, recipient="individual", recipient_person=2, now=NOW).allowed
    hidden = may_show_address(
        with_protection(case, "secrecy_mark"), 1, recipient="individual", recipient_person=1, now=NOW
    )
    assert "postförmedling" in hidden.way_out
    assert not may_show_address(case, 99, recipient="list", now=NOW).allowed


@pytest.mark.parametrize(
    ("protection", "why"), [("unknown", "inte kontrollerad"), ("secrecy_mark", "har skyddade")]
)
def test_the_answer_says_whether_the_person_is_protected_or_only_unchecked(protection, why):
    case = with_protection(a_case(), protection)
    assert why in may_show_address(case, 1, recipient="list", now=NOW).why
    assert "loggas" in may_show_address(case, 1, recipient="case_page", now=NOW).way_out
    assert "loggas" not in may_show_address(case, 1, recipient="list", now=NOW).way_out


def test_only_the_protection_of_those_concerned_matters():
    scopes = frozenset({"contact_data"})
    case = a_case(
        persons=(TENANT, replace(SPOUSE, protection="secrecy_mark")), consents=(a_consent(scopes=scopes),)
    )
    assert may_disclose(case, "landlord", "negotiate_stay", scopes, NOW, about=[1]).allowed
    assert not may_disclose(case, "landlord", "negotiate_stay", scopes, NOW).allowed
    widowed = replace(case, persons=(TENANT, replace(SPOUSE, protection="secrecy_mark", died_on=NOW.date())))
    assert may_disclose(widowed, "landlord", "negotiate_stay", scopes, NOW).allowed


def test_an_application_is_told_of_to_the_administration_it_goes_to():
    event = an_event(40, "ansokan.onskad", APPLICATION, measure="S11", recipient="ffs", person=1)
    to_ffs = a_consent(recipient="ffs", purposes=frozenset({"apply_for_measure"}))
    assert ask("disclosure", a_case(events=(event,), consents=(to_ffs,)), scope=APPLICATION).allowed
    assert not ask("disclosure", a_case(events=(event,), consents=(to_ffs,))).allowed


def test_contact_details_of_a_protected_person_do_not_go_out_even_with_consent():
    case = a_case(consents=(a_consent(scopes=frozenset({"contact_data"})),))
    assert may_disclose(case, "landlord", "negotiate_stay", ("contact_data",), NOW).allowed
    hidden = with_protection(case, "unknown")
    assert not may_disclose(hidden, "landlord", "negotiate_stay", ("contact_data",), NOW).allowed


@pytest.mark.parametrize(
    ("delivery", "is_open"),
    [("post", False), ("registered_post", False), ("intermediary", True), ("in_person", True)],
)
def test_a_letter_to_a_protected_person_goes_through_the_intermediary_or_by_hand(delivery, is_open):
    case = with_protection(a_case(), "protected_registration")
    assert ask("protection", case).allowed
    assert ask("protection", case, {"copies": [{"person": 1, "delivery": delivery}]}).allowed is is_open
    assert ask("protection", case, {"person": 1, "delivery": delivery}).allowed is is_open
    assert ask("protection", a_case(), {"person": 1, "delivery": delivery}).allowed
