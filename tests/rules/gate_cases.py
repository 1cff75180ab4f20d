"""The fictional household that the tests of consent and gates play with, and short ways to write its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from processes.rules.gates import GATES, ActingPerson, GateAnswer, GateQuestion
from processes.rules.snapshot import (
    AttemptSeen,
    CaseSnapshot,
    ConsentSeen,
    EventSeen,
    NoticeSeen,
    PersonSeen,
    Scope,
)
from processes.rules.units import Role, Unit

OPENED = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
CASE = Scope("case", 1)

TENANT = PersonSeen(1, "Tove Exempel", frozenset({"contract_holder"}), "none", date(1984, 4, 15))
SPOUSE = PersonSeen(2, "Sam Exempel", frozenset({"partner"}), "none", date(1986, 12, 9))
CHILD = PersonSeen(3, "Bo Exempel", frozenset({"child"}), "none", date(2018, 5, 1))
RESIDENT = PersonSeen(4, "Ove Boende", frozenset({"adult_resident"}), "none", date(1990, 1, 1))

CASEWORKER = ActingPerson(11, frozenset({Unit.ADULTS}), frozenset({Role.CASEWORKER}))
HEAD = ActingPerson(
    12, frozenset({Unit.HEAD}), frozenset({Role.SUPERVISOR}), delegations=frozenset({"commitment"})
)
DELEGATE = ActingPerson(13, frozenset({Unit.ECONOMIC}), delegations=frozenset({"commitment"}))
CHILD_WORKER = ActingPerson(14, frozenset({Unit.CHILDREN}), has_child_degree=True)


def a_notice(number: int = 1, **facts: Any) -> NoticeSeen:
    """A notice of unpaid rent from the landlord, served 11 March with the message posted 9 March."""
    usual: dict[str, Any] = {
        "kind": "A",
        "grounds": frozenset({"arrears"}),
        "informant": "landlord",
        "received_at": OPENED,
        "posted_on": date(2026, 3, 9),
        "posted_registered": True,
        "served_on": date(2026, 3, 11),
        "served_confirmed": True,
        "amount_due": Decimal("9450.00"),
        "stance": "handle",
    }
    return NoticeSeen(number, **(usual | facts))


def kfm_notice(number: int = 2, **facts: Any) -> NoticeSeen:
    """A notice of an eviction date from Kronofogden."""
    usual: dict[str, Any] = {
        "kind": "F",
        "grounds": frozenset(),
        "informant": "kfm",
        "stance": None,
        "served_on": None,
    }
    return a_notice(number, **(usual | facts))


def a_consent(number: int = 1, giver: int = 1, recipient: str = "landlord", **facts: Any) -> ConsentSeen:
    """A consent to give and obtain what concerns payment and measures, told properly and given two days ago."""
    usual: dict[str, Any] = {
        "purposes": frozenset({"negotiate_stay", "inform_of_measures"}),
        "scopes": frozenset({"payment", "measures"}),
        "direction": "both",
        "given_at": NOW - timedelta(days=2),
    }
    return ConsentSeen(number, giver, recipient, **(usual | facts))


def an_attempt(number: int, channel: str, outcome: str = "no_answer") -> AttemptSeen:
    return AttemptSeen(number, 1, channel, outcome, NOW - timedelta(days=10 - number))


def an_event(number: int, name: str, scope: Scope = CASE, **payload: Any) -> EventSeen:
    at = NOW - timedelta(days=1) + timedelta(minutes=number)
    return EventSeen(number, name, scope, at, at, payload)


def a_case(**facts: Any) -> CaseSnapshot:
    """Tove's case, with one notice from the landlord unless told otherwise."""
    usual: dict[str, Any] = {"persons": (TENANT,), "notices": (a_notice(),)}
    return CaseSnapshot(1, "2026-0001", "centrum", OPENED, **(usual | facts))


def ask(
    gate: str,
    snapshot: CaseSnapshot,
    answers: Mapping[str, Any] | None = None,
    *,
    scope: Scope = CASE,
    person: ActingPerson | None = CASEWORKER,
    step: str | None = None,
    now: datetime = NOW,
    **properties: str,
) -> GateAnswer:
    """The gate's answer about the case."""
    question = GateQuestion(snapshot, scope, now, step, answers, person, properties)
    return GATES[gate].check(question)


def with_protection(snapshot: CaseSnapshot, protection: str) -> CaseSnapshot:
    """The same case, with everyone's protection status changed."""
    return replace(snapshot, persons=tuple(replace(p, protection=protection) for p in snapshot.persons))
