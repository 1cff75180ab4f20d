"""Following up a child, and answering the one who reported, step by step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from processes.rules.events import EVENTS
from tests.diagrams.story import Story
from tests.diagrams.test_children_paths import ASSESSED, FAMILY, REPORT, investigated, reported
from tests.rules.case_pictures import report

WITHOUT_CONSENT = {
    "child_follow_up": "without_consent",
    "follow_up_children": [2],
    "special_need": "Upprepade avhysningar.",
    "child_follow_up_motive": "Barnet behöver ses till.",
    "next_on": "2027-03-01",
    "ends_on": "2027-08-01",
}
INFORMED = {
    "informed": [
        {"person": 1, "informed_as": "guardian", "informed_on": "2027-02-10", "informed_how": "meeting"}
    ]
}
FOLLOWED_UP = {
    "followed_up_on": "2027-03-01",
    "talked_with": [1, 2],
    "how_is_child": "Bättre.",
    "new_concern": "none",
}


def followed(**changes: Any) -> Story:
    """A follow-up is decided and told."""
    story = investigated()
    story.completes("besluta_uppfoljning_barn", "2027-02-05 10:00", **WITHOUT_CONSENT | changes)
    story.completes("informera_uppfoljning_barn", "2027-02-10 10:00", **INFORMED)
    return story


@pytest.mark.requirement("R-165", "R-172")
def test_follow_up_without_consent_opens_on_its_day_and_ends_when_its_time_is_over():
    story = followed()
    assert story.operations("prepare_letter")[0]["letter"] == "information-om-uppfoljning"
    story.until("2027-02-28 23:00")
    assert story.open == set()
    story.until("2027-03-01 08:00")
    assert story.open == {"folj_upp_barn"}
    again = {"follow_up_again": True, "next_on": "2027-07-30"}
    story.completes("folj_upp_barn", "2027-03-01 10:00", **FOLLOWED_UP | again)
    story.until("2027-07-30 08:00")
    assert story.open == {"folj_upp_barn"}
    assert not story.instance.is_finished
    story.until("2027-08-02 00:00")
    assert story.instance.is_finished, "never longer than six months (SoL 23:5)"


@pytest.mark.requirement("R-172")
def test_the_unit_is_warned_the_working_day_before_the_time_is_over():
    story = followed(next_on="2027-07-31")
    story.until("2027-07-29 23:00")
    before = len(story.operations("notify"))
    story.until("2027-07-30 01:00")
    assert len(story.operations("notify")) == before + 1


@pytest.mark.requirement("R-164")
def test_an_agreed_follow_up_ends_when_those_who_agreed_take_it_back():
    agreed = {"child_follow_up": "agreed", "agreed_with": [1, 2]}
    story = investigated()
    said = {key: value for key, value in WITHOUT_CONSENT.items() if key not in ("special_need", "ends_on")}
    story.completes("besluta_uppfoljning_barn", "2027-02-05 10:00", **said | agreed)
    story.completes("informera_uppfoljning_barn", "2027-02-10 10:00", **INFORMED)
    story.happens("samtycke.aterkallat", "2027-02-20 10:00", giver=1)
    story.happens("samtycke.andrat", "2027-02-20 10:00")
    assert story.instance.is_finished


@pytest.mark.requirement("R-171")
def test_a_reporter_who_asks_before_the_decision_is_answered_after_it():
    about = replace(FAMILY, events=(report(1, "2026-10-22 13:00", children=[2]),))
    story = Story("aterkoppling-anmalare", "2026-10-23 09:00", scope=REPORT, about=about)
    assert story.open == set()
    story.happens("barnutredning.inledd", "2026-11-02 10:00", scope=REPORT, children=[2])
    assert story.open == {"aterkoppla_till_anmalare"}


@pytest.mark.requirement("R-171")
def test_a_wish_for_an_answer_told_with_the_report_starts_the_answer():
    story = reported()
    story.completes("skyddsbedomning", "2026-10-22 15:00", **ASSESSED | {"reporter_wants_answer": True})
    assert story.recorded("aterkoppling.begard") == [{}]
    assert EVENTS["aterkoppling.begard"].starts == "aterkoppling-anmalare"
