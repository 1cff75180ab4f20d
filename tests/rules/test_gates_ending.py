"""The gates about the day of eviction, the end of a case, and the contact after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from processes.rules.snapshot import Scope
from tests.rules.gate_cases import (
    CASEWORKER,
    CHILD,
    HEAD,
    NOW,
    TENANT,
    a_case,
    a_consent,
    a_notice,
    an_event,
    ask,
    kfm_notice,
)

REPORT = Scope("report", 50)

CONSULTED = {
    "kfm_officer": "Kim Kronlund",
    "kfm_consulted_at": "2026-03-11T13:00:00Z",
    "reason": "Lägenheten är tom.",
}


@pytest.mark.requirement("R-070", "R-158")
@pytest.mark.parametrize("left_out", ["kfm_officer", "kfm_consulted_at", "reason"])
def test_staying_away_from_an_eviction_takes_a_documented_consultation(left_out):
    assert ask("presence-exception", a_case(), CONSULTED).allowed
    assert not ask("presence-exception", a_case(), CONSULTED | {left_out: ""}).allowed


@pytest.mark.requirement("R-158")
def test_with_a_child_only_the_head_of_unit_lets_the_board_stay_away():
    family = a_case(persons=(TENANT, CHILD))
    step = "godkann_avsta_narvaro"
    assert "Enhetschef" in ask("presence-exception", family).why
    assert "Enhetschef" not in ask("presence-exception", a_case()).why
    assert (
        ask("presence-exception", a_case(persons=(TENANT, replace(CHILD, died_on=NOW.date())))).evidence == ()
    )
    assert not ask("presence-exception", family, {}, step=step, person=CASEWORKER).allowed
    assert ask("presence-exception", family, {}, step=step, person=HEAD).allowed


DONE = {
    "outcome": "settled_by_tenant",
    "follow_up_needed": False,
    "follow_up_reason": "Skulden var ett misstag.",
}


@pytest.mark.requirement("R-049")
def test_no_case_ends_while_a_notice_waits_for_its_stance():
    assert ask("closing", a_case(), DONE).allowed
    waiting = a_case(notices=(a_notice(1), a_notice(2, stance=None)))
    answer = ask("closing", waiting, DONE)
    assert (answer.allowed, answer.evidence) == (False, ("underrättelse 2",))


@pytest.mark.requirement("R-049", "R-056")
def test_a_notice_from_kronofogden_is_answered_by_its_confirmation():
    case = a_case(notices=(kfm_notice(2),))
    assert not ask("closing", case, DONE).allowed
    assert ask(
        "closing", replace(case, events=(an_event(9, "bekraftelse.skickad", Scope("notice", 2)),)), DONE
    ).allowed
    assert not ask(
        "closing", replace(case, events=(an_event(9, "bekraftelse.skickad", Scope("notice", 3)),)), DONE
    ).allowed
    assert ask("closing", a_case(notices=(kfm_notice(2, kind="H"),)), DONE).allowed


@pytest.mark.requirement("R-030")
@pytest.mark.parametrize(
    ("payload", "is_open"),
    [
        (None, False),
        ({}, True),
        ({"outcome": "held"}, True),
        ({"outcome": "impossible", "reason": "Båda föräldrarna är utomlands."}, False),
        ({"outcome": "impossible", "reason": "Båda är utomlands.", "approved_by": 12}, True),
        ({"outcome": "declined"}, False),
    ],
)
@pytest.mark.parametrize("role", ["child", "contact_child"])
def test_with_a_child_no_case_ends_before_the_parents_talk(payload, is_open, role):
    child = replace(CHILD, roles=frozenset({role}))
    events = () if payload is None else (an_event(5, "foraldrasamtal.hallet", **payload),)
    case = a_case(persons=(TENANT, child), events=events)
    assert ask("closing", case, DONE).allowed is is_open


@pytest.mark.requirement("R-148")
@pytest.mark.parametrize(
    "changed", [{"follow_up_needed": None}, {"follow_up_reason": ""}, {"outcome": "nonsense"}]
)
def test_no_case_ends_before_the_need_of_follow_up_is_assessed(changed):
    assert not ask("closing", a_case(), DONE | changed).allowed


@pytest.mark.requirement("R-078", "R-148")
def test_silence_never_ends_a_case_without_the_head_of_unit():
    unreached = DONE | {"outcome": "not_reached"}
    assert not ask("closing", a_case(), unreached).allowed
    assert not ask("closing", a_case(), unreached, person=None).allowed
    assert ask("closing", a_case(), unreached, person=HEAD).allowed


def test_an_outcome_that_keeps_the_case_open_is_never_held_up():
    waiting = a_case(notices=(a_notice(1, stance=None),))
    for outcome in ("awaits_enforcement", "not_reached_proposed", "continue_outreach"):
        assert ask("closing", waiting, {"outcome": outcome}).allowed


@pytest.mark.requirement("R-150", "R-163")
def test_an_adult_is_followed_up_only_with_consent():
    agreed = a_consent(recipient="own_unit", purposes=frozenset({"follow_up"}))
    assert not ask("follow-up", a_case(consents=(a_consent(),))).allowed
    assert ask("follow-up", a_case(consents=(agreed,))).evidence == ("samtycke 1",)
    assert not ask("follow-up", a_case(consents=(replace(agreed, withdrawn_at=NOW),))).allowed
    assert not ask("follow-up", a_case(persons=(TENANT, CHILD), consents=(replace(agreed, giver=3),))).allowed


@pytest.mark.requirement("R-164", "R-165", "R-172")
@pytest.mark.parametrize(
    ("payload", "is_open"),
    [
        (None, False),
        ({"decision": "none"}, False),
        ({"decision": "agreed"}, True),
        ({"decision": "without_consent", "ends_on": "2026-03-12"}, True),
        ({"decision": "without_consent", "ends_on": "2026-03-11"}, False),
        ({"decision": "without_consent"}, False),
    ],
)
def test_a_child_is_followed_up_by_agreement_or_decision_and_not_past_its_end(payload, is_open):
    events = () if payload is None else (an_event(7, "barnuppfoljning.beslutad", REPORT, **payload),)
    adult_agreed = a_consent(purposes=frozenset({"follow_up"}))
    case = a_case(persons=(TENANT, CHILD), events=events, consents=(adult_agreed,))
    assert ask("follow-up", case, scope=REPORT).allowed is is_open


def test_the_dead_hold_nothing_up():
    dead_child = replace(CHILD, died_on=date(2026, 3, 1))
    assert ask("closing", a_case(persons=(TENANT, dead_child)), DONE).allowed
