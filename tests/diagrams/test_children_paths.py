"""The children's track step by step: talks with parents, reports of concern, investigations and follow-up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from processes.rules.snapshot import Scope
from tests.diagrams.story import ADULT, CHILD, Story
from tests.rules.case_pictures import case_of, event, report

FAMILY = case_of(persons=(ADULT, CHILD))
REPORT = Scope("report", 1)
INVOLVED = {
    "contact_on": "2026-10-16",
    "contact_with": "Vera",
    "children_concerned": [2],
    "known_here": "no",
    "basic_needs_sign": "unknown",
    "parents_responsibility": "Barnet behöver ett stadigvarande hem.",
    "joins_booked_visit": False,
    "unit_concern": "none",
}
TALK = {
    "talk_result": "held",
    "talk_on": "2026-10-19",
    "parents": [1],
    "effect_on_child": "Sover dåligt.",
    "child_support_need": "Någon att prata med.",
    "wants_help_to_tell": True,
    "what_happens_next": "Ny kontakt på torsdag.",
    "leaflet_given": True,
    "children_heard": [
        {"child": 2, "informed_how": "Av mamma", "views_obtained": "no", "why_not": "Var i skolan"}
    ],
    "best_interest": "Skolgången ska inte brytas.",
    "talk_concern": "none",
}
NO_TALK = {"talk_result": "not_held", "attempts_made": "Tre samtal och ett besök.", "talk_concern": "none"}
ASSESSED = {
    "assessed_at": "2026-10-22T15:00",
    "children_assessed": [2],
    "immediate_protection": "no",
    "protection_motive": "Hos mormor.",
    "child_investigation_runs": False,
    "joint_meeting": False,
    "reporter_meeting": "not_relevant",
    "reporter_wants_answer": False,
}
OPENED = {
    "child_decision": "open",
    "decided_on": "2026-11-02",
    "opened_children": [2],
    "some_not_opened": False,
    "child_decision_motive": "Behovet av stöd är oklart.",
    "child_best_interest": "Barnet vill bo kvar i området.",
}
INVESTIGATED = {
    "children_heard": [{"child": 2, "heard": "yes", "heard_how": "Samtal i skolan"}],
    "child_met_alone": True,
    "child_needs": "Trygg vardag.",
    "child_best_interest": "Bo kvar i området.",
    "investigation_state": "done",
}
CLOSED = {
    "results": [{"child": 2, "result": "no_measure", "result_motive": "Stödet finns i familjen."}],
    "child_measure_granted": False,
    "closed_on": "2027-02-01",
    "informed_of_decision": True,
}


def situation() -> Story:
    """A child is known in the case."""
    return Story("barnets-situation", "2026-10-16 16:00", about=FAMILY)


def reported(**payload: Any) -> Story:
    """A report of concern has come in (S-04)."""
    about = replace(FAMILY, events=(report(1, "2026-10-22 13:00", children=[2], **payload),))
    return Story("orosanmalan", "2026-10-22 13:00", scope=REPORT, about=about)


def investigated() -> Story:
    """The report led to an investigation, which is closed without any measure."""
    story = reported()
    story.completes("skyddsbedomning", "2026-10-22 15:00", **ASSESSED)
    story.completes("besluta_barnutredning", "2026-11-02 10:00", **OPENED)
    story.completes("utred_barnets_behov", "2027-01-28 10:00", **INVESTIGATED)
    story.completes("avsluta_barnutredning", "2027-02-01 10:00", **CLOSED)
    return story


@pytest.mark.requirement("R-022", "R-030", "R-134", "R-135")
def test_both_units_start_at_once_and_the_process_ends_when_both_are_done():
    story = situation()
    assert story.open == {"involvera_barn_och_unga", "samtala_med_foraldrar"}
    story.completes("involvera_barn_och_unga", "2026-10-16 16:20", **INVOLVED)
    story.completes("samtala_med_foraldrar", "2026-10-19 14:00", **TALK)
    assert story.instance.is_finished
    assert story.recorded("foraldrasamtal.hallet")[0]["outcome"] == "held"


@pytest.mark.requirement("R-030", "R-135")
def test_a_child_discovered_meanwhile_opens_both_parts_again_at_once():
    story = situation()
    story.completes("involvera_barn_och_unga", "2026-10-16 16:20", **INVOLVED)
    story.happens("barn.upptackt", "2026-10-17 10:00", name="Barn Funnet", role="contact_child")
    assert story.open == {"involvera_barn_och_unga", "samtala_med_foraldrar"}
    story.completes("samtala_med_foraldrar", "2026-10-19 14:00", **TALK)
    story.happens("barn.upptackt", "2026-10-19 15:00", name="Barn Till", role="child")
    assert story.open == {"involvera_barn_och_unga", "samtala_med_foraldrar"}
    story.completes("involvera_barn_och_unga", "2026-10-20 10:00", **INVOLVED)
    assert not story.instance.is_finished
    story.completes("samtala_med_foraldrar", "2026-10-21 14:00", **TALK)
    assert story.instance.is_finished


@pytest.mark.requirement("R-159")
def test_kronofogdens_date_asks_for_both_parts_anew_although_they_were_done_before():
    done = (
        event(1, "barn.involverat", "2026-03-10 10:00"),
        event(2, "foraldrasamtal.hallet", "2026-03-12 10:00", outcome="held"),
        event(3, "kfm.underrattelse", "2026-10-16 15:40"),
    )
    story = Story("barnets-situation", "2026-10-16 16:00", about=replace(FAMILY, events=done))
    assert story.open == {"involvera_barn_och_unga", "samtala_med_foraldrar"}


@pytest.mark.requirement("R-030")
def test_a_talk_that_cannot_be_held_needs_the_head_of_unit_who_may_ask_for_another_try():
    story = situation()
    story.completes("samtala_med_foraldrar", "2026-10-19 14:00", **NO_TALK)
    story.completes(
        "prova_uteblivet_samtal", "2026-10-20 09:00", absence_decision="try_again", absence_motive="Brev."
    )
    assert "samtala_med_foraldrar" in story.open
    story.completes("samtala_med_foraldrar", "2026-10-26 14:00", **NO_TALK)
    approval = {"absence_decision": "approve", "absence_motive": "Föräldrarna är utomlands."}
    story.completes("prova_uteblivet_samtal", "2026-10-27 09:00", **approval)
    held = story.recorded("foraldrasamtal.hallet")
    assert [talk["outcome"] for talk in held] == ["impossible"]
    assert held[0]["approved_by"]


@pytest.mark.requirement("R-110", "R-111")
def test_concern_in_the_talk_is_urged_to_be_reported_or_handed_over_internally():
    story = situation()
    story.completes("samtala_med_foraldrar", "2026-10-19 14:00", **TALK | {"talk_concern": "some"})
    assert "lamna_over_oro" in story.open
    story.completes(
        "lamna_over_oro",
        "2026-10-19 15:00",
        concern_action="internal_handover",
        children=[2],
        summary="Maten räcker inte.",
        parents_told=True,
    )
    assert story.recorded("orosanmalan.inkom") == [
        {"children": [2], "summary": "Maten räcker inte.", "source": "internal"}
    ]


@pytest.mark.requirement("R-111", "R-073")
def test_the_childrens_unit_can_itself_hand_over_a_concern():
    story = situation()
    worried = {
        "unit_concern": "serious",
        "unit_concern_handling": "internal_handover",
        "children": [2],
        "summary": "Upprepade skulder.",
    }
    story.completes("involvera_barn_och_unga", "2026-10-16 16:20", **INVOLVED | worried)
    assert story.recorded("orosanmalan.inkom")[0]["source"] == "internal"


@pytest.mark.requirement("R-168", "R-169", "R-170", "R-173")
def test_a_report_leads_from_protection_to_decision_investigation_and_its_end():
    story = reported()
    assert story.open == {"skyddsbedomning"}
    story.completes("skyddsbedomning", "2026-10-22 15:00", **ASSESSED)
    assert story.open == {"besluta_barnutredning"}
    story.completes("besluta_barnutredning", "2026-11-02 10:00", **OPENED)
    assert story.recorded("barnutredning.inledd")[0]["children"] == [2]
    assert story.open == {"utred_barnets_behov"}
    story.completes("utred_barnets_behov", "2027-01-28 10:00", **INVESTIGATED)
    story.completes("avsluta_barnutredning", "2027-02-01 10:00", **CLOSED)
    no_follow_up = {"child_follow_up": "none", "child_follow_up_motive": "Inget behov."}
    story.completes("besluta_uppfoljning_barn", "2027-02-05 10:00", **no_follow_up)
    assert story.instance.is_finished
    assert story.recorded("orosanmalan.avslutad") == [{}]


@pytest.mark.requirement("R-169")
def test_a_decision_not_to_open_ends_the_report():
    story = reported()
    story.completes("skyddsbedomning", "2026-10-22 15:00", **ASSESSED)
    closed = {
        "child_decision": "not_open",
        "decided_on": "2026-11-02",
        "all_not_opened_children": [2],
        "child_decision_motive": "Familjen har det stöd den behöver.",
        "child_best_interest": "Barnet mår bra hos mormor.",
    }
    story.completes("besluta_barnutredning", "2026-11-02 10:00", **closed)
    assert story.instance.is_finished
    assert story.recorded("barnutredning.ej_inledd")[0]["children"] == [2]


@pytest.mark.requirement("R-169")
def test_an_extension_for_exceptional_reasons_keeps_the_decision_open():
    story = reported()
    story.completes("skyddsbedomning", "2026-10-22 15:00", **ASSESSED)
    extended = {
        "child_decision": "extend",
        "extended_until": "2026-11-12",
        "exceptional_reasons": "Barnet är sjukt.",
    }
    story.completes("besluta_barnutredning", "2026-11-04 10:00", **extended)
    assert story.open == {"besluta_barnutredning"}
    assert story.recorded("forhandsbedomning.forlangd") == [{"until": "2026-11-12"}]


@pytest.mark.requirement("R-169")
def test_a_report_about_a_child_already_investigated_is_added_to_that_investigation():
    story = reported()
    running = {key: value for key, value in ASSESSED.items() if key != "joint_meeting"}
    story.completes("skyddsbedomning", "2026-10-22 15:00", **running | {"child_investigation_runs": True})
    assert story.instance.is_finished


@pytest.mark.requirement("R-112")
def test_the_family_can_be_met_together_with_the_adults_unit():
    story = reported()
    story.completes("skyddsbedomning", "2026-10-22 15:00", **ASSESSED | {"joint_meeting": True})
    assert story.open == {"gemensam_traff"}
    assert story.operations("notify")[0]["unit"] == "vuxen"


@pytest.mark.requirement("R-170")
def test_more_than_four_months_takes_the_head_of_units_decision():
    story = reported()
    story.completes("skyddsbedomning", "2026-10-22 15:00", **ASSESSED)
    story.completes("besluta_barnutredning", "2026-11-02 10:00", **OPENED)
    longer = {"investigation_state": "extend", "extension_wish": "Väntar på skolan, en månad."}
    story.completes("utred_barnets_behov", "2027-02-25 10:00", **INVESTIGATED | longer)
    assert story.open == {"forlang_barnutredning"}
    granted = {"extension_decision": "grant", "extension_until": "2027-04-02", "special_reasons": "Skolan."}
    story.completes("forlang_barnutredning", "2027-02-26 10:00", **granted)
    assert story.open == {"utred_barnets_behov"}


@pytest.mark.requirement("R-176")
def test_a_granted_measure_is_watched_until_it_is_carried_out():
    story = reported()
    story.completes("skyddsbedomning", "2026-10-22 15:00", **ASSESSED)
    story.completes("besluta_barnutredning", "2026-11-02 10:00", **OPENED)
    story.completes("utred_barnets_behov", "2027-01-28 10:00", **INVESTIGATED)
    granted = {"child_measure_granted": True, "measure": "Familjebehandling"}
    story.completes("avsluta_barnutredning", "2027-02-01 10:00", **CLOSED | granted)
    assert story.operations("start_watch")[0]["until"] == "2027-04-30T22:00:00+00:00"
