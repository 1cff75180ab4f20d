"""The process handbook: every published process as numbered text, with readable forms, tables, letters and rules."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import create_app
from app.handbook_steps import read_handbook
from processes.actions.diagrams import publish
from processes.clock import ManualClock
from processes.diagrams.files import files_of_process, read_folder, startable_keys
from processes.queries.diagrams import open_version
from processes.runtime import Runtime
from processes.settings import Settings
from tests.app.conftest import Browser, Site
from tests.conftest import A_MONDAY_MORNING

DIAGRAMS = Path("bpmn-diagrams")


@pytest.fixture(scope="module")
def anna(site_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A caseworker, with the real processes of chapter 6 and 7 published; these tests only read."""
    file = tmp_path_factory.mktemp("handbook") / "site.db"
    shutil.copyfile(site_template, file)
    environment = {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "only-for-tests-" * 3, "DEMO": "1"}
    settings = Settings.from_environment({f"KVARBOENDE_{name}": value for name, value in environment.items()})
    clock = ManualClock(A_MONDAY_MORNING)
    runtime = Runtime.open(settings, clock=clock)
    files = read_folder(DIAGRAMS)
    with runtime.transaction() as work:
        for key in ("hot-om-avhysning", "avhysning-kronofogden", "underrattelse"):
            publish(work, key, files_of_process(files, key))
    yield Site(create_app(runtime), runtime, clock).browser("anna")
    runtime.close()


def test_every_process_and_part_has_its_chapter_with_numbered_steps(anna):
    page = anna.page("/processer/avhysning-kronofogden/handbok")

    chapters = re.findall(r'<section class="chapter" id="kapitel-([\w-]+)"', page)
    assert chapters[0] == "avhysning-kronofogden"
    assert "anstand" in chapters
    assert len(chapters) == len(set(chapters))
    anstand = page.split('id="kapitel-anstand"')[1].split('<section class="chapter"')[0]
    assert re.findall(r'<span class="no num">(\d+)</span>', anstand) == [
        str(number) for number in range(1, 13)
    ]
    assert "Pröva anstånd med avhysningen" in anstand
    assert "<dt>Är en del av</dt>" in anstand


def test_a_step_says_who_what_with_which_form_behind_which_gate_until_when_and_why(anna):
    page = anna.page("/processer/avhysning-kronofogden/handbok")
    step = page.split('id="begar_anstand"')[1].split("</section>")[0]

    assert "<b>Vuxenenheten</b> · uppgift" in step
    assert "Begär anstånd med ett av de tre skälen och ett datum." in step
    assert "/processer/avhysning-kronofogden/handbok/formular/begar_anstand" in step
    assert "/processer/avhysning-kronofogden/handbok/regler#sparr-disclosure" in step
    assert "Senast lämpliga dag att begära anstånd" in step
    assert "Handboken 7 faktaruta 2 · UB 16:4, OSL 10:1, 26:1" in step
    assert '<a href="#krav-R-155"' in step


def test_the_ways_of_a_choice_say_when_they_are_taken_and_where_they_lead(anna):
    page = anna.page("/processer/avhysning-kronofogden/handbok")
    choice = page.split('id="begar_namnden"')[1].split('id="vanta_pa_svar_om_anstand"')[0]

    assert (
        '<b lang="sv">Ja</b> <span class="when-so" lang="sv">Ska anstånd begäras? Ja, nämnden begär</span>'
        in choice
    )
    assert '<b lang="sv">Nej</b> <span class="when-so">i annat fall</span>' in choice
    assert '<a href="#behovs_stallning">steg 2, <span lang="sv">Ta ställning nu?</span></a>' in choice


def test_the_walk_knows_what_comes_next_and_every_link_inside_the_page_leads_somewhere(anna):
    page = anna.page("/processer/hot-om-avhysning/handbok")

    ids = set(re.findall(r'\bid="([^"]+)"', page))
    nexts = {one for found in re.findall(r'data-next="([^"]*)"', page) for one in found.split()}
    assert nexts <= ids
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert 'data-next=""' in page, "an end leads nowhere"


def test_the_requirements_are_listed_with_the_steps_and_forms_that_carry_them(anna):
    page = anna.page("/processer/avhysning-kronofogden/handbok")
    row = page.split('id="krav-R-155"')[1].split("</tr>")[0]

    assert '<a href="#ta_stallning_till_anstand">Ta ställning till anstånd</a>' in row
    assert "formuläret Ta ställning till anstånd" in row


def test_a_form_is_read_question_by_question(anna):
    page = anna.page("/processer/avhysning-kronofogden/handbok/formular/ta_stallning_till_anstand")
    asked = page.split('id="falt-tenant_asked_on"')[1].split("</li>")[0]

    assert "När begärde hyresgästen?" in asked
    assert "måste besvaras" in asked
    assert "kan inte ligga i framtiden" in asked
    assert "”Ska anstånd begäras?” är Ja, hyresgästen begär själv" in asked
    assert "<li>Ja, nämnden begär</li>" in page
    assert "Ställning tagen till anstånd" in page


def test_a_decision_table_is_read_row_by_row_in_words(anna):
    page = anna.page("/processer/underrattelse/handbok/tabell/forslag_stallning")
    rows = re.findall(r'<tr class="r">.*?</tr>', page, re.DOTALL)

    assert "Den första som stämmer ger svaret." in page
    assert "Underrättelse om avhysning eller Ändrat datum för avhysning" in rows[0]
    assert "Kronofogdens underrättelser handläggs alltid" in rows[0]
    assert "<td>ja</td>" in rows[1]
    due = anna.page("/processer/underrattelse/handbok/tabell/forfallotider")
    assert "Nästa arbetsdag (next_working_day)" in due
    assert "Ta emot ärendet eller" in anna.page("/processer/hot-om-avhysning/handbok/tabell/forfallotider")


def test_a_letter_is_shown_as_it_is_set_with_what_is_filled_in_marked(anna):
    page = anna.page("/processer/hot-om-avhysning/handbok/brev/informationsbrev")

    assert "<h2>Vi vill hjälpa dig att bo kvar</h2>" in page
    assert "Jag heter [handlaggare] och arbetar på socialtjänsten" in page
    assert re.search(r'href="/processer/hot-om-avhysning/handbok#\w+" lang="sv">Skriv informationsbrev', page)


def test_gates_and_due_rules_say_what_they_do_and_for_which_steps(anna):
    page = anna.page("/processer/avhysning-kronofogden/handbok/regler")
    gate = page.split('id="sparr-disclosure"')[1].split("</dd>")[0]

    assert "Stänger steget" in gate
    assert "Begär anstånd hos Kronofogden" in gate
    assert "Senast lämpliga dag att begära anstånd" in page


def test_what_is_not_there_is_not_found(anna):
    for path in ("formular/finns_inte", "tabell/finns_inte", "brev/finns_inte"):
        assert anna.get(f"/processer/underrattelse/handbok/{path}").status_code == 404
    assert anna.get("/processer/finns-inte/handbok").status_code == 404
    assert anna.get("/processer/arendehandelser/handbok").status_code == 404


def test_the_diagram_leads_to_its_text_and_back(anna):
    assert 'href="/processer/hot-om-avhysning/handbok"' in anna.page("/processer/hot-om-avhysning")
    assert 'href="/processer/hot-om-avhysning/handbok#kapitel-mottagning"' in anna.page(
        "/processer/hot-om-avhysning/delar/mottagning"
    )


@pytest.mark.parametrize(
    "key",
    [key for key in startable_keys(read_folder(DIAGRAMS)) if key not in ("arendehandelser", "forfallotider")],
)
def test_every_published_process_can_be_read_as_text(key):
    published = open_version(key, files_of_process(read_folder(DIAGRAMS), key))
    handbook = read_handbook(key, published)

    told = {step for chapter in handbook.chapters for step in chapter.told}
    tasks = {step.id for step in published.bundle.steps.values() if step.kind == "userTask"}
    assert tasks <= told
    assert handbook.carried()
    assert all(chapter.title for chapter in handbook.chapters)
