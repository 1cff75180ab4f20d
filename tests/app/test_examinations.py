"""The page of checks says what is wrong and where, and shows the way to each fault, also to who has no JavaScript."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from processes.actions.examinations import keep_examination
from processes.actions.process_drafts import create_draft, save_file
from processes.diagrams.examination import Coverage, Examination, ScenarioResult
from processes.diagrams.legal_rules.result import RuleResult
from processes.diagrams.problems import Problem
from processes.engine.path import PathStep
from processes.models import ExaminedFiles
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Browser, Site
from tests.engine.drawn import Drawn, files_of

OWNER = "per"
DRAWN = Drawn().start().user("a").end().flow("start", "a", "slut")
WAY = (PathStep("Processen börjar", "prov", "start"), PathStep("Slutför ”a”", "prov", "a"))
FOUND = Examination(
    problems=(
        Problem("prov/prov.bpmn", "a", "”a” saknar formulär.", "error"),
        Problem("prov/prov.bpmn", "a", "”a” kan öppnas två gånger samtidigt.", "warning", WAY),
        Problem("prov/forms/b.json", None, "Formuläret hör inte till något steg."),
    ),
    rules=(
        RuleResult(
            "r-1", "Ingen väg bryter lagen.", "R-030", "broken", "prov", "Vägen förutsätter tur.", "a", WAY
        ),
        RuleResult("r-2", "Den här går inte att pröva.", "R-049", "unproven", "borta", "Steget finns inte."),
        RuleResult("r-3", "Den här håller.", "SoL 14:2", "proven", "*", "Läst i ritningen: 2 steg."),
    ),
    scenarios=(ScenarioResult("prov/scenarios/s.yaml", "S-1", ok=True),),
    coverage={"prov": Coverage(("a",), ())},
)


@pytest.fixture
def draft(site: Site) -> int:
    """A proposal with a small process."""
    with site.runtime.transaction() as work:
        owner = get_caseworker_named(work.session, OWNER)
        made = create_draft(work, title="Ett förslag", purpose="", person=owner)
        for path, content in files_of(DRAWN).items():
            save_file(work, draft_id=made.id, path=path, content=content, expected_revision=0, person=owner)
        return made.id


def examined(site: Site, examination: Examination) -> None:
    """A worker has checked what was asked for."""
    with site.runtime.transaction() as work:
        [row] = work.session.scalars(select(ExaminedFiles)).all()
        keep_examination(work, row_id=row.id, examination=examination)


def asked(site: Site, draft: int) -> Browser:
    browser = site.browser(OWNER)
    assert browser.post(f"/verkstad/{draft}/kontroller/kor").status_code == 302
    return browser


def test_one_asks_for_the_checks_waits_and_reads_what_they_say(site: Site, draft: int) -> None:
    browser = site.browser(OWNER)
    assert "inte kontrollerat som det är nu" in browser.get(f"/verkstad/{draft}/kontroller").text
    browser = asked(site, draft)
    waiting = browser.get(f"/verkstad/{draft}/kontroller").text
    assert "Förslaget kontrolleras" in waiting
    assert "data-hx-trigger" in waiting
    examined(site, FOUND)
    page = browser.get(f"/verkstad/{draft}/kontroller").text
    assert "data-hx-trigger" not in browser.get(f"/verkstad/{draft}/kontroller/lage").text
    for said in ("Ingen väg bryter lagen.", "Bruten", "Vägen förutsätter tur.", "R-030", "Inte bevisad"):
        assert said in page
    for said in (
        "”a” saknar formulär.",
        "Formuläret hör inte till något steg.",
        "Varning",
        "Den här håller.",
    ):
        assert said in page
    assert f"/verkstad/{draft}/kontroller/vag/regel-r-1" in page
    assert f"/verkstad/{draft}/kontroller/vag/regel-r-2" not in page


def test_the_way_to_a_fault_is_told_step_by_step_without_javascript(site: Site, draft: int) -> None:
    browser = asked(site, draft)
    examined(site, FOUND)
    way = browser.get(f"/verkstad/{draft}/kontroller/vag/regel-r-1").text
    assert way.index("Processen börjar") < way.index("Slutför ”a”")
    assert 'data-way-step="a"' in way
    assert "Ritningen behöver JavaScript" in way
    doubled = browser.get(f"/verkstad/{draft}/kontroller/vag/fel-1").text
    assert doubled.index("Slutför ”a”") < doubled.rindex("två gånger samtidigt")
    assert 'data-way-step="a"' in browser.get(f"/verkstad/{draft}/kontroller/vag/fel-0").text


@pytest.mark.parametrize("name", ["regel-r-2", "regel-okand", "fel-2", "fel-3", "fel--1", "fel-x", "x"])
def test_a_way_that_there_is_not_leads_back_to_the_checks(site: Site, draft: int, name: str) -> None:
    browser = asked(site, draft)
    examined(site, FOUND)
    answer = browser.get(f"/verkstad/{draft}/kontroller/vag/{name}")
    assert (answer.status_code, answer.location) == (302, f"/verkstad/{draft}/kontroller")


def test_a_way_whose_proposal_has_changed_says_that_it_must_be_checked_anew(site: Site, draft: int) -> None:
    page = site.browser(OWNER).get(f"/verkstad/{draft}/kontroller/vag/regel-r-1")
    assert page.status_code == 200
    assert "inte kontrollerat som det är nu" in page.text


def test_when_nothing_is_wrong_the_page_says_so(site: Site, draft: int) -> None:
    browser = asked(site, draft)
    examined(site, Examination(rules=(FOUND.rules[2],), coverage={}))
    page = browser.get(f"/verkstad/{draft}/kontroller").text
    assert "Varje steg, formulär, tabell och brev går att använda." in page
    assert "Lagregler som inte är bevisade" not in page
