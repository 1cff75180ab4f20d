"""An unannounced visit is needless once the tenant is reached, and the children's unit comes only when it was asked."""

from __future__ import annotations

import pytest

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import AttemptSeen, CaseSnapshot, Scope
from tests.rules.case_pictures import case_of, event, swedish

REQUEST = Scope("request", 1)
ASKED = event(1, "hembesok.begart", "2026-02-13 09:00", REQUEST, reason="Ingen kontakt.")


def asked(name: str, case: CaseSnapshot) -> FactValue:
    """The fact about the request."""
    return FACTS[name].read(case, REQUEST, swedish("2026-02-13 15:00"))


@pytest.mark.parametrize(
    ("channel", "outcome", "at", "reached"),
    [
        ("phone", "reached", "2026-02-13 10:00", True),
        ("phone", "no_answer", "2026-02-13 10:00", False),
        ("letter", "reached", "2026-02-13 10:00", False),
        ("phone", "reached", "2026-02-05 10:00", False),
        ("phone", "reached", "2026-02-13 16:00", False),
    ],
)
def test_only_personal_contact_after_the_request_makes_the_visit_needless(channel, outcome, at, reached):
    attempt = AttemptSeen(1, 1, channel, outcome, swedish(at))
    assert asked("tenant_reached_since_request", case_of(events=(ASKED,), attempts=(attempt,))) is reached


def test_without_a_request_nothing_is_needless():
    assert asked("tenant_reached_since_request", case_of()) is False


def test_the_childrens_unit_takes_part_as_the_request_was_assessed():
    alone = event(2, "hembesok.bedomt", "2026-02-13 09:30", REQUEST, participants=["vuxen"])
    both = event(3, "hembesok.bedomt", "2026-02-13 09:40", REQUEST, participants=["vuxen", "barn-unga"])
    assert asked("children_unit_takes_part", case_of(events=(ASKED,))) is False
    assert asked("children_unit_takes_part", case_of(events=(ASKED, alone))) is False
    assert asked("children_unit_takes_part", case_of(events=(ASKED, alone, both))) is True
