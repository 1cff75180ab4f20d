"""The pages keep a protected person's number and address from others, and show one person's file at a time."""

from __future__ import annotations

import html
from typing import Any

import pytest
from sqlalchemy import select

from processes.actions.events import record_event
from processes.models import Case, Letter, Person
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Site

PEOPLE = [
    {
        "name": "Disa Påhittad", "role": "contract_holder", "protection": "secrecy_mark",
        "id_number": "19850203-1233", "own_address": "Hemligvägen 5",
    },
    {"name": "Emil Påhittad", "role": "co_tenant", "protection": "none", "own_address": "Öppna gatan 7"},
]  # fmt: skip
SECRETS = ("19850203", "850203-1233", "Hemligvägen", "Provgatan")
DISA, EMIL = 1, 2


@pytest.fixture
def case_id(site: Site) -> int:
    """A case of which Bosse is responsible, with a note and a letter that tell where Disa is."""
    people: Any = PEOPLE
    case_id = site.register(persons=people)
    with site.runtime.transaction() as work:
        maria, bosse = (get_caseworker_named(work.session, name) for name in ("maria", "bosse"))
        said = {"text": "Disa nås på Hemligvägen 5.", "person": DISA}
        tried = {"person": DISA, "channel": "phone", "outcome": "no_answer", "note": "850203-1233 stämmer"}
        for name, payload in (("anteckning", said), ("kontaktforsok.gjort", tried)):
            record_event(work, case_id=case_id, name=name, payload=payload, caseworker=maria)
        work.session.get_one(Case, case_id).responsible_id = bosse.id
        for to in (DISA, EMIL):
            work.add(
                Letter(
                    case_id=case_id, kind="informationsbrev", recipient_kind="adults", recipient_id=to,
                    recipient_name="", text=f"Brev {to} till Provgatan 1, lgh 1101", written_at=work.now,
                )
            )  # fmt: skip
    return case_id


def pages_of(site: Site, case_id: int) -> list[str]:
    """Every page that shows something of the case."""
    return [
        f"/arenden/{case_id}",
        f"/arenden/{case_id}/personer/{DISA}",
        f"/arenden/{case_id}/personer/{EMIL}",
        f"/arenden/{case_id}/handelser/anteckning",
        f"/arenden/{case_id}/handelser/samtycke.givet",
        f"/uppgifter/{site.task(case_id, 'kontakta_hyresvard')}",
    ]


def test_every_page_of_the_case_carries_the_warning(site: Site, case_id: int) -> None:
    anna = site.browser("anna")
    for path in pages_of(site, case_id):
        page = anna.page(path)
        assert 'class="guarded"' in page, path
        assert "Skyddade personuppgifter" in page, path
        assert "Disa Påhittad" in page, path


def test_outside_the_circle_no_page_tells_who_or_where_the_protected_is(site: Site, case_id: int) -> None:
    anna = site.browser("anna")
    for path in [*pages_of(site, case_id), "/arenden", "/inkorg", "/arenden?sok=Disa", "/arenden?sok=Hemlig"]:
        page = html.unescape(anna.page(path))
        assert [secret for secret in SECRETS if secret in page] == [], path


@pytest.mark.parametrize("username", ["bosse", "maria"])
def test_the_circle_sees_what_it_needs(site: Site, case_id: int, username: str) -> None:
    browser = site.browser(username)
    person = browser.page(f"/arenden/{case_id}/personer/{DISA}")
    for secret in ("19850203-1233", "Hemligvägen 5"):
        assert secret in person
    assert "Provgatan 1" in browser.page(f"/arenden/{case_id}")


def test_a_changed_status_shows_at_once(site: Site, case_id: int) -> None:
    anna = site.browser("anna")
    assert "Provgatan" not in anna.page(f"/arenden/{case_id}")
    said = {"person": str(DISA), "protection": "none", "checked_how": "register"}
    assert anna.post(f"/arenden/{case_id}/handelser/skydd.andrat", **said).status_code == 302
    page = anna.page(f"/arenden/{case_id}")
    assert "Provgatan 1" in page
    assert 'class="guarded"' not in page
    again = {"person": str(EMIL), "protection": "unknown", "checked_how": "other"}
    anna.post(f"/arenden/{case_id}/handelser/skydd.andrat", **again)
    page = anna.page(f"/arenden/{case_id}")
    assert "Provgatan" not in page
    assert "Behandlas som skyddad" in page


def test_the_file_of_one_shows_nothing_of_the_other(site: Site, case_id: int) -> None:
    maria = site.browser("maria")
    disas = maria.page(f"/arenden/{case_id}/personer/{DISA}")
    emils = maria.page(f"/arenden/{case_id}/personer/{EMIL}")
    assert "Disa nås på Hemligvägen 5." in disas
    assert "Brev 1 till" in disas
    assert "Brev 2 till" not in disas
    for words in ("nås på", "Hemligvägen", "850203", "Brev 1 till"):
        assert words not in emils
    assert "Brev 2 till" in emils


def test_the_case_leads_to_each_persons_file(site: Site, case_id: int) -> None:
    page = site.browser("anna").page(f"/arenden/{case_id}")
    for person in (DISA, EMIL):
        assert f"/arenden/{case_id}/personer/{person}" in page


def test_somebody_of_another_case_is_not_found_here(site: Site, case_id: int) -> None:
    other = site.register(address="Annangatan 9")
    with site.runtime.reading() as work:
        stranger = work.session.scalars(select(Person.id).where(Person.case_id == other)).one()
    assert site.browser("maria").get(f"/arenden/{case_id}/personer/{stranger}").status_code == 404


def test_who_turned_fifteen_is_shown_as_fifteen(site: Site, case_id: int) -> None:
    with site.runtime.transaction() as work:
        work.session.get_one(Person, EMIL).born_on = work.now.date().replace(year=work.now.year - 15)
    assert "15 år" in site.browser("anna").page(f"/arenden/{case_id}/personer/{EMIL}")
