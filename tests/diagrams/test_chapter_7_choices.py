"""Chapter 7 where somebody must choose: staying away, asking for more time, and ending the case."""

from __future__ import annotations

import pytest

from tests.diagrams.story import ADULT, CHILD, Story
from tests.diagrams.test_chapter_7_paths import PLAN, eviction, on_the_day, planned

CONSULTED = {
    "kfm_officer": "Handläggare T",
    "kfm_consulted_at": "2026-10-19T10:00",
    "reason": "Kronofogden har sett att bostaden är tom.",
    "outcome_how": "Kronofogden ringer.",
}
EXCEPTION = {"presence": "exception", "risk_for_staff": False, "suitable_place": "yes"}
APPROVED = {
    "exception_decision": "approve",
    "exception_motive": "Familjen har flyttat till släkt.",
    "children_best_interest": "Besök hos familjen samma vecka.",
}
ASKED = {
    "deferral_ground": "social_services_need_time",
    "deferral_until": "2026-11-05",
    "deferral_text": "Nytt boende från den 4 november.",
    "about": [1],
    "sent_at": "2026-10-19T09:00",
    "sent_channel": "email",
    "disclosure_ground": "consent",
}
BOARD_ASKS = {"deferral_stance": "board_asks", "stance_motive": "Vi behöver två veckor."}
OUTCOME = {
    "outcome": "executed",
    "outcome_motive": "Avhysningen verkställdes.",
    "child_concerned": False,
    "follow_up_needed": False,
    "follow_up_reason": "Har eget stöd.",
}


def staying_away(*persons: object) -> Story:
    """A plan to stay away, with Kronofogden consulted."""
    story = eviction(*persons)  # type: ignore[arg-type]
    story.completes("planera_narvaro", "2026-10-19 10:30", **EXCEPTION)
    story.completes("avsta_narvaro", "2026-10-19 11:00", **CONSULTED)
    return story


@pytest.mark.requirement("R-070")
def test_without_children_a_consultation_is_enough_and_the_outcome_is_still_recorded():
    story = staying_away()
    story.until("2026-10-22 00:00")
    assert "registrera_utfall" in story.open
    assert "narvara_vid_avhysning" not in story.open
    told = {"kfm_contacted_at": "2026-10-22T13:00", "children_present": False}
    story.completes("registrera_utfall", "2026-10-22 13:10", **told, eviction_outcome="already_moved")
    assert "bedom_utfall_avhysning" in story.open


@pytest.mark.requirement("R-158")
def test_for_a_family_only_the_head_of_unit_can_let_the_board_stay_away():
    story = staying_away(ADULT, CHILD)
    assert "godkann_avsta_narvaro" in story.open
    story.until("2026-10-22 00:00")
    assert "narvara_vid_avhysning" in story.open, "until the head has answered, presence stands"


@pytest.mark.requirement("R-158")
def test_the_head_of_units_no_opens_the_plan_again():
    story = staying_away(ADULT, CHILD)
    refused = {"exception_decision": "refuse", "exception_motive": "Barnen ska mötas av oss."}
    story.completes("godkann_avsta_narvaro", "2026-10-19 14:00", **refused)
    assert "planera_narvaro" in story.open


@pytest.mark.requirement("R-158")
def test_the_head_of_units_yes_holds_for_that_date_only():
    story = staying_away(ADULT, CHILD)
    story.completes("godkann_avsta_narvaro", "2026-10-19 14:00", **APPROVED)
    assert story.fact("presence_is_waived", story.now) is True
    story.happens("kfm.nyTid", "2026-10-20 10:00", eviction_at="2026-10-27T08:00:00+00:00")
    assert story.fact("presence_is_waived", story.now) is False
    assert "planera_narvaro" in story.open


def test_a_consultation_that_cannot_be_documented_leads_back_to_the_plan():
    story = eviction()
    story.completes("planera_narvaro", "2026-10-19 10:30", **EXCEPTION)
    reason = {"cannot_be_done": True, "cannot_be_done_reason": "Kronofogden svarar inte."}
    story.completes("avsta_narvaro", "2026-10-19 11:00", **reason)
    assert "planera_narvaro" in story.open
    story.completes("planera_narvaro", "2026-10-19 11:30", **PLAN)
    assert not {"planera_narvaro", "avsta_narvaro"} & story.open


def test_a_child_discovered_after_the_exception_makes_presence_the_rule_again():
    story = staying_away()
    assert story.fact("presence_is_waived", story.now) is True
    story.happens("barn.upptackt", "2026-10-20 09:00", name="Barn Funnet", role="child")
    assert "planera_narvaro" in story.open
    story.until("2026-10-22 00:00")
    assert {"narvara_vid_avhysning", "narvara_delta_barn"} <= story.open


@pytest.mark.requirement("R-155", "R-156")
def test_a_refused_request_for_more_time_can_be_followed_by_another_until_the_day():
    story = eviction()
    story.completes("ta_stallning_till_anstand", "2026-10-19 08:30", **BOARD_ASKS)
    story.completes("begar_anstand", "2026-10-19 09:00", **ASKED)
    [letter] = story.operations("prepare_letter")
    assert letter == {
        "letter": "begaran-om-anstand",
        "recipient": "kfm",
        "purpose": "coordinate",
        "contents": "measures",
    }
    assert story.recorded("uppgift.lamnad")[0]["recipient"] == "kfm"
    story.happens("kfm.anstand.svar", "2026-10-20 11:00", answer="refused")
    assert "ta_stallning_till_anstand" in story.open
    story.completes("ta_stallning_till_anstand", "2026-10-20 11:30", **BOARD_ASKS)
    story.completes("begar_anstand", "2026-10-20 12:00", **ASKED)
    assert len(story.recorded("anstand.begart")) == 2


@pytest.mark.requirement("R-155")
def test_an_unanswered_request_reminds_every_working_day_until_the_day():
    story = eviction()
    story.completes("ta_stallning_till_anstand", "2026-10-16 16:00", **BOARD_ASKS)
    story.completes("begar_anstand", "2026-10-16 16:10", **ASKED | {"sent_at": "2026-10-16T16:00"})
    story.until("2026-10-22 23:00")
    reminders = [one for one in story.operations("notify") if "anstånd" in str(one["text"])]
    assert len(reminders) == 3, "Monday, Tuesday and Wednesday"


@pytest.mark.requirement("R-155")
def test_granted_time_means_that_nobody_goes_there_on_the_old_day():
    story = planned()
    story.happens("kfm.anstand.svar", "2026-10-21 15:00", answer="granted", until="2026-11-05")
    story.until("2026-10-22 12:00")
    assert "narvara_vid_avhysning" not in story.open
    story.happens("kfm.nyTid", "2026-10-28 09:00", eviction_at="2026-11-05T08:00:00+00:00")
    story.until("2026-11-05 00:00")
    assert "narvara_vid_avhysning" in story.open


@pytest.mark.requirement("R-095")
def test_a_request_that_may_not_disclose_anything_goes_back_to_the_stance():
    story = eviction()
    story.completes("ta_stallning_till_anstand", "2026-10-19 08:30", **BOARD_ASKS)
    reason = {"cannot_be_done": True, "cannot_be_done_reason": "Inget samtycke."}
    story.completes("begar_anstand", "2026-10-19 09:00", **reason)
    assert story.recorded("anstand.begart") == []
    assert "ta_stallning_till_anstand" in story.open


def ended() -> Story:
    """The eviction is withdrawn, and the outcome is to be assessed."""
    story = on_the_day()
    story.happens("kfm.aterkallad", "2026-10-22 08:00")
    return story


@pytest.mark.requirement("R-148")
def test_the_process_ends_when_the_outcome_is_known_and_the_intake_is_done():
    story = ended()
    story.completes("bedom_utfall_avhysning", "2026-10-26 09:00", **OUTCOME | {"outcome": "withdrawn"})
    assert story.operations("set_outcome") == [{"outcome": "withdrawn"}]
    assert story.open == {"ta_emot_arende"}


@pytest.mark.requirement("R-163")
def test_a_need_of_follow_up_opens_the_offer():
    story = ended()
    story.completes("bedom_utfall_avhysning", "2026-10-26 09:00", **OUTCOME | {"follow_up_needed": True})
    assert "erbjud_uppfoljning" in story.open


@pytest.mark.requirement("R-030", "R-148")
def test_what_cannot_be_closed_goes_to_the_head_of_unit_who_may_send_it_back():
    story = ended()
    reason = {"cannot_be_done": True, "cannot_be_done_reason": "Samtalet med föräldrarna är inte hållet."}
    story.completes("bedom_utfall_avhysning", "2026-10-26 09:00", **reason)
    assert "prova_avslut_avhysning" in story.open
    back = {"closing_decision": "go_on", "closing_motive": "Försök igen."}
    story.completes("prova_avslut_avhysning", "2026-10-26 13:00", **back)
    assert "bedom_utfall_avhysning" in story.open
    assert story.operations("set_outcome") == []
