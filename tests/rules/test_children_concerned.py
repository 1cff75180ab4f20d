"""Children of whom only Kronofogden knows count as children until they are entered or found not to be there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from processes.rules.children_concerned import (
    concerns_children,
    has_child,
    notices_of_unnamed_children,
    where_children_are_told_of,
)
from processes.rules.facts import FACTS
from processes.rules.priority import priority_of
from tests.rules.gate_cases import CASE, CHILD, NOW, TENANT, a_case, a_notice, an_event, ask, kfm_notice

TELLS = kfm_notice(2, tells_of_children=True, stance="handle")
DONE = {"outcome": "executed", "follow_up_needed": False, "follow_up_reason": "Har flyttat."}
FAMILY = a_case(notices=(a_notice(), TELLS))
NOBODY = a_case(notices=(a_notice(), replace(TELLS, tells_of_children=False)))


def told(case):
    return FACTS["case_has_child"].read(case, CASE, NOW)


@pytest.mark.requirement("R-135", "R-159")
def test_a_family_that_only_kronofogden_knows_of_is_a_family():
    assert told(FAMILY)
    assert has_child(FAMILY)
    assert concerns_children(FAMILY, NOW)
    assert FACTS["children_are_unnamed"].read(FAMILY, CASE, NOW)
    assert where_children_are_told_of(FAMILY, NOW) == ("underrättelse 2",)
    assert not told(NOBODY)
    assert not concerns_children(NOBODY, NOW)


@pytest.mark.requirement("R-030")
def test_such_a_case_ends_only_after_the_talk_with_the_parents():
    answer = ask("closing", FAMILY, DONE)
    assert not answer.allowed
    assert "Kronofogden känner till barn" in answer.why
    assert ask("closing", NOBODY, DONE).allowed
    talked = replace(FAMILY, events=(an_event(5, "foraldrasamtal.hallet", outcome="held"),))
    assert ask("closing", talked, DONE).allowed


@pytest.mark.requirement("R-158")
def test_the_board_stays_away_from_such_an_eviction_only_if_the_head_approves():
    assert "eftersom barn berörs" in ask("presence-exception", FAMILY).why
    assert "eftersom barn berörs" not in ask("presence-exception", NOBODY).why


def test_its_tasks_come_before_those_of_other_households():
    due = NOW + timedelta(days=60)
    assert priority_of(FAMILY, CASE, due, NOW) == priority_of(NOBODY, CASE, due, NOW) + 1


def test_a_notice_that_came_again_tells_of_children_too():
    assert told(replace(NOBODY, repeated=(replace(TELLS, id=9),)))


@pytest.mark.parametrize(
    ("child", "answers"),
    [
        (CHILD, True),
        (replace(CHILD, born_on=None), True),
        (replace(CHILD, roles=frozenset({"contact_child"})), True),
        (replace(CHILD, born_on=date(2001, 5, 1)), False),
        (replace(CHILD, died_on=date(2020, 1, 1)), False),
        (TENANT, False),
    ],
)
def test_only_a_child_who_can_be_meant_answers_kronofogdens_word(child, answers):
    found = notices_of_unnamed_children(replace(FAMILY, persons=(TENANT, child)))
    assert (found == []) is answers


def test_a_child_who_has_grown_up_or_died_since_still_answers_it():
    came = replace(TELLS, received_at=NOW - timedelta(days=700))
    grown_up = replace(CHILD, born_on=date(NOW.year - 18, 1, 1))
    dead = replace(CHILD, died_on=NOW.date() - timedelta(days=3))
    for child in (grown_up, dead):
        case = replace(FAMILY, notices=(came,), persons=(TENANT, child))
        assert notices_of_unnamed_children(case) == []


def test_what_is_ruled_out_holds_for_the_notices_that_were_there():
    ruled_out = replace(FAMILY, events=(an_event(5, "barn.uteslutet", notices=[2]),))
    assert not told(ruled_out)
    assert FACTS["children_are_ruled_out"].read(ruled_out, CASE, NOW)
    later = replace(ruled_out, notices=(*ruled_out.notices, replace(TELLS, id=3)))
    assert told(later)
    assert not FACTS["children_are_ruled_out"].read(later, CASE, NOW)
    with_child = replace(ruled_out, persons=(TENANT, CHILD))
    assert told(with_child)
    assert not FACTS["children_are_ruled_out"].read(with_child, CASE, NOW)
