"""Every page and its main states, read by a program that knows the rules of accessibility, at every width of a screen.

The walk is made from the routes themselves: a page that is added later fails here until somebody says who looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import select

from app import create_app
from processes.actions.demo import CAST
from processes.models import Person
from tests.app.conftest import TOKEN
from tests.journeys.conftest import Office
from tests.journeys.pages import Desk
from tests.journeys.walk import NO_PAGES, NOT_OF_ITSELF, PAGES, Stop, look_around, pages, states

EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_THE_LOOK = ["color-contrast", "link-in-text-block", "target-size"]
"""The rules whose answer depends on colours and on the width of the screen."""
WIDTHS = (1440, 1024, 768, 320, 390)
BEYOND_THE_EDGE = """() => {
  const edge = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= edge) return []
  const beyond = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > edge + 1)
  return beyond.slice(0, 4).map((one) => `${one.tagName}.${one.className}`).concat('the page')
}"""


@dataclass
class Walk:
    """Somebody who goes round the office, with a browser window for each person of the demo."""

    office: Office
    _desks: dict[str, Desk] = field(default_factory=dict)

    def problems(self, stop: Stop) -> Iterator[str]:
        """What is wrong with the page of the stop: in light and dark, on wide and narrow screens."""
        if stop.who not in self._desks:
            self._desks[stop.who] = self.office.desk(stop.who)
        page = self._desks[stop.who].page
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        answer = page.goto(f"{self.office.address}{stop.path}")
        if answer is None or answer.status != stop.status:
            yield f"answered {answer and answer.status}"
            return
        if stop.prepare is not None:
            stop.prepare(page)
            page.wait_for_load_state()  # what was pressed may have led to another page
        yield from broken_rules(page, EVERY_RULE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            yield from (f"{width} is too narrow for {one}" for one in page.evaluate(BEYOND_THE_EDGE))
        if stop.prepare is None:  # a state has the colours of its page
            page.emulate_media(color_scheme="dark")
            yield from broken_rules(page, OF_THE_LOOK)
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def broken_rules(page: Page, rules: list[str]) -> Iterator[str]:
    """What axe-core finds in the page as it stands there."""
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response
    assert found["testEngine"]["name"] == "axe-core"
    for rule in found["violations"]:
        for node in rule["nodes"][:3]:
            yield f"{rule['id']}: {node['html'][:200]}"


def met_by(office: Office, stops: list[Stop]) -> list[str]:
    """What a walk along these stops finds, with where it was."""
    walk = Walk(office)
    return [f"{stop.name}: {problem}" for stop in stops for problem in walk.problems(stop)]


@pytest.fixture
def app(demo_office: Office) -> Flask:
    """The same pages without a port, to ask which there are."""
    return create_app(demo_office.runtime)


def test_every_page_is_on_the_walk(app: Flask) -> None:
    shown = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert shown == {*PAGES, *NO_PAGES, *NOT_OF_ITSELF}


def test_every_page_keeps_wcag_2_2_and_fits_every_screen_in_light_and_dark(
    demo_office: Office, app: Flask
) -> None:
    assert met_by(demo_office, pages(app, look_around(demo_office.runtime))) == []


def test_so_does_every_state_of_a_page(demo_office: Office) -> None:
    assert met_by(demo_office, states(look_around(demo_office.runtime))) == []


def test_the_walk_sees_a_field_without_a_label_pale_text_and_what_is_too_wide(page: Page) -> None:
    page.set_content(
        "<html lang=sv><title>Prov</title><main><h1>Prov</h1><input><p style='color: #bbb'>Blekt</p>"
        "<div style='width: 1500px'>Brett</div></main>"
    )
    assert {found.split(":")[0] for found in broken_rules(page, EVERY_RULE)} == {"label", "color-contrast"}
    assert page.evaluate(BEYOND_THE_EDGE) == ["DIV.", "the page"]


def test_no_title_tells_who_the_page_is_about(demo_office: Office, app: Flask) -> None:
    with demo_office.runtime.reading() as work:
        names = set(work.session.scalars(select(Person.name)))
    titles = {title_of(app, stop) for stop in pages(app, look_around(demo_office.runtime))}
    assert len(titles) > 30
    assert [title for title in titles if not title.endswith(" – Kvarboende")] == []
    assert [title for title in titles if any(name in title for name in names)] == []


def title_of(app: Flask, stop: Stop) -> str:
    """What stands in the tab of the browser."""
    found = re.search("<title>(.*?)</title>", sign_in(app, stop.who).get(stop.path).text, re.DOTALL)
    assert found is not None, stop
    return found[1]


def sign_in(app: Flask, who: str) -> FlaskClient:
    """A browser without JavaScript, in Swedish, in front of which this person has signed in; or nobody."""
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["language"] = "sv"
    if who:
        username = next(person.username for person in CAST if person.name == who)
        token = TOKEN.search(client.get("/logga-in").text)
        assert token is not None
        client.post("/logga-in/demo", data={"csrf_token": token[1], "username": username})
    return client
