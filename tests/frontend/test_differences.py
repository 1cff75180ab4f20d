"""Two drawings side by side in a real browser, what no scenario passes on one, and the walk through the handbook."""

from __future__ import annotations

import json
from html import escape

import pytest
from playwright.sync_api import Page, Route, expect

from tests.frontend.conftest import DIAGRAM, DIST, SITE

AFTER = DIAGRAM.replace('name="Besluta"', 'name="Fatta beslut"').replace(
    'id="avsluta" name="Avsluta"', 'id="arkivera" name="Arkivera"'
).replace('bpmnElement="avsluta"', 'bpmnElement="arkivera"')  # fmt: skip
NAMES = {"added": "Tillagd", "removed": "Borttagen", "changed": "Ändrad", "moved": "Flyttad"}


def place(address: str, marks: dict[str, str]) -> str:
    return (
        f'<div class="canvas" style="height: 300px; width: 600px" data-drawing="{address}"'
        f' data-marks="{escape(json.dumps(marks))}" data-names="{escape(json.dumps(NAMES))}"'
        ' data-unavailable="Ändringarna står i ord."></div>'
    )


@pytest.fixture
def compare(page: Page, bundle: dict[str, str]) -> Page:
    """A page with two drawings and a table of changes."""
    rows = "".join(
        f'<tr id="rad-{element}" data-element="{element}"><td>{element}'
        f'<a href="#par" data-shows="{element}" hidden>Visa</a></td></tr>'
        for element in ("besluta", "avsluta", "arkivera", "inte_ritad")
    )
    html = f"""<!doctype html><html lang="sv"><head><title>Jämför</title>
        <link rel="stylesheet" href="/dist/{bundle["differences.css"]}"></head><body>
        <article data-compared><table>{rows}</table><div class="pair" id="par">
        {place("/fore.bpmn", {"besluta": "changed", "avsluta": "removed", "inte_ritad": "removed"})}
        {place("/efter.bpmn", {"besluta": "changed", "arkivera": "added", "kontakta": "moved"})}
        </div></article><script src="/dist/{bundle["differences.js"]}"></script></body></html>"""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/dist/"):
            route.fulfill(path=DIST / path.removeprefix("/dist/"))
        elif path.endswith(".bpmn"):
            route.fulfill(body=DIAGRAM if "fore" in path else AFTER, content_type="application/xml")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto(SITE)
    expect(page.locator("[data-shown=yes]")).to_have_count(2)
    return page


def test_each_change_has_a_sign_and_words_on_its_side_and_leads_to_its_row(compare):
    before, after = compare.locator(".canvas").nth(0), compare.locator(".canvas").nth(1)

    assert sorted(before.locator(".diff-sign").all_text_contents()) == ["~", "−"]
    assert sorted(after.locator(".diff-sign").all_text_contents()) == ["+", "~", "↔"]
    sign = after.locator(".diff-sign-changed")
    assert sign.get_attribute("aria-label") == "Ändrad: Fatta beslut"
    assert sign.get_attribute("href") == "#rad-besluta"
    expect(before.locator("[data-element-id=avsluta].diff-removed")).to_have_count(1)
    dashes = before.locator("[data-element-id=avsluta] .djs-visual > *").first
    assert dashes.evaluate("one => getComputedStyle(one).strokeDasharray") != "none"


def test_a_row_shows_its_element_on_both_drawings_which_move_together(compare):
    expect(compare.locator("[data-shows=inte_ritad]")).to_be_hidden()

    compare.locator("[data-shows=besluta]").click()

    expect(compare.locator("[data-element-id=besluta].diff-here")).to_have_count(2)
    expect(compare.locator("#rad-besluta.is-here")).to_have_count(1)
    seen = [
        one.evaluate("one => one.getAttribute('transform')") for one in compare.locator(".viewport").all()
    ]
    assert seen[0] == seen[1]

    compare.locator("[data-shows=avsluta]").click()
    expect(compare.locator("[data-element-id=besluta].diff-here")).to_have_count(0)
    expect(compare.locator("[data-element-id=avsluta].diff-here")).to_have_count(1)


def test_the_watermark_stays_on_both_drawings(compare):
    expect(compare.locator(".bjs-powered-by:visible")).to_have_count(2)


def test_what_the_scenarios_pass_has_a_sign_and_what_they_do_not_another(page, show):
    show(covered='["kontakta"]', uncovered='["besluta", "finns_inte"]')

    assert page.locator(".coverage-sign-passed").all_text_contents() == ["✓"]
    assert page.locator(".coverage-sign-unpassed").all_text_contents() == ["?"]
    expect(page.locator("[data-element-id=besluta].coverage-unpassed")).to_have_count(1)


WALK = """<div data-walk data-way="Väg {number} av {all}: {words}" data-end="Slut." data-start="Början.">
<p role="status" data-walk-says></p>
<section id="a" tabindex="-1" data-next="b"><h3>A</h3><a href="#c">länk</a></section>
<section id="b" tabindex="-1" data-next="c d"><h3>B</h3></section>
<ul><li data-from="b" data-to="c"><p class="way-words">Ja</p>
<section id="c" tabindex="-1" data-next="b"><h3>C</h3></section></li>
<li data-from="b" data-to="d"><p class="way-words">Nej</p>
<section id="d" tabindex="-1" data-next=""><h3>D</h3></section></li></ul>
</div>"""


def test_the_arrow_keys_follow_the_flow_back_and_choose_between_ways(page, bundle):
    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/dist/"):
            route.fulfill(path=DIST / path.removeprefix("/dist/"))
        else:
            script = f'<script src="/dist/{bundle["pages.js"]}"></script>'
            body = f'<!doctype html><html lang="sv"><title>G</title>{WALK}{script}'
            route.fulfill(body=body, content_type="text/html; charset=utf-8")

    def stands_at(step: str, says: str = "") -> None:
        expect(page.locator(f"#{step}")).to_be_focused()
        expect(page.locator("[data-walk-says]")).to_have_text(says)

    page.route("**/*", answer)
    page.goto(SITE)
    page.keyboard.press("Tab")
    stands_at("a")
    page.keyboard.press("ArrowUp")
    stands_at("a", "Början.")
    page.keyboard.press("ArrowDown")
    stands_at("b")
    page.keyboard.press("ArrowDown")
    stands_at("c")
    page.keyboard.press("ArrowDown")
    stands_at("b")
    page.keyboard.press("ArrowRight")
    stands_at("b", "Väg 2 av 2: Nej")
    page.keyboard.press("ArrowDown")
    stands_at("d")
    page.keyboard.press("ArrowDown")
    stands_at("d", "Slut.")
    for step in ("b", "c", "b", "a"):
        page.keyboard.press("ArrowUp")
        stands_at(step)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#a a")).to_be_focused()
