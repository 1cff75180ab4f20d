"""What holds for every gate, whatever the case looks like."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.rules.consent import CONTENTS, PURPOSES, RECIPIENTS, Need, consent_for
from processes.rules.gates import GATES, GateQuestion, Level, ask, gates_of, may_disclose, may_show_address
from processes.rules.snapshot import CaseSnapshot, ConsentSeen
from tests.rules.gate_cases import (
    CASE,
    CHILD,
    NOW,
    RESIDENT,
    SPOUSE,
    TENANT,
    a_case,
    a_notice,
    kfm_notice,
    with_protection,
)
from tests.rules.gate_cases import ask as ask_gate

EVERY_GATE = {
    "landlord-question": Level.HARD,
    "disclosure": Level.HARD,
    "other-administration": Level.HARD,
    "no-investigation-in-intake": Level.HARD,
    "adult-will": Level.HARD,
    "may-lead-to-measure": Level.INFO,
    "unannounced-visit": Level.HARD,
    "booked-visit": Level.REASON,
    "child-talk": Level.HARD,
    "child-assessment": Level.HARD,
    "commitment": Level.HARD,
    "paid-late": Level.INFO,
    "reclaim": Level.HARD,
    "repeated-arrears": Level.INFO,
    "presence-exception": Level.HARD,
    "follow-up": Level.HARD,
    "protection": Level.HARD,
    "closing": Level.HARD,
}
CONSENT_GATES = ("landlord-question", "disclosure", "other-administration", "booked-visit", "follow-up")
UNTIMED = settings(deadline=None)
ANSWERS: tuple[dict[str, Any] | None, ...] = (
    None,
    {},
    {"what": ["measures"]},
    {"participants": ["landlord"]},
    {"what": ["payment"], "about": [1, 2]},
)

consents = st.builds(
    ConsentSeen,
    id=st.integers(1, 999),
    giver=st.sampled_from([1, 2, 3, 4, 99]),
    recipient=st.sampled_from(sorted(RECIPIENTS)),
    purposes=st.frozensets(st.sampled_from(sorted(PURPOSES))),
    scopes=st.frozensets(st.sampled_from(sorted(CONTENTS))),
    direction=st.sampled_from(["give", "obtain", "both"]),
    given_at=st.sampled_from([NOW - timedelta(days=d) for d in (-1, 0, 3, 90)]),
    valid_until=st.sampled_from([None, (NOW - timedelta(days=1)).date(), NOW.date()]),
    withdrawn_at=st.sampled_from([None, None, NOW - timedelta(hours=1)]),
    informed_voluntary=st.sampled_from([True, True, False]),
    informed_how_to_revoke=st.sampled_from([True, True, False]),
)
some_consents = st.lists(consents, max_size=6, unique_by=lambda consent: consent.id).map(tuple)
recipients = st.sampled_from(["landlord", "ffs", "kfm", "relative"])


@st.composite
def cases(draw: st.DrawFn) -> CaseSnapshot:
    """A household of up to four, with any consents, whoever informed us."""
    notices = draw(st.sampled_from([(), (a_notice(),), (a_notice(informant="relative"),), (kfm_notice(),)]))
    persons = draw(st.sampled_from([(TENANT,), (TENANT, SPOUSE, CHILD), (TENANT, SPOUSE, CHILD, RESIDENT)]))
    case = a_case(notices=notices, persons=persons, consents=draw(some_consents))
    return with_protection(case, draw(st.sampled_from(["none", "unknown", "secrecy_mark"])))


def test_every_gate_of_the_process_design_exists_at_its_level():
    assert {name: gate.level for name, gate in GATES.items()} == EVERY_GATE


@pytest.mark.parametrize("gate", GATES.values(), ids=lambda gate: gate.name)
def test_every_gate_says_what_it_is_and_where_it_comes_from(gate):
    assert gate.title
    assert gate.source
    assert gate.requirements
    assert all(number.startswith("R-") for number in gate.requirements)


def test_a_step_names_its_gates_and_an_investigative_step_always_has_its_own():
    assert [gate.name for gate in gates_of({"gate": "landlord-question paid-late"})] == [
        "landlord-question",
        "paid-late",
    ]
    assert [gate.name for gate in gates_of({"klass": "utredning"})] == ["no-investigation-in-intake"]
    twice = {"klass": "utredning", "gate": "no-investigation-in-intake"}
    assert len(gates_of(twice)) == 1
    assert gates_of({}) == ()
    with pytest.raises(KeyError):
        gates_of({"gate": "no-such-gate"})


def test_asking_a_step_asks_all_its_gates():
    properties = {"gate": "landlord-question", "klass": "utredning"}
    answers = {
        gate.name: answer.allowed
        for gate, answer in ask(GateQuestion(a_case(), CASE, NOW, properties=properties))
    }
    assert answers == {"landlord-question": True, "no-investigation-in-intake": False}


@UNTIMED
@given(case=cases(), gate=st.sampled_from(sorted(GATES)), answers=st.sampled_from(ANSWERS))
def test_a_closed_gate_says_why_and_shows_the_way_out_and_an_open_one_says_why(case, gate, answers):
    answer = ask_gate(gate, case, answers)
    assert answer.why
    assert bool(answer.way_out) is not answer.allowed
    assert answer.allowed or answer.level is GATES[gate].level or GATES[gate].may_ask_reason


@UNTIMED
@given(
    case=cases(), gate=st.sampled_from(CONSENT_GATES), answers=st.sampled_from(ANSWERS), recipient=recipients
)
def test_withdrawing_every_consent_never_opens_a_gate(case, gate, answers, recipient):
    withdrawn = replace(case, consents=tuple(replace(row, withdrawn_at=NOW) for row in case.consents))
    before = ask_gate(gate, case, answers, mottagare=recipient).allowed
    after = ask_gate(gate, withdrawn, answers, mottagare=recipient).allowed
    assert before or not after


@UNTIMED
@given(
    case=cases(),
    gate=st.sampled_from(CONSENT_GATES),
    answers=st.sampled_from(ANSWERS),
    more=consents,
    recipient=recipients,
)
def test_adding_a_consent_never_closes_a_gate(case, gate, answers, more, recipient):
    extended = replace(case, consents=(*case.consents, replace(more, id=1000)))
    before = ask_gate(gate, case, answers, mottagare=recipient).allowed
    after = ask_gate(gate, extended, answers, mottagare=recipient).allowed
    assert after or not before


@UNTIMED
@given(
    case=cases(),
    recipient=st.sampled_from(
        [*sorted(RECIPIENTS), "individual", "list", "search", "dashboard", "case_page"]
    ),
    person=st.sampled_from([1, 2]),
    contents=st.frozensets(st.sampled_from(sorted(CONTENTS))),
)
def test_an_unknown_protection_behaves_as_a_protection(case, recipient, person, contents):
    unknown, marked = with_protection(case, "unknown"), with_protection(case, "secrecy_mark")
    for snapshot in (unknown, marked):
        shown = may_show_address(snapshot, person, recipient=recipient, recipient_person=person, now=NOW)
        assert not shown.allowed
    told = [may_disclose(s, recipient, "coordinate", contents, NOW).allowed for s in (unknown, marked)]
    assert told[0] is told[1]


@UNTIMED
@given(
    case=cases(), recipient=recipients, contents=st.frozensets(st.sampled_from(sorted(CONTENTS)), min_size=1)
)
def test_what_may_be_told_may_also_be_told_in_part(case, recipient, contents):
    part = frozenset(sorted(contents)[:1])
    whole = consent_for(case, Need(recipient, "give", "coordinate", contents), NOW, about=[1])
    assert (
        consent_for(case, Need(recipient, "give", "coordinate", part), NOW, about=[1]).covered
        or not whole.covered
    )
