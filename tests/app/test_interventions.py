"""The pages of interventions: what is chosen, what is looked at, and that only what was looked at is done."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from processes.actions.tasks import claim_task
from processes.models import Case, ReadEntry
from processes.queries.people import get_caseworker_named
from tests.actions.moving_cases import publish_process, start
from tests.app.conftest import Browser, Site
from tests.city import City

WHY = "Den som hade uppgiften är borta."
TOKEN = re.compile(r'name="bekraftat" value="([0-9a-f]{64})"')


@pytest.fixture
def case_id(site: Site) -> int:
    return site.register()


@pytest.fixture
def maria(site: Site) -> Browser:
    """The head of unit."""
    return site.browser("maria")


def token_in(answer: TestResponse) -> str:
    found = TOKEN.search(answer.text)
    assert found is not None, f"no preview: {answer.status_code} {said(answer)}"
    return found[1]


def said(answer: TestResponse) -> str:
    """What the page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def give(site: Site, case_id: int, to: str, **more: Any) -> dict[str, Any]:
    """The form that gives the case's first task to a colleague."""
    return {"val": site.task(case_id, "ta_stallning"), "till": site.people()[to], "varfor": WHY} | more


def test_every_way_to_step_in_is_told_and_what_cannot_be_chosen_has_no_link(
    maria: Browser, case_id: int
) -> None:
    page = maria.page(f"/arenden/{case_id}/atgarder")
    assert f'href="/arenden/{case_id}/atgarder/omfordela"' in page
    assert f'href="/arenden/{case_id}/atgarder/ateruppta"' not in page, "it is not suspended"
    assert "Ingen har ingripit i ärendet." in page
    assert f'href="/arenden/{case_id}/atgarder"' in maria.page(f"/arenden/{case_id}")


def test_only_who_leads_the_work_finds_the_way_there(site: Site, case_id: int) -> None:
    assert "/atgarder" not in site.browser("siv").page(f"/arenden/{case_id}")


def test_a_look_does_nothing_and_the_confirmation_does_what_was_looked_at(
    site: Site, maria: Browser, case_id: int
) -> None:
    address = f"/arenden/{case_id}/atgarder/omfordela"
    lines = site.journal()
    filled = give(site, case_id, "Siv Samuelsson")
    look = maria.post(address, **filled)
    assert "har uppgiften: Siv Samuelsson" in said(look)
    assert site.journal() == lines
    done = maria.post(address, **filled, bekraftat=token_in(look))
    assert done.headers["Location"] == f"/arenden/{case_id}"
    assert site.kept(site.task(case_id, "ta_stallning")).claimed_by_id == site.people()["Siv Samuelsson"]
    journal = said(maria.get(f"/arenden/{case_id}"))
    assert f"Omfördelade uppgifter : Ta ställning Varför: {WHY} Före och efter" in journal
    assert "har uppgiften Siv Samuelsson" in journal


def test_what_was_looked_at_is_refused_once_the_case_has_moved_and_shown_anew(
    site: Site, maria: Browser, case_id: int
) -> None:
    address = f"/arenden/{case_id}/atgarder/omfordela"
    filled = give(site, case_id, "Maria Ek")
    old = token_in(maria.post(address, **filled))
    with site.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        claim_task(work, task_id=site.task(case_id, "ta_stallning"), caseworker=siv)
    again = maria.post(address, **filled, bekraftat=old)
    assert again.status_code == 409
    assert "Ärendet har ändrats sedan förhandsvisningen" in said(again)
    assert "har uppgiften: från Siv Samuelsson till Maria Ek" in said(again)
    assert maria.post(address, **filled, bekraftat=token_in(again)).status_code == 302


def test_what_was_typed_survives_every_refusal_and_can_be_changed(
    site: Site, maria: Browser, case_id: int
) -> None:
    address = f"/arenden/{case_id}/atgarder/prioritet"
    filled: dict[str, Any] = {"val": site.task(case_id, "ta_stallning"), "prioritet": "4"}
    filled |= {"dag": "i morgon", "varfor": WHY}
    wrong = maria.post(address, **filled)
    assert wrong.status_code == 400
    assert "Skriv dagen som ÅÅÅÅ-MM-DD" in said(wrong)
    assert WHY in wrong.text
    assert 'value="4" selected' in wrong.text
    changed = maria.post(address, **filled, andra="1")
    assert changed.status_code == 200
    assert 'value="i morgon"' in changed.text
    stale = maria.post(address, token="x", **filled)
    assert stale.status_code == 400
    assert WHY in stale.text


def test_a_refusal_says_why_and_keeps_what_was_filled_in(maria: Browser, site: Site, case_id: int) -> None:
    refused = maria.post(f"/arenden/{case_id}/atgarder/omfordela", **give(site, case_id, "Anna Lindqvist"))
    assert refused.status_code == 409
    assert "Inget är gjort Anna Lindqvist arbetar inte i Samordningsfunktionen." in said(refused)
    assert WHY in refused.text


def test_a_message_is_given_in_its_own_form(site: Site, maria: Browser, case_id: int) -> None:
    city = City(site.runtime, site.clock)
    publish_process(city, "prov", "user a; message m nycklar.inlamnade; start > m > a > slut", "a")
    start(city, case_id, "prov")
    address = f"/arenden/{case_id}/atgarder/meddelande"
    assert "Till vem?" in maria.page(address), "there is nothing else to choose"
    filled = {"val": "nycklar.inlamnade", "on": "2026-03-01", "to": "landlord", "dwelling_emptied": "yes"}
    look = maria.post(address, **filled, varfor=WHY)
    assert "Uppgifter som öppnas a" in said(look)
    assert maria.post(address, **filled, varfor=WHY, bekraftat=token_in(look)).status_code == 302
    again = maria.post(address, **filled, varfor=WHY, bekraftat=token_in(look))
    assert again.status_code == 400, "it is not awaited any more"
    assert "Det som inte går att välja längre är gjort eller borta." in said(again)


def test_what_the_form_asks_is_told_beside_its_questions(site: Site, maria: Browser, case_id: int) -> None:
    city = City(site.runtime, site.clock)
    publish_process(city, "prov", "user a; message m nycklar.inlamnade; start > m > a > slut", "a")
    start(city, case_id, "prov")
    address = f"/arenden/{case_id}/atgarder/meddelande"
    missing = maria.post(address, val="nycklar.inlamnade", to="landlord", varfor=WHY)
    assert missing.status_code == 400
    assert 'href="#f-on"' in missing.text
    assert 'value="landlord" checked' in missing.text


def test_a_suspended_case_says_so_wherever_it_is_met(site: Site, maria: Browser, case_id: int) -> None:
    day = (site.clock.now() + timedelta(days=10)).date().isoformat()
    filled = {"val": "arendet", "dag": day, "varfor": "Väntar på besked från <hyresvärden>."}
    address = f"/arenden/{case_id}/atgarder/pausa"
    assert "De här dagarna pausas inte" in maria.page(address)
    look = maria.post(address, **filled)
    maria.post(address, **filled, bekraftat=token_in(look))
    siv = site.browser("siv")
    for page in (f"/arenden/{case_id}", f"/uppgifter/{site.task(case_id, 'ta_stallning')}"):
        shown = siv.page(page)
        assert "Ärendet är pausat till 12 mars" in shown
        assert "Väntar på besked från &lt;hyresvärden&gt;." in shown
    assert "Pausat" in siv.page("/inkorg?vy=alla")
    assert "Pausat" in siv.page("/arenden")


def test_looking_at_what_would_come_of_it_is_reading_the_case(
    site: Site, maria: Browser, case_id: int
) -> None:
    maria.post(f"/arenden/{case_id}/atgarder/omfordela", **give(site, case_id, "Siv Samuelsson"))
    with site.runtime.reading() as work:
        reads = select(ReadEntry.what).where(ReadEntry.case_id == case_id)
        assert "interventions.do" in set(work.session.scalars(reads))


def test_there_is_no_page_for_what_nobody_can_do(maria: Browser, case_id: int) -> None:
    assert maria.get(f"/arenden/{case_id}/atgarder/radera").status_code == 404
    assert maria.post(f"/arenden/{case_id}/atgarder/radera", varfor=WHY).status_code == 404


def test_a_closed_case_offers_only_what_can_still_be_done(site: Site, maria: Browser, case_id: int) -> None:
    with site.runtime.transaction() as work:
        work.session.get_one(Case, case_id).closed_at = work.now
    page = maria.page(f"/arenden/{case_id}/atgarder")
    assert "Ärendet är avslutat." in page
    assert f"/arenden/{case_id}/atgarder/" not in page
