"""Whether an investigation is opened or decided, and when a long intake is looked at."""

from __future__ import annotations

import pytest

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import EventSeen
from tests.rules.case_pictures import CASE, arrears, case_of, event, swedish

OPENED, NOT_OPENED, ENDED = "utredning.inledd", "utredning.ej_inledd", "utredning.avslutad"
GOES_ON, MEASURE, REACHED = "aktualisering.fortsatter", "atgard.kan_bli_aktuell", "hyresgast.nadd"


def happened(*names: str) -> tuple[EventSeen, ...]:
    return tuple(event(number, name, "2026-03-12 10:00") for number, name in enumerate(names, start=1))


def asked(fact: str, *events: EventSeen, now: str = "2026-03-16 09:00") -> FactValue:
    return FACTS[fact].read(case_of(arrears(), events=events), CASE, swedish(now))


@pytest.mark.parametrize(
    ("names", "is_open", "is_decided"),
    [
        ((), False, False),
        ((OPENED,), True, True),
        ((NOT_OPENED,), False, True),
        ((GOES_ON,), False, False),
        ((NOT_OPENED, GOES_ON), False, False),
        ((GOES_ON, OPENED), True, True),
        ((OPENED, ENDED), False, False),
    ],
)
def test_the_last_word_decides(names: tuple[str, ...], is_open: bool, is_decided: bool) -> None:
    assert asked("investigation_is_open", *happened(*names)) is is_open
    assert asked("investigation_is_decided", *happened(*names)) is is_decided


@pytest.mark.parametrize(
    ("names", "needed"),
    [((MEASURE,), True), ((MEASURE, GOES_ON), False), ((GOES_ON, MEASURE), True), ((OPENED, MEASURE), False)],
)
def test_what_may_lead_to_a_measure_asks_until_a_stance_is_taken(
    names: tuple[str, ...], needed: bool
) -> None:
    assert asked("measure_may_be_needed", *happened(*names)) is needed


def test_only_a_decision_made_at_the_contact_closes_the_intake_there() -> None:
    at_contact = event(2, NOT_OPENED, "2026-03-12 10:00", at_contact=True)
    assert asked("intake_is_closed_at_contact", *happened(REACHED), at_contact) is True
    assert asked("intake_is_closed_at_contact", *happened(REACHED, NOT_OPENED)) is False


def test_reaching_the_tenant_again_or_ending_the_matter_reopens_the_question() -> None:
    at_contact = event(1, NOT_OPENED, "2026-03-12 10:00", at_contact=True)
    for later in (REACHED, ENDED):
        assert asked("intake_is_closed_at_contact", at_contact, event(2, later, "2026-04-12 10:00")) is False


def test_a_long_intake_is_looked_at_after_four_weeks_and_a_week_after_each_review() -> None:
    assert asked("next_intake_review_at") == swedish("2026-04-07 00:00").isoformat()
    reviewed = event(1, "sarskilda_skal.provade", "2026-04-07 10:00")
    assert (
        asked("next_intake_review_at", reviewed, now="2026-04-07 11:00")
        == swedish("2026-04-14 00:00").isoformat()
    )


def test_a_matter_that_comes_back_is_counted_from_its_own_notice() -> None:
    ended = event(1, ENDED, "2026-05-04 10:00")
    case = case_of(arrears(), arrears(2, "2026-09-08 09:00"), events=(ended,))
    at = FACTS["next_intake_review_at"].read(case, CASE, swedish("2026-09-09 09:00"))
    assert at == swedish("2026-10-06 00:00").isoformat()
