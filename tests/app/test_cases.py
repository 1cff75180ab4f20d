"""The page of a case shows all that is known, and takes in what happens between the tasks."""

from __future__ import annotations

import html

import pytest

from app.cases import events_by_hand
from processes.forms import load_form
from processes.rules.events import EVENTS
from processes.settings import DIAGRAMS
from tests.app.conftest import Site
from tests.faults.crowd import consent

CONSENT = consent("1")


def test_the_case_shows_household_notice_deadlines_tasks_and_journal(site: Site) -> None:
    page = site.browser("anna").page(f"/arenden/{site.register()}")
    for word in ("F-01 Påhittad", "Provgatan 1", "Exempelbo AB", "9\u00a0450,00 kr", "Obetald hyra"):
        assert word in page
    for word in ("Att göra nu", "Varför detta datum?", "Preliminärt", "Ärendet öppnades", "Siv Samuelsson"):
        assert word in page


def test_the_case_links_only_to_tasks_that_the_reader_may_do(site: Site) -> None:
    case_id = site.register()
    page = site.browser("anna").page(f"/arenden/{case_id}")
    assert f"/uppgifter/{site.task(case_id, 'kontakta_hyresvard')}" in page
    assert f"/uppgifter/{site.task(case_id, 'ta_stallning')}" not in page


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("anna", "/arenden/999", 404),
        ("disa", "/arenden/1", 404),
        ("stig", "/arenden/1", 403),
        ("stig", "/arenden", 403),
        ("anna", "/arenden/99999999999999999999", 404),
        ("anna", "/arenden/1/handelser/finns.inte", 404),
        ("anna", "/arenden/1/handelser/utredning.inledd", 403),
        ("anna", "/arenden?efter=skräp", 400),
    ],
)
def test_what_is_not_there_or_not_ones_own_gives_its_own_page(
    site: Site, who: str, path: str, status: int
) -> None:
    site.register()
    answer = site.browser(who).get(path)
    assert answer.status_code == status
    assert "Påhittad" not in answer.text
    assert "Till inkorgen" in answer.text


def test_a_whole_case_number_leads_straight_to_the_case(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    assert anna.get("/arenden?sok=KVB 2026-000001").headers["Location"] == "/arenden/1?via=sok"
    assert "Inga ärenden" in anna.page("/arenden?sok=KVB 1999")


def test_the_list_of_cases_says_nothing_sensitive(site: Site) -> None:
    site.register()
    page = site.browser("anna").page("/arenden")
    assert "KVB 2026-000001" in page
    assert "Påhittad" not in page
    assert "Provgatan" not in page


def test_every_event_by_hand_is_offered_once_under_a_heading() -> None:
    offered = [event.name for _, events in events_by_hand() for event in events]
    assert sorted(offered) == sorted(name for name, event in EVENTS.items() if event.by_hand)


def test_every_event_by_hand_has_a_form_that_the_page_can_show(site: Site) -> None:
    case_id = site.register()
    anna = site.browser("anna")
    for _, events in events_by_hand():
        for event in events:
            page = html.unescape(anna.page(f"/arenden/{case_id}/handelser/{event.name}"))
            content = (DIAGRAMS / "arendehandelser" / "forms" / f"{event.name}.json").read_bytes()
            for field in load_form(content).fields.values():
                assert field.label in page, f"{event.name}: {field.name}"


def test_a_consent_is_recorded_and_shown(site: Site) -> None:
    case_id = site.register()
    anna = site.browser("anna")
    answer = anna.post(f"/arenden/{case_id}/handelser/samtycke.givet", **CONSENT)
    assert answer.status_code == 302, answer.text
    page = anna.page(f"/arenden/{case_id}")
    assert "Antecknat: Samtycke lämnat." in page
    assert "Hyresvärden" in page
    assert "Lämna och hämta uppgifter" in page


def test_the_journal_says_what_was_recorded_in_the_words_of_the_form(site: Site) -> None:
    case_id = site.register()
    anna = site.browser("anna")
    anna.post(f"/arenden/{case_id}/handelser/samtycke.givet", **CONSENT, interpreter="Tolk på plats")
    journal = anna.page(f"/arenden/{case_id}").split('id="journal"')[1]
    for words in ("Vem samtycker?", "F-01 Påhittad", "Muntligt", "Tolk på plats", "Anna Lindqvist"):
        assert words in journal


def test_a_wrong_event_is_refused_with_what_was_typed(site: Site) -> None:
    case_id = site.register()
    anna = site.browser("anna")
    before = site.journal()
    wrong = {**CONSENT, "giver": "77", "interpreter": "Tolk på plats"}
    answer = anna.post(f"/arenden/{case_id}/handelser/samtycke.givet", **wrong)
    assert answer.status_code == 400
    assert "Tolk på plats" in answer.text
    assert site.journal() == before


def test_an_expired_page_of_an_event_keeps_what_was_typed(site: Site) -> None:
    case_id = site.register()
    address = f"/arenden/{case_id}/handelser/samtycke.givet"
    answer = site.browser("anna").post(address, token="gammal", interpreter="Tolk på plats")
    assert answer.status_code == 400
    assert "Tolk på plats" in answer.text
