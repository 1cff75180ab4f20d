"""One's own mail and notifications: what is chosen is kept, what is told is listed for whom it is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from app import create_app
from processes.models import Notification
from processes.queries.mail import mail_wanted
from processes.queries.people import get_caseworker_named
from processes.rules.mail import ESCALATION, REMINDER
from tests.app.conftest import Site

TEXT = "Påhittad påminnelse om steget."


def tell(site: Site, *, person: str = "", unit: str = "vuxen", kind: str = REMINDER, text: str = TEXT) -> int:
    case_id = site.register()
    with site.runtime.transaction() as work:
        said = Notification(
            case_id=case_id,
            administration_key="hisingen",
            unit=unit,
            person_id=get_caseworker_named(work.session, person).id if person else None,
            task_id=site.task(case_id, "ta_stallning"),
            kind=kind,
            text=text,
            at=work.now,
        )
        work.session.add(said)
    return said.id


def chosen(site: Site, username: str) -> tuple[str, set[str]]:
    with site.runtime.reading() as work:
        person = get_caseworker_named(work.session, username)
        return person.email, {kind for kind, wanted in mail_wanted(work.session, person).items() if wanted}


def test_what_one_chooses_is_kept_and_shown_again(site: Site) -> None:
    anna = site.browser("anna")
    page = anna.page("/konto/e-post")
    assert 'value="anna@kvarboende.example"' in page
    assert re.findall(r'value="(\w+)" checked', page) == ["reminder", "escalation", "alarm", "handover"]
    answer = anna.client.post(
        "/konto/e-post",
        data={"csrf_token": token(page), "email": "anna@example.se", "kinds": ["digest", "alarm"]},
    )
    assert answer.status_code == 302
    assert chosen(site, "anna") == ("anna@example.se", {"alarm", "digest"})
    page = anna.page("/konto/e-post")
    assert "Sparat." in page
    assert re.findall(r'value="(\w+)" checked', page) == ["alarm", "digest"]
    assert "anna@example.se" in anna.page("/konto")


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("address", ["anna", "anna@example.se\r\nBcc: alla@example.se"])
def test_an_address_that_is_none_is_refused_beside_the_field_and_what_was_typed_stays(
    site: Site, address: str
) -> None:
    answer = site.browser("anna").post("/konto/e-post", email=address, kinds="digest")
    assert answer.status_code == 400
    assert "Skriv en e-postadress" in answer.text
    assert "anna" in answer.text
    assert re.findall(r'value="(\w+)" checked', answer.text) == ["digest"]
    assert chosen(site, "anna")[0] == "anna@kvarboende.example"


def test_only_an_address_at_work_will_do_where_the_installation_says_so(site: Site) -> None:
    settings = replace(site.runtime.settings, mail_domains=("kommun.example",))
    runtime = replace(site.runtime, settings=settings)
    at_work = Site(create_app(runtime), runtime, site.clock)
    answer = at_work.browser("anna").post("/konto/e-post", email="anna@hemma.example")
    assert answer.status_code == 400
    assert "kommun.example" in answer.text
    assert at_work.browser("anna").post("/konto/e-post", email="anna@kommun.example").status_code == 302


def test_the_page_says_when_the_installation_sends_no_mail(site: Site) -> None:
    assert "skickar ingen e-post" in site.browser("anna").page("/konto/e-post")


def test_what_is_for_one_person_stands_with_that_person_and_nobody_else(site: Site) -> None:
    tell(site, person="bosse")
    assert TEXT in site.browser("bosse").page("/aviseringar")
    assert TEXT not in site.browser("bosse").page("/inkorg")  # the task stands there itself
    for other in ("anna", "maria", "disa"):
        browser = site.browser(other)
        for path in ("/aviseringar", "/aviseringar?vy=enheten", "/inkorg"):
            assert TEXT not in browser.page(path)


def test_what_is_for_the_unit_stands_with_all_of_it(site: Site) -> None:
    tell(site)
    for member in ("anna", "bosse"):
        assert TEXT in site.browser(member).page("/aviseringar?vy=enheten")
        assert TEXT not in site.browser(member).page("/aviseringar")
    assert TEXT not in site.browser("eva").page("/aviseringar?vy=enheten")


def test_another_persons_words_cannot_be_acknowledged(site: Site) -> None:
    told = tell(site, person="bosse")
    assert site.browser("anna").post(f"/aviseringar/{told}/kvittera").status_code == 403
    assert site.browser("disa").post(f"/aviseringar/{told}/kvittera").status_code == 404
    bosse = site.browser("bosse")
    assert bosse.post(f"/aviseringar/{told}/kvittera").headers["Location"] == "/aviseringar?vy=mina"
    assert "Kvitterat av Bosse Grahn" in bosse.page("/aviseringar")


def test_a_word_leads_to_its_task_until_it_is_acknowledged(site: Site) -> None:
    told = tell(site, kind=ESCALATION)
    anna = site.browser("anna")
    page = anna.page("/aviseringar?vy=enheten")
    assert 'href="/uppgifter/1"' in page
    assert "Eskalering" in page
    answer = anna.post(f"/aviseringar/{told}/kvittera?vy=enheten")
    assert answer.headers["Location"] == "/aviseringar?vy=enheten"
    assert 'href="/uppgifter/1"' not in anna.page("/aviseringar?vy=enheten")


def test_what_settled_itself_says_so(site: Site) -> None:
    told = tell(site, person="anna")
    with site.runtime.transaction() as work:
        work.session.get_one(Notification, told).seen_at = work.now
    assert "Inte aktuellt längre" in site.browser("anna").page("/aviseringar")


def test_a_long_list_comes_in_pages(site: Site) -> None:
    case_id = site.register()
    with site.runtime.transaction() as work:
        for number in range(60):
            at = work.now + timedelta(minutes=number)
            work.session.add(
                Notification(
                    case_id=case_id,
                    administration_key="hisingen",
                    unit="vuxen",
                    text=f"Larm {number:02}.",
                    at=at,
                )
            )
    anna = site.browser("anna")
    first = anna.page("/aviseringar?vy=enheten")
    onward = re.search(r'href="(/aviseringar\?vy=enheten&amp;efter=\d+)"', first)
    assert onward
    second = anna.page(onward[1].replace("&amp;", "&"))
    shown = re.findall(r"Larm (\d\d)\.</p>", first), re.findall(r"Larm (\d\d)\.</p>", second)
    assert [*shown[0], *shown[1]] == [f"{number:02}" for number in range(59, -1, -1)]
    assert anna.get("/aviseringar?efter=mellan").status_code == 400


def test_an_empty_list_says_what_will_come_there(site: Site) -> None:
    assert "Inga aviseringar" in site.browser("anna").page("/aviseringar")
