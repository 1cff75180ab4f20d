"""The gate about protected identities: whose address may be shown to whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processes.rules.gates import may_disclose, may_show_address
from tests.rules.gate_cases import (
    NOW,
    SPOUSE,
    TENANT,
    a_case,
    a_consent,
    ask,
    with_protection,
)


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
