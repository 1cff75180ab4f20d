"""The way to a fault, walked in a real browser: by buttons, by arrow keys and by a press on a step, on two drawings."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.frontend.conftest import DIAGRAM, DIST, SITE

OTHER = DIAGRAM.replace('id="kontakta" name="Kontakta hyresvärden"', 'id="samtala" name="Samtala"').replace(
    'bpmnElement="kontakta"', 'bpmnElement="samtala"'
)  # fmt: skip
WAY = [
    ("prov", "kontakta", "Processen börjar", "Prov"),
    ("prov", "besluta", "Slutför ”Besluta”", ""),
    ("annan", "samtala", "Slutför ”Samtala”", "Annan"),
    ("borta", "borta", "Här bryts regeln", "Borta"),
]


@pytest.fixture
def walk(page: Page, bundle: dict[str, str]) -> Page:
    """A page with a way over two drawings and to a third that there is not."""
    steps = "".join(
        f'<li data-way-step="{element}" data-way-drawing="/{process}.bpmn">'
        f'{f"<p class=where>{title}</p>" if title else ""}<p class="what">{text}</p></li>'
        for process, element, text, title in WAY
    )
    html = f"""<!doctype html><html lang="sv"><head><title>Vägen dit</title>
        <link rel="stylesheet" href="/dist/{bundle["diagram.css"]}"></head><body>
        <div data-way data-of="Steg {{number}} av {{count}}" data-unavailable="Vägen står som text.">
        <p class="walk-buttons" hidden><button data-way-back>Tillbaka</button><button data-way-on>Framåt</button></p>
        <p data-way-said></p><ol>{steps}</ol><p data-way-title></p>
        <div data-way-canvas style="position: relative; width: 700px; height: 300px"></div></div>
        <script src="/dist/{bundle["diagram.js"]}"></script></body></html>"""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/dist/"):
            route.fulfill(path=DIST / path.removeprefix("/dist/"))
        elif path in ("/prov.bpmn", "/annan.bpmn"):
            route.fulfill(body=OTHER if "annan" in path else DIAGRAM, content_type="application/xml")
        elif path.endswith(".bpmn"):
            route.fulfill(status=404)
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto(SITE)
    expect(page.locator("[data-shown='1']")).to_have_count(1)
    return page


def stands_at(page: Page, number: int, element: str, said: str, title: str) -> None:
    """The list, the drawing and what is read out agree."""
    expect(page.locator(f"[data-shown='{number}'] .way-here[data-element-id={element}]")).to_have_count(1)
    expect(page.locator("[aria-current=step]")).to_have_attribute("data-way-step", element)
    expect(page.locator("[data-way-said]")).to_have_text(f"Steg {number} av 4: {said}")
    expect(page.locator("[data-way-title]")).to_have_text(title)


def test_the_way_is_walked_with_buttons_keys_and_presses(walk: Page) -> None:
    back, onward = walk.get_by_role("button", name="Tillbaka"), walk.get_by_role("button", name="Framåt")
    stands_at(walk, 1, "kontakta", "Processen börjar", "Prov")
    expect(back).to_be_disabled()
    onward.click()
    stands_at(walk, 2, "besluta", "Slutför ”Besluta”", "Prov")
    expect(walk.locator(".way-passed[data-element-id=kontakta]")).to_have_count(1)
    assert walk.locator(".way-sign").all_text_contents() == ["1", "2"]
    walk.keyboard.press("ArrowRight")
    stands_at(walk, 3, "samtala", "Slutför ”Samtala”", "Annan")
    assert walk.locator(".way-sign").all_text_contents() == ["3"]
    walk.keyboard.press("ArrowLeft")
    stands_at(walk, 2, "besluta", "Slutför ”Besluta”", "Prov")
    walk.get_by_role("button", name="Processen börjar").click()
    stands_at(walk, 1, "kontakta", "Processen börjar", "Prov")
    expect(walk.locator(".bjs-powered-by")).to_be_visible()


def test_where_a_drawing_is_missing_the_text_remains_and_one_can_go_back(walk: Page) -> None:
    walk.get_by_role("button", name="Här bryts regeln").click()
    expect(walk.locator("[data-way-canvas]")).to_have_text("Vägen står som text.")
    expect(walk.get_by_role("button", name="Framåt")).to_be_disabled()
    walk.get_by_role("button", name="Tillbaka").click()
    stands_at(walk, 3, "samtala", "Slutför ”Samtala”", "Annan")
