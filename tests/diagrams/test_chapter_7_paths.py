"""Chapter 7 step by step: whatever happens to the date, somebody is there, and only Kronofogden can call it off."""

from __future__ import annotations

from typing import Any

import pytest

from processes.rules.snapshot import PersonSeen
from tests.diagrams.story import ADULT, CHILD, Story
from tests.rules.case_pictures import case_of, from_kfm

PLAN = {
    "presence": "attend",
    "participants": ["vuxen"],
    "meet_at": "2026-10-22T08:30",
    "risk_for_staff": False,
    "suitable_place": "yes",
}
NOT_ASKED = {"deferral_stance": "not_asked", "stance_motive": "Nytt boende är klart."}
PRESENT = {
    "participants": ["vuxen", "barn-unga"],
    "children_present": False,
    "support_offered": ["advice"],
    "acute_need": False,
    "no_property_taken": True,
}
CHILDRENS_PART = {
    "children_unit_attended": True,
    "place_to_go": "temporary",
    "children_situation": "Hos mormor över helgen.",
    "children_concern": "none",
}
SUPPORT = {
    "support_given_how": "meeting",
    "key_advice_given": True,
    "key_advice_on": "2026-10-19",
    "send_key_advice": True,
    "own_responsibility_told": True,
    "housing_plan": "Söker andrahandsboende.",
    "belongings_advice": "Packa papper och medicin.",
    "property_not_ours_told": True,
}


def eviction(
    *persons: PersonSeen, told: str = "2026-10-16 15:40", on: str = "2026-10-22 09:00", at: str = ""
) -> Story:
    """A notice from Kronofogden to a household without any case before (S-04)."""
    notice = from_kfm(1, told, on, stance="handle")
    story = Story("avhysning-kronofogden", at or told, about=case_of(notice, persons=persons or (ADULT,)))
    story.happens("kfm.underrattelse", at or told, eviction_at=notice.eviction_at.isoformat())  # type: ignore[union-attr]
    return story


def planned(*persons: PersonSeen, **changes: Any) -> Story:
    """The same, with presence planned and deferral considered."""
    story = eviction(*persons)
    story.completes("planera_narvaro", "2026-10-16 16:10", **PLAN | changes)
    story.completes("ta_stallning_till_anstand", "2026-10-16 16:20", **NOT_ASKED)
    return story


def on_the_day(*persons: PersonSeen) -> Story:
    """The morning of the eviction."""
    story = planned(*persons)
    story.until("2026-10-22 07:00")
    return story


@pytest.mark.requirement("R-055", "R-152", "R-153", "R-159")
def test_a_cold_notice_starts_everything_that_chapter_7_asks_for_at_once():
    story = eviction(ADULT, CHILD)
    assert story.open == {"ta_emot_arende", "planera_narvaro", "ta_stallning_till_anstand"}
    assert [started["key"] for started in story.operations("start_process")] == [
        "kontakt-och-stod",
        "barnets-situation",
    ]
    assert story.operations("set_phase") == [{"phase": "enforcement"}]


@pytest.mark.requirement("R-058", "R-151")
def test_support_opens_three_working_days_before_although_nobody_was_reached():
    story = planned()
    story.until("2026-10-18 23:59")
    assert "stotta_och_motivera" not in story.open
    story.until("2026-10-19 00:00")
    assert "stotta_och_motivera" in story.open
    assert story.operations("notify") != []


@pytest.mark.requirement("R-058", "R-154")
def test_support_opens_when_the_tenant_is_reached_and_sends_the_advice_about_keys():
    story = planned()
    story.happens("kontaktforsok.gjort", "2026-10-17 10:00", person=1, channel="phone", outcome="reached")
    story.happens("hyresgast.nadd", "2026-10-17 10:00")
    assert "stotta_och_motivera" in story.open
    story.completes("stotta_och_motivera", "2026-10-17 10:30", **SUPPORT)
    assert story.operations("prepare_letter") == [
        {"letter": "rad-om-nycklar", "recipient": "contract_holders"}
    ]
    assert "stotta_och_motivera" not in story.open


@pytest.mark.requirement("R-070", "R-074", "R-158")
def test_a_family_is_met_by_two_units_on_the_day_and_the_outcome_opens_the_assessment():
    story = on_the_day(ADULT, CHILD)
    assert {"narvara_vid_avhysning", "narvara_delta_barn"} <= story.open
    story.completes("narvara_vid_avhysning", "2026-10-22 09:40", **PRESENT, eviction_outcome="executed")
    assert "bedom_utfall_avhysning" not in story.open
    story.completes("narvara_delta_barn", "2026-10-22 11:00", **CHILDRENS_PART)
    assert "bedom_utfall_avhysning" in story.open
    assert story.fact("eviction_is_settled", story.now) is True


@pytest.mark.requirement("R-151")
def test_a_date_that_is_moved_twice_opens_the_plan_each_time_and_presence_only_on_the_last_day():
    story = planned()
    for told, new in (
        ("2026-10-20 10:00", "2026-10-26T07:00:00+00:00"),
        ("2026-10-23 10:00", "2026-10-30T08:00:00+00:00"),
    ):
        story.happens("kfm.nyTid", told, eviction_at=new)
        assert {"planera_narvaro", "ta_stallning_till_anstand"} <= story.open
        story.completes("planera_narvaro", told, **PLAN)
        story.completes("ta_stallning_till_anstand", told, **NOT_ASKED)
    story.until("2026-10-29 23:59")
    assert "narvara_vid_avhysning" not in story.open
    story.until("2026-10-30 00:00")
    assert "narvara_vid_avhysning" in story.open
    assert "planera_narvaro" not in story.open


def test_a_new_date_on_the_very_day_closes_presence_and_opens_it_again_on_the_new_day():
    story = on_the_day()
    assert "narvara_vid_avhysning" in story.open
    story.happens("kfm.nyTid", "2026-10-22 08:10", eviction_at="2026-10-27T08:00:00+00:00")
    assert "narvara_vid_avhysning" not in story.open
    story.until("2026-10-27 00:00")
    assert "narvara_vid_avhysning" in story.open


@pytest.mark.requirement("R-070")
def test_withdrawn_at_eight_the_same_day_calls_off_presence_and_tells_everybody():
    story = on_the_day(ADULT, CHILD)
    story.happens("kfm.aterkallad", "2026-10-22 08:00")
    assert not {"narvara_vid_avhysning", "narvara_delta_barn"} & story.open
    assert len(story.operations("notify_participants")) == 1
    assert "bedom_utfall_avhysning" in story.open


def test_a_new_date_after_the_withdrawal_begins_a_new_round():
    story = on_the_day()
    story.happens("kfm.aterkallad", "2026-10-22 08:00")
    story.happens("kfm.nyTid", "2026-11-02 09:00", eviction_at="2026-11-10T08:00:00+00:00")
    assert "bedom_utfall_avhysning" not in story.open
    assert {"planera_narvaro", "ta_stallning_till_anstand"} <= story.open
    story.until("2026-11-10 00:00")
    assert "narvara_vid_avhysning" in story.open


KFM_CALL = {"kfm_officer": "Handläggare T", "kfm_contacted_at": "2026-10-21T10:00"}


@pytest.mark.requirement("R-154")
def test_keys_handed_in_are_confirmed_with_kronofogden_and_cancel_nothing_by_themselves():
    story = planned()
    story.happens("nycklar.inlamnade", "2026-10-21 09:30", on="2026-10-21", to="landlord")
    assert "bekrafta_med_kronofogden" in story.open
    story.completes("bekrafta_med_kronofogden", "2026-10-21 10:00", **KFM_CALL, kfm_answer="unclear")
    story.until("2026-10-22 00:00")
    assert "narvara_vid_avhysning" in story.open
    story.happens("nycklar.inlamnade", "2026-10-22 07:30", on="2026-10-22", to="kfm")
    story.completes("bekrafta_med_kronofogden", "2026-10-22 07:45", **KFM_CALL, kfm_answer="withdrawn")
    assert "narvara_vid_avhysning" not in story.open
    assert "bedom_utfall_avhysning" in story.open


def test_a_death_does_not_cancel_presence():
    story = planned()
    story.happens("avliden", "2026-10-20 09:00", person=1)
    story.until("2026-10-22 00:00")
    assert "narvara_vid_avhysning" in story.open


@pytest.mark.requirement("R-030", "R-135")
def test_a_child_discovered_at_the_eviction_is_recorded_so_that_its_situation_starts():
    story = on_the_day()
    met = PRESENT | {"children_present": True, "new_children": [{"name": "okänt", "role": "contact_child"}]}
    story.completes("narvara_vid_avhysning", "2026-10-22 09:40", **met, eviction_outcome="executed")
    assert story.recorded("barn.upptackt") == [{"name": "okänt", "role": "contact_child"}]
    assert story.fact("case_has_child", story.now) is True


@pytest.mark.requirement("R-157")
def test_an_acute_need_starts_help_that_no_new_date_can_interrupt():
    story = on_the_day()
    acute = PRESENT | {"acute_need": True, "acute_need_what": "Tak över huvudet i natt."}
    story.completes("narvara_vid_avhysning", "2026-10-22 09:40", **acute, eviction_outcome="executed")
    assert {"key": "akut-behov"} in story.operations("start_process")


@pytest.mark.requirement("R-151")
def test_moved_at_the_door_waits_for_the_new_day():
    story = on_the_day()
    story.completes(
        "narvara_vid_avhysning",
        "2026-10-22 09:40",
        **PRESENT,
        eviction_outcome="moved",
        new_date_known=False,
    )
    assert not {"narvara_vid_avhysning", "bedom_utfall_avhysning"} & story.open
    story.happens("kfm.nyTid", "2026-10-23 09:00", eviction_at="2026-10-28T08:00:00+00:00")
    story.until("2026-10-28 00:00")
    assert "narvara_vid_avhysning" in story.open


def test_moved_at_the_door_to_a_known_day_opens_presence_then():
    story = on_the_day()
    moved = {
        "eviction_outcome": "moved",
        "new_date_known": True,
        "new_eviction_at": "2026-10-28T09:00",
    }
    story.completes("narvara_vid_avhysning", "2026-10-22 09:40", **PRESENT, **moved)
    assert "planera_narvaro" in story.open
    story.until("2026-10-27 23:59")
    assert "narvara_vid_avhysning" not in story.open
    story.until("2026-10-28 00:00")
    assert "narvara_vid_avhysning" in story.open


def test_a_date_in_the_past_opens_presence_at_once():
    story = eviction(told="2026-10-23 09:00", on="2026-10-22 09:00")
    assert "narvara_vid_avhysning" in story.open
    assert "ta_stallning_till_anstand" not in story.open
