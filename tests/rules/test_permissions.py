"""Who may do what, and who may decide what."""

from __future__ import annotations

import pytest

from processes.rules.permissions import DELEGATIONS, VERBS, delegations_of, may
from processes.rules.support_catalogue import SUPPORT
from processes.rules.units import Role, Unit

OFFICER, LEADER, OWNER = (
    frozenset({Role.CASEWORKER}),
    frozenset({Role.SUPERVISOR}),
    frozenset({Role.PROCESS_OWNER}),
)


@pytest.mark.parametrize(
    ("verb", "roles", "units", "unit", "is_allowed"),
    [
        ("complete_task", OFFICER, {Unit.ADULTS}, Unit.ADULTS, True),
        ("complete_task", OFFICER, {Unit.ADULTS}, Unit.CHILDREN, False),
        ("claim_task", OFFICER, {Unit.CHILDREN}, Unit.ADULTS, False),
        ("claim_task", LEADER, {Unit.HEAD}, Unit.ADULTS, True),
        ("claim_task", OFFICER, {Unit.ADULTS}, None, False),
        ("register_notice", OFFICER, {Unit.COORDINATION}, None, True),
        ("register_notice", OFFICER, {Unit.ECONOMIC}, None, False),
        ("read_case", {Role.AUDITOR}, set(), None, False),
        ("read_log", {Role.AUDITOR}, set(), None, True),
        ("read_every_case", OFFICER, {Unit.ADULTS}, None, False),
        ("read_every_case", {Role.COORDINATOR}, {Unit.COORDINATION}, None, True),
        ("read_every_case", {Role.AUDITOR}, {Unit.HEAD}, None, False),
        ("review_emergency_access", LEADER, {Unit.HEAD}, None, True),
        ("review_emergency_access", {Role.COORDINATOR}, {Unit.COORDINATION}, None, False),
        ("complete_task", {Role.AUDITOR}, {Unit.ADULTS}, Unit.ADULTS, False),
        ("edit_diagrams", OWNER, set(), None, True),
        ("edit_diagrams", LEADER, {Unit.HEAD}, None, False),
        ("read_case", OWNER, set(), None, False),
        ("read_case", {Role.SYSTEM_ADMINISTRATOR}, set(), None, False),
        ("assign_task", OFFICER, {Unit.ADULTS}, None, False),
        ("assign_task", {Role.COORDINATOR}, {Unit.COORDINATION}, None, True),
        ("supervise", LEADER, {Unit.HEAD}, None, True),
    ],
)
@pytest.mark.requirement("R-178")
def test_access_follows_the_work(verb, roles, units, unit, is_allowed):
    assert may(verb, roles, units, unit) is is_allowed


def test_who_has_no_role_may_do_nothing():
    assert not any(may(verb, (), tuple(Unit), Unit.ADULTS) for verb in VERBS)


def test_an_unknown_verb_is_an_error_and_not_a_no():
    with pytest.raises(KeyError):
        may("fly", OFFICER, {Unit.ADULTS})


@pytest.mark.requirement("R-139")
def test_a_commitment_is_delegated_to_economic_assistance_and_the_head_of_unit():
    assert "commitment" in delegations_of({Unit.ECONOMIC}, has_child_degree=False)
    assert "commitment" in delegations_of({Unit.HEAD}, has_child_degree=False)
    assert "commitment" not in delegations_of({Unit.ADULTS}, has_child_degree=False)


@pytest.mark.requirement("R-173")
def test_decisions_about_children_take_the_unit_and_the_degree():
    assert "child_decision" in delegations_of({Unit.CHILDREN}, has_child_degree=True)
    assert "child_decision" not in delegations_of({Unit.CHILDREN}, has_child_degree=False)
    assert "child_decision" not in delegations_of({Unit.ADULTS}, has_child_degree=True)


def test_the_head_of_unit_may_decide_everything_that_is_delegated():
    assert delegations_of({Unit.HEAD}, has_child_degree=True) == set(DELEGATIONS)


@pytest.mark.requirement("R-013", "R-014", "R-015", "R-016", "R-017", "R-018", "R-019", "R-020")
def test_the_catalogue_holds_nineteen_kinds_of_support():
    assert list(SUPPORT) == [f"S{number:02}" for number in range(1, 20)]
    assert all(support.label and support.requirements for support in SUPPORT.values())


@pytest.mark.requirement("R-084", "R-085")
@pytest.mark.parametrize(
    ("code", "in_intake"), [("S01", True), ("S10", False), ("S11", False), ("S09", True)]
)
def test_individual_support_waits_for_the_investigation(code, in_intake):
    assert SUPPORT[code].in_intake is in_intake


@pytest.mark.requirement("R-018", "R-131")
def test_support_of_another_administration_names_whose_consent_it_needs():
    assert (SUPPORT["S11"].consent_recipient, SUPPORT["S12"].consent_recipient) == ("ffs", "avo")
    assert SUPPORT["S11"].can_apply_in_intake
    assert SUPPORT["S15"].consent_recipient is None
