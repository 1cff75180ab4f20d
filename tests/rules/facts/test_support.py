"""What is known about a negotiation, and when an unexecuted decision is looked at."""

from __future__ import annotations

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import EventSeen
from tests.rules.case_pictures import CASE, arrears, case_of, event, swedish

BEGUN = event(1, "forhandling.inledd", "2026-03-16 10:00")
TRIED = event(2, "forhandling.provad", "2026-03-20 10:00", result="rent_tribunal", reminder_on="2026-05-04")
RULED = event(3, "hyresnamnden.beslut", "2026-05-12 10:00", result="stays")
READY = event(4, "forhandling.klar", "2026-05-13 10:00")


def asked(fact: str, *events: EventSeen, now: str = "2026-05-13 11:00") -> FactValue:
    return FACTS[fact].read(case_of(arrears(), events=events), CASE, swedish(now))


def test_a_negotiation_is_open_from_its_beginning_to_its_end() -> None:
    assert asked("negotiation_is_open") is False
    assert asked("negotiation_is_open", BEGUN, TRIED) is True
    assert asked("negotiation_is_open", BEGUN, TRIED, READY) is False


def test_the_tribunal_is_asked_about_on_the_day_that_was_chosen() -> None:
    assert asked("next_tribunal_reminder_at", BEGUN, TRIED) == swedish("2026-05-04 00:00").isoformat()
    assert asked("next_tribunal_reminder_at", BEGUN) is None


def test_a_ruling_is_news_until_somebody_has_looked_at_the_negotiation() -> None:
    looked = event(5, "forhandling.provad", "2026-05-14 10:00", result="no_agreement")
    assert asked("tribunal_has_decided_anew", BEGUN, TRIED, RULED) is True
    assert asked("tribunal_has_decided_anew", BEGUN, TRIED, RULED, looked) is False


def test_a_decision_that_is_not_carried_out_is_looked_at_after_three_months() -> None:
    assert asked("decision_watch_on", now="2026-11-30 10:00") == "2027-02-28"
