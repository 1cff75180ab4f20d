"""The recovery period: what counts is when the rent was paid or the letter posted."""

from __future__ import annotations

from typing import Any

from tests.diagrams.chapter_6_answers import CONFIRMED, NOTICE, PAID
from tests.diagrams.played_case import PlayedCase
from tests.rules.case_pictures import arrears

WAYS = ("assistance", "instalments", "reclaim_assistance", "propose_commitment")
ONLY_A_COMMITMENT: dict[str, Any] = {
    **{f"{way}_why": "Prövat." for way in WAYS},
    **dict.fromkeys(WAYS, False),
    "propose_commitment": True,
    "child_concerned": False,
    "budget_advice_offered": True,
}
NO_COMMITMENT = ONLY_A_COMMITMENT | {"assistance": True, "propose_commitment": False}
COMMITTED: dict[str, Any] = {
    "commitment_decision": "commitment",
    "commitment_amount": "9450.00",
    "months": 1,
    "delegation": "5.2",
    "commitment_motive": "Hyresrätten kan räddas.",
    "child_concerned": False,
}


def a_watched_period(**more: Any) -> PlayedCase:
    case = PlayedCase(arrears(stance="handle", **more), at="2026-03-11 09:00")
    case.start("bevaka-atervinningsfrist", NOTICE)
    return case


def the_day_after() -> PlayedCase:
    """The last day, 1 April, has gone without payment."""
    case = a_watched_period(**CONFIRMED)
    case.wait_until("2026-04-03 08:00")
    assert "frist_utgangen" in case.steps()
    return case


def result_of(case: PlayedCase) -> str:
    return str(case.events("frist.avgjord")[0]["result"])


def test_rent_paid_in_time_ends_the_watch_and_tells_the_main_process() -> None:
    case = a_watched_period(**CONFIRMED)
    assert case.steps() == ["radda_hyresratten"]
    case.happens("hyra.betald", NOTICE, **PAID)
    assert not case.runs("bevaka-atervinningsfrist")
    assert case.events("frist.avgjord") == [{"result": "recovered", "notice": 1}]


def test_a_part_payment_goes_on_being_watched() -> None:
    case = a_watched_period(**CONFIRMED)
    case.happens("hyra.betald", NOTICE, **PAID | {"amount": "9000.00"})
    assert case.runs("bevaka-atervinningsfrist")
    case.happens("hyra.betald", NOTICE, **PAID | {"amount": "450.00"})
    assert not case.runs("bevaka-atervinningsfrist")


def test_the_last_days_are_called_out_and_the_day_after_is_judged_by_a_person() -> None:
    case = a_watched_period(**CONFIRMED)
    case.wait_until("2026-04-01 23:59")
    assert len(case.operations("notify")) == 3
    assert "frist_utgangen" not in case.steps()
    case.wait_until("2026-04-02 08:00")
    assert "frist_utgangen" in case.steps()


def test_a_payment_in_time_that_is_recorded_late_corrects_the_lost_period() -> None:
    case = the_day_after()
    case.happens("hyra.betald", NOTICE, **PAID | {"paid_on": "2026-04-01"})
    assert not case.runs("bevaka-atervinningsfrist")
    assert result_of(case) == "recovered"


def test_a_payment_after_the_period_does_not_save_the_lease_by_itself() -> None:
    case = the_day_after()
    case.happens("hyra.betald", NOTICE, **PAID | {"paid_on": "2026-04-02"})
    assert "frist_utgangen" in case.steps()


def test_a_lost_period_starts_a_negotiation() -> None:
    case = the_day_after()
    case.do("frist_utgangen", after_period="lost", after_period_evidence="Ej betalt.", child_concerned=False)
    assert result_of(case) == "lost"
    assert case.steps() == ["forhandla_kvarboende"]


def test_a_provisional_last_day_never_passes_but_is_asked_about() -> None:
    case = a_watched_period()
    case.wait_until("2026-03-23 12:00")
    assert "faststall_delgivning" not in case.steps()
    case.wait_until("2026-03-24 12:00")
    case.do("faststall_delgivning", service_known=False, not_known_why="Hyresvärden vet inte.")
    assert "faststall_delgivning" not in case.steps()
    case.wait_until("2026-06-01 08:00")
    assert "frist_utgangen" not in case.steps()
    assert "faststall_delgivning" in case.steps()


def test_a_confirmed_day_of_service_ends_the_asking_and_moves_the_last_day() -> None:
    case = a_watched_period()
    case.wait_until("2026-03-24 12:00")
    case.do(
        "faststall_delgivning",
        service_known=True,
        served_on="2026-03-20",
        served_confirmed=True,
        evidence="Delgivningskvitto.",
    )
    assert "faststall_delgivning" not in case.steps()
    case.wait_until("2026-04-10 23:00")
    assert "frist_utgangen" not in case.steps()
    case.wait_until("2026-04-11 08:00")
    assert "frist_utgangen" in case.steps()


def test_a_commitment_decided_and_posted_on_the_last_day_saves_the_lease() -> None:
    case = a_watched_period(**CONFIRMED)
    case.do("radda_hyresratten", **ONLY_A_COMMITMENT)
    case.wait_until("2026-04-01 09:00")
    case.do("besluta_atagande", **COMMITTED)
    assert case.operations("prepare_letter") == [
        {"letter": "atagande", "recipient": "landlord", "purpose": "commitment", "contents": "payment"}
    ]
    case.do("posta_atagande", posted_at="2026-04-01T14:05", registered=True, item_number="RR123456789SE")
    assert not case.runs("bevaka-atervinningsfrist")
    assert result_of(case) == "recovered"


def test_a_commitment_posted_after_midnight_does_not_save_the_lease() -> None:
    case = a_watched_period(**CONFIRMED)
    case.do("radda_hyresratten", **ONLY_A_COMMITMENT)
    case.do("besluta_atagande", **COMMITTED)
    case.wait_until("2026-04-02 08:00")
    case.happens("atagande.postat", NOTICE, posted_at="2026-04-01T22:05:00+00:00", registered=True)
    assert "frist_utgangen" in case.steps()


def refused(case: PlayedCase, decision: str = "refused") -> None:
    """Economic assistance with the rent debt is decided."""
    case.happens("bistand.beslutat", decision=decision, applied=["S03"])


def test_refused_assistance_opens_the_question_of_a_commitment_again() -> None:
    case = a_watched_period(**CONFIRMED)
    case.do("radda_hyresratten", **NO_COMMITMENT)
    assert case.steps() == []
    refused(case)
    assert case.steps() == ["radda_hyresratten"]
    case.do("radda_hyresratten", **ONLY_A_COMMITMENT)
    case.do("besluta_atagande", **COMMITTED)
    case.do("posta_atagande", posted_at="2026-03-11T10:05", registered=True, item_number="RR123456789SE")
    assert result_of(case) == "recovered"


def test_granted_assistance_leaves_the_question_closed() -> None:
    case = a_watched_period(**CONFIRMED)
    case.do("radda_hyresratten", **NO_COMMITMENT)
    refused(case, "granted")
    assert case.steps() == []
    refused(case, "partly")
    assert case.steps() == ["radda_hyresratten"]


def test_a_refusal_that_was_known_when_the_question_was_answered_does_not_ask_it_twice() -> None:
    case = a_watched_period(**CONFIRMED)
    refused(case)
    case.do("radda_hyresratten", **NO_COMMITMENT)
    assert case.steps() == []
    assert case.runs("bevaka-atervinningsfrist")


def test_the_question_is_asked_after_each_refusal_and_no_oftener() -> None:
    case = a_watched_period(**CONFIRMED)
    for _ in range(3):
        case.do("radda_hyresratten", **NO_COMMITMENT)
        assert case.steps() == []
        refused(case)
    assert case.steps() == ["radda_hyresratten"]


def test_a_commitment_that_was_not_decided_is_asked_about_again_when_assistance_is_refused() -> None:
    case = a_watched_period(**CONFIRMED)
    case.do("radda_hyresratten", **ONLY_A_COMMITMENT)
    case.do(
        "besluta_atagande",
        commitment_decision="refused",
        commitment_motive="Bistånd väntas.",
        child_concerned=False,
    )
    assert case.steps() == []
    refused(case)
    assert case.steps() == ["radda_hyresratten"]


def test_a_refusal_while_the_commitment_is_being_decided_opens_nothing_besides() -> None:
    case = a_watched_period(**CONFIRMED)
    case.do("radda_hyresratten", **ONLY_A_COMMITMENT)
    refused(case)
    assert case.steps() == ["besluta_atagande"]


def test_a_refusal_after_the_period_does_not_ask_for_a_commitment_that_would_come_too_late() -> None:
    case = a_watched_period(**CONFIRMED)
    case.do("radda_hyresratten", **NO_COMMITMENT)
    case.wait_until("2026-04-02 08:00")
    refused(case)
    assert case.steps() == ["frist_utgangen"]


def test_a_notice_without_a_right_to_recover_is_not_watched() -> None:
    case = a_watched_period(must_move_anyway=True)
    assert not case.runs("bevaka-atervinningsfrist")
    assert result_of(case) == "void"
