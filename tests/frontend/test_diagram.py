"""The read-only diagram in a real browser: drawn, marked where the case stands, and plain text when it cannot be."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import DIAGRAM, DIST


def test_the_diagram_shows_where_the_case_stands_in_words(page, show):
    show(now='{"besluta": 1, "avsluta": 2}', passed='["kontakta", "besluta"]')
    assert page.locator(".diagram-mark-now").all_text_contents() == ["Pågår", "Pågår (2)"]
    assert page.locator(".diagram-mark-passed").all_text_contents() == ["Klart"]
    expect(page.locator("[data-element-id=besluta].diagram-now")).to_have_count(1)
    expect(page.locator("[data-element-id=kontakta].diagram-passed")).to_have_count(1)
    assert "Kontakta" in page.locator("[data-element-id=kontakta]").text_content()


def test_how_much_stands_at_a_step_is_said_with_a_number_that_leads_there(page, show):
    told = {
        "kontakta": {
            "text": "47 · 9 försenade",
            "title": "Kontakta: 47",
            "level": 4,
            "late": True,
            "href": "/inkorg",
        },
        "besluta": {"text": "2 väntar", "title": "Besluta: 2", "level": 0, "late": False, "href": ""},
        "okant_steg": {"text": "1", "title": "Okänt", "level": 1, "late": False, "href": "/inkorg"},
    }
    show(heat=json.dumps(told))
    assert page.locator(".heat-number").all_text_contents() == ["47 · 9 försenade", "2 väntar"]
    expect(page.get_by_role("link", name="Kontakta: 47")).to_have_class("heat-number heat-late")
    expect(page.locator("[data-element-id=kontakta].heat-4")).to_have_count(1)
    expect(page.locator("[data-element-id=besluta][class*=heat]")).to_have_count(0)
    page.get_by_role("link", name="Kontakta: 47").click()
    assert page.url.endswith("/inkorg")


def test_a_diagram_without_a_case_has_no_marks(page, show):
    show()
    expect(page.locator("[data-element-id=kontakta]")).to_have_count(1)
    expect(page.locator(".diagram-mark")).to_have_count(0)


def test_a_step_of_a_called_process_is_left_out(page, show):
    show(now='{"ringa_i_annan_process": 1}', passed='["okant_steg"]')
    assert page.get_attribute("[data-diagram]", "data-shown") == "yes"
    expect(page.locator(".diagram-mark")).to_have_count(0)


@pytest.mark.parametrize(("drawing", "status"), [("<not-bpmn", 200), (DIAGRAM, 404)])
def test_a_diagram_that_cannot_be_shown_gives_way_to_a_sentence(page, show, drawing, status):
    show(drawing, status, unavailable="Stegen står i listan nedanför.")
    assert page.inner_text("[data-diagram]") == "Stegen står i listan nedanför."
    assert page.get_attribute("[data-diagram]", "data-shown") == "no"


def test_the_watermark_that_the_licence_asks_for_is_on_top(page, show):
    show(now='{"besluta": 1}')
    on_top = page.evaluate(
        """() => {
            const mark = document.querySelector(".bjs-powered-by");
            const place = mark.getBoundingClientRect();
            const middle = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2);
            return place.width > 20 && mark.contains(middle);
        }"""
    )
    assert on_top


def test_every_file_of_the_build_is_there_with_the_licences(bundle):
    drawn = {
        f"{name}.{kind}" for name in ("diagram", "differences", "editor", "table") for kind in ("js", "css")
    }
    assert set(bundle) == {"pages.js", "pages.css", "writing.js"} | drawn
    assert [name for name in bundle.values() if not (DIST / name).is_file()] == []
    licences = (DIST / "licences.txt").read_text()
    assert [
        name
        for name in (
            "bpmn-js",
            "bpmn-js-token-simulation",
            "diagram-js-minimap",
            "dmn-font",
            "dmn-js-decision-table",
            "htmx.org",
            "@fontsource-variable/source-sans-3",
        )
        if f"{name} " not in licences
    ] == []
