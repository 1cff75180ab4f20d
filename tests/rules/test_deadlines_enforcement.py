"""Kronofogden, D-10 and D-18 to D-21: confirmation the same day, versions of the date, and odd dates remarked on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from processes.rules.deadlines import enforcement, evictions, stages
from processes.rules.deadlines.of_case import deferral_request_of, eviction_day_of
from processes.rules.explanation import StartingPoint
from processes.rules.interpretations import Interpretations
from processes.rules.policy import Policy
from processes.rules.snapshot import EventSeen
from tests.rules.case_pictures import arrears, case_of, day, event, from_kfm, swedish

POLICY = Policy()
ON_CALL = Policy(interpretations=Interpretations(confirmation_may_wait_for_working_day=False))


@pytest.mark.parametrize(
    ("received", "due", "limit"),
    [
        ("2026-10-16 15:40", "2026-10-16 16:30", "2026-10-16 23:59"),
        ("2026-10-16 16:30", "2026-10-16 23:59", "2026-10-16 23:59"),
        ("2026-10-16 16:50", "2026-10-16 23:59", "2026-10-16 23:59"),
        ("2026-10-16 23:30", "2026-10-16 23:59", "2026-10-16 23:59"),
        ("2026-10-20 00:15", "2026-10-20 16:30", "2026-10-20 23:59"),
        ("2026-10-17 10:00", "2026-10-19 16:30", "2026-10-19 23:59"),
        ("2026-06-19 10:00", "2026-06-22 16:30", "2026-06-22 23:59"),
        ("2026-04-02 15:00", "2026-04-02 16:30", "2026-04-02 23:59"),
        ("2026-03-29 10:00", "2026-03-30 16:30", "2026-03-30 23:59"),
        ("2026-10-25 10:00", "2026-10-26 16:30", "2026-10-26 23:59"),
    ],
)
def test_a_notice_is_confirmed_the_same_day_or_the_next_working_day(
    received: str, due: str, limit: str
) -> None:
    found = enforcement.confirmation_due(swedish(received), POLICY)
    assert (found.at, found.latest_at) == (swedish(due), swedish(limit))


def test_waiting_for_the_working_day_is_an_interpretation_that_can_be_switched_off() -> None:
    saturday = swedish("2026-10-17 10:00")
    waits = enforcement.confirmation_due(saturday, POLICY)
    assert (waits.on, waits.is_interpretation) == (day("2026-10-19"), True)
    assert [r.on for r in waits.readings] == [day("2026-10-17")]
    at_once = enforcement.confirmation_due(saturday, ON_CALL)
    assert (at_once.on, at_once.at) == (day("2026-10-17"), swedish("2026-10-17 23:59"))
    assert [r.on for r in at_once.readings] == [day("2026-10-19")]
    assert not enforcement.confirmation_due(swedish("2026-10-16 15:40"), POLICY).is_interpretation


def test_an_office_closed_on_a_bridge_day_still_owes_the_confirmation_that_day() -> None:
    closed = Policy(local_closed_days=frozenset({day("2026-05-15")}))
    found = enforcement.confirmation_due(swedish("2026-05-15 10:00"), closed)
    assert (found.on, found.at) == (day("2026-05-15"), swedish("2026-05-15 23:59"))


def codes(on: str, today: str) -> list[tuple[str, str]]:
    """The remarks' codes and levels."""
    return [(r.code, r.level.value) for r in evictions.remarks_on_eviction(day(on), day(today))]


@pytest.mark.parametrize(
    ("on", "today", "remarks"),
    [
        ("2026-10-15", "2026-10-16", [("passed", "alarm")]),
        ("2026-10-16", "2026-10-16", [("today", "alarm")]),
        ("2026-10-22", "2026-10-16", [("less_than_a_week", "warning")]),
        ("2026-10-23", "2026-10-16", []),
        ("2026-10-21", "2026-10-16", [("less_than_a_week", "warning")]),
        ("2026-10-20", "2026-10-16", [("less_than_three_working_days", "alarm")]),
        ("2026-12-11", "2026-10-16", []),
        ("2026-12-12", "2026-10-16", [("far_ahead", "warning"), ("day_off", "warning")]),
        ("2026-06-19", "2026-06-10", [("day_off", "warning")]),
        ("2026-10-17", "2026-10-16", [("less_than_three_working_days", "alarm"), ("day_off", "warning")]),
        ("2026-10-11", "2026-10-16", [("passed", "alarm"), ("day_off", "warning")]),
    ],
)
def test_an_odd_date_is_remarked_on_and_never_refused(
    on: str, today: str, remarks: list[tuple[str, str]]
) -> None:
    assert codes(on, today) == remarks


def test_the_day_of_the_eviction_tells_how_long_the_notice_was() -> None:
    case = case_of(from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00"))
    found = eviction_day_of(case)
    assert found is not None
    assert (found.on, found.at) == (day("2026-10-22"), swedish("2026-10-22 09:00"))
    assert found.notes[0] == "6 dagar från underrättelsen till avhysningen."


def test_a_date_without_a_time_of_day_is_still_a_day() -> None:
    case = case_of(from_kfm(1, "2026-10-16 15:40", "2026-10-22 00:00", eviction_has_time=False))
    found = eviction_day_of(case)
    assert found is not None
    assert (found.on, found.at) == (day("2026-10-22"), None)


@pytest.mark.parametrize(
    ("eviction", "latest"),
    [("2026-10-22", "2026-10-20"), ("2026-06-22", "2026-06-17"), ("2026-04-07", "2026-04-01")],
)
def test_more_time_is_asked_for_two_office_days_before(eviction: str, latest: str) -> None:
    start = StartingPoint("Satt till", day(eviction))
    found = enforcement.latest_deferral_request(start, POLICY)
    assert (found.on, found.at) == (day(latest), swedish(f"{latest} 16:30"))


def test_a_closed_office_day_moves_the_request_for_more_time_earlier() -> None:
    closed = Policy(local_closed_days=frozenset({day("2026-10-21")}))
    found = enforcement.latest_deferral_request(StartingPoint("Satt till", day("2026-10-22")), closed)
    assert found.on == day("2026-10-19")


def test_an_unanswered_request_is_asked_about_every_office_day() -> None:
    asked = swedish("2026-10-16 10:00")
    assert enforcement.next_answer_reminder(asked, asked, POLICY) == swedish("2026-10-19 16:30")
    later = swedish("2026-10-19 16:30")
    assert enforcement.next_answer_reminder(asked, later, POLICY) == swedish("2026-10-20 16:30")


def test_execution_is_expected_within_four_weeks_and_removal_after_five_days() -> None:
    assert enforcement.execution_expected(day("2026-10-01")).on == day("2026-10-29")
    removal = enforcement.earliest_removal(day("2026-06-14"))
    assert removal.on == day("2026-06-19"), "a wait that protects is not moved past Midsummer Eve"
    assert [r.on for r in removal.readings] == [day("2026-07-05")]


FIRST = from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00")


def current(*events: EventSeen) -> tuple[date, datetime] | None:
    """The day and instant that hold after these events."""
    found = evictions.current_eviction(case_of(FIRST, events=events))
    return None if found is None else (found.on, found.at)


def new_time(event_id: int, at: str, eviction: str) -> EventSeen:
    """Kronofogden names a new day; the form stores the instant as text in UTC."""
    return event(event_id, "kfm.nyTid", at, eviction_at=swedish(eviction).isoformat())


def test_the_newest_date_holds_and_the_old_ones_are_kept() -> None:
    moved = (
        new_time(1, "2026-10-19 10:00", "2026-10-29 10:00"),
        new_time(2, "2026-10-26 10:00", "2026-11-05 13:00"),
    )
    assert current(*moved) == (day("2026-11-05"), swedish("2026-11-05 13:00"))
    versions = evictions.eviction_versions(case_of(FIRST, events=moved))
    assert [v.on for v in versions] == [day("2026-10-22"), day("2026-10-29"), day("2026-11-05")]


def test_a_date_moved_earlier_holds_too() -> None:
    earlier = new_time(1, "2026-10-19 10:00", "2026-10-21 09:00")
    assert current(earlier) == (day("2026-10-21"), swedish("2026-10-21 09:00"))


def test_kronofogdens_withdrawal_cancels_and_a_later_date_revives() -> None:
    withdrawn = event(1, "kfm.aterkallad", "2026-10-20 08:00")
    assert current(withdrawn) is None
    assert current(withdrawn, new_time(2, "2026-10-21 08:00", "2026-11-05 13:00")) is not None
    same_instant = event(1, "kfm.aterkallad", "2026-10-16 15:40")
    assert current(same_instant) is None
    by_letter = from_kfm(2, "2026-10-20 08:00", None, kind="H")
    assert evictions.current_eviction(case_of(FIRST, by_letter)) is None


def test_keys_a_death_and_a_promise_cancel_nothing() -> None:
    assert (
        current(event(1, "nycklar.inlamnade", "2026-10-20 08:00"), event(2, "avliden", "2026-10-20 09:00"))
        is not None
    )


def test_more_time_without_a_new_day_is_a_provisional_date() -> None:
    granted = event(1, "kfm.anstand.svar", "2026-10-20 08:00", answer="granted", until="2026-10-29")
    found = evictions.current_eviction(case_of(FIRST, events=(granted,)))
    assert found is not None
    assert (found.on, found.is_provisional) == (day("2026-10-29"), True)
    refused = event(1, "kfm.anstand.svar", "2026-10-20 08:00", answer="refused")
    assert current(refused) == (day("2026-10-22"), swedish("2026-10-22 09:00"))


@pytest.mark.parametrize("last", ["kfm.nyTid", "kfm.anstand.svar"])
def test_of_what_one_letter_tells_that_holds_which_was_noted_last(last: str) -> None:
    told: dict[str, dict[str, Any]] = {
        "kfm.anstand.svar": {"answer": "granted", "until": "2026-10-29"},
        "kfm.nyTid": {"eviction_at": swedish("2026-11-05 09:00").isoformat()},
    }
    names = sorted(told, key=lambda name: name == last)
    noted = tuple(event(n, name, "2026-10-20 08:00", **told[name]) for n, name in enumerate(names, 1))
    found = evictions.current_eviction(case_of(FIRST, events=noted))
    assert found is not None
    assert found.on == day("2026-11-05" if last == "kfm.nyTid" else "2026-10-29")


def test_a_notice_that_is_not_ours_sets_no_date() -> None:
    other = from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00", stance="not_for_us")
    assert evictions.current_eviction(case_of(other)) is None
    assert evictions.current_eviction(case_of(arrears())) is None
    assert deferral_request_of(case_of(arrears())) is None
    assert eviction_day_of(case_of(arrears())) is None


def test_an_eviction_is_carried_out_when_kronofogden_says_so_of_the_date_that_holds() -> None:
    done = event(1, "kfm.verkstalld", "2026-10-22 10:00")
    assert evictions.is_carried_out(case_of(FIRST, events=(done,)))
    moved = new_time(2, "2026-10-23 10:00", "2026-11-05 13:00")
    assert not evictions.is_carried_out(case_of(FIRST, events=(done, moved)))
    assert not evictions.is_carried_out(case_of(FIRST))


def test_the_stages_before_an_eviction_are_three_days_the_last_for_keys_and_the_day() -> None:
    eviction = evictions.current_eviction(case_of(FIRST))
    assert eviction is not None
    found = stages.eviction_stages(eviction, POLICY)
    assert [(s.name, s.on) for s in found] == [
        ("warn_3", day("2026-10-19")),
        ("warn_1", day("2026-10-21")),
        ("keys", day("2026-10-21")),
        ("day", day("2026-10-22")),
    ]
    assert found[-1].at == swedish("2026-10-22 00:00")
    assert stages.next_stage(found, swedish("2026-10-20 12:00")) == found[1]
    assert stages.next_stage(found, swedish("2026-10-22 00:00")) is None
