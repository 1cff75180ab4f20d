"""Every date proves itself: it can be counted again from its own starting points, kept as JSON and read in Swedish."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.rules import calendar
from processes.rules.counting import Counting, Step, repeat_steps, take_step
from processes.rules.deadlines import DEADLINES, afterwards, children, enforcement, intake, recovery
from processes.rules.explanation import DeadlineKind, Explanation, StartingPoint
from processes.rules.policy import Policy
from tests.rules.case_pictures import day, swedish

DAYS = st.dates(date(2024, 1, 1), date(2039, 12, 31))
POLICY = Policy(local_closed_days=frozenset({day("2026-05-15"), day("2026-01-05")}))
ELSEWHERE = Policy(keeps_records_for_ever=False)


def on(any_day: date) -> StartingPoint:
    """A starting point on a day."""
    return StartingPoint("Hände", any_day, "papper")


def noon(any_day: date) -> datetime:
    """Noon in Sweden."""
    return swedish(f"{any_day.isoformat()} 12:00")


def a_period(any_day: date) -> Explanation:
    """D-01 from a day."""
    return recovery.last_day_to_recover_lease(on(any_day), on(any_day - timedelta(days=2)))


FROM_ONE_DAY: dict[str, Callable[[date], Explanation]] = {
    "D-01": a_period,
    "D-02": lambda d: recovery.day_board_message_was_given(posted_on=d, is_registered=True, received_on=d),
    "D-03": lambda d: recovery.last_day_for_commitment(a_period(d)),
    "D-04": lambda d: recovery.late_payment_excuse(a_period(d)),
    "D-05": lambda d: recovery.earliest_eviction_order(a_period(d)),
    "D-06": lambda _: recovery.no_recovery_when_moving_anyway(),
    "D-07": recovery.first_day_of_forfeiture,
    "D-08": lambda _: recovery.disturbance_without_recovery(is_particularly_serious=False),
    "D-09": lambda d: recovery.last_day_to_recover_cooperative_flat(None, on(d), dated_on=d),
    "D-10": lambda d: enforcement.confirmation_due(noon(d), POLICY),
    "D-11": lambda d: children.protection_assessment(noon(d), POLICY),
    "D-12": lambda d: children.decision_to_investigate(on(d)),
    "D-13": lambda d: children.investigation_finished(on(d)),
    "D-14": lambda d: children.answer_to_reporter(d + timedelta(days=800), d + timedelta(days=799)),
    "D-15": lambda d: children.follow_up_ends(on(d)),
    "D-16": lambda d: intake.investigation_opens_at_once(on(d)),
    "D-17": lambda d: intake.intake_limit(on(d), POLICY),
    "D-18": lambda d: enforcement.eviction_day(on(d), noon(d), d - timedelta(days=7)),
    "D-19": enforcement.execution_expected,
    "D-20": lambda d: enforcement.latest_deferral_request(on(d), POLICY),
    "D-21": enforcement.earliest_removal,
    "D-22": afterwards.belongings_fall_to_landlord,
    "D-23": afterwards.last_day_to_reclaim,
    "D-24": afterwards.report_of_unexecuted_decision,
    "D-25": afterwards.last_day_to_appeal,
    "D-26": afterwards.referral_to_rent_tribunal,
    "D-27": afterwards.answer_on_transfer,
    "D-28": lambda d: afterwards.rent_check(on(d), POLICY),
    "D-29": lambda d: afterwards.follow_up(on(d), POLICY),
    "D-30": lambda d: afterwards.retention_ends(d, ELSEWHERE),
}
"""Every deadline as a function of one day."""

UNHURRIED = settings(deadline=None, max_examples=40)
"""The calendar of a year is read at its first use, so one example may take longer than the rest."""

WITHOUT_A_DAY = {"D-04", "D-06", "D-08"}
ROLLED = {"D-01", "D-03", "D-09", "D-10", "D-23", "D-25", "D-26"}
"""Acts that lag 1930:173 2 § moves, so that their last day is never a day off."""


def test_the_register_has_every_number_once_and_each_names_a_function_of_its_own() -> None:
    assert list(DEADLINES) == [f"D-{n:02}" for n in range(1, 31)]
    assert len({deadline.function for deadline in DEADLINES.values()}) == 30
    assert set(FROM_ONE_DAY) == set(DEADLINES)


@pytest.mark.parametrize("deadline_id", list(DEADLINES))
def test_a_registered_function_gives_its_own_deadline_with_a_source_in_its_docstring(
    deadline_id: str,
) -> None:
    deadline = DEADLINES[deadline_id]
    found = FROM_ONE_DAY[deadline_id](day("2026-03-10"))
    assert (found.id, found.kind, found.source) == (deadline_id, deadline.kind, deadline.source)
    docstring = deadline.compute.__doc__ or ""
    assert docstring.startswith(deadline_id)
    assert any(law in docstring for law in ("JB", "SoL", "SoF", "UB", "BRL", "FL", "handboken"))


@pytest.mark.parametrize("deadline_id", [d.id for d in DEADLINES.values() if not d.is_verified])
def test_a_source_that_nobody_has_read_says_so_where_the_date_is_shown(deadline_id: str) -> None:
    assert "Källans ordalydelse är inte kontrollerad." in FROM_ONE_DAY[deadline_id](day("2026-03-10")).notes


@pytest.mark.parametrize("deadline_id", list(FROM_ONE_DAY))
@UNHURRIED
@given(start=DAYS)
def test_the_explanation_counts_to_its_own_date_and_survives_json(deadline_id: str, start: date) -> None:
    found = FROM_ONE_DAY[deadline_id](start)
    kept = Explanation.from_json(json.loads(json.dumps(found.to_json())))
    assert kept == found
    assert kept.recompute() == found.on
    assert (found.on is None) is (deadline_id in WITHOUT_A_DAY)


@pytest.mark.parametrize("deadline_id", sorted(set(FROM_ONE_DAY) - WITHOUT_A_DAY))
@UNHURRIED
@given(start=DAYS, days=st.integers(0, 60))
def test_a_later_start_never_gives_an_earlier_end(deadline_id: str, start: date, days: int) -> None:
    first, second = (FROM_ONE_DAY[deadline_id](d).on for d in (start, start + timedelta(days=days)))
    assert first is not None
    assert second is not None
    assert first <= second


@pytest.mark.parametrize("deadline_id", sorted(ROLLED))
@UNHURRIED
@given(start=DAYS)
def test_the_last_day_of_an_act_is_never_a_day_off(deadline_id: str, start: date) -> None:
    last_day = FROM_ONE_DAY[deadline_id](start).on
    assert last_day is not None
    assert not calendar.is_roll_day(last_day)


@pytest.mark.parametrize("deadline_id", ["D-05", "D-15", "D-21", "D-30"])
@UNHURRIED
@given(start=DAYS)
def test_longest_times_and_waits_are_never_moved(deadline_id: str, start: date) -> None:
    found = FROM_ONE_DAY[deadline_id](start)
    assert found.kind in (DeadlineKind.LONGEST, DeadlineKind.EARLIEST)
    assert "roll" not in {step.operation for step in found.steps}


def test_a_date_tampered_with_no_longer_proves_itself() -> None:
    kept = a_period(day("2026-05-29")).to_json()
    kept["starts"][0]["on"] = "2026-06-05"
    tampered = Explanation.from_json(kept)
    assert tampered.recompute() == day("2026-06-26")
    assert tampered.recompute() != tampered.on


MOVED = "Sista dagen för att göra något, flyttad till nästa vardag om dagen är ledig (lag 1930:173 2 §)"
OFF = ("2026-06-19 (midsommarafton)", "2026-06-20 (midsommardagen)", "2026-06-21 (söndag)")


def test_the_question_why_this_date_is_answered_in_swedish() -> None:
    served = StartingPoint(
        "Hyresgästen delgavs underrättelsen", day("2026-05-29"), "hyresvärden", True, "F. Handläggare"
    )
    posted = StartingPoint("Hyresvärden postade meddelandet", day("2026-05-27"), "poststämpeln")
    assert recovery.last_day_to_recover_lease(served, posted).as_text_sv().splitlines() == [
        "Sista dag att få tillbaka hyresrätten: måndag 22 juni 2026.",
        f"Regel: {DEADLINES['D-01'].rule} (JB 12:44 1 st. 1)",
        "Hyresgästen delgavs underrättelsen fredag 29 maj 2026 enligt hyresvärden. Bekräftad av F. Handläggare.",
        "Hyresvärden postade meddelandet onsdag 27 maj 2026 enligt poststämpeln.",
        "Tiden räknas från den senare händelsen: fredag 29 maj 2026.",
        "3 veckor senare, samma veckodag (lag 1930:173 1 §): fredag 19 juni 2026.",
        MOVED + ": måndag 22 juni 2026. Hoppar över " + ", ".join(OFF) + ".",
    ]


def test_an_uncertain_date_says_that_it_is_uncertain() -> None:
    text = recovery.last_day_to_recover_lease(None, on(day("2026-03-09"))).as_text_sv()
    assert "(preliminärt, inte bekräftat)" in text
    waits = recovery.earliest_eviction_order(a_period(day("2026-03-11"))).as_text_sv()
    assert "tolkning" in waits
    assert "Annan läsning: Lördag räknas som vardag ger lördag 4 april 2026." in waits
    assert (
        recovery.no_recovery_when_moving_anyway()
        .as_text_sv()
        .startswith("Ingen återvinning vid ändå förestående flytt: Datumet är inte känt.")
    )


def test_counting_begins_by_picking_a_day() -> None:
    with pytest.raises(ValueError, match="picking a starting day"):
        repeat_steps([Step("weeks", 3, day("2026-03-10"))], [day("2026-03-10")])
    with pytest.raises(KeyError):
        take_step("fortnights", 1, day("2026-03-10"))
    assert repeat_steps([], []) is None
    assert Counting.from_earlier(day("2026-03-10"), day("2026-03-09")).day == day("2026-03-09")


def test_one_and_several_read_differently() -> None:
    start = day("2026-03-10")
    assert Counting.from_later(start).weeks(1).steps[-1].as_text_sv().startswith("En vecka senare")
    assert (
        Counting.from_later(start).days(14).steps[-1].as_text_sv() == "14 dagar senare: tisdag 24 mars 2026."
    )
    assert Counting.from_earlier(start, start).steps[-1].as_text_sv().startswith("Den tidigare dagen gäller")
