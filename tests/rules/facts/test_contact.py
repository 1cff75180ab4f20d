"""Who counts as reached: the tenant, not whoever happens to open the door."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processes.rules.facts import FACTS
from processes.rules.snapshot import AttemptSeen, CaseSnapshot, PersonSeen
from tests.rules.case_pictures import CASE, arrears, case_of, event, from_kfm, swedish

NOW = swedish("2026-02-13 09:00")
TENANT = PersonSeen(1, "Hyresgäst Påhittad", frozenset({"contract_holder"}))
PARTNER = PersonSeen(2, "Sambo Påhittad", frozenset({"partner"}))
RESIDENT = PersonSeen(3, "Boende Påhittad", frozenset({"adult_resident"}))
HOME = case_of(arrears(received="2026-02-10 09:00"), persons=(TENANT, PARTNER, RESIDENT))


def is_reached(case: CaseSnapshot, fact: str = "tenant_is_reached") -> bool:
    return FACTS[fact].read(case, CASE, NOW) is True


def talked_with(
    person: int | None, case: CaseSnapshot = HOME, channel: str = "announced_visit"
) -> CaseSnapshot:
    return replace(case, attempts=(AttemptSeen(1, person, channel, "reached", swedish("2026-02-12 10:00")),))


@pytest.mark.requirement("R-128", "R-129")
@pytest.mark.parametrize(("person", "counts"), [(1, True), (2, True), (None, True), (3, False)])
def test_talking_with_a_resident_is_not_reaching_the_tenant(person: int | None, counts: bool) -> None:
    assert is_reached(talked_with(person)) is counts
    told = replace(HOME, events=(event(1, "hyresgast.nadd", "2026-02-12 10:00", person=person),))
    assert is_reached(told) is counts
    assert is_reached(told, "tenant_is_reached_anew") is counts


@pytest.mark.requirement("R-128")
def test_a_letter_reaches_nobody() -> None:
    assert not is_reached(talked_with(1, channel="letter"))


def test_a_resident_whom_the_eviction_is_about_counts() -> None:
    notice = from_kfm(1, "2026-02-10 09:00", "2026-02-20 09:00", defendants=(3,))
    assert is_reached(talked_with(3, case_of(notice, persons=(TENANT, RESIDENT))))


def test_anybody_counts_where_no_tenant_is_known() -> None:
    assert is_reached(talked_with(3, case_of(arrears(), persons=(RESIDENT,))))
