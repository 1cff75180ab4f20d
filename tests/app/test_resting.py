"""Letting a task rest on its page: until when it may, what is said when it may not, and the way back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from processes.models import Task
from tests.app.conftest import Browser, Site

WHY = "Hyresvärden är på semester."


@pytest.fixture
def siv(site: Site) -> Browser:
    site.register(served_on="2026-03-02")
    browser = site.browser("siv")
    browser.post(f"/uppgifter/{site.task(1, 'ta_stallning')}/ta")
    return browser


def address(site: Site) -> str:
    return f"/uppgifter/{site.task(1, 'ta_stallning')}"


def rests_until(site: Site) -> datetime | None:
    return site.kept(site.task(1, "ta_stallning")).on_hold_until


def test_a_task_rests_until_the_day_and_says_so(site: Site, siv: Browser) -> None:
    assert "Behöver vara tillbaka senast fredag 20 mars 2026" in siv.page(address(site))
    answer = siv.post(f"{address(site)}/vila", until="2026-03-10", reason=WHY)
    assert answer.headers["Location"] == "/arenden/1"
    page = siv.page("/arenden/1")
    assert "vilar till tisdag 10 mars 2026" in page
    assert "innan den kommer tillbaka" in page, "it is due before that"
    page = siv.page(address(site))
    assert "Vilar till tisdag 10 mars 2026." in page
    assert WHY in page
    assert siv.post(f"{address(site)}/vack").status_code == 302
    assert rests_until(site) is None


@pytest.mark.parametrize(
    ("until", "reason", "told"),
    [
        ("2026-03-22", WHY, (409, "senast 2026-03-20, sista arbetsdagen före 2026-03-23")),
        ("2026-03-01", WHY, (400, "Välj en dag efter i dag.")),
        ("snart", WHY, (400, "Skriv dagen så här: 2026-04-01.")),
        ("2026-03-10", "", (400, "Skriv varför uppgiften kan vänta.")),
    ],
)
def test_what_was_typed_survives_when_it_may_not_rest(
    site: Site, siv: Browser, until: str, reason: str, told: tuple[int, str]
) -> None:
    status, sentence = told
    answer = siv.post(f"{address(site)}/vila", until=until, reason=reason)
    assert answer.status_code == status
    assert sentence in answer.text
    assert f'value="{until}"' in answer.text
    assert rests_until(site) is None


def test_a_colleague_is_offered_no_rest(site: Site, siv: Browser) -> None:
    assert "Låt uppgiften vila" in siv.page(address(site))
    other = site.browser("siv")
    siv.post(f"{address(site)}/lamna")
    assert "Låt uppgiften vila" not in other.page(address(site))
    assert other.post(f"{address(site)}/vila", until="2026-03-10", reason=WHY).status_code == 409


def test_each_date_says_what_it_is_about_and_what_it_was(site: Site, siv: Browser) -> None:
    corrected = {"notice": "1", "served_on": "2026-02-25", "evidence": "Delgivningskvitto"}
    answer = siv.post("/arenden/1/handelser/underlag.andrat", **corrected, served_confirmed="true")
    assert answer.status_code == 302
    for page in (siv.page("/arenden/1"), siv.page(address(site))):
        assert "Underrättelsen som kom in" in page
        assert "Tidigare datum:" in page
        assert "av Siv Samuelsson" in page
        assert "Delgivningskvitto" in page
    assert "Sista dag att få tillbaka hyresrätten, från 23 mars till 20 mars" in siv.page("/arenden/1")


@pytest.mark.parametrize(("priority", "is_marked"), [(3, False), (4, True), (5, True)])
def test_what_a_day_of_the_law_makes_urgent_is_marked_though_it_is_due_later(
    site: Site, priority: int, is_marked: bool
) -> None:
    site.register()
    with site.runtime.transaction() as work:
        task = work.session.get_one(Task, site.task(1, "ta_stallning"))
        task.due_at, task.priority = work.now + timedelta(days=8), priority
    assert ("Går först" in site.browser("siv").page("/inkorg?vy=enheten")) is is_marked
