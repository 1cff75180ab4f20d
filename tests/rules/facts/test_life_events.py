"""Another municipality has a month to answer whether it takes over (SoL 29:10-11)."""

from __future__ import annotations

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import EventSeen, Scope
from tests.rules.case_pictures import case_of, event, swedish

PERSON = Scope("person", 7)
ASKED = event(1, "overflyttning.begard", "2026-09-22 10:00", PERSON, sent_on="2026-09-22")
ANSWERED = event(2, "overflyttning.svar", "2026-10-02 10:00", PERSON, answer="accepted")


def asked(name: str, *events: EventSeen, now: str = "2026-10-01 09:00") -> FactValue:
    """The fact about the person who moves."""
    return FACTS[name].read(case_of(events=events), PERSON, swedish(now))


def test_the_morning_after_the_month_is_when_the_answer_is_late():
    assert asked("transfer_answer_due_at") is None
    assert asked("transfer_answer_due_at", ASKED) == "2026-10-22T22:00:00+00:00"
    assert asked("transfer_answer_is_late", ASKED, now="2026-10-22 23:59") is False
    assert asked("transfer_answer_is_late", ASKED, now="2026-10-23 00:00") is True


def test_an_answer_ends_the_wait_until_it_is_asked_again():
    again = event(3, "overflyttning.begard", "2026-11-01 10:00", PERSON, sent_on="2026-11-01")
    assert asked("transfer_is_answered", ASKED) is False
    assert asked("transfer_is_answered", ASKED, ANSWERED) is True
    assert asked("transfer_answer_is_late", ASKED, ANSWERED, now="2026-12-01 09:00") is False
    assert asked("transfer_is_answered", ASKED, ANSWERED, again) is False
