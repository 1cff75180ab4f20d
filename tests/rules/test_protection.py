"""Who sees the number and the address of a protected person: a table, and what must hold for everybody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.rules.letters import LIVES_ELSEWHERE
from processes.rules.policy import Policy
from processes.rules.protection import (
    OPEN_TO_ALL,
    PROTECTION,
    TIES,
    CaseTies,
    Detail,
    details_shown,
    is_in_circle,
    is_protected,
    may_show_home,
    ties_of,
)
from processes.rules.units import Role

ANNA, BO, CARIN, DAG = 1, 2, 3, 4
ANNAS = CaseTies(responsible=ANNA, substitute=BO)
NOBODYS = CaseTies(holders=frozenset({CARIN}))
WORKER, HEAD = frozenset({Role.CASEWORKER}), frozenset({Role.SUPERVISOR})
PROTECTED = [code for code in PROTECTION if code != "none"]
EVERYTHING = frozenset(Detail)

protections = st.sampled_from([*PROTECTION, "", "nytt ord", None])
roles = st.frozensets(st.sampled_from(["contract_holder", "co_tenant", "child", *LIVES_ELSEWHERE]))
households = st.lists(st.tuples(protections, roles), max_size=6)


@pytest.mark.parametrize(
    ("who", "works_as", "case", "stands_in_for", "ties"),
    [
        (ANNA, WORKER, ANNAS, (), {"responsible"}),
        (BO, WORKER, ANNAS, (), {"substitute"}),
        (CARIN, WORKER, ANNAS, (), set()),
        (CARIN, WORKER, ANNAS, (ANNA,), {"stand_in"}),
        (CARIN, WORKER, ANNAS, (BO, DAG), {"stand_in"}),
        (CARIN, WORKER, ANNAS, (DAG,), set()),
        (DAG, HEAD, ANNAS, (), {"head"}),
        (DAG, frozenset({Role.AUDITOR}), ANNAS, (), set()),
        (DAG, frozenset({Role.COORDINATOR}), ANNAS, (), set()),
        (DAG, frozenset({Role.SYSTEM_ADMINISTRATOR, Role.PROCESS_OWNER}), ANNAS, (), set()),
        (CARIN, WORKER, NOBODYS, (), {"holder"}),
        (DAG, WORKER, NOBODYS, (), set()),
        (CARIN, WORKER, CaseTies(ANNA, None, frozenset({CARIN})), (), set()),
    ],
)
def test_what_ties_somebody_to_a_case(
    who: int, works_as: frozenset[Role], case: CaseTies, stands_in_for: tuple[int, ...], ties: set[str]
) -> None:
    assert ties_of(who, works_as, case, stands_in_for) == ties


@pytest.mark.parametrize(
    ("protection", "in_circle", "shown"),
    [
        ("none", False, EVERYTHING),
        ("none", True, EVERYTHING),
        ("secrecy_mark", False, OPEN_TO_ALL),
        ("secrecy_mark", True, EVERYTHING),
        ("protected_registration", False, OPEN_TO_ALL),
        ("protected_registration", True, EVERYTHING),
        ("unknown", False, OPEN_TO_ALL),
        ("unknown", True, EVERYTHING),
        ("", False, OPEN_TO_ALL),
        (None, False, OPEN_TO_ALL),
        ("ett ord som ingen känner", False, OPEN_TO_ALL),
    ],
)
def test_what_is_shown_of_a_person(protection: str, in_circle: bool, shown: frozenset[Detail]) -> None:
    assert details_shown(protection, in_circle=in_circle) == shown


@given(protections, st.booleans())
def test_adding_protection_never_shows_more(protection: str | None, in_circle: bool) -> None:
    without = details_shown("none", in_circle=in_circle)
    assert details_shown(protection, in_circle=in_circle) <= without


@given(st.booleans())
def test_not_checked_is_as_protected_as_can_be(in_circle: bool) -> None:
    assert details_shown("unknown", in_circle=in_circle) == details_shown(
        "protected_registration", in_circle=in_circle
    )
    assert is_protected("unknown")


@given(protections)
def test_standing_outside_the_circle_never_shows_more(protection: str | None) -> None:
    assert details_shown(protection, in_circle=False) <= details_shown(protection, in_circle=True)


@given(households, st.integers(0, 5), st.sampled_from(PROTECTED), st.booleans())
def test_adding_protection_in_a_household_never_shows_its_home(
    household: list[tuple[str | None, frozenset[str]]], which: int, protection: str, in_circle: bool
) -> None:
    before = may_show_home(household, in_circle=in_circle)
    more = [
        (protection, each[1]) if number == which % max(len(household), 1) else each
        for number, each in enumerate(household)
    ]
    assert may_show_home(more, in_circle=in_circle) <= before


@given(households, protections, roles, st.booleans())
def test_one_more_person_never_shows_the_home(
    household: list[tuple[str | None, frozenset[str]]],
    protection: str | None,
    works_as: frozenset[str],
    in_circle: bool,
) -> None:
    after = may_show_home([*household, (protection, works_as)], in_circle=in_circle)
    assert after <= may_show_home(household, in_circle=in_circle)


@pytest.mark.parametrize("elsewhere", sorted(LIVES_ELSEWHERE))
def test_who_lives_elsewhere_does_not_hide_the_home(elsewhere: str) -> None:
    assert may_show_home([("secrecy_mark", [elsewhere]), ("none", ["co_tenant"])], in_circle=False)


def test_who_has_no_role_yet_hides_the_home() -> None:
    assert not may_show_home([("unknown", [])], in_circle=False)


@given(st.frozensets(st.sampled_from(sorted(TIES))), st.frozensets(st.sampled_from(sorted(TIES))))
def test_a_smaller_circle_never_lets_in_more(circle: frozenset[str], ties: frozenset[str]) -> None:
    for smaller in (circle - {tie} for tie in circle):
        assert is_in_circle(ties, smaller) <= is_in_circle(ties, circle)


def test_the_municipality_can_keep_the_circle_to_the_responsible_alone() -> None:
    only = Policy(protected_circle=frozenset({"responsible"})).protected_circle
    assert is_in_circle(ties_of(ANNA, WORKER, ANNAS), only)
    assert not is_in_circle(ties_of(DAG, HEAD, ANNAS), only)


def test_the_circle_of_the_policy_names_only_ties_that_there_are() -> None:
    assert Policy().protected_circle <= TIES.keys()
