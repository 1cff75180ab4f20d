"""An auditor sees who has read what, and never what the cases say."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from processes.models import ReadEntry, ReadReview, ReadSample
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Browser, Site

NAME, NUMBER = "Sigrid Påhittad-Sentinell", "19700101-2389"
PAGES = ("/granskning", "/granskning/monster", "/granskning/stickprov", "/granskning/utdrag")


@pytest.fixture
def gun(site: Site) -> Browser:
    """The auditor, after siv has read two cases."""
    site.register(persons=[{"name": NAME, "id_number": NUMBER, "role": "contract_holder"}])  # type: ignore[arg-type]
    site.register(address="Sentinellgatan 4711")
    siv = site.browser("siv")
    for case_id in (1, 2, 1):
        siv.page(f"/arenden/{case_id}")
    return site.browser("gun")


def case_number(site: Site, case_id: int) -> str:
    return f"KVB {site.clock.now().year}-{case_id:06d}"


def test_the_log_tells_who_and_which_case_and_nothing_of_what_it_says(site: Site, gun: Browser) -> None:
    for address in PAGES:
        page = gun.page(address)
        assert NAME not in page
        assert "Sentinellgatan" not in page
    page = gun.page("/granskning")
    assert page.count("Siv Samuelsson</a>") == 3
    assert case_number(site, 1) in page
    assert "Ärendets sida" in page


@pytest.mark.parametrize("username", ["anna", "siv", "maria", "per", "stig"])
def test_nobody_but_an_auditor_sees_the_log(site: Site, gun: Browser, username: str) -> None:
    browser = site.browser(username)
    assert [browser.get(address).status_code for address in PAGES] == [403] * 4
    assert browser.post("/granskning/utdrag", vem=NUMBER).status_code == 403
    assert browser.post("/granskning/stickprov", antal="5").status_code == 403


def test_the_log_is_narrowed_by_case_person_and_day(site: Site, gun: Browser) -> None:
    number = case_number(site, 2)
    assert gun.page(f"/granskning?arende={number}").count('role="row" id="rad-') == 1
    assert "Inga rader" in gun.page("/granskning?arende=KVB+1999-000001")
    assert "Inga rader" in gun.page("/granskning?till=2026-03-01")
    assert gun.page("/granskning?fran=2026-03-02&till=2026-03-02&grund=unit_task").count('id="rad-') == 3
    assert gun.get("/granskning?fran=i+dag").status_code == 400


def test_the_auditors_own_reading_is_logged(site: Site, gun: Browser) -> None:
    answer = gun.get(f"/granskning?arende={case_number(site, 2)}")
    with site.runtime.reading() as work:
        [row] = work.session.scalars(
            select(ReadEntry).where(ReadEntry.request_id == answer.headers["X-Request-ID"])
        )
        assert (row.what, row.case_id, row.basis, row.reader.username) == ("audit.show", 2, "audit", "gun")


def test_who_reads_a_case_in_which_the_name_is_the_readers_own_stands_out(site: Site, gun: Browser) -> None:
    assert "Ingen läsning under perioden sticker ut" in gun.page("/granskning/monster")
    with site.runtime.transaction() as work:
        get_caseworker_named(work.session, "siv").id_number = NUMBER.replace("-", "")
    page = gun.page("/granskning/monster")
    assert "Läsaren finns själv i ärendet" in page
    assert page.count('id="rad-') == 2


def test_who_reads_about_the_own_home_or_a_namesake_stands_out(site: Site, gun: Browser) -> None:
    with site.runtime.transaction() as work:
        get_caseworker_named(work.session, "siv").home_address = "Sentinellgatan 4711"
    assert "läsarens egen adress" in gun.page("/granskning/monster")
    with site.runtime.transaction() as work:
        get_caseworker_named(work.session, "siv").name = "Siv Påhittad-Sentinell"
    assert "Samma efternamn" in gun.page("/granskning/monster")


def test_many_cases_without_a_task_on_one_day_stand_out(site: Site, gun: Browser) -> None:
    disa = site.browser("disa")
    for case_id in (1, 2, 3, 4):
        disa.get(f"/arenden/{case_id}")
    with site.runtime.transaction() as work:
        get_caseworker_named(work.session, "gun").administration_key = "sydvast"
    assert "Många ärenden" not in gun.page("/granskning/monster")
    disa.get("/arenden/5")
    assert "Många ärenden utan uppgift samma dag" in gun.page("/granskning/monster")


def test_a_sample_is_drawn_noted_and_drawn_again(site: Site, gun: Browser) -> None:
    form = {"fran": "2026-03-01", "till": "2026-03-02", "antal": "2"}
    answer = gun.post("/granskning/stickprov", **form)
    address = answer.headers["Location"]
    first = gun.page(address)
    assert first.count('id="rad-') == 2
    with site.runtime.reading() as work:
        sample = work.session.scalars(select(ReadSample)).one()
        assert sample.seed in first
        read_id = next(
            id_ for id_ in work.session.scalars(select(ReadEntry.id)) if f'id="rad-{id_}"' in first
        )
    gun.post(f"{address}/rader/{read_id}", bedomning="to_be_asked", anteckning="Fråga varför.")
    site.browser("siv").page("/arenden/1")
    again = gun.page(address)
    assert f'id="rad-{read_id}"' in again
    assert again.count('id="rad-') == 2
    assert "Fråga varför." in again


def test_a_sample_of_the_future_is_refused_with_what_to_do(gun: Browser) -> None:
    answer = gun.post("/granskning/stickprov", fran="2026-03-02", till="2026-04-02", antal="5")
    assert answer.status_code == 400
    assert "slutar senast i dag" in answer.text
    assert "mellan 1 och 500" in gun.post("/granskning/stickprov", antal="0").text


def test_a_finding_against_somebody_needs_its_reason(site: Site, gun: Browser) -> None:
    address = gun.post("/granskning/stickprov", antal="1").headers["Location"]
    gun.post(f"{address}/rader/1", bedomning="unjustified", anteckning=" ")
    assert "Skriv varför." in gun.page(address)
    with site.runtime.reading() as work:
        assert work.session.scalars(select(ReadReview)).all() == []


def test_a_person_gets_an_extract_of_who_has_read_and_only_that(site: Site, gun: Browser) -> None:
    with site.runtime.transaction() as work:
        get_caseworker_named(work.session, "siv").name = "=Siv(1)"
    answer = gun.post("/granskning/utdrag", vem=NUMBER)
    assert answer.mimetype == "text/csv"
    lines = answer.text.splitlines()
    assert len(lines) == 3
    assert case_number(site, 1) in lines[1]
    assert '"\'=Siv(1)"' in lines[1]
    assert NAME not in answer.text
    with site.runtime.reading() as work:
        row = work.session.scalars(select(ReadEntry).where(ReadEntry.what == "audit.extract")).one()
        assert (row.case_id, NUMBER in row.purpose) == (1, False)


def test_an_extract_for_nobody_is_empty(gun: Browser) -> None:
    assert len(gun.post("/granskning/utdrag", vem="19000101-0000").text.splitlines()) == 1


def test_another_administrations_auditor_finds_nothing(site: Site, gun: Browser) -> None:
    address = gun.post("/granskning/stickprov", antal="1").headers["Location"]
    with site.runtime.transaction() as work:
        get_caseworker_named(work.session, "gun").administration_key = "sydvast"
    assert "Inga rader" in gun.page("/granskning")
    assert gun.get(address).status_code == 404
    assert len(gun.post("/granskning/utdrag", vem=NUMBER).text.splitlines()) == 1
    assert gun.post(f"{address}/rader/1", bedomning="justified").status_code == 404
