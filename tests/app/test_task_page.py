"""What surrounds the form of a task: notes between colleagues, handing over, and where the step stands."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from app.task_page import beginning_of, prefilled, published_for
from processes.actions.tasks import form_of
from processes.models import Event, JournalEntry, Mail, Notice, Notification, ProcessInstance, ReadEntry, Task
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Browser, Site
from tests.city import City

LONG = "Besöket får bara ha till syfte att etablera kontakt och erbjuda stöd."
NOTE = "Jag hann inte nå hyresvärden. Fråga om planen från i höstas."


@pytest.fixture
def task(site: Site) -> int:
    """Anna holds the task of contacting the landlord."""
    task_id = site.task(site.register(), "kontakta_hyresvard")
    site.browser("anna").post(f"/uppgifter/{task_id}/ta")
    return task_id


def id_of(site: Site, username: str) -> int:
    with site.runtime.reading() as work:
        return get_caseworker_named(work.session, username).id


def hand_over(site: Site, task: int, note: str = NOTE) -> Browser:
    """Anna gives the task to Bosse; answers his browser."""
    bosse = id_of(site, "bosse")
    answer = site.browser("anna").post(f"/uppgifter/{task}/fordela", to=bosse, note=note)
    assert answer.status_code == 302
    return site.browser("bosse")


def section(page: str, heading: str) -> str:
    """The words of the section with this heading."""
    found = next(each for each in page.split("<section") if re.search(rf"<h2[^>]*>{heading}", each))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found.split("</section>")[0])).split())


def notes(site: Site) -> list[Event]:
    with site.runtime.reading() as work:
        found = work.session.scalars(select(Event).where(Event.name == "anteckning")).all()
        work.session.expunge_all()
        return list(found)


def test_the_colleague_who_takes_over_reads_the_note_above_the_form(site: Site, task: int) -> None:
    page = hand_over(site, task).page(f"/uppgifter/{task}")
    assert page.index("lämnade över") < page.index(NOTE) < page.index("Slutför uppgiften")


def test_a_note_that_was_handed_over_stands_in_the_journal_of_the_case(site: Site, task: int) -> None:
    page = hand_over(site, task).page("/arenden/1")
    assert NOTE in page
    assert "Fördelade uppgiften" in page


def test_the_colleague_is_told_without_a_word_about_the_case(site: Site, task: int) -> None:
    bosse = hand_over(site, task)
    told = bosse.page("/aviseringar")
    assert "Anna Lindqvist har lämnat över en uppgift till dig." in told
    assert f'href="/uppgifter/{task}"' in told
    with site.runtime.reading() as work:
        [word] = work.session.scalars(select(Notification).where(Notification.kind == "handover"))
        assert word.person_id == id_of(site, "bosse")
        assert not any(told in word.text for told in (NOTE, "hyresvärden", "Provgatan"))


def test_who_hands_over_without_a_note_writes_none(site: Site, task: int) -> None:
    page = hand_over(site, task, note="  ").page(f"/uppgifter/{task}")
    assert "lämnade över" not in page
    assert notes(site) == []


def test_a_note_that_is_too_long_hands_nothing_over_and_is_still_there(site: Site, task: int) -> None:
    long = "Lång " * 1000
    answer = site.browser("anna").post(f"/uppgifter/{task}/fordela", to=id_of(site, "bosse"), note=long)
    assert answer.status_code == 400
    assert long.strip() in html.unescape(answer.text)
    assert site.kept(task).claimed_by_id == id_of(site, "anna")
    assert notes(site) == []


def test_a_note_of_an_earlier_holder_is_no_greeting_to_the_next(site: Site, task: int) -> None:
    bosse = hand_over(site, task)
    bosse.post(f"/uppgifter/{task}/lamna")
    anna = site.browser("anna")
    anna.post(f"/uppgifter/{task}/ta")
    page = anna.page(f"/uppgifter/{task}")
    assert "lämnade över" not in page
    assert NOTE in section(page, "Anteckningar om uppgiften")


def test_anybody_who_may_see_the_task_writes_on_it_and_everybody_reads_it(site: Site, task: int) -> None:
    answer = site.browser("bosse").post(f"/uppgifter/{task}/anteckna", text="Ring före tio.")
    assert answer.status_code == 302
    written = section(site.browser("anna").page(f"/uppgifter/{task}"), "Anteckningar om uppgiften")
    assert "Bosse Grahn" in written
    assert "Ring före tio." in written
    assert "Ring före tio." in site.browser("siv").page("/arenden/1")


def test_a_note_about_a_person_belongs_to_that_persons_file(site: Site, task: int) -> None:
    anna = site.browser("anna")
    assert anna.post(f"/uppgifter/{task}/anteckna", text="Arbetar natt.", person="1").status_code == 302
    [note] = notes(site)
    assert (note.payload["person"], note.task_id) == (1, task)
    assert "om " in section(anna.page(f"/uppgifter/{task}"), "Anteckningar om uppgiften")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({"text": "  "}, "Vad vill du anteckna?"), ({"text": "Ring.", "person": "99"}, "Vem gäller det?")],
)
def test_a_note_that_cannot_be_read_is_refused_and_kept_on_the_page(
    site: Site, task: int, said: dict[str, str], sentence: str
) -> None:
    answer = site.browser("anna").post(f"/uppgifter/{task}/anteckna", **said)
    assert answer.status_code == 400
    assert sentence in html.unescape(answer.text)
    assert f">{said['text'].strip()}</textarea>" in answer.text
    assert notes(site) == []


def test_a_finished_task_can_still_be_written_on(site: Site) -> None:
    site.register()
    siv = site.browser("siv")
    task = site.task(1, "ta_stallning")
    siv.post(f"/uppgifter/{task}/ta")
    siv.post(f"/uppgifter/{task}", stance="handle", decided_on="2026-03-02")
    assert siv.post(f"/uppgifter/{task}/anteckna", text="Beslutet muntligt först.").status_code == 302
    assert "Beslutet muntligt först." in section(siv.page(f"/uppgifter/{task}"), "Anteckningar om uppgiften")


def test_what_is_written_on_a_task_is_text_and_never_run(site: Site, task: int) -> None:
    anna = site.browser("anna")
    anna.post(f"/uppgifter/{task}/anteckna", text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in anna.page(f"/uppgifter/{task}")


def test_reading_the_notes_of_a_task_is_reading_its_case(site: Site, task: int) -> None:
    site.browser("bosse").page(f"/uppgifter/{task}")
    with site.runtime.reading() as work:
        last = work.session.scalars(select(ReadEntry).order_by(ReadEntry.id.desc())).first()
        assert last is not None
        assert (last.case_id, last.what) == (1, "tasks.show")


def test_the_journal_says_who_gave_the_task_to_whom(site: Site, task: int) -> None:
    hand_over(site, task)
    with site.runtime.reading() as work:
        [line] = work.session.scalars(select(JournalEntry).where(JournalEntry.what == "task_assigned"))
        assert line.by_id == id_of(site, "anna")
        assert (line.details["from"], line.details["to"]) == (id_of(site, "anna"), id_of(site, "bosse"))
        assert NOTE not in str(line.details)
        assert work.session.scalars(select(Mail)).all() == []


def test_the_page_says_where_the_step_stands_and_what_comes_after_it(site: Site) -> None:
    site.register()
    siv = site.browser("siv")
    task = site.task(1, "ta_stallning")
    place = section(siv.page(f"/uppgifter/{task}"), "Var i processen")
    assert "Ta ställning här är vi nu" in place
    assert "Pågår samtidigt Kontakta hyresvärden" in place


def test_what_has_been_done_stands_before_the_step_in_the_order_it_was_done(site: Site) -> None:
    site.register()
    siv = site.browser("siv")
    first = site.task(1, "ta_stallning")
    siv.post(f"/uppgifter/{first}/ta")
    siv.post(f"/uppgifter/{first}", stance="handle", decided_on="2026-03-02")
    place = section(
        site.browser("anna").page(f"/uppgifter/{site.task(1, 'kontakta_hyresvard')}"), "Var i processen"
    )
    assert place.index("Ta ställning klart") < place.index("här är vi nu")


def test_the_drawing_is_the_version_that_the_case_is_on(site: Site, task: int) -> None:
    anna = site.browser("anna")
    found = re.search(r'data-diagram="([^"]+)"', anna.page(f"/uppgifter/{task}"))
    assert found is not None
    source = html.unescape(found[1])
    kept = site.kept(task)
    with site.runtime.reading() as work:
        version = work.session.get_one(ProcessInstance, kept.instance_id).diagram_version
    assert f"version={version}" in source
    assert "bpmn" in anna.page(source)
    assert anna.get(source.replace(version, "0" * 64)).status_code == 404


def test_who_has_nothing_more_in_the_case_is_led_to_the_next_task_of_the_inbox(site: Site) -> None:
    site.register()
    site.register(apartment="1102")
    siv = site.browser("siv")
    first, other = (site.task(case_id, "ta_stallning") for case_id in (1, 2))
    for task in (first, other):
        siv.post(f"/uppgifter/{task}/ta")
    siv.post(f"/uppgifter/{first}", stance="handle", decided_on="2026-03-02")
    page = siv.page("/arenden/1")
    begun = "Kontakta hyresvärden (Vuxenenheten), Informera hyresvärden (Vuxenenheten)"
    assert f"<p>Det satte i gång: {begun}.</p>" in page
    assert "Inget mer för dig här nu. Uppgifter väntar hos: Vuxenenheten." in page
    assert f'Nästa i din inkorg: <a href="/uppgifter/{other}">Ta ställning</a> (KVB 2026-000002)' in page
    siv.post(f"/uppgifter/{other}", stance="handle", decided_on="2026-03-02")
    assert '<a href="/inkorg">Till inkorgen</a>' in siv.page("/arenden/2")


def test_what_to_do_by_when_and_what_not_stand_above_the_form(site: Site) -> None:
    site.register()
    page = site.browser("siv").page(f"/uppgifter/{site.task(1, 'ta_stallning')}")
    brief = page[page.index('class="brief"') : page.index('class="cols"')]
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", brief))
    for words in ("Att göra", "Klart senast", "Nästa frist i ärendet", "Vad som inte får göras"):
        assert words in told
    assert "mars 2026" in told


@pytest.mark.parametrize(
    ("documentation", "told"),
    [
        ("", ""),
        ("Kort.", "Kort."),
        (f"Väg intrånget. {LONG} Mer.", f"Väg intrånget. {LONG}"),
        (f"{LONG} Med barn: två enheter.", LONG),
    ],
)
def test_the_beginning_says_enough_to_know_what_the_step_is_about(documentation: str, told: str) -> None:
    assert beginning_of(documentation) == told


def test_whom_one_reaches_at_the_landlords_stands_in_the_form(city: City) -> None:
    case_id = city.register(landlord_contact="Kim Påhittad, 031-000 00 00", landlord_reference="H-17")
    with city.runtime.reading() as work:
        people = {"caseworker": city.person(work, "anna").id, "substitute": city.person(work, "bosse").id}
    stance = {
        "stance": "handle",
        "grounds": ["arrears"],
        "informant": "landlord",
        "may_lead_to_measure": False,
    }
    city.complete(case_id, "ta_stallning", "siv", **stance, **people)
    with city.runtime.reading() as work:
        task = work.session.get_one(Task, city.task(case_id, "kontakta_hyresvard"))
        form = form_of(published_for(work, task), task.step)
        assert prefilled(work, task, form)["asked_person"] == "Kim Påhittad, 031-000 00 00"
        [notice] = work.session.scalars(select(Notice).where(Notice.case_id == case_id))
        assert notice.as_stated["landlord_reference"] == "H-17"
