"""Three scenarios of the acceptance tests worked to the end by clicking, by the people whose work it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from processes.scenarios.stories import read_story
from processes.settings import DIAGRAMS
from tests.journeys.at_desks import AtDesks
from tests.journeys.conftest import LONG, Office

ENDS = {
    "hot-om-avhysning/scenarios/S-01-hyresskuld-bistand.yaml": (
        {"siv", "anna", "eva", "maria"},
        "Skulden reglerad med ekonomiskt bistånd",
    ),
    "hot-om-avhysning/scenarios/S-02-familj-midsommarafton.yaml": (
        {"siv", "anna", "karim", "eva", "ebba", "maria"},
        "Räddad genom åtagande om betalningsansvar",
    ),
    "avhysning-kronofogden/scenarios/S-04-verkstalld-avhysning-familj.yaml": (
        {"siv", "anna", "karim", "maria"},
        "Avhysningen verkställd",
    ),
}


@pytest.mark.parametrize("file", [file for file in ENDS if LONG or "/S-04" in file])
def test_a_story_is_worked_to_its_end_by_clicking(office: Office, file: str) -> None:
    people, outcome = ENDS[file]
    told = AtDesks(office, read_story((DIAGRAMS / file).read_bytes(), file=file))
    told.work()
    assert told.went_otherwise == []
    assert told.at_work == people
    assert all("Nästa" in said or "Till inkorgen" in said for said in told.said)
    assert sum("Det satte i gång: " in said for said in told.said) > 3
    anna = office.desk("Anna Lindqvist")
    assert anna.to_do(told.case) == []
    expect(anna.page.locator(".case-head")).to_contain_text("Avslutat")
    expect(anna.page.locator(".case-head")).to_contain_text(outcome)
