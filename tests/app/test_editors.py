"""The editors of the workshop, as a process owner meets them with and without a script."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.catalogue import catalogue, names_here
from app.form_words import FICTIONAL, kind_words
from app.letter_editor import MEANINGS
from app.operation_words import OPERATION_WORDS
from processes.actions.process_drafts import create_draft, save_file
from processes.diagrams.files import read_folder
from processes.diagrams.shelf import read_shelf
from processes.forms import load_form
from processes.forms.editing_kinds import codes
from processes.forms.fields import REFERENCE_FORMATS
from processes.operations import OPERATIONS
from processes.queries.people import get_caseworker_named
from processes.queries.process_drafts import file_of_draft, get_draft, revision_of
from processes.rules.letters import LETTER_PURPOSES, PLACEHOLDERS, RECIPIENTS
from processes.settings import DIAGRAMS
from tests.app.conftest import TOKEN, Browser, Site

DIAGRAM = "underrattelse/underrattelse.bpmn"
FORM = "underrattelse/forms/kontakta_hyresvard.json"
LETTER = "underrattelse/letters/informationsbrev.md"
LETTER_TEXT = (
    "{{ mottagare }}\n{{ adress }}\n\n{{ datum }}\n\n# Vi vill hjälpa\n\nRing **{{ handlaggare_telefon }}**."
)


@dataclass
class Bench:
    """A proposal in the hands of the process owner."""

    site: Site
    draft: int
    owner: Browser

    def at(self, route: str, path: str = "") -> str:
        return f"/verkstad/{self.draft}/{route}/{path}"

    def content(self, path: str) -> bytes:
        with self.site.runtime.reading() as work:
            return file_of_draft(work, get_draft(work, self.draft), path)

    def form(self, path: str = FORM) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self.content(path))
        return said

    def send(self, route: str, path: str, content: bytes) -> TestResponse:
        """What a script posts: the content of the file as it stands on the screen."""
        token = TOKEN.search(self.owner.page(self.at("redigera", FORM)))
        assert token
        return self.owner.client.post(self.at(route, path), data=content, headers={"X-CSRFToken": token[1]})

    def change(self, gor: str, **fields: Any) -> TestResponse:
        """What the page of the form posts; `revision` is the newest unless told."""
        with self.site.runtime.reading() as work:
            revision = revision_of(work, get_draft(work, self.draft), FORM)
        typed: dict[str, Any] = {"gor": gor, "revision": revision} | fields
        return self.owner.post(self.at("redigera", FORM), **typed)


@pytest.fixture
def bench(site: Site) -> Bench:
    with site.runtime.transaction() as work:
        person = get_caseworker_named(work.session, "per")
        draft = create_draft(work, title="Prov", purpose="", person=person)
        save_file(
            work,
            draft_id=draft.id,
            path=LETTER,
            content=LETTER_TEXT.encode(),
            expected_revision=0,
            person=person,
        )
        number = draft.id
    return Bench(site, number, site.browser("per"))


@pytest.mark.parametrize("path", [DIAGRAM, FORM, LETTER])
def test_only_a_process_owner_opens_an_editor(bench, path):
    assert bench.owner.get(bench.at("redigera", path)).status_code == 200
    for route in ("redigera", "katalog.json"):
        assert bench.site.browser("anna").get(bench.at(route, path).rstrip("/")).status_code in (403, 404)
    assert bench.site.browser("anna").post(bench.at("kontroll", path)).status_code == 403


def test_a_file_that_is_not_there_is_not_opened(bench):
    assert bench.owner.get(bench.at("redigera", "underrattelse/forms/finns_inte.json")).status_code == 404


def test_a_file_of_another_kind_is_refused(bench):
    assert bench.owner.get(bench.at("brev-som-pdf", DIAGRAM)).status_code == 400
    assert bench.owner.post(bench.at("redigera", LETTER), gor="form").status_code == 400
    assert bench.owner.post(bench.at("forhandsvisa", DIAGRAM)).status_code == 400


def test_whoever_cannot_draw_reads_the_steps_and_reaches_their_forms(bench):
    page = bench.owner.page(bench.at("redigera", DIAGRAM))
    assert "Stegen i ord" in page
    assert bench.at("redigera", FORM) in page


def test_everything_that_can_be_chosen_has_its_words():
    said = catalogue(read_shelf(read_folder(DIAGRAMS)), "mottagning")
    for name, choices in said.items():
        if isinstance(choices, list) and choices and isinstance(choices[0], dict):
            assert all(choice["words"] for choice in choices), name
    assert OPERATION_WORDS.keys() == OPERATIONS.keys()
    for name, known in names_here().operations.items():
        assert OPERATION_WORDS[name].parameters.keys() == known.required | known.optional
    parameters = OPERATION_WORDS["prepare_letter"].parameters
    assert parameters["recipient"].choices.keys() == RECIPIENTS
    assert parameters["purpose"].choices.keys() == LETTER_PURPOSES
    assert MEANINGS.keys() == PLACEHOLDERS
    assert FICTIONAL.keys() == REFERENCE_FORMATS
    assert len({kind_words(code) for code in codes()}) == len(codes())


def test_the_check_answers_about_the_file_as_it_is_sent_and_saves_nothing(bench):
    before = bench.content(DIAGRAM)
    answer = bench.send("kontroll", DIAGRAM, before.replace(b"userTask", b"manualTask"))
    assert answer.status_code == 200
    assert any("manuell uppgift" in one["message"] for one in answer.get_json()["problems"])
    assert bench.content(DIAGRAM) == before


def test_the_form_lists_its_questions_and_shows_itself_as_it_will_be(bench):
    page = bench.owner.page(bench.at("redigera", FORM))
    for words in (
        "Antal sena hyror",
        "Heltal",
        "måste besvaras",
        "contacts.who",
        "Så ser formuläret ut",
        "Skulden",
    ):
        assert words in page


def test_every_button_of_a_form_leads_back_to_the_form(bench):
    for query in ("", "?falt=months"):
        page = bench.owner.page(bench.at("redigera", FORM) + query)
        actions = set(re.findall(r'method="post" action="([^"]+)"', page.split("<main")[1]))
        assert actions == {bench.at("redigera", FORM)}


def test_a_question_is_changed_without_a_script(bench):
    fields = {"label": "När ringde du?", "kind": "date", "help": "Dagen räcker.", "name": "called_at"}
    answer = bench.change("field", falt="called_at", **fields)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("falt=called_at")
    said = bench.form()
    assert said["properties"]["called_at"] == {
        "type": "string",
        "format": "date",
        "title": "När ringde du?",
        "description": "Dagen räcker.",
    }
    assert said["required"] == []


def test_a_question_is_added_moved_and_taken_away(bench):
    added = bench.change("add", label="Nådde du någon?", kind="yes_no", avsnitt="")
    assert added.headers["Location"].endswith("falt=nadde_du_nagon")
    bench.change("up", falt="nadde_du_nagon")
    assert list(bench.form()["properties"])[-2:] == ["nadde_du_nagon", "contacts"]
    bench.change("down", falt="nadde_du_nagon")
    bench.change("remove", falt="amount")
    assert "amount" not in bench.form()["properties"]
    bench.change("add", label="Hur", kind="text", tabell="contacts")
    assert "hur" in bench.form()["properties"]["contacts"]["items"]["properties"]
    bench.change("section-add", title="Till sist")
    assert [one["title"] for one in bench.form()["x-sections"]] == ["Frågor", "Till sist"]
    bench.change("section-rename", avsnitt="1", title="Allra sist")
    bench.change("section-remove", avsnitt="0")
    assert [one["title"] for one in bench.form()["x-sections"]] == ["Allra sist"]


def test_a_condition_is_chosen_in_two_steps_and_holds_in_the_preview(bench):
    shown = {"label": "Belopp", "kind": "money", "name": "amount", "when-0-question": "topics"}
    bench.change("field", falt="amount", **shown)
    page = bench.owner.page(bench.at("redigera", FORM) + "?falt=amount")
    assert 'name="when-0-answer" value="debt"' in page
    bench.change("field", falt="amount", **shown, **{"when-0-answer": ["debt"]})
    form = load_form(bench.content(FORM))
    assert form.fields["amount"].when == {"topics": frozenset({"debt"})}
    assert "#w-amount { display: none }" in bench.owner.page(bench.at("redigera", FORM))


def test_two_who_change_a_form_do_not_overwrite_each_other(bench):
    bench.change("form", title="Ring hyresvärden", description="")
    late = bench.change(
        "field", falt="months", revision=0, label="Hur många?", kind="whole_number", name="months"
    )
    assert late.status_code == 409
    assert "Någon annan har ändrat formuläret" in late.text
    assert 'value="Hur många?"' in late.text, "what was typed stands there still"
    assert bench.form()["properties"]["months"]["title"] == "Antal sena hyror"
    assert bench.form()["title"] == "Ring hyresvärden"


def test_a_page_that_saves_by_itself_is_told_in_one_sentence(bench):
    page = bench.owner.page(bench.at("redigera", FORM) + "?falt=months")
    assert "data-fields" in page
    saved = bench.owner.client.post(
        bench.at("redigera", FORM),
        data={"gor": "field", "falt": "months", "label": "Antal", "kind": "number", "name": "months", "revision": 0,
              "csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0]},
        headers={"X-Saves-Itself": "yes"},
    )  # fmt: skip
    assert saved.get_json()["revision"] > 0
    assert bench.form()["properties"]["months"]["title"] == "Antal"


@pytest.mark.parametrize(
    "fields",
    [
        {"gor": "field", "falt": "finns_inte", "label": "X", "kind": "text"},
        {"gor": "field", "falt": "months", "label": "X", "kind": "hologram"},
        {"gor": "section-remove", "avsnitt": "7"},
        {"gor": "trolla"},
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(bench, fields):
    before = bench.content(FORM)
    assert bench.change(**fields).status_code == 400
    assert bench.content(FORM) == before


def test_a_broken_form_file_is_explained(bench):
    with bench.site.runtime.transaction() as work:
        save_file(
            work,
            draft_id=bench.draft,
            path=FORM,
            content=b"{",
            expected_revision=0,
            person=get_caseworker_named(work.session, "per"),
        )
    assert "rad 1" in bench.owner.page(bench.at("redigera", FORM))


def test_the_preview_shows_what_is_typed_before_it_is_saved(bench):
    fields = {
        "gor": "field",
        "falt": "months",
        "label": "<b>Hur</b> många?",
        "kind": "whole_number",
        "name": "months",
    }
    shown = bench.owner.post(bench.at("forhandsvisa", FORM), **fields).get_json()
    assert "&lt;b&gt;Hur&lt;/b&gt; många?" in shown["html"]
    assert shown["problems"] == []
    wrong = bench.owner.post(bench.at("forhandsvisa", FORM), **(fields | {"label": ""})).get_json()
    assert wrong["problems"]
    assert bench.form()["properties"]["months"]["title"] == "Antal sena hyror"


def test_a_letter_is_shown_to_somebody_who_does_not_exist(bench):
    page = bench.owner.page(bench.at("redigera", LETTER))
    assert "Påhittad Person" in page
    shown = bench.send("forhandsvisa", LETTER, b"# Rubrik\n\n<i>Hej</i>")
    assert "&lt;i&gt;Hej&lt;/i&gt;" in shown.get_json()["html"]
    pdf = bench.owner.get(bench.at("brev-som-pdf", LETTER))
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF")


def test_only_the_table_editor_lets_style_sheets_be_made(bench):
    table = read_folder(DIAGRAMS)["underrattelse/bradska.dmn"]
    with bench.site.runtime.transaction() as work:
        person = get_caseworker_named(work.session, "per")
        save_file(
            work, draft_id=bench.draft, path="underrattelse/bradska.dmn", content=table, expected_revision=0,
            person=person,
        )  # fmt: skip
    for path, loose in (
        ("underrattelse/bradska.dmn", True),
        (DIAGRAM, False),
        (FORM, False),
        (LETTER, False),
    ):
        policy = bench.owner.get(bench.at("redigera", path)).headers["Content-Security-Policy"]
        assert ("style-src 'self' 'unsafe-inline'" in policy) is loose
        assert "script-src 'self';" in policy
