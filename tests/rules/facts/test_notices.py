"""What a diagram may ask about a notice: its kind, how near the eviction is, when it is confirmed at the latest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import CaseSnapshot, NoticeSeen, Scope
from tests.rules.case_pictures import CASE, arrears, case_of, from_kfm, swedish

NOTICE = Scope("notice", 1)
EVICTION = from_kfm(1, "2026-10-16 15:40", "2026-10-22 09:00")


def asked(fact: str, case: CaseSnapshot, now: str = "2026-10-16 16:00", scope: Scope = NOTICE) -> FactValue:
    return FACTS[fact].read(case, scope, swedish(now))


@pytest.mark.parametrize("kind", "FGHI")
def test_kronofogdens_four_kinds_of_notice_go_their_own_way(kind: str) -> None:
    assert asked("notice_is_from_enforcement", case_of(replace(EVICTION, kind=kind))) is True


@pytest.mark.parametrize("kind", "ABCDEJ")
def test_every_other_notice_waits_for_a_stance(kind: str) -> None:
    assert asked("notice_is_from_enforcement", case_of(arrears(kind=kind))) is False


def test_arrears_are_seen_among_other_grounds() -> None:
    both = arrears(grounds=frozenset({"arrears", "disturbance"}))
    assert asked("notice_is_about_arrears", case_of(both)) is True
    assert asked("notice_is_about_arrears", case_of(arrears(grounds=frozenset({"disturbance"})))) is False


@pytest.mark.parametrize(
    ("now", "expected"), [("2026-10-21 23:59", False), ("2026-10-22 00:01", True), ("2026-10-23 08:00", True)]
)
def test_an_eviction_is_here_on_the_swedish_day_itself(now: str, expected: bool) -> None:
    assert asked("eviction_is_today_or_past", case_of(EVICTION), now) is expected


def test_days_to_the_eviction_are_calendar_days_and_fall_below_zero() -> None:
    assert asked("days_to_eviction", case_of(EVICTION)) == 6
    assert asked("days_to_eviction", case_of(EVICTION), "2026-10-24 08:00") == -2
    assert asked("days_to_eviction", case_of(arrears())) is None


def test_an_unsent_confirmation_is_called_out_a_quarter_before_the_office_closes() -> None:
    expected = swedish("2026-10-16 16:15").isoformat()
    assert asked("confirmation_escalates_at", case_of(EVICTION)) == expected


def test_the_same_day_is_counted_in_winter_time_too() -> None:
    winter = from_kfm(1, "2026-11-03 10:00", "2026-11-10 09:00")
    assert asked("confirmation_escalates_at", case_of(winter)) == "2026-11-03T15:15:00+00:00"


def test_a_withdrawal_or_a_landlords_notice_needs_no_confirmation() -> None:
    assert asked("confirmation_escalates_at", case_of(replace(EVICTION, kind="H"))) is None
    assert asked("confirmation_escalates_at", case_of(arrears())) is None


def test_outside_a_notice_nothing_is_known_about_one() -> None:
    case = case_of(EVICTION)
    assert asked("notice_kind", case, scope=CASE) is None
    assert asked("notice_id", case, scope=CASE) is None
    assert asked("notice_informant", case, scope=CASE) is None


def test_a_notice_says_its_own_kind_number_and_informant() -> None:
    notices: tuple[NoticeSeen, ...] = (arrears(), replace(EVICTION, id=2))
    case = case_of(*notices)
    assert asked("notice_kind", case, scope=Scope("notice", 2)) == "F"
    assert asked("notice_id", case, scope=Scope("notice", 2)) == 2
    assert asked("notice_informant", case, scope=Scope("notice", 2)) == "kfm"
    assert asked("notice_count", case) == 2


@pytest.mark.parametrize(
    ("running", "expected"),
    [({"hot-om-avhysning"}, True), ({"avhysning-kronofogden"}, True), ({"bevakning"}, False)],
)
def test_only_the_two_main_processes_make_a_case_one_to_add_to(running: set[str], expected: bool) -> None:
    assert asked("main_process_runs", case_of(arrears(), running=frozenset(running))) is expected
