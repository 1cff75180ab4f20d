"""Rent in arrears, D-01 to D-09: when the lease can be won back, by whom, and what is only provisional."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from processes.rules.deadlines import notices, recovery
from processes.rules.explanation import Explanation, StartingPoint
from processes.rules.interpretations import Interpretations
from processes.rules.snapshot import NoticeSeen, Scope
from tests.rules.case_pictures import arrears, case_of, day, event, swedish

NOTICE = Scope("notice", 1)


def period(
    served: str | None, posted: str, *, confirmed: bool = True, dated: str | None = None
) -> Explanation:
    """D-01 with a registered message posted on `posted`."""
    start = None if served is None else StartingPoint("Delgiven", day(served), "hyresvärden", confirmed)
    message = StartingPoint("Postat", day(posted))
    return recovery.last_day_to_recover_lease(start, message, dated_on=None if dated is None else day(dated))


@pytest.mark.parametrize(
    ("start", "last_day", "skipped"),
    [
        ("2026-05-29", "2026-06-22", "midsommarafton"),
        ("2026-12-03", "2026-12-28", "julafton"),
        ("2026-12-10", "2027-01-04", "nyårsafton"),
        ("2026-03-13", "2026-04-07", "långfredagen"),
        ("2026-04-10", "2026-05-04", "första maj"),
        ("2026-03-12", "2026-04-02", None),
        ("2026-03-11", "2026-04-01", None),
        ("2026-02-10", "2026-03-03", None),
        ("2026-09-08", "2026-09-29", None),
        ("2026-03-09", "2026-03-30", None),
        ("2026-10-05", "2026-10-26", None),
        ("2026-04-23", "2026-05-15", "kristi himmelsfärdsdag"),
    ],
)
def test_the_recovery_period_ends_three_weeks_on_or_the_next_working_day(
    start: str, last_day: str, skipped: str | None
) -> None:
    found = period(start, "2026-01-02")
    assert found.on == day(last_day)
    assert [s.why for s in found.skipped][:1] == ([skipped] if skipped else [])
    assert not found.is_provisional


@pytest.mark.parametrize(
    ("served", "posted", "last_day"),
    [
        ("2026-03-11", "2026-03-09", "2026-04-01"),
        ("2026-03-09", "2026-03-11", "2026-04-01"),
        ("2026-03-11", "2026-03-11", "2026-04-01"),
    ],
)
def test_the_period_starts_at_the_later_of_service_and_message(
    served: str, posted: str, last_day: str
) -> None:
    assert period(served, posted).on == day(last_day)


def test_the_last_day_lasts_until_midnight_in_sweden() -> None:
    assert period("2026-03-11", "2026-03-09").latest_at == swedish("2026-04-01 23:59")


@pytest.mark.parametrize(
    ("posted", "registered", "given", "is_sure"),
    [
        ("2026-03-09", True, "2026-03-09", True),
        ("2026-03-09", False, "2026-03-10", True),
        (None, False, "2026-03-10", True),
        (None, True, "2026-03-10", False),
    ],
)
def test_a_message_counts_from_posting_only_if_it_is_registered(
    posted: str | None, registered: bool, given: str, is_sure: bool
) -> None:
    found = recovery.day_board_message_was_given(
        posted_on=None if posted is None else day(posted),
        is_registered=registered,
        received_on=day("2026-03-10"),
    )
    assert found.on == day(given)
    assert found.is_provisional is not is_sure


def test_without_a_day_of_service_the_date_is_the_earliest_possible_and_never_passes() -> None:
    found = period(None, "2026-03-09")
    assert found.on == day("2026-03-30")
    assert found.is_provisional
    assert not found.has_passed(day("2027-01-01"))
    assert "inte känd" in found.as_text_sv()


def test_nobody_is_served_before_the_day_that_the_notice_bears() -> None:
    assert period(None, "2026-03-09", dated="2026-03-11").on == day("2026-04-01")
    assert period(None, "2026-03-09", dated="2026-03-05").on == day("2026-03-30")


def test_an_unconfirmed_day_of_service_is_counted_but_stays_provisional() -> None:
    found = period("2026-03-11", "2026-03-09", confirmed=False)
    assert (found.on, found.is_provisional) == (day("2026-04-01"), True)


def test_a_confirmed_last_day_passes_the_day_after() -> None:
    found = period("2026-03-11", "2026-03-09")
    assert not found.has_passed(day("2026-04-01"))
    assert found.has_passed(day("2026-04-02"))


@pytest.mark.parametrize(
    ("start", "careful", "with_saturday"),
    [
        ("2026-03-11", "2026-04-07", "2026-04-04"),
        ("2026-05-29", "2026-06-24", None),
        ("2026-03-06", "2026-03-31", "2026-03-30"),
        ("2026-05-27", "2026-06-22", "2026-06-19"),
    ],
)
def test_an_eviction_may_be_ordered_after_two_more_weekdays_in_both_readings(
    start: str, careful: str, with_saturday: str | None
) -> None:
    last_day = period(start, start)
    found = recovery.earliest_eviction_order(last_day)
    assert found.on == day(careful)
    assert [r.on for r in found.readings] == ([day(with_saturday)] if with_saturday else [])
    other = recovery.earliest_eviction_order(last_day, Interpretations(saturday_is_weekday=True))
    assert other.on == day(with_saturday or careful)


def test_the_wait_before_an_eviction_order_is_as_uncertain_as_the_period_before_it() -> None:
    assert recovery.earliest_eviction_order(period(None, "2026-03-09")).is_provisional


def test_a_wait_cannot_be_counted_from_a_period_without_an_end() -> None:
    with pytest.raises(ValueError, match="D-06 has no last day"):
        recovery.earliest_eviction_order(recovery.no_recovery_when_moving_anyway())


def test_a_commitment_must_be_given_on_the_last_day_of_the_period() -> None:
    found = recovery.last_day_for_commitment(period("2026-05-29", "2026-05-27"))
    assert (found.on, found.latest_at) == (day("2026-06-22"), swedish("2026-06-22 23:59"))


def test_warnings_come_five_two_and_one_working_days_before() -> None:
    found = recovery.warning_days(day("2026-06-22"), (5, 2, 1))
    assert found == [day("2026-06-12"), day("2026-06-17"), day("2026-06-18")]
    assert recovery.warning_days(day("2026-06-22"), (1,), {day("2026-06-18")}) == [day("2026-06-17")]


def test_excuse_moving_and_disturbance_have_no_day() -> None:
    assert recovery.late_payment_excuse(period("2026-03-11", "2026-03-09")).on is None
    assert recovery.no_recovery_when_moving_anyway().on is None
    usual = recovery.disturbance_without_recovery(is_particularly_serious=False)
    serious = recovery.disturbance_without_recovery(is_particularly_serious=True)
    assert (usual.on, serious.on) == (None, None)
    assert usual.notes != serious.notes


def test_rent_is_forfeit_when_more_than_a_week_late() -> None:
    assert recovery.first_day_of_forfeiture(day("2026-03-31")).on == day("2026-04-08")
    easter = recovery.first_day_of_forfeiture(day("2026-02-27"))
    assert easter.on == day("2026-03-07")
    weekend = recovery.first_day_of_forfeiture(day("2026-01-31"))
    assert weekend.on == day("2026-02-08")
    assert [r.on for r in weekend.readings] == [day("2026-02-10")]


def test_a_cooperative_flat_has_the_same_period_under_its_own_law() -> None:
    notice = arrears(served_on=day("2026-05-29"), served_confirmed=True, posted_on=day("2026-05-28"))
    found = notices.recovery_of(case_of(notice, contract_kind="cooperative"), notice)
    assert found is not None
    assert (found.id, found.on) == ("D-09", day("2026-06-22"))
    assert any("inte kontrollerad" in note for note in found.notes)


SERVED: dict[str, Any] = {
    "posted_on": day("2026-05-27"),
    "posted_registered": True,
    "served_on": day("2026-05-29"),
    "served_confirmed": True,
    "amount_due": Decimal("18200.00"),
}


def paid(*payments: tuple[str, str], notice: NoticeSeen | None = None) -> notices.PaymentVerdict:
    """The verdict on payments of (amount, day), recorded long afterwards, for a period that ends 22 June."""
    notice = notice or arrears(received="2026-05-28 09:00", **SERVED)
    events = tuple(
        event(n, "hyra.betald", "2026-08-01 10:00", NOTICE, amount=amount, paid_on=on)
        for n, (amount, on) in enumerate(payments, 1)
    )
    return notices.payment_of(case_of(notice, events=events), notice)


@pytest.mark.parametrize(
    ("payments", "is_full", "is_in_time"),
    [
        ([], False, None),
        ([("18200.00", "2026-06-22")], True, True),
        ([("18200.00", "2026-06-23")], True, False),
        ([("18199.99", "2026-06-22")], False, None),
        ([("9000.00", "2026-06-01"), ("9200.00", "2026-06-22")], True, True),
        ([("9200.00", "2026-06-23"), ("9000.00", "2026-06-01")], True, False),
    ],
)
def test_the_whole_amount_in_time_is_what_counts_whenever_it_is_recorded(
    payments: list[tuple[str, str]], is_full: bool, is_in_time: bool | None
) -> None:
    verdict = paid(*payments)
    assert (verdict.is_full, verdict.is_in_time) == (is_full, is_in_time)
    assert verdict.recovers is (is_full and is_in_time is True)


def test_a_part_payment_says_how_much_is_left() -> None:
    why = paid(("17000.00", "2026-06-01")).why.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 200,00 kr återstår av 18 200,00 kr" in why


def test_a_day_late_is_not_recovered_and_says_what_remains() -> None:
    why = paid(("18200.00", "2026-06-23")).why
    assert "efter återvinningsfristen" in why
    assert "sjukdom" in why


def test_without_a_known_amount_nobody_can_say_that_it_is_paid() -> None:
    verdict = paid(("18200.00", "2026-06-01"), notice=arrears(**(SERVED | {"amount_due": None})))
    assert (verdict.is_full, verdict.is_in_time, verdict.recovers) == (None, None, False)


def test_payment_after_a_provisional_last_day_is_neither_late_nor_in_time() -> None:
    notice = arrears(received="2026-05-28 09:00", **(SERVED | {"served_on": None, "served_confirmed": False}))
    assert paid(("18200.00", "2026-06-16"), notice=notice).is_in_time is True
    assert paid(("18200.00", "2026-06-18"), notice=notice).is_in_time is None


def test_a_payment_of_another_notice_saves_nothing_here() -> None:
    january, february = arrears(1, **SERVED), arrears(2, **SERVED)
    payment = event(
        1, "hyra.betald", "2026-06-01 10:00", Scope("notice", 2), amount="18200.00", paid_on="2026-06-01"
    )
    case = case_of(january, february, events=(payment,))
    assert notices.payment_of(case, january).recovers is False
    assert notices.payment_of(case, february).recovers is True


@pytest.mark.parametrize(
    ("posted_at", "registered", "in_time"),
    [
        ("2026-06-22 14:05", True, True),
        ("2026-06-22 23:59", True, True),
        ("2026-06-23 00:05", True, False),
        ("2026-06-22 14:05", False, None),
        ("2026-06-23 00:05", False, False),
    ],
)
def test_a_commitment_counts_from_its_swedish_day_of_posting_if_registered(
    posted_at: str, registered: bool, in_time: bool | None
) -> None:
    verdict = notices.posted_in_time(
        swedish(posted_at), is_registered=registered, last_day=period("2026-05-29", "2026-05-27")
    )
    assert verdict.is_in_time is in_time


def test_the_best_of_several_letters_counts() -> None:
    notice = arrears(**SERVED)
    letters = (
        event(
            1,
            "atagande.postat",
            "2026-06-22 10:00",
            NOTICE,
            posted_at="2026-06-22T08:00:00+00:00",
            registered=False,
        ),
        event(
            2,
            "atagande.postat",
            "2026-06-22 14:10",
            NOTICE,
            posted_at="2026-06-22T12:05:00+00:00",
            registered=True,
        ),
    )
    verdict = notices.commitment_of(case_of(notice, events=letters), notice)
    assert verdict is not None
    assert verdict.is_in_time is True
    assert notices.is_settled(case_of(notice, events=letters), notice)
    unregistered_only = case_of(notice, events=letters[:1])
    assert not notices.is_settled(unregistered_only, notice)
    assert notices.commitment_of(case_of(notice), notice) is None


def test_a_commitment_for_a_cooperative_flat_is_never_a_certain_yes() -> None:
    notice = arrears(**SERVED)
    letter = event(1, "atagande.postat", "2026-06-20 10:00", NOTICE, registered=True)
    verdict = notices.commitment_of(case_of(notice, events=(letter,), contract_kind="cooperative"), notice)
    assert verdict is not None
    assert verdict.is_in_time is None


@pytest.mark.parametrize(
    "notice",
    [
        arrears(kind="D", grounds=frozenset({"repeated_late_payment"})),
        arrears(kind="B", grounds=frozenset({"disturbance"})),
        arrears(kind="E"),
        arrears(kind="F"),
        arrears(stance="not_for_us"),
        arrears(stance="forward"),
        arrears(must_move_anyway=True),
    ],
)
def test_no_recovery_period_runs_without_a_termination_for_unpaid_rent(notice: NoticeSeen) -> None:
    assert notices.recovery_of(case_of(notice), notice) is None


def test_two_grounds_in_one_letter_still_give_a_recovery_period() -> None:
    both = arrears(kind="B", grounds=frozenset({"arrears", "disturbance"}))
    assert notices.recovery_of(case_of(both), both) is not None


def test_the_landlords_answer_stands_as_evidence_of_service() -> None:
    notice = arrears(**SERVED)
    asked = event(
        1, "underlag.andrat", "2026-06-01 10:00", NOTICE,
        served_on="2026-05-29", evidence="delgivningskvitto", confirmed_by="F. Handläggare",
    )  # fmt: skip
    found = notices.recovery_of(case_of(notice, events=(asked,)), notice)
    assert found is not None
    assert found.starts[0].evidence == "delgivningskvitto"
    assert found.confirmed_by == ("F. Handläggare",)
    assert found.about == NOTICE
    assert found.starts[0].on - found.starts[1].on == timedelta(days=2)
