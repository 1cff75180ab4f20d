"""The page that holds two sets of process files beside each other: words first, drawings with marks, any two sides."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from app.compared import marks_on
from processes.actions.process_drafts import create_draft, discard_draft, remove_file, save_file
from processes.diagrams.differences import Difference
from processes.diagrams.differences.words_apart import Piece, words_apart
from processes.queries.compared_files import versions_of
from processes.queries.people import get_caseworker_named
from processes.queries.process_drafts import files_of_draft, revision_of
from tests.app.conftest import Browser, Site

DIAGRAM = "underrattelse/underrattelse.bpmn"
FORM = "underrattelse/forms/ta_stallning.json"
README = "underrattelse/README.md"


@pytest.fixture
def per(site: Site) -> Browser:
    return site.browser("per")


def propose(site: Site, **changes: tuple[str, str]) -> int:
    """A proposal that changes files, by their short names: a text that stands once, and the one instead of it."""
    paths = {"diagram": DIAGRAM, "form": FORM}
    with site.runtime.transaction() as work:
        owner = get_caseworker_named(work.session, "per")
        draft = create_draft(work, title="Prov", purpose="", person=owner)
        files = files_of_draft(work, draft)
        for name, (old, new) in changes.items():
            text = files[paths[name]].decode()
            assert text.count(old) == 1, old
            save_file(
                work,
                draft_id=draft.id,
                path=paths[name],
                content=text.replace(old, new).encode(),
                expected_revision=revision_of(work, draft, paths[name]),
                person=owner,
            )
        return draft.id


def marks(page: str) -> list[dict[str, str]]:
    """What is marked on each drawing of the page."""
    return [json.loads(unescape(found)) for found in re.findall(r'data-marks="([^"]*)"', page)]


def test_a_changed_step_is_told_in_words_and_marked_on_both_drawings(site, per):
    draft = propose(site, diagram=('name="Kontakta hyresvärden"', 'name="Ring hyresvärden"'))

    page = per.page(f"/verkstad/{draft}/jamfor")

    assert "Namnet på ”Ring hyresvärden” har ändrats." in page
    assert "<del>Kontakta</del> hyresvärden" in page
    assert "<ins>Ring</ins> hyresvärden" in page
    assert marks(page) == [{"kontakta_hyresvard": "changed"}] * 2
    assert f'data-drawing="/verkstad/ritning/utgava-1/{DIAGRAM}"' in page
    assert f'data-drawing="/verkstad/ritning/forslag-{draft}/{DIAGRAM}"' in page


def test_a_changed_form_has_words_and_no_drawing(site, per):
    draft = propose(site, form=('"title": "Motivering"', '"title": "Varför?"'))

    page = per.page(f"/verkstad/{draft}/jamfor")

    assert "Frågan i ”Varför?” har ändrats." in page
    assert "data-drawing" not in page


def test_a_proposal_that_changes_nothing_says_so(site, per):
    draft = propose(site)
    assert "Inget skiljer" in per.page(f"/verkstad/{draft}/jamfor")


def test_a_new_file_and_one_that_goes_are_told(site, per):
    draft = propose(site)
    with site.runtime.transaction() as work:
        owner = get_caseworker_named(work.session, "per")
        save_file(work, draft_id=draft, path=README, content=b"# Nytt", expected_revision=0, person=owner)
        remove_file(work, draft_id=draft, path=FORM, expected_revision=0, person=owner)

    page = per.page(f"/verkstad/{draft}/jamfor")

    assert f"Texten {README} har lagts till." in page
    assert f"Formuläret {FORM} har tagits bort." in page


def test_any_two_sides_are_chosen_from_lists(site, per):
    draft = propose(site, diagram=('name="Kontakta hyresvärden"', 'name="Ring hyresvärden"'))

    choose = per.page("/verkstad/jamfor")
    there = per.page(f"/verkstad/jamfor?fran=utgava-1&till=forslag-{draft}")
    back = per.page(f"/verkstad/jamfor?fran=forslag-{draft}&till=utgava-1")

    assert "Välj två att jämföra" in choose
    assert f'<option value="forslag-{draft}">Förslaget ”Prov”</option>' in choose
    assert "<ins>Ring</ins> hyresvärden" in there
    assert "<del>Ring</del> hyresvärden" in back
    assert '<option value="utgava-1" selected>' in there


def test_a_version_of_a_process_is_compared_with_what_belongs_to_that_process(site, per):
    draft = propose(site, diagram=('name="Kontakta hyresvärden"', 'name="Ring hyresvärden"'))
    with site.runtime.reading() as work:
        (version,) = versions_of(work, "underrattelse")
        token = f"version-{version.id}"

    page = per.page(f"/verkstad/jamfor?fran={token}&till=forslag-{draft}")

    assert "Namnet på ”Ring hyresvärden” har ändrats." in page
    assert "arendehandelser" not in page
    assert f'<option value="{token}" selected>' in page


def test_who_owns_the_processes_is_led_from_a_process_to_its_versions(site, per):
    address = "/verkstad/jamfor?process=underrattelse"

    assert f'href="{address}"' in per.page("/processer/underrattelse")
    assert "Versioner av" in per.page(address)
    assert address not in site.browser("anna").page("/processer/underrattelse")


def test_a_side_that_does_not_exist_is_not_found(site, per):
    propose(site)  # with it comes the first release
    assert per.get("/verkstad/jamfor?fran=utgava-1&till=utgava-1").status_code == 200
    for side in ("utgava-99", "forslag-99", "version-99", "main", "utgava-1x", "utgava-" + "9" * 40):
        assert per.get(f"/verkstad/jamfor?fran={side}&till=utgava-1").status_code == 404
        assert per.get(f"/verkstad/jamfor?fran=utgava-1&till={side}").status_code == 404


def test_a_discarded_proposal_is_nothing_to_compare_with(site, per):
    draft = propose(site)
    with site.runtime.transaction() as work:
        discard_draft(work, draft_id=draft, person=get_caseworker_named(work.session, "per"))
    assert per.get(f"/verkstad/jamfor?fran=utgava-1&till=forslag-{draft}").status_code == 404


def test_the_drawing_of_a_side_is_its_own_file_and_nothing_but_a_diagram(site, per):
    draft = propose(site, diagram=('name="Kontakta hyresvärden"', 'name="Ring hyresvärden"'))

    assert "Ring hyresvärden" in per.page(f"/verkstad/ritning/forslag-{draft}/{DIAGRAM}")
    assert "Ring hyresvärden" not in per.page(f"/verkstad/ritning/utgava-1/{DIAGRAM}")
    assert per.get(f"/verkstad/ritning/utgava-1/{FORM}").status_code == 404
    assert per.get("/verkstad/ritning/utgava-1/finns/inte.bpmn").status_code == 404


def test_what_is_written_in_a_file_is_never_read_as_html(site, per):
    draft = propose(
        site, diagram=('name="Kontakta hyresvärden"', 'name="&lt;script&gt;alert(1)&lt;/script&gt;"')
    )
    assert "<script>alert" not in per.page(f"/verkstad/{draft}/jamfor")


def test_the_strongest_of_several_changes_marks_the_element():
    found = [
        Difference("p", "a", "A", "moved", ""),
        Difference("p", "a", "A", "changed", ""),
        Difference("p", "b", "B", "added", ""),
        Difference("p", "c", "C", "removed", ""),
        Difference("p", None, "D", "changed", ""),
    ]

    assert marks_on("before", found) == {"a": "changed", "c": "removed"}
    assert marks_on("after", found) == {"a": "changed", "b": "added"}


@pytest.mark.parametrize(
    ("before", "after", "was", "now"),
    [
        ("en röd bil", "en blå bil", [("en ", False), ("röd", True), (" bil", False)],
         [("en ", False), ("blå", True), (" bil", False)]),
        ("", "nytt", [], [("nytt", True)]),
        ("a == 1", "a != 1", [("a ", False), ("==", True), (" 1", False)],
         [("a ", False), ("!=", True), (" 1", False)]),
        ("helt annat", "xyz", [("helt annat", True)], [("xyz", True)]),
        ("lika", "lika", [("lika", False)], [("lika", False)]),
    ],
)  # fmt: skip
def test_values_are_told_apart_word_by_word_where_they_are_alike(before, after, was, now):
    assert words_apart(before, after) == ([Piece(*one) for one in was], [Piece(*one) for one in now])
