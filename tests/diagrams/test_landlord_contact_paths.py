"""Contact with the landlord: asked when it is allowed, told only what a consent covers at that moment."""

from __future__ import annotations

from dataclasses import replace

from tests.diagrams.chapter_6_answers import CONSENT, DECIDED, NOT_OPENED, OPEN_TO_MORE, a_threat, with_a_plan
from tests.diagrams.played_case import PlayedCase
from tests.rules.case_pictures import arrears

TOLD = {
    "told_at": "2026-03-20T10:00",
    "channel": "phone",
    "what": ["measures"],
    "about": [1],
    "told_text": "Boendestöd planeras.",
    "plan_acceptable": "yes",
}


def a_tip_from_a_relative() -> PlayedCase:
    notice = replace(arrears(stance="handle"), kind="J", grounds=frozenset({"other"}), informant="relative")
    case = PlayedCase(notice, at="2026-03-10 10:00")
    case.start("kontakt-och-stod")
    return case


def test_the_landlord_is_not_asked_after_a_tip_until_the_tenant_consents() -> None:
    case = a_tip_from_a_relative()
    assert case.steps() == ["kontakta_hyresgast"]
    case.happens("samtycke.givet", **CONSENT | {"recipient": "ffs"})
    assert case.steps() == ["kontakta_hyresgast"]
    case.happens("samtycke.givet", **CONSENT)
    assert case.steps() == ["kontakta_hyresgast", "kontakta_hyresvard"]


def test_a_consent_to_tell_opens_the_telling_although_the_landlord_may_not_be_asked() -> None:
    case = a_tip_from_a_relative()
    case.happens("samtycke.givet", **CONSENT | {"direction": "give"})
    case.happens("hyresvard.att_informera", text="Boendestöd planeras.")
    assert case.steps() == ["informera_hyresvard", "kontakta_hyresgast"]


def test_waiting_for_consent_never_holds_the_process_open() -> None:
    case = a_tip_from_a_relative()
    case.do("kontakta_hyresgast", **OPEN_TO_MORE)
    case.do("ta_stallning_till_utredning", **NOT_OPENED)
    assert not case.runs("kontakt-och-stod")
    assert case.events("kontaktOchStod.klar") == [{}]


def test_a_withdrawn_consent_takes_back_the_task_to_inform_the_landlord_at_once() -> None:
    case = a_threat()
    with_a_plan(case)
    assert "informera_hyresvard" in case.steps()
    case.happens("samtycke.aterkallat", giver=1, recipients=["landlord"])
    assert "informera_hyresvard" not in case.steps()
    case.happens("samtycke.givet", **CONSENT)
    assert "informera_hyresvard" in case.steps()


def test_the_landlord_is_told_before_the_outcome_when_there_is_something_to_tell() -> None:
    case = a_threat()
    with_a_plan(case)
    case.do("besluta_insatser", **DECIDED)
    assert case.runs("kontakt-och-stod")
    assert "bedom_utfall" not in case.steps()
    case.do("informera_hyresvard", **TOLD)
    assert not case.runs("kontakt-och-stod")
    assert "bedom_utfall" in case.steps()


def test_a_landlord_who_is_not_to_be_told_holds_nothing_up() -> None:
    case = a_threat()
    with_a_plan(case)
    case.do("besluta_insatser", **DECIDED)
    case.happens("samtycke.aterkallat", giver=1)
    assert not case.runs("kontakt-och-stod")


def test_a_step_to_inform_that_cannot_be_done_is_not_asked_for_again() -> None:
    case = a_threat()
    with_a_plan(case)
    case.do(
        "informera_hyresvard", cannot_be_done=True, cannot_be_done_reason="Hyresvärden är inte anträffbar."
    )
    assert "informera_hyresvard" not in case.steps()
    assert case.events("hyresvard.informerad") == [{"told": False}]
