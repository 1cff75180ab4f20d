"""Whoever lacks the degree assesses no child, whichever way the person comes to the task (R-173; SoL 25:1)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import create_app
from processes.actions.absences import report_absence
from processes.actions.events import record_event
from processes.actions.people import add_caseworker
from processes.actions.tasks import claim_task, complete_task
from processes.clock import ManualClock
from processes.errors import GateClosed
from processes.models import Person, Task
from processes.queries.people import get_caseworker_named
from processes.rules.units import Role, Unit
from processes.runtime import Runtime
from tests.app.conftest import Browser, Site, _settings
from tests.city import City

pytestmark = pytest.mark.requirement("R-173")


@pytest.fixture
def site(sqlite_city: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Site]:
    """The pages with the real diagrams, and Kim, who works with children but has not the degree."""
    file = tmp_path / "degree.db"
    shutil.copyfile(sqlite_city, file)
    runtime = Runtime.open(_settings(file), clock=clock)
    with runtime.transaction() as work:
        membership = [(Unit.CHILDREN, Role.CASEWORKER)]
        add_caseworker(
            work, username="kim", name="Kim Utan Examen", administration="hisingen", memberships=membership
        )
    yield Site(create_app(runtime), runtime, clock)
    runtime.close()


@pytest.fixture
def task_id(site: Site) -> int:
    """The protection assessment of a child, open for Enheten för barn och unga."""
    persons = [
        {"name": "F-17a Påhittad", "role": "contract_holder", "protection": "none"},
        {"name": "F-17b Påhittad", "role": "child", "protection": "none"},
    ]
    city = City(site.runtime, site.clock)
    case_id = city.register(persons=persons)
    report = {
        "source": "landlord",
        "received_at": "2026-03-02T08:45",
        "children": [child(site)],
        "summary": "Påhittad oro.",
        "mandated": False,
    }
    with site.runtime.transaction() as work:
        siv = city.person(work, "siv")
        record_event(work, case_id=case_id, name="orosanmalan.inkom", payload=report, caseworker=siv)
    return city.task(case_id, "skyddsbedomning")


def child(site: Site) -> int:
    with site.runtime.reading() as work:
        return work.session.scalars(select(Person.id).where(Person.name.startswith("F-17b"))).one()


def assessment(site: Site) -> dict[str, Any]:
    return {
        "assessed_at": "2026-03-02T08:50",
        "children_assessed": [child(site)],
        "immediate_protection": "no",
        "protection_motive": "Barnet är tryggt hos sin släkting i dag.",
        "child_investigation_runs": False,
        "joint_meeting": False,
        "reporter_meeting": "not_relevant",
        "reporter_wants_answer": False,
    }


def posted(site: Site) -> dict[str, Any]:
    """The assessment as the page sends it."""
    said = assessment(site)
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in said.items()}


def send(browser: Browser, site: Site, task_id: int) -> int:
    browser.post(f"/uppgifter/{task_id}/ta")
    return browser.post(f"/uppgifter/{task_id}", **posted(site)).status_code


def status_of(site: Site, task_id: int) -> str:
    with site.runtime.reading() as work:
        return work.session.get_one(Task, task_id).status


def test_the_page_says_before_anything_is_written_that_the_degree_is_missing(
    site: Site, task_id: int
) -> None:
    told = "socionomexamen eller motsvarande"
    page = site.browser("kim").page(f"/uppgifter/{task_id}")
    assert told in page
    assert "Lämna över uppgiften till en kollega med behörighet" in page
    assert "Lämna över uppgiften" not in site.browser("karim").page(f"/uppgifter/{task_id}")


def test_the_assessment_of_who_lacks_the_degree_is_refused_and_a_colleagues_is_taken(
    site: Site, task_id: int
) -> None:
    kim, karim = site.browser("kim"), site.browser("karim")
    assert send(kim, site, task_id) == 409
    assert status_of(site, task_id) == "open"
    assert kim.post(f"/uppgifter/{task_id}/lamna").status_code == 302
    assert send(karim, site, task_id) == 302
    assert status_of(site, task_id) == "completed"


def test_saying_that_it_cannot_be_done_is_for_who_has_the_degree_too(site: Site, task_id: int) -> None:
    closed = {"cannot_be_done": "true", "cannot_be_done_reason": "Påhittat: det behövs ingen bedömning."}
    kim, karim = site.browser("kim"), site.browser("karim")
    kim.post(f"/uppgifter/{task_id}/ta")
    refused = kim.post(f"/uppgifter/{task_id}", **closed)
    assert refused.status_code == 409
    assert "Lämna över uppgiften till en kollega med behörighet" in refused.text
    assert closed["cannot_be_done_reason"] in refused.text, "what was written is kept"
    assert status_of(site, task_id) == "open"
    kim.post(f"/uppgifter/{task_id}/lamna")
    karim.post(f"/uppgifter/{task_id}/ta")
    assert karim.post(f"/uppgifter/{task_id}", **closed).status_code == 302
    assert status_of(site, task_id) == "completed"


def test_a_substitute_brings_the_own_degree_and_borrows_none(site: Site, task_id: int) -> None:
    with site.runtime.transaction() as work:
        karim, kim = (get_caseworker_named(work.session, name) for name in ("karim", "kim"))
        claim_task(work, task_id=task_id, caseworker=karim)
        days = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 6)}
        report_absence(work, caseworker=karim, absent=karim, substitute=kim, **days)
    with pytest.raises(GateClosed), site.runtime.transaction() as work:
        kim = get_caseworker_named(work.session, "kim")
        complete_task(work, task_id=task_id, caseworker=kim, answers=assessment(site))
    assert status_of(site, task_id) == "open"
