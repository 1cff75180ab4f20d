"""The gates about whom we may ask, whom we may tell, and whose address may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from processes.rules.consent import CONTENTS
from processes.rules.gates import may_disclose
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
    assert ask("disclosure", case, {}, **asked).allowed
    assert ask("disclosure", case, **(asked | {"innehall": "health"})).allowed
    assert not ask("disclosure", case, {}, **(asked | {"innehall": "health"})).allowed
    assert not ask("disclosure", case, {"told_them": ["health"]}, **asked).allowed
    assert not ask("disclosure", case).allowed


@pytest.mark.requirement("R-139")
def test_the_step_that_posts_a_commitment_needs_no_consent_before_or_after_the_form():
    asked: dict[str, Any] = {"mottagare": "landlord", "syfte": "commitment", "innehall": "payment"}
    assert ask("disclosure", a_case(), **asked).allowed
    assert ask("disclosure", a_case(), {"posted_at": "2026-03-20T10:00"}, **asked).allowed
    assert not ask("disclosure", a_case(), {"what": ["household"]}, **asked).allowed


@pytest.mark.requirement("R-131")
def test_helping_to_apply_tells_the_administration_no_more_than_agreed():
    event = an_event(40, "ansokan.onskad", APPLICATION, recipient="ffs", person=1)
    case = a_case(
        events=(event,), consents=(a_consent(recipient="ffs", purposes=frozenset({"apply_for_measure"})),)
    )
    helped = {"application_made": "yes", "told_them": ["measures"]}
    assert ask("other-administration", case, helped, scope=APPLICATION).allowed
    assert not ask(
        "other-administration", case, helped | {"told_them": ["health"]}, scope=APPLICATION
    ).allowed
    withdrawn = replace(case, consents=())
    assert ask("other-administration", withdrawn, {"application_made": "no"}, scope=APPLICATION).allowed


@pytest.mark.requirement("R-095", "R-107")
def test_another_administration_than_the_one_applied_to_is_told_nothing_without_a_consent_of_its_own():
    consents = (a_consent(recipient="ffs", purposes=frozenset({"apply_for_measure"})),)
    asked = an_event(40, "ansokan.onskad", APPLICATION, recipient="ffs", person=1)
    case = a_case(consents=consents, events=(asked,))
    helped = {"application_made": "yes", "told_them": ["measures"]}
    assert ask("other-administration", case, helped | {"told_recipient": "ffs"}, scope=APPLICATION).allowed
    assert not ask(
        "other-administration", case, helped | {"told_recipient": "avo"}, scope=APPLICATION
    ).allowed


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


def test_an_application_is_told_of_to_the_administration_it_goes_to():
    event = an_event(40, "ansokan.onskad", APPLICATION, measure="S11", recipient="ffs", person=1)
    to_ffs = a_consent(recipient="ffs", purposes=frozenset({"apply_for_measure"}))
    assert ask("disclosure", a_case(events=(event,), consents=(to_ffs,)), scope=APPLICATION).allowed
    assert not ask("disclosure", a_case(events=(event,), consents=(to_ffs,))).allowed
