"""The gates about commitments, late payments, reclaims and repeated arrears."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processes.rules.gates import Level
from processes.rules.snapshot import Scope
from tests.rules.gate_cases import (
    CASEWORKER,
    CHILD,
    DELEGATE,
    HEAD,
    TENANT,
    a_case,
    a_notice,
    an_event,
    ask,
)

NOTICE = Scope("notice", 1)


@pytest.mark.requirement("R-138", "R-139")
@pytest.mark.parametrize(
    ("posted_at", "is_open"),
    [
        ("2026-04-01T12:05:00+00:00", True),
        ("2026-04-01T21:59:00+00:00", True),
        ("2026-04-01T22:05:00+00:00", False),
        ("2026-04-02T00:05", False),
    ],
)
def test_a_commitment_is_posted_on_the_last_swedish_day_of_the_period_or_before(posted_at, is_open):
    answer = ask("commitment", a_case(), {"posted_at": posted_at, "registered": True}, scope=NOTICE)
    assert (answer.allowed, answer.level) == (is_open, Level.HARD)
    assert answer.evidence == ("underrättelse 1", "D-01")


@pytest.mark.requirement("R-139")
@pytest.mark.parametrize(
    ("person", "months", "is_open"),
    [
        (CASEWORKER, 1, False),
        (None, 1, False),
        (DELEGATE, 3, True),
        (DELEGATE, 4, False),
        (HEAD, 4, True),
        (replace(HEAD, delegations=frozenset()), 1, False),
    ],
)
def test_a_commitment_is_decided_by_a_delegate_within_the_cap(person, months, is_open):
    answers = {"commitment_decision": "commitment", "months": months}
    assert ask("commitment", a_case(), answers, scope=NOTICE, person=person).allowed is is_open


def test_deciding_against_a_commitment_needs_no_delegation():
    assert ask("commitment", a_case(), {"commitment_decision": "refused"}, scope=NOTICE).allowed


@pytest.mark.requirement("R-139")
def test_an_unregistered_letter_asks_for_a_reason():
    answers = {"posted_at": "2026-03-20T10:00", "registered": False}
    answer = ask("commitment", a_case(), answers, scope=NOTICE)
    assert (answer.allowed, answer.level) == (False, Level.REASON)


def test_a_cooperative_flat_asks_for_a_reason_since_no_commitment_is_confirmed_there():
    answers = {"commitment_decision": "commitment", "months": 1}
    answer = ask("commitment", a_case(contract_kind="cooperative"), answers, scope=NOTICE, person=DELEGATE)
    assert (answer.allowed, answer.level) == (False, Level.REASON)


def test_a_notice_without_recovery_period_has_no_commitment():
    disturbance = a_case(notices=(a_notice(kind="B", grounds=frozenset({"disturbance"})),))
    assert not ask("commitment", disturbance, scope=NOTICE).allowed
    assert not ask("commitment", a_case(notices=())).allowed


def test_the_notice_is_the_steps_own_or_the_one_chosen_or_the_newest_with_a_recovery_period():
    disturbance = a_notice(3, kind="B", grounds=frozenset({"disturbance"}))
    case = a_case(notices=(a_notice(1), a_notice(2), disturbance))
    posted = {"posted_at": "2026-03-20T10:00", "registered": True}
    assert ask("commitment", case, posted, scope=NOTICE).evidence[0] == "underrättelse 1"
    assert ask("commitment", case, posted).evidence[0] == "underrättelse 2"
    for field in ("notice", "about_notice"):
        assert ask("commitment", case, posted | {field: 1}).evidence[0] == "underrättelse 1"
    assert not ask("commitment", case, posted | {"notice": 3}).allowed
    assert not ask("commitment", case, posted | {"notice": 99}).allowed


def test_a_provisional_last_day_closes_nothing():
    unserved = a_case(notices=(a_notice(served_on=None, served_confirmed=False),))
    answer = ask("commitment", unserved, {"posted_at": "2026-05-01T10:00", "registered": True}, scope=NOTICE)
    assert answer.allowed
    assert "preliminär" in answer.why


@pytest.mark.requirement("R-138")
@pytest.mark.parametrize(
    ("amount", "paid_on", "is_quiet"),
    [("9450.00", "2026-04-01", True), ("9450.00", "2026-04-02", False), ("9000.00", "2026-04-02", True)],
)
def test_rent_paid_in_full_a_day_late_is_said_not_to_restore_the_lease(amount, paid_on, is_quiet):
    case = a_case(
        events=(an_event(3, "hyra.betald", NOTICE, amount=amount, paid_on=paid_on, source="tenant"),)
    )
    answer = ask("paid-late", case, scope=NOTICE)
    assert (answer.allowed, answer.level) == (is_quiet, Level.INFO)


def test_without_any_arrears_nothing_is_paid_late():
    assert ask("paid-late", a_case(notices=())).allowed


@pytest.mark.requirement("R-177")
@pytest.mark.parametrize(
    ("answers", "is_open"),
    [
        (None, True),
        ({"assistance_decision": "granted"}, True),
        ({"assistance_decision": "granted_reclaim"}, False),
        ({"assistance_decision": "granted_reclaim", "reclaim_ground": "SoL 33:2 p. 1"}, False),
        (
            {
                "assistance_decision": "granted_reclaim",
                "reclaim_ground": "SoL 33:2 p. 1",
                "reclaim_served_on": "2026-03-12",
            },
            True,
        ),
    ],
)
def test_assistance_is_reclaimed_only_on_a_served_decision_with_its_ground(answers, is_open):
    assert ask("reclaim", a_case(), answers).allowed is is_open


@pytest.mark.requirement("R-143")
def test_arrears_that_come_back_call_for_the_budget_adviser():
    applied = [an_event(n, "bistand.ansokt", Scope("application", n), kinds=["rent_debt"]) for n in (1, 2)]
    told = an_event(1, "hyresvard.kontaktad", repeated_late=True)
    assert ask("repeated-arrears", a_case()).allowed
    assert ask("repeated-arrears", a_case(events=(applied[0],))).allowed
    for case in (
        a_case(notices=(a_notice(1), a_notice(2))),
        a_case(notices=(a_notice(grounds=frozenset({"repeated_late_payment"})),)),
        a_case(events=tuple(applied)),
        a_case(events=(told,)),
    ):
        answer = ask("repeated-arrears", case)
        assert (answer.allowed, answer.level) == (False, Level.INFO)
        assert "budget- och skuldrådgivningen" in answer.way_out
    family = a_case(persons=(TENANT, CHILD), events=(told,))
    assert "Barn berörs" in ask("repeated-arrears", family).way_out
    assert "Barn berörs" not in ask("repeated-arrears", a_case(events=(told,))).way_out
