"""A case is destroyed only when every rule that could keep it has run out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.rules.retention import (
    GROUNDS,
    RESEARCH_BIRTHDAYS,
    Ground,
    RecordedCase,
    RetentionPolicy,
    judge,
)

day = date.fromisoformat
GOTEBORG = RetentionPolicy("Göteborg")
ELSEWHERE = RetentionPolicy("Exempelköping", keeps_for_ever=False)
NOTE = day("2026-04-01")
ON_THE_FIRST = day("1980-01-01")
CHILD = day("2017-01-01")

DAYS = st.dates(day("2000-01-01"), day("2070-12-31"))
BIRTHS = st.one_of(st.none(), st.dates(day("1930-01-01"), day("2069-12-31")))
POLICIES = st.builds(
    RetentionPolicy,
    municipality=st.just("Exempelköping"),
    keeps_for_ever=st.booleans(),
    research_birthdays=st.frozensets(st.integers(1, 31), max_size=3),
)
CASES = st.builds(
    RecordedCase,
    is_closed=st.booleans(),
    is_held=st.booleans(),
    last_note_on=DAYS,
    births=st.lists(BIRTHS, max_size=3).map(tuple),
    investigated=st.lists(BIRTHS, max_size=2).map(tuple),
)


def recorded(**said: object) -> RecordedCase:
    return RecordedCase(**({"is_closed": True, "is_held": False, "last_note_on": NOTE} | said))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "policy", "today", "ground"),
    [
        (recorded(is_closed=False), ELSEWHERE, "2060-01-01", Ground.OPEN),
        (recorded(is_held=True), ELSEWHERE, "2060-01-01", Ground.HELD),
        (recorded(), GOTEBORG, "2126-01-01", Ground.KEPT),
        (recorded(births=(day("1980-03-15"),)), ELSEWHERE, "2060-01-01", Ground.RESEARCH),
        (recorded(births=(day("1980-03-05"), ON_THE_FIRST)), ELSEWHERE, "2060-01-01", Ground.RESEARCH),
        (recorded(births=(ON_THE_FIRST, day("2019-12-25"))), ELSEWHERE, "2060-01-01", Ground.RESEARCH),
        (recorded(births=(day("1980-03-16"),)), ELSEWHERE, "2031-04-02", Ground.DUE),
        (recorded(), ELSEWHERE, "2031-04-01", Ground.NOT_YET),
        (recorded(), ELSEWHERE, "2031-04-02", Ground.DUE),
        (recorded(births=(None,)), ELSEWHERE, "2031-04-02", Ground.DUE),
        (recorded(investigated=(CHILD,)), ELSEWHERE, "2047-01-01", Ground.NOT_YET),
        (recorded(investigated=(CHILD,)), ELSEWHERE, "2047-01-02", Ground.DUE),
        (recorded(investigated=(CHILD, day("2020-01-01"))), ELSEWHERE, "2047-01-02", Ground.NOT_YET),
        (recorded(investigated=(None,)), ELSEWHERE, "2126-01-01", Ground.CHILD_UNKNOWN),
        (
            recorded(last_note_on=day("2026-01-14"), investigated=(CHILD,)),
            ELSEWHERE,
            "2031-01-15",
            Ground.DUE,
        ),
    ],
)
def test_the_table_of_examples(
    case: RecordedCase, policy: RetentionPolicy, today: str, ground: Ground
) -> None:
    verdict = judge(case, policy, day(today))
    assert verdict.ground is ground
    assert verdict.may_be_destroyed is (ground is Ground.DUE)


def test_the_explanation_says_the_rule_the_start_and_the_day() -> None:
    verdict = judge(recorded(), ELSEWHERE, day("2031-04-02"))
    assert verdict.explanation is not None
    said = verdict.explanation.as_text_sv()
    assert "1 april 2031" in said
    assert "Sista anteckningen gjordes onsdag 1 april 2026" in said or "1 april 2026" in said
    assert "SoL 16:1" in said


def test_a_day_that_follows_from_a_birthday_is_marked_so_that_no_list_tells_it() -> None:
    assert judge(recorded(investigated=(CHILD,)), ELSEWHERE, day("2030-01-01")).is_by_birth
    assert not judge(recorded(births=(CHILD,)), ELSEWHERE, day("2030-01-01")).is_by_birth


def test_how_many_birthdays_nobody_knows_is_told_to_who_approves() -> None:
    assert (
        judge(recorded(births=(None, ON_THE_FIRST, None)), ELSEWHERE, day("2040-01-01")).unknown_births == 2
    )


def test_every_ground_has_its_sentence() -> None:
    assert set(GROUNDS) == set(Ground)


@given(case=CASES, policy=POLICIES, today=DAYS)
def test_nothing_open_held_or_kept_for_ever_and_nothing_younger_than_five_years_is_destroyed(
    case: RecordedCase, policy: RetentionPolicy, today: date
) -> None:
    verdict = judge(case, policy, today)
    if verdict.may_be_destroyed:
        assert case.is_closed
        assert not case.is_held
        assert not policy.keeps_for_ever
        assert today - case.last_note_on > timedelta(days=5 * 365)
        assert not {born.day for born in case.births if born} & policy.research_birthdays
        assert None not in case.investigated


@given(case=CASES, policy=POLICIES, today=DAYS, born=BIRTHS)
def test_one_more_child_never_makes_a_case_go_earlier(
    case: RecordedCase, policy: RetentionPolicy, today: date, born: date | None
) -> None:
    more = RecordedCase(
        case.is_closed, case.is_held, case.last_note_on, case.births, (*case.investigated, born)
    )
    if judge(more, policy, today).may_be_destroyed:
        assert judge(case, policy, today).may_be_destroyed


@given(case=CASES, policy=POLICIES, today=DAYS, days=st.integers(0, 20_000))
def test_what_is_due_stays_due(case: RecordedCase, policy: RetentionPolicy, today: date, days: int) -> None:
    if judge(case, policy, today).may_be_destroyed:
        assert judge(case, policy, today + timedelta(days=days)).may_be_destroyed


@given(case=CASES, policy=POLICIES, today=DAYS)
def test_a_day_never_stands_without_its_proof(
    case: RecordedCase, policy: RetentionPolicy, today: date
) -> None:
    explanation = judge(case, policy, today).explanation
    assert explanation is None or explanation.recompute() == explanation.on


def test_the_days_of_research_are_those_that_were_told() -> None:
    assert frozenset({5, 15, 25}) == RESEARCH_BIRTHDAYS
