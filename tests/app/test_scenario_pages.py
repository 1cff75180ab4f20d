"""The scenarios of a proposal: listed, told step by step, written with every fault on its line, run, and drawn."""

from __future__ import annotations

import re
from html import unescape

import pytest

from app.scenario_editing import quoted, slug
from processes.actions.examinations import ask_for_examination, keep_examination
from processes.actions.process_drafts import create_draft, discard_draft, save_file
from processes.diagrams.examination import Coverage, Examination, ScenarioResult
from processes.diagrams.yaml_text import read_yaml
from processes.queries.examinations import find_examined
from processes.queries.people import get_caseworker_named
from processes.queries.process_drafts import file_of_draft, files_of_draft, get_draft
from tests.app.conftest import Browser, Site

PATH = "underrattelse/scenarios/S-98-prov.yaml"
STORY = """\
id: S-98
title: Ett prov
about: Vad det visar.
starts: 2026-03-10 08:00
steps:
  - at: 2026-03-10 09:00
    who: siv
    notice: {kind: A}
    expect:
      open: [ta_stallning]
"""


@pytest.fixture
def per(site: Site) -> Browser:
    return site.browser("per")


@pytest.fixture
def draft(site: Site) -> int:
    """A proposal with a scenario."""
    with site.runtime.transaction() as work:
        owner = get_caseworker_named(work.session, "per")
        draft = create_draft(work, title="Prov", purpose="", person=owner)
        save_file(
            work, draft_id=draft.id, path=PATH, content=STORY.encode(), expected_revision=0, person=owner
        )
        return draft.id


def kept(site: Site, draft: int, path: str = PATH) -> str:
    with site.runtime.reading() as work:
        return file_of_draft(work, get_draft(work, draft), path).decode()


def examine(site: Site, draft: int, examination: Examination) -> None:
    """As the worker would: the answer for the proposal as it is now."""
    with site.runtime.transaction() as work:
        row = ask_for_examination(work, files_of_draft(work, get_draft(work, draft)))
        work.session.flush()
        keep_examination(work, row_id=row.id, examination=examination)


def edit(browser: Browser, draft: int, text: str, revision: int = 1):
    return browser.post(
        f"/verkstad/{draft}/scenarier/andra/{PATH}", content=text.replace("\n", "\r\n"), revision=revision
    )


def test_the_list_says_what_each_tells_and_that_it_has_not_been_run(per, draft):
    page = per.page(f"/verkstad/{draft}/scenarier")

    assert "S-98 Ett prov" in page
    assert "Vad det visar." in page
    assert "ändrat i förslaget" in page
    assert "Inte kört" in page
    assert "Kör alla scenarier" in page


def test_a_scenario_is_told_step_by_step_with_the_names_of_the_proposal(per, draft):
    page = per.page(f"/verkstad/{draft}/scenarier/las/{PATH}")

    assert "Siv Samuelsson registrerar en underrättelse." in page
    assert "10 mars 2026" in page
    assert re.search(r"<dt>Uppgifter som är öppna</dt><dd>Ta ställning</dd>", page)


def test_running_them_asks_the_worker_and_the_page_waits_for_the_answer(site, per, draft):
    answer = per.post(f"/verkstad/{draft}/scenarier/kor")
    waiting = per.page(answer.headers["Location"])

    assert "Scenarierna körs på förslaget." in waiting
    assert f'data-hx-get="/verkstad/{draft}/scenarier/lage"' in waiting
    with site.runtime.reading() as work:
        row = find_examined(work.session, files_of_draft(work, get_draft(work, draft)))
        assert row is not None
        assert row.examined_at is None

    examine(
        site, draft, Examination(scenarios=(ScenarioResult(PATH, "S-98 Ett prov", ok=True),), coverage={})
    )
    done = per.page(f"/verkstad/{draft}/scenarier/lage")

    assert "Alla 1 blev som de ska" in done
    assert "data-hx-get" not in done
    assert "<header" not in done


def test_what_did_not_come_true_is_told_on_the_scenario(site, per, draft):
    result = ScenarioResult(
        PATH, "S-98 Ett prov", ok=False, message="Steg 1: ta_stallning är öppen: öppna: inga"
    )
    examine(site, draft, Examination(scenarios=(result,), coverage={}))

    assert "1 av 1 blev inte som de ska" in per.page(f"/verkstad/{draft}/scenarier")
    page = per.page(f"/verkstad/{draft}/scenarier/las/{PATH}")
    assert "Detta blev inte som det ska" in page
    assert "Steg 1: ta_stallning är öppen: öppna: inga" in page


def test_a_result_holds_only_for_the_files_that_were_played(site, per, draft):
    examine(site, draft, Examination(scenarios=(ScenarioResult(PATH, "S-98", ok=True),), coverage={}))
    edit(per, draft, STORY.replace("Ett prov", "Ett annat prov"))

    page = per.page(f"/verkstad/{draft}/scenarier")

    assert "Ett annat prov" in page
    assert "Inte kört" in page


def test_what_no_scenario_passes_is_drawn_and_listed(site, per, draft):
    covered = Coverage(("ta_stallning",), ("kontakta_hyresvard",))
    examine(site, draft, Examination(coverage={"underrattelse": covered}))

    summed = per.page(f"/verkstad/{draft}/scenarier")
    page = per.page(f"/verkstad/{draft}/scenarier/tackning/underrattelse")

    assert re.search(r"50 % <small>1/2</small>", summed)
    assert '["kontakta_hyresvard"]' in unescape(page)
    assert "<li>”Kontakta hyresvärden”</li>" in page
    assert "<li>”Ta ställning”</li>" not in page
    assert f'data-diagram="/verkstad/ritning/forslag-{draft}/underrattelse/underrattelse.bpmn"' in page


def test_coverage_waits_until_the_scenarios_are_run_and_asks_for_a_process_that_is_there(per, draft):
    assert "Scenarierna är inte körda" in per.page(f"/verkstad/{draft}/scenarier/tackning/underrattelse")
    assert per.get(f"/verkstad/{draft}/scenarier/tackning/finns-inte").status_code == 404


def test_a_written_scenario_is_saved_in_the_proposal(site, per, draft):
    answer = edit(per, draft, STORY.replace("Ett prov", "Ett bättre prov"))

    assert answer.headers["Location"] == f"/verkstad/{draft}/scenarier/las/{PATH}"
    assert kept(site, draft) == STORY.replace("Ett prov", "Ett bättre prov")


def test_a_text_with_faults_is_not_saved_and_says_where_each_stands(site, per, draft):
    wrong = STORY.replace("starts: 2026-03-10 08:00", "starts: i dag").replace("expect:", "väntat:")

    answer = edit(per, draft, wrong)

    assert answer.status_code == 400
    assert 'Rad 4</b> · <span lang="sv">starts: ”i dag” skrivs ÅÅÅÅ-MM-DD TT:MM.' in answer.text
    assert 'Rad 6</b> · <span lang="sv">steg 1: väntat finns inte bland det som kan stå här.' in answer.text
    assert "väntat:" in answer.text
    assert kept(site, draft) == STORY


def test_names_that_do_not_exist_are_told_and_do_not_stop_who_draws_the_step_afterwards(site, per, draft):
    unknown = STORY.replace("[ta_stallning]", "[ta_stalning]")

    assert edit(per, draft, unknown).status_code == 302

    assert kept(site, draft) == unknown
    told = "Det finns ingen uppgift som heter ta_stalning. Menar du ta_stallning?"
    assert told in per.page(f"/verkstad/{draft}/scenarier/las/{PATH}")
    assert f'Rad 10</b> · <span lang="sv">steg 1, expect.open: {told}' in per.page(
        f"/verkstad/{draft}/scenarier/andra/{PATH}"
    )


def test_two_who_write_the_same_scenario_lose_nothing(site, per, draft):
    edit(per, draft, STORY.replace("Ett prov", "Pers prov"))

    answer = edit(site.browser("petra"), draft, STORY.replace("Ett prov", "Petras prov"))

    assert answer.status_code == 409
    assert "Petras prov" in answer.text
    assert kept(site, draft) == STORY.replace("Ett prov", "Pers prov")


def test_a_new_scenario_can_be_played_as_it_is(site, per, draft):
    answer = per.post(
        f"/verkstad/{draft}/scenarier/nytt", process="underrattelse", id="S-12", title='Å: "prov" & mer'
    )

    path = "underrattelse/scenarios/S-12-a-prov-mer.yaml"
    assert answer.headers["Location"] == f"/verkstad/{draft}/scenarier/andra/{path}"
    assert read_yaml(kept(site, draft, path).encode())["title"] == 'Å: "prov" & mer'
    assert "S-12 Å: &#34;prov&#34; &amp; mer" in per.page(f"/verkstad/{draft}/scenarier")


def test_a_new_scenario_says_what_is_missing_and_keeps_what_was_typed(per, draft):
    answer = per.post(f"/verkstad/{draft}/scenarier/nytt", process="finns-inte", id="12", title="Behåll mig")

    assert answer.status_code == 400
    assert "Skriv en bokstav, ett streck och ett tal" in answer.text
    assert "Välj en process." in answer.text
    assert 'value="Behåll mig"' in answer.text


def test_a_scenario_with_the_same_number_and_name_is_not_written_over(site, per, draft):
    typed = {"process": "underrattelse", "id": "S-98", "title": "Prov"}

    answer = per.post(f"/verkstad/{draft}/scenarier/nytt", **typed)

    assert answer.status_code == 400
    assert "Det finns redan ett scenario" in answer.text
    assert kept(site, draft) == STORY


def test_a_removed_scenario_is_gone_from_the_proposal(site, per, draft):
    answer = per.post(f"/verkstad/{draft}/scenarier/bort/{PATH}")

    assert answer.status_code == 302
    assert "Inga scenarier" in per.page(f"/verkstad/{draft}/scenarier")
    assert per.get(f"/verkstad/{draft}/scenarier/las/{PATH}").status_code == 404


def test_only_scenarios_can_be_read_written_and_removed_here(per, draft):
    diagram = "underrattelse/underrattelse.bpmn"
    assert per.get(f"/verkstad/{draft}/scenarier/las/{diagram}").status_code == 404
    assert per.get(f"/verkstad/{draft}/scenarier/andra/{diagram}").status_code == 404
    assert per.post(f"/verkstad/{draft}/scenarier/bort/{diagram}").status_code == 404


def test_a_proposal_that_is_put_aside_can_be_read_and_not_changed(site, per, draft):
    with site.runtime.transaction() as work:
        discard_draft(work, draft_id=draft, person=get_caseworker_named(work.session, "per"))

    assert "Nytt scenario" not in per.page(f"/verkstad/{draft}/scenarier")
    assert "Ta bort" not in per.page(f"/verkstad/{draft}/scenarier/las/{PATH}")
    assert edit(per, draft, STORY.replace("Ett prov", "Nej")).status_code == 409
    assert kept(site, draft) == STORY


@pytest.mark.parametrize(
    ("number", "title", "name"),
    [
        ("S-1", "Hyresskuld, åtagande & bistånd", "S-1-hyresskuld-atagande-bistand"),
        ("E-10", "???", "E-10"),
        ("S-2", "x" * 200, "S-2-" + "x" * 60),
    ],
)
def test_a_file_is_named_after_its_scenario(number, title, name):
    assert slug(number, title) == name


@pytest.mark.parametrize("title", ['Med "citat"', "a: b", "# rad", "\\ snett", "'enkla'", "- lista"])
def test_any_title_is_kept_as_it_is_written(title):
    assert read_yaml(f"title: {quoted(title)}".encode()) == {"title": title}
