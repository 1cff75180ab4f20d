"""After the decision: assistance is paid out, follow-up needs consent, and a watch comes back on its day."""

from __future__ import annotations

from typing import Any

from processes.rules.snapshot import Scope
from tests.diagrams.chapter_6_answers import AVERTED, CONFIRMED, INTAKE, NOT_OPENED, OPEN_TO_MORE, a_threat
from tests.diagrams.played_case import PlayedCase
from tests.rules.case_pictures import arrears

APPLICATION = Scope("application", 99)
TRIED: dict[str, Any] = {
    "assistance_applied": ["S03"],
    "rights_told": True,
    "guidance": ["budget"],
    "electricity_debt": False,
    "guardian_or_support_seen": False,
    "assistance_motive": "Prövat mot riktlinjen.",
    "child_concerned": False,
}
GRANTED = TRIED | {
    "assistance_decision": "granted",
    "amount_granted": "9450.00",
    "secure_rent": ["verify"],
    "rent_check_on": "2026-04-08",
}
REFUSED = TRIED | {"assistance_decision": "refused", "appeal_told": True, "secure_rent": ["not_needed"]}
FOLLOW_UP: dict[str, Any] = {
    "follow_up_accepted": True,
    "follow_up_giver": 1,
    "consent_form": "oral",
    "informed_voluntary": True,
    "informed_how_to_revoke": True,
    "follow_up_on": "2026-05-08",
    "follow_up_channel": "phone",
}
GOES_WELL: dict[str, Any] = {
    "follow_up_result": "Bra.",
    "rent_now": "yes",
    "new_threat": False,
    "follow_up_again": False,
}


def an_application() -> PlayedCase:
    case = PlayedCase(arrears(stance="handle", **CONFIRMED), at="2026-03-16 09:00")
    case.start("ekonomiskt-bistand", APPLICATION)
    return case


def to_be_followed_up() -> PlayedCase:
    case = a_threat()
    case.do("ta_emot_arende", **INTAKE)
    case.do("kontakta_hyresgast", **OPEN_TO_MORE)
    case.do("ta_stallning_till_utredning", **NOT_OPENED)
    case.do("bedom_utfall", **AVERTED | {"follow_up_needed": True})
    return case


def on_the_agreed_day() -> PlayedCase:
    case = to_be_followed_up()
    case.do("erbjud_uppfoljning", **FOLLOW_UP)
    case.wait_until("2026-05-07 12:00")
    assert case.steps() == []
    case.wait_until("2026-05-08 08:00")
    return case


def test_granted_assistance_is_paid_out_counts_as_paid_rent_and_is_checked_the_month_after() -> None:
    case = an_application()
    case.do("prova_ekonomiskt_bistand", **GRANTED)
    case.do(
        "betala_ut_bistand", paid_notice=1, paid_to_landlord=True, paid_amount="9450.00", paid_on="2026-03-25"
    )
    assert case.events("hyra.betald")[0]["source"] == "assistance"
    case.wait_until("2026-04-08 08:00")
    assert case.steps() == ["kontrollera_hyra"]


def test_refused_assistance_is_not_paid_out() -> None:
    case = an_application()
    case.do("prova_ekonomiskt_bistand", **REFUSED)
    assert not case.runs("ekonomiskt-bistand")


def test_a_follow_up_comes_on_the_day_that_was_agreed() -> None:
    case = on_the_agreed_day()
    case.do("folj_upp", **GOES_WELL)
    assert not case.runs("hot-om-avhysning")


def test_a_follow_up_can_be_followed_by_another() -> None:
    case = on_the_agreed_day()
    case.do("folj_upp", **GOES_WELL | {"follow_up_again": True, "follow_up_again_on": "2026-06-08"})
    assert case.steps() == []
    case.wait_until("2026-06-08 08:00")
    assert case.steps() == ["folj_upp"]


def test_a_new_threat_found_at_follow_up_opens_contact_again() -> None:
    case = on_the_agreed_day()
    case.do("folj_upp", **GOES_WELL | {"new_threat": True, "new_threat_note": "Ny skuld."})
    assert "kontakta_hyresgast" in case.steps()


def test_a_follow_up_that_cannot_be_made_ends_and_is_not_asked_for_again() -> None:
    case = on_the_agreed_day()
    case.do("folj_upp", cannot_be_done=True, cannot_be_done_reason="Svarar inte längre.")
    assert not case.runs("hot-om-avhysning")


def test_a_withdrawn_consent_ends_the_follow_up() -> None:
    case = to_be_followed_up()
    case.do("erbjud_uppfoljning", **FOLLOW_UP)
    case.happens("samtycke.aterkallat", giver=1)
    assert not case.runs("hot-om-avhysning")


def test_an_offer_that_is_declined_ends_the_case_without_follow_up() -> None:
    case = to_be_followed_up()
    case.do("erbjud_uppfoljning", follow_up_accepted=False)
    assert not case.runs("hot-om-avhysning")


def test_a_watch_can_be_moved_ended_or_ask_for_new_contact() -> None:
    case = PlayedCase(arrears(stance="handle"), at="2026-03-16 09:00")
    case.happens("bevakning.skapad", kind="rent_check", until="2026-04-08", text="Hyran")
    watch = case.running[0].scope
    case.happens("bevakning.flyttad", watch, until="2026-04-10")
    case.wait_until("2026-04-09 12:00")
    assert case.steps() == []
    case.wait_until("2026-04-10 08:00")
    case.do(
        "kontrollera_hyra",
        rent_checked="not_paid",
        rent_watch_again=True,
        rent_watch_again_on="2026-05-08",
        rent_restart_support=True,
    )
    assert "kontakta_hyresgast" in case.steps()
    case.happens("bevakning.avslutad", watch, reason="Flyttat.")
    assert not case.runs("bevakning")
