"""Intake and aftermath, D-16, D-17 and D-22 to D-30, each with dates counted by hand."""

from __future__ import annotations

import pytest

from processes.rules.deadlines import afterwards, intake
from processes.rules.explanation import DeadlineKind, StartingPoint
from processes.rules.policy import Policy
from tests.rules.case_pictures import day

POLICY = Policy()
ELSEWHERE = Policy(municipality="Exempelby", keeps_records_for_ever=False)


def on(text: str) -> StartingPoint:
    """A starting point on a day."""
    return StartingPoint("Hände", day(text))


def test_an_investigation_that_may_lead_to_a_measure_opens_the_same_day_also_on_a_sunday() -> None:
    assert intake.investigation_opens_at_once(on("2026-03-15")).on == day("2026-03-15")


@pytest.mark.parametrize(
    ("received", "two_weeks", "four_weeks"),
    [
        ("2026-03-10", "2026-03-24", "2026-04-07"),
        ("2026-05-28", "2026-06-11", "2026-06-25"),
        ("2026-02-02", "2026-02-16", "2026-03-02"),
        ("2026-02-10", "2026-02-24", "2026-03-10"),
        ("2026-09-08", "2026-09-22", "2026-10-06"),
        ("2026-12-10", "2026-12-24", "2027-01-07"),
    ],
)
def test_the_guide_days_of_the_intake_are_two_and_four_weeks(
    received: str, two_weeks: str, four_weeks: str
) -> None:
    assert intake.intake_guide(on(received), POLICY).on == day(two_weeks)
    assert intake.intake_limit(on(received), POLICY).on == day(four_weeks)


@pytest.mark.parametrize(
    ("today", "review"),
    [
        ("2026-02-02", "2026-03-02"),
        ("2026-03-02", "2026-03-02"),
        ("2026-03-03", "2026-03-09"),
        ("2026-03-17", "2026-03-23"),
    ],
)
def test_special_reasons_are_weighed_at_four_weeks_and_then_every_week(today: str, review: str) -> None:
    assert intake.intake_review(on("2026-02-02"), POLICY, not_before=day(today)).on == day(review)


@pytest.mark.parametrize(
    ("left", "demanded", "becomes_theirs"),
    [
        ("2026-08-31", None, "2027-02-28"),
        ("2026-10-22", "2026-10-30", "2027-01-30"),
        ("2026-10-22", "2027-03-01", "2027-04-22"),
    ],
)
def test_belongings_fall_to_the_landlord_after_six_months_or_three_from_a_demand(
    left: str, demanded: str | None, becomes_theirs: str
) -> None:
    found = afterwards.belongings_fall_to_landlord(day(left), None if demanded is None else day(demanded))
    assert found.on == day(becomes_theirs)


def test_reclaim_is_brought_within_three_years_moved_to_a_working_day() -> None:
    assert afterwards.last_day_to_reclaim(day("2026-03-25")).on == day("2029-03-26")
    assert afterwards.last_day_to_reclaim(day("2024-02-29")).on == day("2027-03-01")


def test_a_decision_not_carried_out_is_reported_after_three_months() -> None:
    assert afterwards.report_of_unexecuted_decision(day("2026-11-30")).on == day("2027-02-28")


@pytest.mark.parametrize(("learnt", "last"), [("2026-03-11", "2026-04-01"), ("2026-05-29", "2026-06-22")])
def test_an_appeal_is_in_within_three_weeks_or_the_next_working_day(learnt: str, last: str) -> None:
    assert afterwards.last_day_to_appeal(day(learnt)).on == day(last)


def test_the_rent_tribunal_gets_the_dispute_a_month_after_the_lease_and_the_appeal_in_three_weeks() -> None:
    assert afterwards.referral_to_rent_tribunal(day("2026-01-31")).on == day("2026-03-02")
    assert afterwards.referral_to_rent_tribunal(day("2026-09-30")).on == day("2026-10-30")
    assert afterwards.last_day_to_appeal_rent_tribunal(day("2026-12-03")).on == day("2026-12-28")


def test_a_transfer_unanswered_for_a_month_can_go_to_the_inspectorate() -> None:
    assert afterwards.answer_on_transfer(day("2026-01-31")).on == day("2026-02-28")


@pytest.mark.parametrize(
    ("paid", "check"),
    [("2026-03-25", "2026-04-08"), ("2026-03-31", "2026-04-08"), ("2026-10-31", "2026-12-08")],
)
def test_the_rent_is_checked_eight_days_after_the_next_one_was_due(paid: str, check: str) -> None:
    assert afterwards.rent_check(on(paid), POLICY).on == day(check)


@pytest.mark.parametrize(
    ("outcome", "days", "follow_up"),
    [("2026-04-03", 35, "2026-05-08"), ("2026-10-22", 28, "2026-11-19"), ("2026-05-15", 35, "2026-06-22")],
)
def test_follow_up_is_suggested_some_weeks_later_on_an_office_day(
    outcome: str, days: int, follow_up: str
) -> None:
    assert afterwards.follow_up(on(outcome), Policy(follow_up_days=days)).on == day(follow_up)


def test_follow_up_is_not_suggested_on_a_day_the_office_is_closed() -> None:
    closed = Policy(follow_up_days=7, local_closed_days=frozenset({day("2026-05-15")}))
    found = afterwards.follow_up(on("2026-05-08"), closed)
    assert (found.on, found.recompute()) == (day("2026-05-18"), day("2026-05-18"))
    assert "kontoret stängt" in {skipped.why for skipped in found.skipped}


def test_goteborg_destroys_nothing() -> None:
    found = afterwards.retention_ends(day("2026-04-01"), POLICY)
    assert (found.on, found.notes) == (None, ("Göteborg gallrar inte.",))


@pytest.mark.parametrize(
    ("last_note", "born", "ends"),
    [
        ("2026-04-01", None, "2031-04-01"),
        ("2028-02-29", None, "2033-02-28"),
        ("2026-04-01", "2017-01-01", "2047-01-01"),
        ("2026-01-14", "2017-01-01", "2031-01-14"),
        ("2046-04-01", "2017-01-01", "2051-04-01"),
    ],
)
def test_elsewhere_files_are_kept_five_years_and_child_investigations_until_thirty(
    last_note: str, born: str | None, ends: str
) -> None:
    found = afterwards.retention_ends(
        day(last_note), ELSEWHERE, child_born_on=None if born is None else day(born)
    )
    assert (found.on, found.kind) == (day(ends), DeadlineKind.LONGEST)
