"""Every deadline at the days where counting goes wrong, each answer worked out by hand from an almanac.

The turns of the calendar: Midsummer, Christmas, New Year, Easter, Maundy Thursday (an ordinary day), the ends of short
months, both changes of the clocks, and half past eleven at night in Stockholm.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from processes.rules.deadlines import DEADLINES, afterwards, children, enforcement, intake, recovery
from processes.rules.explanation import Explanation, StartingPoint
from processes.rules.policy import Policy
from tests.rules.case_pictures import day, swedish

POLICY = Policy()
ELSEWHERE = Policy(keeps_records_for_ever=False)


def on(any_day: date) -> StartingPoint:
    return StartingPoint("Hände", any_day)


def d01(any_day: date) -> Explanation:
    return recovery.last_day_to_recover_lease(on(any_day), on(any_day))


FROM: dict[str, Callable[[date], Explanation]] = {
    "D-01": d01,
    "D-02": lambda d: recovery.day_board_message_was_given(posted_on=d, is_registered=True, received_on=d),
    "D-03": lambda d: recovery.last_day_for_commitment(d01(d)),
    "D-04": lambda d: recovery.late_payment_excuse(d01(d)),
    "D-05": lambda d: recovery.earliest_eviction_order(d01(d)),
    "D-06": lambda _: recovery.no_recovery_when_moving_anyway(),
    "D-07": recovery.first_day_of_forfeiture,
    "D-08": lambda _: recovery.disturbance_without_recovery(is_particularly_serious=False),
    "D-09": lambda d: recovery.last_day_to_recover_cooperative_flat(on(d), on(d)),
    "D-10": lambda d: enforcement.confirmation_due(swedish(f"{d} 23:30"), POLICY),
    "D-11": lambda d: children.protection_assessment(swedish(f"{d} 23:30"), POLICY),
    "D-12": lambda d: children.decision_to_investigate(on(d)),
    "D-13": lambda d: children.investigation_finished(on(d)),
    "D-14": lambda d: children.answer_to_reporter(d, d),
    "D-15": lambda d: children.follow_up_ends(on(d)),
    "D-16": lambda d: intake.investigation_opens_at_once(on(d)),
    "D-17": lambda d: intake.intake_limit(on(d), POLICY),
    "D-18": lambda d: enforcement.eviction_day(on(d), None, None),
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

THREE_WEEKS = """
    2026-05-29 2026-06-22  # Midsummer Eve, Friday
    2027-06-04 2027-06-28  # Midsummer Eve is 25 June 2027
    2026-12-03 2026-12-28  # Christmas Eve, Thursday
    2026-12-04 2026-12-28  # Christmas Day, Friday
    2026-12-10 2027-01-04  # New Year's Eve, Thursday
    2025-12-16 2026-01-07  # Epiphany, Tuesday
    2026-03-12 2026-04-02  # Maundy Thursday does not roll
    2026-03-13 2026-04-07  # Good Friday, then Easter to Monday
    2026-04-10 2026-05-04  # 1 May, Friday
    2026-04-23 2026-05-15  # Ascension Day
    2026-05-16 2026-06-08  # National Day, Saturday
    2026-10-10 2026-11-02  # All Saints' Day, Saturday
    2026-02-28 2026-03-23  # Saturday
    2026-03-08 2026-03-30  # Sunday, the day that the clocks go forward
    2026-10-04 2026-10-26  # Sunday, the day that the clocks go back
    2028-02-08 2028-02-29  # leap day
"""

BY_HAND: dict[str, str] = {
    "D-01": THREE_WEEKS,
    "D-02": "2026-06-19 2026-06-19  # posting counts on a day off too",
    "D-03": THREE_WEEKS,
    "D-05": """
    2026-05-29 2026-06-24  # two working days after Monday 22 June
    2026-12-03 2026-12-30  # after Monday 28 December
    2026-12-10 2027-01-07  # after Monday 4 January: the 5th, then Epiphany is passed over
    2026-03-12 2026-04-08  # after Maundy Thursday: Tuesday after Easter, then Wednesday
    """,
    "D-07": """
    2026-02-27 2026-03-07  # a week after 27 February is 6 March; forfeit the day after
    2026-10-23 2026-10-31  # across the clocks going back
    2026-12-30 2027-01-07  # across New Year
    """,
    "D-09": THREE_WEEKS,
    "D-10": """
    2026-03-27 2026-03-27  # Friday at half past eleven at night is still Friday
    2026-06-19 2026-06-22  # Midsummer Eve
    2026-12-24 2026-12-28  # Christmas Eve
    2026-12-31 2027-01-04  # New Year's Eve
    2026-04-02 2026-04-02  # Maundy Thursday
    2026-04-03 2026-04-07  # Good Friday
    2026-03-29 2026-03-30  # Sunday, clocks forward
    2026-10-25 2026-10-26  # Sunday, clocks back
    """,
    "D-11": """
    2026-06-19 2026-06-19  # at once on Midsummer Eve too
    2026-12-24 2026-12-24
    2026-03-29 2026-03-29
    2026-10-25 2026-10-25
    """,
    "D-12": """
    2026-06-05 2026-06-19  # not moved past Midsummer Eve
    2026-12-10 2026-12-24
    2026-12-17 2026-12-31
    2026-03-20 2026-04-03  # Good Friday, across the clocks going forward
    2026-10-18 2026-11-01  # across the clocks going back
    """,
    "D-13": """
    2026-10-31 2027-02-28  # no 31 February
    2027-10-31 2028-02-29  # leap year
    2026-08-24 2026-12-24
    2025-12-02 2026-04-02
    """,
    "D-14": """
    2026-03-26 2026-04-02  # Maundy Thursday, across the clocks going forward
    2026-06-12 2026-06-19  # not moved
    2026-12-24 2026-12-31
    2026-10-22 2026-10-29  # across the clocks going back
    """,
    "D-15": """
    2025-12-19 2026-06-19  # a longest time is never moved
    2026-06-24 2026-12-24
    2026-08-31 2027-02-28
    2026-10-03 2027-04-03
    """,
    "D-16": "2026-06-19 2026-06-19\n2026-12-24 2026-12-24",
    "D-17": """
    2026-05-22 2026-06-19  # a guide moves for nothing
    2026-11-26 2026-12-24
    2026-03-05 2026-04-02
    2026-03-01 2026-03-29
    2026-09-27 2026-10-25
    """,
    "D-18": "2026-06-19 2026-06-19\n2026-12-31 2026-12-31",
    "D-19": "2026-05-22 2026-06-19\n2026-12-03 2026-12-31",
    "D-20": """
    2026-06-22 2026-06-17  # Thursday and Wednesday before Midsummer Eve
    2026-12-28 2026-12-22  # Wednesday 23 and Tuesday 22 December
    2027-01-04 2026-12-29  # Wednesday 30 and Tuesday 29 December
    2026-04-07 2026-04-01  # Maundy Thursday counts, Good Friday and Easter Monday do not
    2026-03-31 2026-03-27  # across the clocks going forward
    """,
    "D-21": "2026-06-14 2026-06-19\n2026-12-19 2026-12-24\n2026-10-23 2026-10-28\n2026-02-26 2026-03-03",
    "D-22": "2026-08-31 2027-02-28\n2025-12-19 2026-06-19\n2026-10-22 2027-04-22",
    "D-23": """
    2023-06-19 2026-06-22  # Midsummer Eve
    2023-12-24 2026-12-28
    2023-12-31 2027-01-04
    2023-04-03 2026-04-07  # Good Friday
    2023-04-02 2026-04-02  # Maundy Thursday
    2024-02-29 2027-03-01  # 28 February 2027 is a Sunday
    """,
    "D-24": "2026-11-30 2027-02-28\n2026-03-19 2026-06-19\n2026-09-24 2026-12-24",
    "D-25": THREE_WEEKS,
    "D-26": """
    2026-01-31 2026-03-02  # 28 February is a Saturday
    2026-05-19 2026-06-22  # Midsummer Eve
    2026-11-24 2026-12-28  # Christmas Eve
    2026-11-30 2026-12-30
    2026-03-02 2026-04-02  # Maundy Thursday
    2026-03-03 2026-04-07  # Good Friday
    """,
    "D-27": "2026-01-31 2026-02-28\n2026-05-19 2026-06-19\n2026-11-24 2026-12-24\n2026-09-30 2026-10-30",
    "D-28": """
    2026-03-25 2026-04-08  # rent due Tuesday 31 March
    2026-05-20 2026-06-06  # rent due Friday 29 May
    2026-12-10 2027-01-07  # rent due Wednesday 30 December: New Year's Eve is no working day
    2026-12-31 2027-02-06  # rent due Friday 29 January
    2026-02-10 2026-03-07  # rent due Friday 27 February
    """,
    "D-29": """
    2026-05-15 2026-06-22  # Midsummer Eve, to the next office day
    2026-11-19 2026-12-28  # Christmas Eve
    2026-11-26 2027-01-04  # New Year's Eve
    2026-02-26 2026-04-02  # Maundy Thursday
    2026-02-27 2026-04-07  # Good Friday
    """,
    "D-30": "2028-02-29 2033-02-28\n2021-06-19 2026-06-19\n2026-12-31 2031-12-31",
}
WITHOUT_A_DAY = {"D-04", "D-06", "D-08"}


def rows() -> list[tuple[str, str, str]]:
    return [
        (deadline_id, *line.split("#")[0].split()[:2])  # type: ignore[misc]
        for deadline_id, table in BY_HAND.items()
        for line in table.strip().splitlines()
    ]


@pytest.mark.parametrize(("deadline_id", "start", "end"), rows())
def test_the_day_is_the_one_counted_by_hand(deadline_id: str, start: str, end: str) -> None:
    found = FROM[deadline_id](day(start))
    assert found.on == day(end)
    assert found.recompute() == day(end)


def test_every_deadline_has_days_counted_by_hand_or_none_at_all() -> None:
    assert set(BY_HAND) | WITHOUT_A_DAY == set(DEADLINES)
    assert all(FROM[deadline_id](day("2026-06-19")).on is None for deadline_id in WITHOUT_A_DAY)


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        ("2026-03-09", "2026-03-30T21:59"),  # three weeks across the clocks going forward
        ("2026-10-05", "2026-10-26T22:59"),  # and back
        ("2026-05-29", "2026-06-22T21:59"),
        ("2026-12-10", "2027-01-04T22:59"),
    ],
)
def test_the_last_minute_of_a_day_is_that_of_swedish_clocks(start: str, ends: str) -> None:
    for made in (d01, FROM["D-03"], FROM["D-09"], FROM["D-25"]):
        limit = made(day(start)).latest_at
        assert limit is not None
        assert limit.isoformat() == f"{ends}:00+00:00"


@pytest.mark.parametrize(
    ("deadline_id", "received", "end"),
    [
        ("D-10", "2026-03-27 23:30", "2026-03-27 23:59"),
        ("D-10", "2026-03-28 00:05", "2026-03-30 16:30"),
        ("D-10", "2026-10-24 23:30", "2026-10-26 16:30"),
        ("D-11", "2026-03-28 23:30", "2026-03-28 23:59"),
        ("D-11", "2026-10-25 23:30", "2026-10-25 23:59"),
    ],
)
def test_half_past_eleven_at_night_belongs_to_the_swedish_day(
    deadline_id: str, received: str, end: str
) -> None:
    made = enforcement.confirmation_due if deadline_id == "D-10" else children.protection_assessment
    assert made(swedish(received), POLICY).at == swedish(end)
