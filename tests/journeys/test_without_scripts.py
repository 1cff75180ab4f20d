"""No page needs JavaScript: whatever can be pressed or filled in belongs to a form that a bare browser can send."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from flask import Flask

from app import create_app
from tests.journeys.conftest import Office
from tests.journeys.test_accessible import sign_in
from tests.journeys.walk import look_around, pages

CONTROLS = {"button", "input", "select", "textarea"}
WITHOUT_END = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
Attributes = dict[str, str | None]


@dataclass
class Form:
    """A form of the page, whether there is anything to fill in, and whether anything sends it."""

    id: str
    asks: bool = False
    can_be_sent: bool = False


@dataclass
class Bare(HTMLParser):
    """A page as a browser without JavaScript has it: its forms, and the controls that nobody can use."""

    page: str
    forms: list[Form] = field(default_factory=list)
    useless: list[str] = field(default_factory=list)
    _within: list[tuple[str, Form | None, bool]] = field(default_factory=list)
    """Tag, form and whether it is shown, for each element that is open."""
    _outside: list[tuple[str, Attributes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.page)
        for tag, given in self._outside:
            form = next((one for one in self.forms if one.id == given["form"]), None)
            self._belongs(tag, given, form)
        self.useless += [
            f"nothing sends the form {one.id}" for one in self.forms if one.asks and not one.can_be_sent
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        _, form, is_shown = self._within[-1] if self._within else ("", None, True)
        is_shown = is_shown and "hidden" not in given and tag not in ("dialog", "template")
        if tag == "form":
            form = Form(given.get("id") or "")
            self.forms.append(form)
        elif tag in CONTROLS and is_shown:
            if given.get("form"):
                self._outside.append((tag, given))
            else:
                self._belongs(tag, given, form)
        if tag not in WITHOUT_END:
            self._within.append((tag, form, is_shown))

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            pass

    def _belongs(self, tag: str, given: Attributes, form: Form | None) -> None:
        name = f"{tag} {given.get('name') or given.get('id') or ''}"
        if form is None:
            self.useless.append(f"{name} belongs to no form")
        elif tag == "button" and given.get("type") in ("button", "reset"):
            self.useless.append(f"{name} sends nothing")
        elif tag == "button" or given.get("type") in ("submit", "search"):
            form.can_be_sent = True  # what is searched for is sent with Enter
        else:
            form.asks = form.asks or given.get("type") != "hidden"


def unusable(app: Flask, who: str, path: str) -> list[str]:
    """What on the page does nothing without JavaScript."""
    return Bare(sign_in(app, who).get(path).text).useless


DRAWN = "editors.edit "
"""Here a diagram is drawn, which takes a script; without one the page says how a diagram is changed from its file."""


@pytest.fixture
def app(demo_office: Office) -> Flask:
    """The pages of the demo, without a port."""
    return create_app(demo_office.runtime)


def test_every_control_of_every_page_can_be_used_without_javascript(demo_office: Office, app: Flask) -> None:
    stops = [stop for stop in pages(app, look_around(demo_office.runtime)) if not stop.name.startswith(DRAWN)]
    assert len(stops) > 40
    assert [f"{stop.name}: {one}" for stop in stops for one in unusable(app, stop.who, stop.path)] == []


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<button type=button>A</button>", ["button  belongs to no form"]),
        ("<form method=post><input name=a></form>", ["nothing sends the form "]),
        ("<form method=post><input name=a type=hidden></form>", []),
        ("<form method=post><input name=a><button type=button>A</button></form>", 2),
        ("<form method=post><p>A<button>B</button></form>", []),
        ("<form id=f><button>B</button></form><select form=f name=a></select>", []),
        ("<select form=g name=a></select>", ["select a belongs to no form"]),
        ("<div hidden><button type=button>A</button></div><br><dialog><button>A</button></dialog>", []),
    ],
)
def test_the_look_sees_what_nobody_could_use(page: str, found: list[str] | int) -> None:
    useless = Bare(page).useless
    assert len(useless) == found if isinstance(found, int) else useless == found
