"""When tasks are due, by the names that diagrams use, and how urgent they are in the inbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.clock import swedish_time
from processes.rules import calendar
from processes.rules.due_dates import DUE_RULES, due_at, meaning_of
from processes.rules.policy import Policy
from processes.rules.priority import FAR_AWAY_DAYS, priority_of
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope
from tests.rules.case_pictures import A_CHILD, CASE, arrears, case_of, day, event, from_kfm, report, swedish

NOTICE = Scope("notice", 1)
REPORT = Scope("report", 1)
NAMES = {
    "none", "same_day", "next_working_day", "in_working_days_3", "in_working_days_5", "in_days_7", "in_days_14",
    "intake_14_days", "intake_28_days", "child_14_days", "child_4_months", "child_follow_up_end",
    "recovery_last_day", "in_recovery_period", "eviction_day", "day_before_eviction", "deferral_latest",
    "reporter_answer", "follow_up_default",
}  # fmt: skip


def due(rule: str, case: CaseSnapshot, entered: str, scope: Scope = CASE) -> str | None:
    """When the task is due, as Swedish clocks show it."""
    found = due_at(rule, case, scope, swedish(entered))
    return None if found is None else swedish_time(found).strftime("%Y-%m-%d %H:%M")


def test_exactly_these_rules_can_be_named_in_a_diagram_and_each_says_what_it_means() -> None:
    assert set(DUE_RULES) == NAMES
    assert all(rule.meaning and rule.name == name for name, rule in DUE_RULES.items())
    with pytest.raises(KeyError):
        due_at("in_a_while", case_of(), CASE, swedish("2026-03-10 09:00"))


@pytest.mark.parametrize(
    ("rule", "entered", "expected"),
    [
        ("none", "2026-03-10 09:00", None),
        ("same_day", "2026-03-10 09:00", "2026-03-10 16:30"),
        ("same_day", "2026-03-10 16:50", "2026-03-10 23:59"),
        ("same_day", "2026-03-14 09:00", "2026-03-16 16:30"),
        ("next_working_day", "2026-03-10 23:30", "2026-03-11 16:30"),
        ("next_working_day", "2026-04-02 09:00", "2026-04-07 16:30"),
        ("next_working_day", "2026-06-18 09:00", "2026-06-22 16:30"),
        ("next_working_day", "2026-03-27 09:00", "2026-03-30 16:30"),
        ("next_working_day", "2026-10-23 09:00", "2026-10-26 16:30"),
        ("in_working_days_3", "2026-04-01 09:00", "2026-04-08 16:30"),
        ("in_working_days_5", "2026-12-22 09:00", "2027-01-04 16:30"),
        ("in_days_7", "2026-03-10 09:00", "2026-03-17 16:30"),
        ("in_days_7", "2026-06-12 09:00", "2026-06-22 16:30"),
        ("in_days_14", "2026-03-10 09:00", "2026-03-24 16:30"),
        ("follow_up_default", "2026-03-10 09:00", "2026-04-14 16:30"),
    ],
)
def test_days_that_we_set_ourselves_are_due_when_the_office_closes(
    rule: str, entered: str, expected: str | None
) -> None:
    assert due(rule, case_of(), entered) == expected


def test_local_closed_days_move_our_own_days_but_never_those_of_the_law() -> None:
    closed = Policy(local_closed_days=frozenset({day("2026-05-15"), day("2026-03-30")}))
    case = case_of(
        arrears(served_on=day("2026-03-09"), served_confirmed=True, received="2026-03-09 09:00"),
        policy=closed,
    )
    assert due("next_working_day", case, "2026-05-13 09:00") == "2026-05-18 16:30"
    assert due("same_day", case, "2026-05-15 09:00") == "2026-05-18 16:30"
    assert due("recovery_last_day", case, "2026-03-10 09:00", NOTICE) == "2026-03-30 23:59"


def test_the_intake_is_counted_from_the_notice_and_not_from_the_task() -> None:
    case = case_of(arrears())
    assert due("intake_14_days", case, "2026-03-20 09:00") == "2026-03-24 16:30"
    assert due("intake_28_days", case, "2026-03-20 09:00") == "2026-04-07 16:30"


def test_a_notice_from_kronofogden_is_due_the_day_it_came_in_whenever_the_task_came_up() -> None:
    case = case_of(from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00"))
    assert due("same_day", case, "2026-10-19 08:00", NOTICE) == "2026-10-16 16:30"
    weekend = case_of(from_kfm(1, "2026-10-17 15:40", "2026-10-22 09:00"))
    assert due("same_day", weekend, "2026-10-19 08:00", NOTICE) == "2026-10-19 16:30"
    by_landlord = case_of(arrears())
    assert due("same_day", by_landlord, "2026-03-11 08:00", NOTICE) == "2026-03-11 16:30"


def test_the_recovery_period_ends_at_midnight_and_the_first_of_several_counts_for_the_case() -> None:
    case = case_of(
        arrears(1, "2026-02-10 09:00", served_on=day("2026-02-10"), served_confirmed=True),
        arrears(2, "2026-03-10 09:00", served_on=day("2026-03-11"), served_confirmed=True),
    )
    assert due("recovery_last_day", case, "2026-03-12 09:00", Scope("notice", 2)) == "2026-04-01 23:59"
    assert due("recovery_last_day", case, "2026-03-12 09:00") == "2026-03-03 23:59"
    assert due("recovery_last_day", case_of(), "2026-03-12 09:00") is None
    assert due("recovery_last_day", case_of(arrears(kind="E")), "2026-03-12 09:00", NOTICE) is None


def test_ways_to_save_the_lease_are_weighed_soon_and_never_after_the_last_day() -> None:
    case = case_of(arrears(1, "2026-03-10 09:00", served_on=day("2026-03-11"), served_confirmed=True))
    assert due("in_recovery_period", case, "2026-03-11 09:00", NOTICE) == "2026-03-18 16:30"
    assert due("in_recovery_period", case, "2026-03-30 09:00", NOTICE) == "2026-04-01 23:59"
    without = case_of(arrears(kind="E"))
    assert due("in_recovery_period", without, "2026-03-30 09:00", NOTICE) == "2026-04-08 16:30"


def test_tasks_about_an_eviction_follow_its_date_when_it_moves() -> None:
    notice = from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00")
    moved = event(1, "kfm.nyTid", "2026-10-19 10:00", eviction_at=swedish("2026-10-29 13:00").isoformat())
    case = case_of(notice)
    assert due("eviction_day", case, "2026-10-16 16:00") == "2026-10-22 09:00"
    assert due("day_before_eviction", case, "2026-10-16 16:00") == "2026-10-21 16:30"
    assert due("deferral_latest", case, "2026-10-16 16:00") == "2026-10-20 16:30"
    later = case_of(notice, events=(moved,))
    assert due("eviction_day", later, "2026-10-16 16:00") == "2026-10-29 13:00"
    assert due("deferral_latest", later, "2026-10-16 16:00") == "2026-10-27 16:30"
    none = case_of()
    assert {
        due(rule, none, "2026-10-16 16:00")
        for rule in ("eviction_day", "day_before_eviction", "deferral_latest")
    } == {None}


def test_only_the_day_of_an_eviction_known_is_due_at_the_end_of_that_day() -> None:
    case = case_of(from_kfm(1, "2026-10-16 15:40", "2026-10-22 00:00", eviction_has_time=False))
    assert due("eviction_day", case, "2026-10-16 16:00") == "2026-10-22 23:59"


def test_what_should_have_been_done_already_is_due_the_day_the_task_comes_up() -> None:
    case = case_of(from_kfm(1, "2026-10-21 15:40", "2026-10-22 09:00"))
    assert due("deferral_latest", case, "2026-10-21 16:00") == "2026-10-21 16:30"
    assert due("deferral_latest", case, "2026-10-21 17:00") == "2026-10-21 23:59"
    assert due("day_before_eviction", case, "2026-10-22 07:00") == "2026-10-22 16:30"


def child_case(*events: EventSeen) -> CaseSnapshot:
    """A case with a report received 22 October."""
    return case_of(events=(report(1, "2026-10-22 10:00"), *events))


def test_the_clocks_of_a_child_are_due_at_midnight_of_their_own_day() -> None:
    opened = event(2, "barnutredning.inledd", "2026-11-02 10:00", REPORT)
    closed = event(3, "barnutredning.avslutad", "2026-12-24 10:00", REPORT)
    assert due("same_day", child_case(), "2026-10-22 10:05", REPORT) == "2026-10-22 16:30"
    assert due("same_day", child_case(), "2026-10-23 10:05", REPORT) == "2026-10-22 16:30"
    assert due("child_14_days", child_case(), "2026-10-22 10:05", REPORT) == "2026-11-05 23:59"
    assert due("child_4_months", child_case(opened), "2026-11-02 10:05", REPORT) == "2027-03-02 23:59"
    assert (
        due("child_follow_up_end", child_case(opened, closed), "2026-12-24 10:05", REPORT)
        == "2027-06-24 23:59"
    )


def test_a_reporter_is_answered_within_the_week_or_the_day_the_task_comes_up() -> None:
    opened = event(2, "barnutredning.inledd", "2026-11-02 10:00", REPORT)
    asked = event(3, "aterkoppling.begard", "2026-11-03 10:00", REPORT)
    late = event(3, "aterkoppling.begard", "2026-11-20 10:00", REPORT)
    assert due("reporter_answer", child_case(opened, asked), "2026-11-03 10:05", REPORT) == "2026-11-09 23:59"
    assert due("reporter_answer", child_case(opened, late), "2026-11-20 10:05", REPORT) == "2026-11-20 16:30"
    assert due("reporter_answer", child_case(asked), "2026-11-03 10:05", REPORT) is None
    assert due("reporter_answer", child_case(opened), "2026-11-03 10:05", REPORT) is None


@pytest.mark.parametrize(
    "rule", ["same_day", "child_14_days", "child_4_months", "child_follow_up_end", "reporter_answer"]
)
def test_without_a_report_a_childs_clock_is_not_known(rule: str) -> None:
    assert due(rule, case_of(), "2026-10-22 10:05", Scope("report", 4)) is None


@pytest.mark.parametrize(
    ("due_on", "priority"),
    [
        ("2026-03-09", 5),
        ("2026-03-10", 5),
        ("2026-03-11", 4),
        ("2026-03-12", 3),
        ("2026-03-13", 2),
        ("2026-03-14", 2),
        ("2026-03-17", 2),
        ("2026-03-18", 1),
        ("2026-09-01", 1),
    ],
)
def test_a_task_rises_as_its_day_comes_nearer(due_on: str, priority: int) -> None:
    case = case_of()
    now = swedish("2026-03-10 12:00")
    assert priority_of(case, CASE, swedish(f"{due_on} 16:30"), now) == priority


def test_saturday_is_near_on_friday_though_no_working_day_lies_between() -> None:
    friday = swedish("2026-03-13 12:00")
    assert priority_of(case_of(), CASE, swedish("2026-03-14 23:59"), friday) == 4


def test_children_come_first() -> None:
    now, soon = swedish("2026-03-10 12:00"), swedish("2026-03-12 16:30")
    assert priority_of(case_of(), CASE, soon, now) == 3
    assert priority_of(case_of(persons=(A_CHILD,)), CASE, soon, now) == 4
    assert priority_of(case_of(), REPORT, soon, now) == 4
    assert priority_of(case_of(persons=(A_CHILD,)), CASE, now, now) == 5
    assert priority_of(case_of(), CASE, None, now) == 1


def test_a_legal_day_raises_the_tasks_it_concerns() -> None:
    first = arrears(1, "2026-02-10 09:00", served_on=day("2026-02-10"), served_confirmed=True)
    case = case_of(first, arrears(2, "2026-03-02 09:00", amount_due=Decimal("1.00")))
    now = swedish("2026-03-03 12:00")
    assert priority_of(case, NOTICE, None, now) == 5
    assert priority_of(case, CASE, None, now) == 5
    assert priority_of(case, Scope("notice", 2), None, now) == 1
    paid = event(1, "hyra.betald", "2026-03-03 10:00", NOTICE, amount="9450.00", paid_on="2026-03-03")
    assert priority_of(replace(case, events=(paid,)), NOTICE, None, now) == 1
    assert priority_of(case, NOTICE, None, swedish("2026-03-04 00:10")) == 1, (
        "what has passed raises nothing more"
    )


def test_an_eviction_raises_every_task_of_the_case_until_it_is_carried_out() -> None:
    notice = from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00")
    now = swedish("2026-10-21 12:00")
    assert priority_of(case_of(notice), Scope("application", 9), None, now) == 4
    done = event(1, "kfm.verkstalld", "2026-10-21 11:00")
    assert priority_of(case_of(notice, events=(done,)), CASE, None, now) == 1


@settings(deadline=None)
@given(st.dates(day("2024-01-01"), day("2039-12-31")))
def test_days_far_away_always_have_more_than_five_working_days_left(today: date) -> None:
    assert calendar.working_days_until(today, today + timedelta(days=FAR_AWAY_DAYS + 1)) > 5


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("same_day", "Samma dag, innan kontoret stänger"),
        ("in_working_days_4", "Inom 4 arbetsdagar"),
        ("in_days_10", "Inom 10 dagar"),
        ("none", ""),
        ("", ""),
        ("finns_inte", ""),
    ],
)
def test_a_due_rule_says_in_words_how_the_time_was_set(name: str, meaning: str) -> None:
    assert meaning_of(name) == meaning
