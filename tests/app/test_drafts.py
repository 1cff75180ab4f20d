"""Drafts: what was typed comes back after a sign-out, in another browser, and to the colleague who takes over."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from processes.models import Draft, ReadEntry
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Browser, Site

NOTE = "Ringde 14.10, ingen svarade. Försöker igen imorgon."
A_BOX = "contacts-0-who"
"""A box of the task's form, in the first row of a table."""


@pytest.fixture
def task(site: Site) -> int:
    """Anna holds the task of contacting the landlord."""
    task_id = site.task(site.register(), "kontakta_hyresvard")
    site.browser("anna").post(f"/uppgifter/{task_id}/ta")
    return task_id


def drafts(site: Site) -> int:
    with site.runtime.reading() as work:
        return work.session.scalar(select(func.count()).select_from(Draft)) or 0


def a_long_field(page: str) -> str:
    """The name of the first large text box of the form."""
    return page.split("<textarea", 1)[1].split('name="', 1)[1].split('"', 1)[0]


def write(browser: Browser, task: int, text: str = NOTE) -> None:
    """Type into the task's form and let the page save it."""
    assert browser.post(f"/uppgifter/{task}/utkast", **{A_BOX: text}).status_code in (204, 302)


def test_what_was_typed_is_there_again_in_another_browser(site: Site, task: int) -> None:
    write(site.browser("anna"), task)
    page = site.browser("anna").page(f"/uppgifter/{task}")
    assert NOTE in page
    assert "Ditt utkast från" in page


def test_a_page_that_saves_by_itself_is_told_nothing(site: Site, task: int) -> None:
    anna = site.browser("anna")
    anna.client.environ_base["HTTP_X_SAVES_ITSELF"] = "yes"
    assert anna.post(f"/uppgifter/{task}/utkast", **{A_BOX: NOTE}).status_code == 204
    assert drafts(site) == 1
    assert anna.post(f"/uppgifter/{task}/utkast", **{A_BOX: ""}).status_code == 204
    assert drafts(site) == 0


def test_the_colleague_who_takes_over_may_fetch_it(site: Site, task: int) -> None:
    anna = site.browser("anna")
    write(anna, task)
    with site.runtime.reading() as work:
        bosse = get_caseworker_named(work.session, "bosse").id
    anna.post(f"/uppgifter/{task}/fordela", to=bosse)
    browser = site.browser("bosse")
    offered = browser.page(f"/uppgifter/{task}")
    assert "Anna Lindqvist lämnade ett utkast" in offered
    assert NOTE not in offered
    assert NOTE in browser.page(f"/uppgifter/{task}?utkast=1")
    assert NOTE not in anna.page(f"/uppgifter/{task}?utkast=1")


def test_a_draft_can_be_thrown_away_by_its_writer(site: Site, task: int) -> None:
    anna = site.browser("anna")
    write(anna, task)
    site.browser("bosse").post(f"/uppgifter/{task}/utkast/kasta")
    assert drafts(site) == 1
    anna.post(f"/uppgifter/{task}/utkast/kasta")
    assert drafts(site) == 0
    assert NOTE not in anna.page(f"/uppgifter/{task}")


def test_a_completed_task_leaves_no_draft(site: Site, task: int) -> None:
    anna = site.browser("anna")
    write(anna, task)
    answer = anna.post(f"/uppgifter/{task}", called_at="2026-03-02 09:00")
    assert answer.status_code == 302
    assert drafts(site) == 0


def test_only_who_holds_the_task_writes_in_it(site: Site, task: int) -> None:
    assert site.browser("bosse").post(f"/uppgifter/{task}/utkast", note=NOTE).status_code == 409
    assert site.browser("eva").post(f"/uppgifter/{task}/utkast", note=NOTE).status_code == 403
    assert drafts(site) == 0


def test_more_than_any_form_holds_is_refused(site: Site, task: int) -> None:
    assert site.browser("anna").post(f"/uppgifter/{task}/utkast", note="x" * 200_001).status_code == 400


def test_what_has_happened_can_be_begun_and_sent_later(site: Site) -> None:
    case_id = site.register()
    anna = site.browser("anna")
    path = f"/arenden/{case_id}/handelser/anteckning"
    name = a_long_field(anna.page(path))
    anna.post(f"{path}/utkast", **{name: NOTE})
    assert NOTE in site.browser("anna").page(path)
    assert NOTE not in site.browser("siv").page(path)
    assert anna.post(path, **{name: NOTE}).status_code == 302
    assert drafts(site) == 0
    assert site.browser("eva").post(f"{path}/utkast", **{name: NOTE}).status_code == 403


def test_a_notice_that_is_being_written_is_in_no_case_and_reading_it_is_no_reading_of_one(site: Site) -> None:
    siv = site.browser("siv")
    siv.post("/underrattelser/ny/A/utkast", address="Provgatan 99")
    with site.runtime.reading() as work:
        before = work.session.scalar(select(func.count()).select_from(ReadEntry))
    assert "Provgatan 99" in site.browser("siv").page("/underrattelser/ny/A")
    assert "Provgatan 99" not in site.browser("maria").page("/underrattelser/ny/A")
    with site.runtime.reading() as work:
        assert work.session.scalar(select(func.count()).select_from(ReadEntry)) == before
    siv.post("/underrattelser/ny/A/utkast/kasta")
    assert "Provgatan 99" not in siv.page("/underrattelser/ny/A")
