"""Contact with the tenant: every way is tried, an old answer counts once, nobody is investigated against their will."""

from __future__ import annotations

from tests.diagrams.chapter_6_answers import (
    AGAINST_THE_WILL,
    DECISION,
    LANDLORD,
    NOT_OPENED,
    OPEN_TO_MORE,
    REACHED,
    a_threat,
    give_up,
)
from tests.diagrams.played_case import PlayedCase

NO_ANSWER = {"contact_result": "not_yet", "attempts": [{"channel": "phone", "outcome": "no_answer"}]}


def test_an_unanswered_attempt_rests_and_comes_back_by_itself() -> None:
    case = a_threat()
    case.do("kontakta_hyresgast", **NO_ANSWER)
    case.wait_until("2026-03-12 12:00")
    assert "kontakta_hyresgast" not in case.steps()
    case.wait_until("2026-03-13 08:00")
    assert "kontakta_hyresgast" in case.steps()


def test_a_tenant_who_answers_brings_the_step_back_at_once_and_a_letter_does_not() -> None:
    case = a_threat()
    case.do("kontakta_hyresgast", **NO_ANSWER)
    case.happens("kontaktforsok.gjort", channel="letter", outcome="message_left")
    assert "kontakta_hyresgast" not in case.steps()
    case.happens("hyresgast.nadd", person=1)
    assert "kontakta_hyresgast" in case.steps()


def test_an_old_answer_never_closes_a_new_window() -> None:
    case = a_threat()
    case.do("kontakta_hyresgast", **REACHED)
    more = {"decision": "continue_intake", "extension_reason": "motivating_contacts"}
    case.do("ta_stallning_till_utredning", **DECISION | more)
    case.do("kontakta_hyresgast", contact_result="not_yet")
    assert "kontakta_hyresgast" not in case.steps()


def test_a_visit_letter_is_written_when_it_is_asked_for() -> None:
    case = a_threat()
    case.do("kontakta_hyresgast", contact_result="not_yet", visit_letter=True)
    assert {"letter": "brev-om-hembesok", "recipient": "contract_holders"} in case.operations(
        "prepare_letter"
    )


def test_something_that_may_lead_to_a_measure_asks_for_a_stance_at_once() -> None:
    case = a_threat()
    case.do("kontakta_hyresvard", **LANDLORD | {"may_lead_to_measure": True})
    assert "ta_stallning_till_utredning" in case.steps()
    assert "kontakta_hyresgast" not in case.steps()
    go_on = {
        "adult_stance": "not_reached",
        "decision": "continue_intake",
        "extension_reason": "hard_to_reach",
    }
    case.do("ta_stallning_till_utredning", **NOT_OPENED | go_on | {"may_lead_to_measure": True})
    assert "kontakta_hyresgast" in case.steps()
    assert "ta_stallning_till_utredning" not in case.steps()


def test_a_tenant_who_declines_is_still_decided_about_when_a_measure_may_be_needed() -> None:
    case = a_threat()
    closed = {"close_intake": True, "close_intake_motive": "Vill inte.", "may_lead_to_measure": True}
    case.do("kontakta_hyresgast", **OPEN_TO_MORE | closed)
    assert "ta_stallning_till_utredning" in case.steps()


def declined_but_coercion_is_possible() -> PlayedCase:
    case = a_threat()
    case.do("kontakta_hyresgast", **OPEN_TO_MORE)
    case.do("ta_stallning_till_utredning", **AGAINST_THE_WILL)
    return case


def test_an_investigation_against_the_adults_will_needs_the_head_of_unit() -> None:
    case = declined_but_coercion_is_possible()
    assert case.events("utredning.inledd") == []
    case.do("godkann_tvangsprovning", coercive_approved=True, coercive_motive="LVM kan bli aktuell.")
    assert "utred_behov" in case.steps()


def test_a_refused_coercive_review_goes_back_to_outreach() -> None:
    case = declined_but_coercion_is_possible()
    case.do("godkann_tvangsprovning", coercive_approved=False, coercive_motive="Nej.")
    assert "kontakta_hyresgast" in case.steps()


def test_not_opening_without_contact_goes_to_the_head_of_unit() -> None:
    case = a_threat()
    give_up(case)
    assert case.events("utredning.ej_inledd") == []
    case.do(
        "godkann_ej_inledd",
        not_open_approved=False,
        not_open_motive="Mer kan göras.",
        not_open_instructions="Besök.",
    )
    assert "kontakta_hyresgast" in case.steps()
