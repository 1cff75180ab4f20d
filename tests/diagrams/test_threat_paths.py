"""The frame of chapter 6: intake, time limits and outcome side by side, until Kronofogden takes over."""

from __future__ import annotations

from tests.diagrams.chapter_6_answers import (
    AVERTED,
    CONFIRMED,
    DECISION,
    DECLINES,
    INTAKE,
    LANDLORD,
    NOT_OPENED,
    NOTICE,
    OPEN_TO_MORE,
    REACHED,
    STANCE,
    a_threat,
    give_up,
)
from tests.diagrams.played_case import PlayedCase
from tests.rules.case_pictures import arrears


def test_a_case_that_is_paid_at_once_takes_five_tasks() -> None:
    case = PlayedCase(arrears(**CONFIRMED), at="2026-03-12 09:00")
    case.start("underrattelse", NOTICE)
    case.do("ta_stallning", **STANCE)
    case.start("hot-om-avhysning")
    case.start("bevaka-atervinningsfrist", NOTICE)
    case.happens("hyra.betald", NOTICE, amount="9450.00", paid_on="2026-03-12", source="tenant")
    case.do("ta_emot_arende", **INTAKE)
    case.do("kontakta_hyresvard", **LANDLORD)
    case.do("kontakta_hyresgast", **DECLINES)
    case.do("bedom_utfall", **AVERTED)
    assert case.steps() == []
    for key in ("hot-om-avhysning", "kontakt-och-stod", "bevaka-atervinningsfrist"):
        assert not case.runs(key)


def test_contact_does_not_wait_for_the_register() -> None:
    assert a_threat().steps() == ["kontakta_hyresgast", "kontakta_hyresvard", "ta_emot_arende"]


def test_a_household_known_to_us_is_consulted_about_alongside() -> None:
    case = a_threat()
    case.do("ta_emot_arende", **INTAKE | {"known_in_own_administration": True, "known_units": ["economic"]})
    assert "samrad_med_enheter" in case.steps()
    assert "kontakta_hyresgast" in case.steps()
    assert case.operations("prepare_letter") == [
        {"letter": "informationsbrev", "recipient": "contract_holders"}
    ]


def test_a_register_that_was_out_of_order_is_asked_again() -> None:
    case = a_threat()
    outage = {
        "register_method": "not_possible",
        "register_hindrance": "outage",
        "tenant_registered_here": None,
    }
    case.do("ta_emot_arende", **INTAKE | outage)
    assert "kontrollera_folkbokforing_igen" in case.steps()


def test_a_date_from_kronofogden_ends_the_frame_but_not_the_contact() -> None:
    case = a_threat()
    case.happens("kfm.underrattelse", eviction_at="2026-04-20T07:00:00+00:00")
    assert not case.runs("hot-om-avhysning")
    assert case.steps() == ["kontakta_hyresgast", "kontakta_hyresvard"]


def test_special_reasons_are_weighed_after_four_weeks_and_then_weekly() -> None:
    case = a_threat()
    case.wait_until("2026-04-06 12:00")
    assert "prova_sarskilda_skal" not in case.steps()
    case.wait_until("2026-04-07 08:00")
    case.do("prova_sarskilda_skal", extension_reason="hard_to_reach", extension_motive="Svarar inte.")
    assert "prova_sarskilda_skal" not in case.steps()
    case.wait_until("2026-04-14 08:00")
    assert "prova_sarskilda_skal" in case.steps()


def test_a_decision_takes_back_an_open_review_of_reasons() -> None:
    case = a_threat()
    case.wait_until("2026-04-07 08:00")
    assert "prova_sarskilda_skal" in case.steps()
    case.do("kontakta_hyresgast", **REACHED)
    case.do("ta_stallning_till_utredning", **DECISION)
    assert "prova_sarskilda_skal" not in case.steps()


def test_no_reasons_are_asked_for_once_an_investigation_is_opened() -> None:
    case = a_threat()
    case.do("kontakta_hyresgast", **REACHED)
    case.do("ta_stallning_till_utredning", **DECISION)
    case.wait_until("2026-05-20 08:00")
    assert "prova_sarskilda_skal" not in case.steps()


def test_a_case_that_awaits_kronofogden_is_looked_at_again_after_a_month() -> None:
    case = a_threat()
    case.do("kontakta_hyresgast", **OPEN_TO_MORE)
    case.do("ta_stallning_till_utredning", **NOT_OPENED)
    case.do("bedom_utfall", outcome="awaits_enforcement", outcome_motive="Hyresvärden har ansökt.")
    assert "bedom_utfall" not in case.steps()
    case.wait_until("2026-04-08 08:00")
    assert "bedom_utfall" not in case.steps()
    case.wait_until("2026-04-10 08:00")
    assert "bedom_utfall" in case.steps()


def test_nobody_reached_is_decided_by_the_head_of_unit_who_may_send_us_out_again() -> None:
    case = a_threat()
    give_up(case)
    case.do("godkann_ej_inledd", not_open_approved=True, not_open_motive="Alla sätt prövade.")
    case.do("bedom_utfall", outcome="not_reached_proposed", outcome_motive="Ingen kontakt.")
    case.do(
        "prova_avslut_utan_kontakt",
        head_decision="continue_outreach",
        outcome="continue_outreach",
        head_motive="Fler sätt finns.",
        head_instructions="Aviserat besök.",
    )
    assert "kontakta_hyresgast" in case.steps()
    assert "bedom_utfall" not in case.steps()
