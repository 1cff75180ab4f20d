"""How the recovery period stands, and what it waits for next."""

from __future__ import annotations

from typing import Any

import pytest

from processes.rules.facts import FACTS, FactValue
from processes.rules.snapshot import CaseSnapshot, EventSeen, Scope
from tests.rules.case_pictures import CASE, arrears, case_of, day, event, swedish

NOTICE = Scope("notice", 1)
CONFIRMED: dict[str, Any] = {"served_on": day("2026-03-11"), "served_confirmed": True}
"""Three weeks later is Wednesday 1 April 2026."""


def paid(on: str, amount: str = "9450.00", number: int = 1) -> EventSeen:
    return event(number, "hyra.betald", "2026-04-07 09:00", NOTICE, amount=amount, paid_on=on)


def posted(at: str, *, registered: bool = True) -> EventSeen:
    posted_at = swedish(at).isoformat()
    return event(1, "atagande.postat", "2026-04-07 09:00", NOTICE, posted_at=posted_at, registered=registered)


def judged(result: str) -> EventSeen:
    return event(1, "frist.bedomd", "2026-04-02 09:00", NOTICE, result=result)


def case(*events: EventSeen, confirmed: bool = True, **more: Any) -> CaseSnapshot:
    return case_of(arrears(**(CONFIRMED if confirmed else {}), **more), events=events)


def asked(fact: str, about: CaseSnapshot, now: str = "2026-03-16 09:00") -> FactValue:
    return FACTS[fact].read(about, NOTICE, swedish(now))


def test_the_period_is_open_to_the_end_of_the_last_day_and_then_passed() -> None:
    assert asked("recovery_state", case(), "2026-04-01 23:59") == "open"
    assert asked("recovery_state", case(), "2026-04-02 00:01") == "passed"


def test_payment_on_the_last_day_recovers_whenever_it_is_recorded() -> None:
    assert asked("recovery_state", case(paid("2026-04-01")), "2026-04-10 09:00") == "recovered"
    assert asked("recovery_state", case(paid("2026-04-02")), "2026-04-10 09:00") == "passed"


def test_part_payments_recover_together_or_not_at_all() -> None:
    assert asked("recovery_state", case(paid("2026-03-20", "9449.00"))) == "open"
    together = case(paid("2026-03-20", "9449.00"), paid("2026-03-21", "1.00", 2))
    assert asked("recovery_state", together) == "recovered"


def test_a_registered_commitment_counts_from_its_posting() -> None:
    assert asked("recovery_state", case(posted("2026-04-01 23:59")), "2026-04-07 09:00") == "recovered"
    assert asked("recovery_state", case(posted("2026-04-02 00:05")), "2026-04-07 09:00") == "passed"


def test_an_unregistered_commitment_saves_nothing_for_certain() -> None:
    unsure = case(posted("2026-03-30 10:00", registered=False))
    assert asked("recovery_state", unsure, "2026-04-07 09:00") == "passed"


@pytest.mark.parametrize(
    ("found", "state"),
    [("excused", "recovered"), ("landlord_agrees", "recovered"), ("disputed", "disputed"), ("lost", "lost")],
)
def test_after_the_last_day_a_person_finds_how_the_lease_stands(found: str, state: str) -> None:
    assert asked("recovery_state", case(judged(found)), "2026-04-07 09:00") == state


def test_a_payment_in_time_outweighs_a_period_judged_lost() -> None:
    assert (
        asked("recovery_state", case(judged("lost"), paid("2026-04-01", number=2)), "2026-04-10 09:00")
        == "recovered"
    )


@pytest.mark.parametrize(
    "more", [{"must_move_anyway": True}, {"grounds": frozenset({"disturbance"})}, {"kind": "E"}]
)
def test_without_a_right_to_recover_the_watch_is_void(more: dict[str, Any]) -> None:
    assert asked("recovery_state", case(**more)) == "void"
    assert FACTS["recovery_state"].read(case(), CASE, swedish("2026-03-16 09:00")) == "void"


def test_a_provisional_last_day_is_never_passed() -> None:
    assert asked("recovery_state", case(confirmed=False), "2026-07-01 09:00") == "open"


def test_the_stages_are_five_two_and_one_working_days_before_and_the_day_after() -> None:
    stages = [("2026-03-12", "2026-03-25"), ("2026-03-25", "2026-03-30"), ("2026-03-30", "2026-03-31")]
    for now, expected in [*stages, ("2026-03-31", "2026-04-02")]:
        assert (
            asked("next_recovery_stage_at", case(), f"{now} 09:00")
            == swedish(f"{expected} 00:00").isoformat()
        )
    assert asked("next_recovery_stage_at", case(), "2026-04-02 09:00") is None


def test_an_unconfirmed_service_is_asked_for_before_the_earliest_last_day() -> None:
    provisional = case(confirmed=False)
    assert asked("service_date_is_settled", provisional) is False
    assert asked("service_date_is_to_be_asked_at", provisional) == swedish("2026-03-24 00:00").isoformat()


def test_it_is_asked_again_five_working_days_after_an_unanswered_question() -> None:
    tried = event(1, "delgivning.efterfragad", "2026-03-24 10:00", NOTICE)
    assert (
        asked("service_date_is_to_be_asked_at", case(tried, confirmed=False))
        == swedish("2026-03-31 00:00").isoformat()
    )


def test_a_confirmed_service_is_settled_and_not_asked_for() -> None:
    assert asked("service_date_is_settled", case()) is True
    assert asked("service_date_is_to_be_asked_at", case()) is None
    assert asked("service_date_is_settled", case(must_move_anyway=True, confirmed=False)) is True


def test_the_next_rent_is_checked_eight_days_after_it_is_due() -> None:
    assert asked("next_rent_check_on", case(), "2026-03-25 09:00") == "2026-04-08"


def decided(number: int, decision: str, *applied: str) -> EventSeen:
    codes = list(applied or ("S03",))
    return event(number, "bistand.beslutat", "2026-03-16 09:00", decision=decision, applied=codes)


def weighed(number: int, name: str = "raddning.provad", scope: Scope = NOTICE) -> EventSeen:
    return event(number, name, "2026-03-13 09:00", scope)


AGAIN = "commitment_is_to_be_considered_again"


@pytest.mark.parametrize("decision", ["refused", "partly", "withdrawn_by_applicant"])
def test_assistance_that_falls_short_raises_the_question_of_a_commitment_again(decision: str) -> None:
    assert asked(AGAIN, case(weighed(1), decided(2, decision))) is True


@pytest.mark.parametrize("decision", ["granted", "granted_reclaim"])
def test_assistance_that_is_granted_raises_no_question(decision: str) -> None:
    assert asked(AGAIN, case(weighed(1), decided(2, decision))) is False


def test_only_the_newest_decision_on_the_debt_counts() -> None:
    assert asked(AGAIN, case(weighed(1), decided(2, "refused"), decided(3, "granted"))) is False
    assert asked(AGAIN, case(weighed(1), decided(2, "refused"), decided(3, "granted", "S16"))) is True


def test_assistance_with_something_else_than_the_debt_raises_no_question() -> None:
    assert asked(AGAIN, case(weighed(1), decided(2, "refused", "S02", "S16"))) is False
    assert asked(AGAIN, case(weighed(1), decided(2, "refused", "S02", "S04"))) is True


@pytest.mark.parametrize("name", ["raddning.provad", "atagande.beslutat"])
def test_a_question_that_was_answered_after_the_refusal_is_not_asked_again(name: str) -> None:
    assert asked(AGAIN, case(weighed(1), decided(2, "refused"), weighed(3, name))) is False


def test_an_answer_about_another_notice_is_no_answer_about_this_one() -> None:
    elsewhere = weighed(3, scope=Scope("notice", 2))
    assert asked(AGAIN, case(weighed(1), decided(2, "refused"), elsewhere)) is True


def test_the_question_is_not_asked_when_the_period_no_longer_runs() -> None:
    about = case(weighed(1), decided(2, "refused"))
    assert asked(AGAIN, about, "2026-04-01 23:59") is True
    assert asked(AGAIN, about, "2026-04-02 00:01") is False
    assert asked(AGAIN, case(weighed(1), decided(2, "refused"), paid("2026-03-20", number=3))) is False
