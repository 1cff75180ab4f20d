"""An application elsewhere goes on while its consent stands, and is asked about every second week."""

from __future__ import annotations

from dataclasses import replace

from processes.rules.facts import FACTS, FactValue
from processes.rules.policy import Policy
from processes.rules.snapshot import CaseSnapshot, ConsentSeen, EventSeen, PersonSeen, Scope
from tests.rules.case_pictures import case_of, event, swedish

APPLICATION = Scope("application", 1)
TENANT = PersonSeen(1, "Vuxen Påhittad", frozenset({"contract_holder"}), "none")
WISH = event(1, "ansokan.onskad", "2026-03-10 10:00", APPLICATION, person=1, recipient="ffs", measure="S11")
SENT = event(2, "ansokan.skickad", "2026-03-11 10:00", APPLICATION)
ANSWER = event(3, "ansokan.svar", "2026-03-20 10:00", APPLICATION, answer="granted")
CONSENT = ConsentSeen(
    1,
    1,
    "ffs",
    frozenset({"apply_for_measure"}),
    frozenset({"measures"}),
    "give",
    swedish("2026-03-10 09:00"),
)


def case(*events: EventSeen, consents: tuple[ConsentSeen, ...] = (CONSENT,), **more: object) -> CaseSnapshot:
    """A tenant who wishes to apply for housing support."""
    return case_of(events=(WISH, *events), persons=(TENANT,), consents=consents, **more)


def asked(name: str, about: CaseSnapshot, now: str) -> FactValue:
    """The fact about the application, asked at Swedish wall-clock time."""
    return FACTS[name].read(about, APPLICATION, swedish(now))


def test_an_application_is_answered_by_its_own_answer_only():
    other = event(3, "ansokan.svar", "2026-03-20 10:00", Scope("application", 9))
    assert asked("application_is_answered", case(SENT, ANSWER), "2026-03-21 09:00") is True
    assert asked("application_is_answered", case(SENT, other), "2026-03-21 09:00") is False


def test_consent_to_that_very_administration_must_stand():
    withdrawn = replace(CONSENT, withdrawn_at=swedish("2026-03-15 09:00"))
    elsewhere = replace(CONSENT, recipient="avo")
    assert asked("application_consent_stands", case(), "2026-03-16 09:00") is True
    assert asked("application_consent_stands", case(consents=(withdrawn,)), "2026-03-16 09:00") is False
    assert asked("application_consent_stands", case(consents=(elsewhere,)), "2026-03-16 09:00") is False


def test_a_municipality_may_let_contact_stand_without_consent():
    open_city = Policy(other_administration_needs_consent=False)
    assert (
        asked("application_consent_stands", case(consents=(), policy=open_city), "2026-03-16 09:00") is True
    )


def test_we_ask_again_every_second_week_on_an_office_day():
    assert asked("next_application_reminder_at", case(), "2026-03-12 09:00") is None
    assert (
        asked("next_application_reminder_at", case(SENT), "2026-03-12 09:00") == "2026-03-24T23:00:00+00:00"
    )
    assert (
        asked("next_application_reminder_at", case(SENT), "2026-03-25 00:00") == "2026-04-07T22:00:00+00:00"
    )
