"""Handing out a file and noting a correction, as a caseworker meets them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from processes.actions.events import record_event
from processes.models import Case, JournalEntry, Person, ReadEntry
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Browser, Site

EMIL, DISA = "Emil Påhittad", "Disa Påhittad"
PEOPLE = [
    {"name": EMIL, "role": "contract_holder", "protection": "none"},
    {"name": DISA, "role": "co_tenant", "protection": "none"},
    {"name": "Frida Påhittad", "role": "child", "protection": "none"},
]
VOUCHED = {"is_reviewed": "on", "identity_checked": "on"}


@pytest.fixture
def case_id(site: Site) -> int:
    case_id = site.register(persons=PEOPLE)  # type: ignore[arg-type]
    with site.runtime.transaction() as work:
        siv = get_caseworker_named(work.session, "siv")
        persons = {one.name: one.id for one in work.session.get_one(Case, case_id).persons}
        for text, person in (("Emil arbetar natt.", EMIL), ("Disa vill flytta.", DISA)):
            said = {"text": text, "person": persons[person]}
            record_event(work, case_id=case_id, name="anteckning", payload=said, caseworker=siv)
    return case_id


def path(site: Site, case_id: int, name: str = EMIL) -> str:
    with site.runtime.reading() as work:
        asked = select(Person.id).where(Person.case_id == case_id, Person.name == name)
        return f"/arenden/{case_id}/personer/{work.session.scalars(asked).one()}/utlamnande"


def test_what_is_read_through_is_what_is_handed_out(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    page = siv.page(path(site, case_id))
    assert "Emil arbetar natt." in page
    assert "Disa vill flytta." not in page
    file = siv.post(path(site, case_id), till="self", format="json", **VOUCHED)
    assert (file.status_code, file.mimetype) == (200, "application/json")
    said = json.loads(file.data)
    assert said["person"]["Namn"] == EMIL
    assert said["till"] == "Personen själv"
    assert "Emil arbetar natt." in file.text
    assert "Disa" not in file.text
    assert "akt-" in file.headers["Content-Disposition"]
    assert "Påhittad" not in file.headers["Content-Disposition"]


def test_the_pdf_is_one_and_swedish_whatever_the_reader_speaks(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    swedish = siv.post(path(site, case_id), till="self", format="pdf", **VOUCHED)
    siv.post("/sprak", sprak="en")
    english = siv.post(path(site, case_id), till="self", format="pdf", **VOUCHED)
    assert swedish.data.startswith(b"%PDF-")
    assert swedish.mimetype == "application/pdf"
    assert swedish.data == english.data


def test_the_read_log_says_for_what_and_the_journal_to_whom(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    answer = siv.post(path(site, case_id), till="self", format="json", **VOUCHED)
    with site.runtime.reading() as work:
        asked = select(ReadEntry).where(ReadEntry.request_id == answer.headers["X-Request-ID"])
        row = work.session.scalars(asked).one()
        assert (row.what, row.purpose, row.case_id) == ("insight.hand_out", "partsinsyn: self", case_id)
        line = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "file_handed_out")).one()
        assert line.details["recipient"] == "self"
    assert "Lämnade ut en persons akt</b>: Personen själv" in siv.page(f"/arenden/{case_id}")


def test_what_is_not_vouched_for_is_not_handed_out_and_what_was_typed_stays(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    reason = "Förundersökning pågår, enligt polisen."
    held = siv.post(
        path(site, case_id),
        till="self",
        format="pdf",
        withhold="event:2",
        reason=reason,
        identity_checked="on",
    )
    assert held.status_code == 400
    assert "Läs igenom allt och pröva sekretessen" in held.text
    assert reason in held.text
    assert 'value="event:2" checked' in held.text


def test_entries_that_are_held_back_are_counted_in_the_file_with_the_right_to_appeal(
    site: Site, case_id: int
) -> None:
    siv = site.browser("siv")
    page = siv.page(path(site, case_id))
    key = next(part.split('"')[0] for part in page.split('name="withhold" value="')[1:] if "event:" in part)
    reason = "Förundersökning pågår, enligt polisen."
    file = siv.post(path(site, case_id), till="self", format="json", withhold=key, reason=reason, **VOUCHED)
    left_out = json.loads(file.data)["inte_med"]
    assert "Antal: 1." in left_out[-1]
    assert "överklaga" in left_out[-1]


@pytest.mark.parametrize("typed", ["event:1;drop", "journal:1", "event:", "../1"])
def test_only_entries_can_be_held_back(site: Site, case_id: int, typed: str) -> None:
    answer = site.browser("siv").post(
        path(site, case_id), till="self", format="json", withhold=typed, **VOUCHED
    )
    assert answer.status_code == 400


def test_a_child_gets_the_file_through_a_guardian_who_is_chosen(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    child = path(site, case_id, "Frida Påhittad")
    assert "genom en vårdnadshavare" in siv.page(child)
    choose = siv.page(f"{child}?till=guardian")
    assert "Välj vem i ärendet som får akten" in choose
    assert siv.get(f"{child}?till=neighbour").status_code == 400


def outside_the_circle(site: Site, case_id: int) -> Browser:
    with site.runtime.transaction() as work:
        work.session.execute(
            update(Person)
            .where(Person.name == DISA)
            .values(protection="secrecy_mark", own_address="Gömman 1")
        )
    return site.browser("siv")


def test_outside_the_circle_of_the_protected_nothing_is_shown_or_handed_out(site: Site, case_id: int) -> None:
    siv = outside_the_circle(site, case_id)
    page = siv.page(path(site, case_id))
    assert "Akten kan inte" not in page
    assert "skyddade personuppgifter" in page
    assert "Emil arbetar natt." not in page
    refused = siv.post(path(site, case_id), till="self", format="json", **VOUCHED)
    assert refused.status_code == 409
    assert "Emil arbetar natt." not in refused.text


def test_in_the_circle_the_co_tenants_file_still_hides_the_protected(site: Site, case_id: int) -> None:
    outside_the_circle(site, case_id)
    file = site.browser("maria").post(path(site, case_id), till="self", format="json", **VOUCHED)
    assert file.status_code == 200
    for secret in ("Disa", "Gömman"):
        assert secret not in file.text


def test_a_correction_is_shown_beside_the_record_in_the_journal_and_in_the_file(
    site: Site, case_id: int
) -> None:
    siv = site.browser("siv")
    with site.runtime.reading() as work:
        line = select(JournalEntry.details).where(JournalEntry.subject == "anteckning").limit(1)
        event_id = work.session.scalars(line).one()["event"]
    address = f"/arenden/{case_id}/handelser/{event_id}/rattelse"
    assert "Emil arbetar natt." in siv.page(address)
    missing = siv.post(address, kind="correction", text="Han arbetar dag.", reason="")
    assert missing.status_code == 400
    assert "Han arbetar dag." in missing.text
    assert (
        siv.post(address, kind="correction", text="Han arbetar dag.", reason="Arbetsgivaren.").status_code
        == 302
    )
    for page in (siv.page(f"/arenden/{case_id}"), siv.page(path(site, case_id)), siv.page(address)):
        assert "Emil arbetar natt." in page
        assert "Han arbetar dag." in page


def test_an_event_that_was_taken_back_is_handed_out_with_its_mark(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    site.clock.advance(timedelta(minutes=5))
    with site.runtime.transaction() as work:
        who = get_caseworker_named(work.session, "siv")
        person = work.session.scalars(select(Person.id).where(Person.name == EMIL)).one()
        said = {"text": "Emil är bortrest.", "person": person}
        event_id = record_event(work, case_id=case_id, name="anteckning", payload=said, caseworker=who).id
    reason = "Den gällde en annan lägenhet."
    siv.post(f"/arenden/{case_id}/handelser/{event_id}/ratta", correction_reason=reason)
    page = siv.page(path(site, case_id))
    assert "<b>Antecknades av misstag och räknas inte</b>" in page
    file = json.loads(siv.post(path(site, case_id), till="self", format="json", **VOUCHED).data)
    [note] = [one for one in file["anteckningar"] if one["uppgifter"].get("text") == "Emil är bortrest."]
    [mark] = note["rattelser"]
    assert mark["slag"] == "Antecknades av misstag och räknas inte"
    assert mark["skal"] == reason
    assert not any("event" in one["uppgifter"] for one in file["anteckningar"]), "the mark is no entry"


def test_a_correction_that_names_another_does_not_tell_it_in_the_file(site: Site, case_id: int) -> None:
    siv = site.browser("siv")
    address = path(site, case_id).removesuffix("/utlamnande")
    noted = siv.post(
        f"{address}/rattelse", kind="correction", text="Det var Disa som ringde.", reason="Hon sade det."
    )
    assert noted.status_code == 302
    for page in (siv.page(address), siv.page(path(site, case_id))):
        assert "Hon sade det." in page
        assert "som ringde" not in page
