"""A newcomer does what the README says, word by word, and has completed a first task."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from processes.actions.demo_scene import Scene
from processes.actions.demo_stories import eviction_of_today
from tests.docs.conftest import ROOT
from tests.docs.markdown import labels
from tests.journeys.conftest import Office
from tests.journeys.pages import named

SECTION = (ROOT / "README.md").read_text("utf-8").partition("## Your first task")[2].partition("\n## ")[0]
ANSWERS = dict(re.findall(r"^ {3}- \*([^*]+)\*: \*([^*]+)\*$", SECTION, re.MULTILINE))
"""Question and answer, as the README gives them."""
TICK, *OTHER_TICKS = re.findall(r"^ {3}- tick \*([^*]+)\*$", SECTION, re.MULTILINE)
WHEN, *OTHER_TIMES = re.findall(r"^ {3}- \*([^*]+)\*: click the field", SECTION, re.MULTILINE)
WORDS = (
    "Anna Lindqvist",
    "Enhetens otilldelade",
    "Bekräfta till Kronofogden",
    "Ta uppgift",
    "Slutför uppgiften",
)
"""What the steps say to click, in their order."""


@pytest.fixture
def evicted(office: Office) -> Office:
    """The demo's office, with the household that the README tells of."""
    with office.runtime.transaction() as work:
        scene = Scene(work)
        eviction_of_today(scene)
        scene.end()
    return office


def test_the_steps_say_what_the_test_does():
    steps = [SECTION.find(f"*{word}*") for word in WORDS]
    assert -1 not in steps
    assert steps == sorted(steps)
    assert len(ANSWERS) == 3
    assert OTHER_TICKS == OTHER_TIMES == []
    assert {"Vad händer nu?", "Låt tiden gå", "English"} <= labels(SECTION)


def test_whoever_follows_the_readme_completes_a_first_task(evicted: Office) -> None:
    person, tab, task, claim, complete = WORDS
    desk = evicted.desk(person)
    page = desk.page
    page.get_by_role("link", name=tab).click()
    page.get_by_role("row").filter(has=page.get_by_role("link", name=task, exact=True)).get_by_role(
        "button", name=claim
    ).click()
    expect(page.get_by_role("heading", name=task, level=1, exact=True)).to_be_visible()
    expect(page.locator(".beside-letters").get_by_role("link")).to_have_count(2)
    sent_at = page.get_by_role("combobox", name=named(WHEN)).or_(
        page.get_by_role("textbox", name=named(WHEN))
    )
    proposed = page.locator(f"datalist#{sent_at.get_attribute('list')} option")
    sent_at.fill(proposed.get_attribute("value") or "")
    desk.fill_in({**ANSWERS, TICK: "ja"})
    desk.press(complete)
    done = page.get_by_role("status")
    expect(done).to_contain_text(f"”{task}” är slutförd")
    expect(done.get_by_role("link")).to_be_visible()
    expect(page.get_by_role("heading", name="Vad händer nu?")).to_be_visible()
    page.get_by_role("link", name="Låt tiden gå").click()
    expect(page.get_by_role("heading", name="Låt tiden gå", level=1)).to_be_visible()
