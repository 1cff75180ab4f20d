"""Follow-up is planned only while a day is set and the adult's consent holds."""

from __future__ import annotations

from dataclasses import replace

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import CaseSnapshot, ConsentSeen, EventSeen, PersonSeen
from tests.rules.case_pictures import CASE, arrears, case_of, event, swedish

TENANT = PersonSeen(1, "Vuxen Påhittad", frozenset({"contract_holder"}), "none")
CONSENT = ConsentSeen(
    1,
    1,
    "own_unit",
    frozenset({"follow_up"}),
    frozenset({"contact_data"}),
    "both",
    swedish("2026-04-02 09:00"),
)
PLANNED = event(1, "uppfoljning.planerad", "2026-04-02 09:00", on="2026-05-08")
DONE = event(2, "uppfoljning.gjord", "2026-05-08 10:00")


def case(*events: EventSeen, consents: tuple[ConsentSeen, ...] = (CONSENT,)) -> CaseSnapshot:
    return case_of(arrears(), events=events, persons=(TENANT,), consents=consents)


def asked(fact: str, about: CaseSnapshot, now: str = "2026-04-07 09:00") -> FactValue:
    return FACTS[fact].read(about, CASE, swedish(now))


def test_a_planned_day_with_consent_is_waited_for() -> None:
    assert asked("follow_up_is_planned", case(PLANNED)) is True
    assert asked("next_follow_up_at", case(PLANNED)) == swedish("2026-05-08 00:00").isoformat()


def test_a_withdrawn_consent_ends_it_at_once() -> None:
    withdrawn = replace(CONSENT, withdrawn_at=swedish("2026-04-07 08:00"))
    assert asked("follow_up_is_planned", case(PLANNED, consents=(withdrawn,))) is False
    assert asked("follow_up_is_planned", case(PLANNED, consents=())) is False


def test_a_follow_up_that_is_done_is_over_until_a_new_day_is_set() -> None:
    again = event(3, "uppfoljning.planerad", "2026-05-08 10:00", on="2026-06-08")
    assert asked("follow_up_is_planned", case(PLANNED, DONE)) is False
    assert asked("next_follow_up_at", case(PLANNED, DONE)) is None
    assert asked("next_follow_up_at", case(PLANNED, DONE, again)) == swedish("2026-06-08 00:00").isoformat()


def test_the_suggested_day_is_five_weeks_on_a_day_the_office_is_open() -> None:
    assert asked("suggested_follow_up_on", case(), "2026-03-26 09:00") == "2026-04-30"
    assert asked("suggested_follow_up_on", case(), "2026-03-27 09:00") == "2026-05-04"
