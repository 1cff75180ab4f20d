"""The case file: what happens now, where the processes stand, the journal as asked for, and putting an event right."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.cases import MOST_USED, events_by_hand
from processes.models import Event, JournalEntry
from processes.queries.journal import KINDS, STARTS
from tests.app.conftest import Browser, Site

MISTAKE = "Det gällde ett annat hushåll."


@pytest.fixture
def case_id(site: Site) -> int:
    found = site.register()
    site.clock.advance(timedelta(hours=1))
    return found


@pytest.fixture
def anna(site: Site, case_id: int) -> Browser:
    return site.browser("anna")


def noted(site: Site, anna: Browser, case_id: int, name: str = "anteckning", **said: Any) -> int:
    """Record the event, and let five minutes pass."""
    answer = anna.post(f"/arenden/{case_id}/handelser/{name}", **(said or {"text": "Påhittad anteckning."}))
    assert answer.status_code == 302, answer.text
    site.clock.advance(timedelta(minutes=5))
    with site.runtime.reading() as work:
        found = select(Event.id).where(Event.case_id == case_id, Event.name == name).order_by(Event.id.desc())
        return work.session.scalars(found).all()[0]


def part_of(page: str, section: str) -> str:
    return page.split(f'id="{section}"')[1].split("</section>", maxsplit=1)[0]


def test_on_top_stands_what_happens_now_and_no_name(anna: Browser, case_id: int) -> None:
    now = part_of(anna.page(f"/arenden/{case_id}"), "nu")
    for words in ("Vad händer nu?", "väntar på", "Vems tur är det?", "Närmaste frist"):
        assert words in now
    for name in ("Påhittad", "Lindqvist", "Samuelsson", "Provgatan"):
        assert name not in now


def test_the_steps_of_the_running_process_are_told_as_text(anna: Browser, case_id: int) -> None:
    steps = part_of(anna.page(f"/arenden/{case_id}"), "processerna")
    assert 'aria-current="step"' in steps
    assert "pågår nu" in steps
    assert "/processer/underrattelse.bpmn?version=" in steps


def test_the_most_used_events_stand_open_and_the_others_folded(anna: Browser, case_id: int) -> None:
    doings = part_of(anna.page(f"/arenden/{case_id}"), "anteckna")
    first = doings.split("<details>")[0]
    assert all(f"/handelser/{name}" in first for name in MOST_USED)
    for _, events in events_by_hand(without={"barn.uteslutet"}):
        assert all(doings.count(f'/handelser/{event.name}"') == 1 for event in events)


def test_the_home_and_what_was_told_have_their_place(anna: Browser, case_id: int) -> None:
    page = anna.page(f"/arenden/{case_id}")
    assert "Exempelbo AB" in part_of(page, "bostaden")
    assert "Inget är lämnat till någon utomstående." in part_of(page, "utlamnat")
    assert "Innehåller sekretess" in page


def journal(page: str) -> str:
    return page.split('<ol class="log">')[1].split("</ol>\n</section>", maxsplit=1)[0]


@pytest.mark.parametrize("kind", KINDS)
def test_the_journal_shows_only_the_kind_that_is_asked_for(
    site: Site, anna: Browser, case_id: int, kind: str
) -> None:
    noted(site, anna, case_id)
    lines = {
        "uppgifter": "Tog uppgiften", "handelser": "Påhittad anteckning.", "frister": "Ny frist",
        "brev": "Inget i journalen", "andringar": "Ärendet öppnades",
    }  # fmt: skip
    anna.post(f"/uppgifter/{site.task(case_id, 'kontakta_hyresvard')}/ta")
    shown = journal(anna.page(f"/arenden/{case_id}/journal?slag={kind}"))
    assert lines[kind] in shown
    assert not any(words in shown for one, words in lines.items() if one != kind)


def test_every_line_of_a_journal_is_of_one_kind(site: Site, case_id: int) -> None:
    with site.runtime.reading() as work:
        written = set(work.session.scalars(select(JournalEntry.what)))
    assert all(sum(what.startswith(starts) for starts in STARTS.values()) <= 1 for what in written)


def test_the_journal_of_one_person_and_of_some_days(site: Site, anna: Browser, case_id: int) -> None:
    noted(site, anna, case_id)
    people = site.people()
    assert "Påhittad anteckning." not in journal(
        anna.page(f"/arenden/{case_id}/journal?vem={people['Siv Samuelsson']}")
    )
    shown = journal(anna.page(f"/arenden/{case_id}/journal?vem={people['Anna Lindqvist']}"))
    assert "Påhittad anteckning." in shown
    assert "Registrerade underrättelsen" not in shown
    assert "Registrerade underrättelsen" not in journal(anna.page(f"/arenden/{case_id}/journal?vem=0"))
    assert "Inget i journalen" in anna.page(f"/arenden/{case_id}/journal?fran=2026-03-03")
    assert "Påhittad anteckning." in anna.page(f"/arenden/{case_id}/journal?fran=2026-03-02&till=2026-03-02")
    assert "Skriv dagen som" in anna.page(f"/arenden/{case_id}/journal?till=igår")


def test_the_journal_goes_on_where_the_page_ended(site: Site, anna: Browser, case_id: int) -> None:
    with site.runtime.transaction() as work:
        for number in range(230):
            work.add(
                JournalEntry(case_id=case_id, at=work.now, what="letter_written", subject=f"brev {number}.")
            )
    address: str | None = f"/arenden/{case_id}/journal?slag=brev"
    pages = []
    while address:
        page = anna.page(address)
        pages.append(page)
        address = page.split('class="btn right" href="')[1].split('"')[0] if "Äldre" in page else None
        address = address and address.replace("&amp;", "&")
    assert len(pages) == 3
    assert all(sum(f"brev {number}." in page for page in pages) == 1 for number in range(230))


def test_an_event_by_mistake_is_taken_back_and_the_journal_says_so(
    site: Site, anna: Browser, case_id: int
) -> None:
    event_id = noted(site, anna, case_id)
    address = f"/arenden/{case_id}/handelser/{event_id}/ratta"
    assert address in anna.page(f"/arenden/{case_id}/handelser/{event_id}/rattelse")
    assert "Påhittad anteckning." in anna.page(address)
    assert anna.post(address, correction_reason=MISTAKE).status_code == 302
    shown = part_of(anna.page(f"/arenden/{case_id}"), "journal")
    for words in ("Rättade en händelse", f"Varför: {MISTAKE}", "Har inte hänt.", "Rättad", "Anna Lindqvist"):
        assert words in shown
    assert "redan rättad" in anna.page(address)


def test_what_happened_otherwise_is_recorded_as_it_was(site: Site, anna: Browser, case_id: int) -> None:
    event_id = noted(site, anna, case_id)
    answer = anna.post(
        f"/arenden/{case_id}/handelser/{event_id}/ratta",
        instead="1",
        correction_reason=MISTAKE,
        text="Rätt text.",
    )
    assert answer.status_code == 302, answer.text
    shown = part_of(anna.page(f"/arenden/{case_id}"), "journal")
    for words in ("Antecknat av misstag", "Påhittad anteckning.", "I stället gäller", "Rätt text."):
        assert words in shown


@pytest.mark.parametrize("more", [{}, {"instead": "1", "text": "Det här skrev jag nyss."}])
def test_without_a_reason_nothing_changes_and_what_was_typed_stays(
    site: Site, anna: Browser, case_id: int, more: dict[str, str]
) -> None:
    event_id = noted(site, anna, case_id)
    before = site.journal()
    answer = anna.post(f"/arenden/{case_id}/handelser/{event_id}/ratta", correction_reason="nej", **more)
    assert answer.status_code == 400
    assert "Skriv varför det är fel" in answer.text
    assert more.get("text", "nej") in answer.text
    assert site.journal() == before


def test_what_cannot_be_taken_back_says_why_and_leads_on(site: Site, anna: Browser, case_id: int) -> None:
    with site.runtime.reading() as work:
        event_id = work.session.scalars(select(Event.id).where(Event.case_id == case_id)).all()[0]
    page = anna.page(f"/arenden/{case_id}/handelser/{event_id}/ratta")
    assert "inte tas tillbaka" in page
    assert f"/arenden/{case_id}/handelser/{event_id}/rattelse" in page
    assert "Ta tillbaka händelsen" not in page
    answer = anna.post(f"/arenden/{case_id}/handelser/{event_id}/ratta", correction_reason=MISTAKE)
    assert answer.status_code == 409


def test_a_changed_value_is_told_with_what_it_was(site: Site, anna: Browser, case_id: int) -> None:
    noted(site, anna, case_id, "skydd.andrat", person="1", protection="secrecy_mark", checked_how="register")
    shown = part_of(anna.page(f"/arenden/{case_id}"), "journal")
    assert "person: skyddsstatus, från Inget skydd till Sekretessmarkering" in shown
