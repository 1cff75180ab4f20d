"""When there is news to judge the outcome by, and that news counts only once."""

from __future__ import annotations

import pytest

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import EventSeen
from tests.rules.case_pictures import CASE, arrears, case_of, event, swedish

CONTACT, PERIOD, TALKS = "kontaktOchStod.klar", "frist.avgjord", "forhandling.klar"
TALKS_BEGUN, ASSESSED = "forhandling.inledd", "utfall.bedomt"


def happened(*names: str) -> tuple[EventSeen, ...]:
    return tuple(event(number, name, "2026-03-12 10:00") for number, name in enumerate(names, start=1))


def asked(fact: str, *events: EventSeen, now: str = "2026-03-16 09:00") -> FactValue:
    return FACTS[fact].read(case_of(arrears(), events=events), CASE, swedish(now))


@pytest.mark.parametrize(
    ("names", "is_news"),
    [
        ((), False),
        ((CONTACT,), True),
        ((PERIOD,), True),
        ((CONTACT, ASSESSED), False),
        ((ASSESSED, PERIOD), True),
        ((TALKS_BEGUN, CONTACT), False),
        ((TALKS_BEGUN, CONTACT, TALKS), True),
        ((TALKS_BEGUN, PERIOD), True),
    ],
)
def test_news_is_what_came_after_the_last_assessment(names: tuple[str, ...], is_news: bool) -> None:
    assert asked("there_is_news_to_assess", *happened(*names)) is is_news


def test_awaiting_kronofogden_is_looked_at_after_a_month_on_a_day_the_office_is_open() -> None:
    awaits = event(1, ASSESSED, "2026-03-12 10:00", outcome="awaits_enforcement")
    saturday_moved_to_monday = swedish("2026-04-13 00:00").isoformat()
    assert asked("next_outcome_review_at", awaits) == saturday_moved_to_monday
    assert asked("there_is_news_to_assess", awaits, now="2026-04-12 23:00") is False
    assert asked("there_is_news_to_assess", awaits, now="2026-04-13 08:00") is True


def test_any_other_assessment_is_not_looked_at_again_by_itself() -> None:
    assert (
        asked("next_outcome_review_at", event(1, ASSESSED, "2026-03-12 10:00", outcome="continue_outreach"))
        is None
    )
    assert asked("next_outcome_review_at") is None
