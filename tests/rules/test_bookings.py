"""A booked time holds until it is moved or called off; a meeting at the eviction only for the day that is set now."""

from __future__ import annotations

from datetime import datetime

from processes.rules.bookings import BookedTime, bookings_of
from processes.rules.calendar_words import TOLD_RULES, word_of_booking, word_of_deadline
from processes.rules.deadlines.register import DEADLINES
from processes.rules.explanation import DeadlineKind
from processes.rules.snapshot import CaseSnapshot
from tests.rules.case_pictures import case_of, event, from_kfm, swedish

NOW = swedish("2026-03-11 09:00")
EVICTION = from_kfm(1, "2026-03-10 09:00", "2026-03-20 09:00")


def booked(case: CaseSnapshot, now: datetime = NOW) -> dict[str, datetime]:
    return {one.kind: one.starts_at for one in bookings_of(case, now)}


def test_a_new_time_of_the_same_kind_replaces_the_old_one():
    first = event(1, "besok.bokat", "2026-03-10 10:00", kind="home_visit", booked_for="2026-03-12T09:00")
    other = event(2, "besok.bokat", "2026-03-10 10:05", kind="meeting", booked_for="2026-03-13T09:00")
    moved = event(3, "besok.bokat", "2026-03-10 10:10", kind="home_visit", booked_for="2026-03-16T14:00")
    assert bookings_of(case_of(events=(first, other, moved)), NOW) == [
        BookedTime("home_visit", swedish("2026-03-16 14:00")),
        BookedTime("meeting", swedish("2026-03-13 09:00")),
    ]


def test_what_is_called_off_is_gone_and_only_that():
    visit = event(1, "besok.bokat", "2026-03-10 10:00", kind="home_visit", booked_for="2026-03-12T09:00")
    meeting = event(2, "besok.bokat", "2026-03-10 10:05", kind="meeting", booked_for="2026-03-13T09:00")
    called_off = event(3, "besok.avbokat", "2026-03-10 11:00", kind="home_visit")
    never_booked = event(4, "besok.avbokat", "2026-03-10 11:05", kind="joint_visit")
    case = case_of(events=(visit, meeting, called_off, never_booked))
    assert booked(case) == {"meeting": swedish("2026-03-13 09:00")}


def test_the_time_agreed_on_at_a_visit_is_a_meeting():
    agreed = event(
        1, "kontaktforsok.gjort", "2026-03-10 10:00", outcome="reached", booked_for="2026-03-12T13:00"
    )
    nothing_agreed = event(2, "kontaktforsok.gjort", "2026-03-11 08:00", outcome="reached")
    assert booked(case_of(events=(agreed, nothing_agreed))) == {"meeting": swedish("2026-03-12 13:00")}


def test_a_meeting_at_the_eviction_holds_for_the_day_it_was_planned_for():
    plan = event(1, "narvaro.planerad", "2026-03-10 10:00", presence="attend", meet_at="2026-03-20T08:30")
    assert booked(case_of(EVICTION, events=(plan,))) == {"presence": swedish("2026-03-20 08:30")}
    moved = event(2, "kfm.nyTid", "2026-03-10 12:00", eviction_at="2026-03-25T09:00")
    assert booked(case_of(EVICTION, events=(plan, moved))) == {}
    again = event(3, "narvaro.planerad", "2026-03-10 14:00", presence="attend", meet_at="2026-03-25T08:30")
    assert booked(case_of(EVICTION, events=(plan, moved, again))) == {"presence": swedish("2026-03-25 08:30")}


def test_a_withdrawn_eviction_needs_no_meeting():
    plan = event(1, "narvaro.planerad", "2026-03-10 10:00", presence="attend", meet_at="2026-03-20T08:30")
    withdrawn = event(2, "kfm.aterkallad", "2026-03-10 12:00")
    assert booked(case_of(EVICTION, events=(plan, withdrawn))) == {}


def test_nothing_is_booked_in_a_closed_case():
    visit = event(1, "besok.bokat", "2026-03-10 10:00", kind="home_visit", booked_for="2026-03-12T09:00")
    assert booked(case_of(events=(visit,), is_closed=True)) == {}


def test_a_calendar_never_says_that_a_case_is_about_a_child_money_or_a_decision():
    about_children = {one.id for one in DEADLINES.values() if one.function.startswith("children.")}
    assert about_children & TOLD_RULES
    assert {word_of_deadline(rule) for rule in about_children} == {"Frist"}
    for rule in DEADLINES:
        word = word_of_deadline(rule).casefold()
        assert not any(part in word for part in ("barn", "skydd", "bistånd", "skuld", "hyra", "beslut"))


def test_a_calendar_tells_what_somebody_must_do_and_the_day_of_the_eviction():
    assert {DEADLINES[rule].kind for rule in TOLD_RULES - {"D-18"}} == {
        DeadlineKind.ACT,
        DeadlineKind.LONGEST,
        DeadlineKind.GUIDE,
    }
    assert word_of_deadline("D-18") == "Avhysning"
    assert "D-18" in TOLD_RULES
    assert word_of_booking("home_visit") == "Besök"
