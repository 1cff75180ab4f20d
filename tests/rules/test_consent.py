"""What a consent covers, and when it stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from processes.rules.consent import Need, consent_for, covers, givers_for, rows_to_withdraw, why_not_valid
from tests.rules.gate_cases import CHILD, NOW, OPENED, RESIDENT, SPOUSE, TENANT, a_case, a_consent, an_event

GIVE_MEASURES = Need("landlord", "give", "inform_of_measures", frozenset({"measures"}))


@pytest.mark.requirement("R-096", "R-097", "R-101")
@pytest.mark.parametrize(
    ("need", "is_covered"),
    [
        (GIVE_MEASURES, True),
        (replace(GIVE_MEASURES, direction="obtain"), True),
        (replace(GIVE_MEASURES, purpose=None), True),
        (replace(GIVE_MEASURES, recipient="ffs"), False),
        (replace(GIVE_MEASURES, recipient="disturbance_patrol"), False),
        (replace(GIVE_MEASURES, purpose="follow_up"), False),
        (replace(GIVE_MEASURES, contents=frozenset({"measures", "health"})), False),
    ],
)
def test_a_consent_covers_its_own_recipient_purpose_and_contents_only(need, is_covered):
    case = a_case(consents=(a_consent(),))
    assert consent_for(case, need, NOW).covered is is_covered


@pytest.mark.parametrize(("direction", "gives", "obtains"), [("give", True, False), ("obtain", False, True)])
def test_a_consent_to_tell_is_no_consent_to_ask(direction, gives, obtains):
    case = a_case(consents=(a_consent(direction=direction),))
    give, obtain = (consent_for(case, Need("landlord", way), NOW) for way in ("give", "obtain"))
    assert (give.covered, obtain.covered) == (gives, obtains)
    said = "; ".join((*give.missing, *obtain.missing))
    assert said == f"samtycket gäller bara att {'lämna' if gives else 'hämta in'} uppgifter"


@pytest.mark.requirement("R-097", "R-102")
@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"informed_voluntary": False}, "frivilligt"),
        ({"informed_how_to_revoke": False}, "frivilligt"),
        ({"withdrawn_at": NOW}, "återkallades 2026-03-12"),
        ({"valid_until": date(2026, 3, 11)}, "till och med 2026-03-11"),
        ({"given_at": OPENED - timedelta(days=40)}, "tidigare ärende"),
        ({"given_at": NOW + timedelta(hours=1)}, "gäller inte än"),
        ({"giver": 99}, "finns inte i ärendet"),
    ],
)
def test_a_consent_that_does_not_count_says_why(facts, why):
    consent = a_consent(**facts)
    case = a_case(consents=(consent,))
    assert why in str(why_not_valid(consent, case, NOW))
    answer = consent_for(case, GIVE_MEASURES, NOW)
    assert not answer.covered
    assert why in "; ".join(answer.missing)


def test_a_consent_holds_through_its_last_day_and_until_the_moment_of_withdrawal():
    consent = a_consent(valid_until=date(2026, 3, 12), withdrawn_at=NOW + timedelta(seconds=1))
    case = a_case(consents=(consent,))
    assert covers(consent, GIVE_MEASURES, case, NOW)
    assert not covers(consent, GIVE_MEASURES, case, NOW + timedelta(seconds=1))


@pytest.mark.requirement("R-102")
def test_the_consents_of_a_closed_case_are_not_used_again():
    consent = a_consent()
    assert consent_for(a_case(consents=(consent,)), GIVE_MEASURES, NOW).covered
    assert not consent_for(a_case(consents=(consent,), is_closed=True), GIVE_MEASURES, NOW).covered
    reopened = replace(a_case(consents=(consent,)), opened_at=NOW)
    assert not consent_for(reopened, GIVE_MEASURES, NOW).covered


def test_a_consent_given_on_the_telephone_just_before_the_case_was_opened_belongs_to_it():
    case = replace(a_case(consents=(a_consent(given_at=NOW - timedelta(minutes=5)),)), opened_at=NOW)
    assert consent_for(case, GIVE_MEASURES, NOW).covered


def test_nobody_consents_after_death():
    dead = replace(TENANT, died_on=date(2026, 3, 12))
    assert not consent_for(a_case(persons=(dead,), consents=(a_consent(),)), GIVE_MEASURES, NOW).covered


@pytest.mark.requirement("R-101", "R-106")
def test_one_spouse_does_not_consent_for_the_other():
    case = a_case(persons=(TENANT, SPOUSE), consents=(a_consent(1, giver=1),))
    assert consent_for(case, GIVE_MEASURES, NOW, about=[1]).covered
    answer = consent_for(case, GIVE_MEASURES, NOW, about=[1, 2])
    assert not answer.covered
    assert answer.missing == ("samtycke saknas från Sam Exempel",)
    both = replace(case, consents=(*case.consents, a_consent(2, giver=2)))
    assert consent_for(both, GIVE_MEASURES, NOW, about=[1, 2]).consents == (1, 2)


def test_information_about_nobody_in_particular_is_covered_by_nobody():
    assert not consent_for(a_case(consents=(a_consent(),)), GIVE_MEASURES, NOW, about=[]).covered


@pytest.mark.parametrize(
    ("born_on", "givers"),
    [
        (date(2018, 5, 1), {1, 2}),
        (date(2011, 3, 13), {1, 2}),
        (date(2011, 3, 12), {1, 2, 3}),
        (date(2008, 3, 12), {3}),
    ],
)
def test_guardians_speak_for_a_child_who_has_a_say_from_fifteen_and_speaks_alone_from_eighteen(
    born_on, givers
):
    case = a_case(persons=(TENANT, SPOUSE, replace(CHILD, born_on=born_on)))
    assert givers_for(case, 3, NOW) == givers


def test_neither_the_dead_nor_siblings_nor_lodgers_speak_for_a_child():
    sibling = replace(CHILD, id=5, name="Siv Exempel", roles=frozenset({"child", "contract_holder"}))
    dead = replace(SPOUSE, died_on=date(2026, 3, 1))
    case = a_case(persons=(TENANT, dead, CHILD, sibling, RESIDENT))
    assert givers_for(case, 3, NOW) == {1}
    assert givers_for(replace(case, persons=(CHILD, RESIDENT)), 3, NOW) == {3}


def test_a_childs_consent_alone_opens_nothing_about_the_adults():
    case = a_case(persons=(TENANT, CHILD), consents=(a_consent(giver=3),))
    assert not consent_for(case, GIVE_MEASURES, NOW).covered


@pytest.mark.requirement("R-102")
def test_a_withdrawal_closes_the_chosen_recipients_of_its_own_giver_only():
    consents = (
        a_consent(1, recipient="landlord"),
        a_consent(2, recipient="ffs"),
        a_consent(3, giver=2, recipient="landlord"),
        a_consent(4, recipient="landlord", withdrawn_at=NOW - timedelta(days=1)),
    )
    assert rows_to_withdraw(consents, 1, ["landlord"], NOW, NOW) == (1,)
    assert rows_to_withdraw(consents, 1, [], NOW, NOW) == (1, 2)
    given_at = consents[0].given_at
    assert rows_to_withdraw(consents, 1, [], given_at, NOW) == (1, 2, 4), "learnt of late, it held earlier"
    assert rows_to_withdraw(consents, 1, [], given_at - timedelta(seconds=1), NOW) == ()


@pytest.mark.requirement("R-102")
def test_a_consent_typed_for_a_time_that_has_not_come_is_withdrawn_with_the_rest():
    ahead = a_consent(1, given_at=NOW + timedelta(minutes=5))
    assert rows_to_withdraw((ahead,), 1, [], NOW, NOW) == (1,)
    withdrawn = replace(ahead, withdrawn_at=NOW)
    case = a_case(persons=(TENANT,), consents=(withdrawn,))
    for minutes in (0, 5, 60):
        assert why_not_valid(withdrawn, case, NOW + timedelta(minutes=minutes)) is not None


@pytest.mark.requirement("R-102")
def test_a_consent_given_after_a_withdrawal_that_is_written_down_late_stands():
    anew = a_consent(1, given_at=NOW - timedelta(minutes=5))
    assert rows_to_withdraw((anew,), 1, [], NOW - timedelta(hours=1), NOW) == ()


@pytest.mark.requirement("R-098")
@pytest.mark.parametrize(
    ("facts", "is_covered"),
    [
        ({}, True),
        ({"approved_by": None}, False),
        ({"approved_by": None, "ground": "duty_to_report"}, True),
        ({"ground": "none"}, False),
        ({"recipient": "ffs"}, False),
        ({"purposes": ["follow_up"]}, False),
        ({"scopes": ["payment"]}, False),
        ({"valid_until": "2026-03-11"}, False),
        ({"valid_until": "2026-03-12"}, True),
    ],
)
def test_an_approved_legal_ground_stands_instead_of_a_consent(facts, is_covered):
    said = {
        "recipient": "landlord",
        "purposes": ["inform_of_measures"],
        "scopes": ["measures"],
        "ground": "harm_test",
        "approved_by": 12,
    }
    case = a_case(events=(an_event(7, "sekretessgrund.beslutad", **(said | facts)),))
    answer = consent_for(case, GIVE_MEASURES, NOW, about=[1])
    assert answer.covered is is_covered
    assert answer.evidence == (("händelse 7",) if is_covered else ())


def test_a_legal_ground_counts_from_the_moment_it_is_decided():
    said: dict[str, Any] = {"recipient": "landlord", "ground": "duty_to_report"}
    decided = an_event(7, "sekretessgrund.beslutad", **said)
    case = a_case(events=(decided,))
    assert consent_for(case, Need("landlord", "give"), decided.at).covered
    assert not consent_for(case, Need("landlord", "give"), decided.at - timedelta(seconds=1)).covered
