"""A case in which every text is an attack is shown on every page, and no page runs any of it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from app.filled_form import _in_css
from tests.app.conftest import Site
from tests.security.walking import addresses

DRAWS = {
    "diagrams.show",
    "differences.any_two",
    "differences.proposal",
    "editors.edit",
    "examinations.way",
    "heat_map.show",
    "scenarios.coverage",
}
"""Pages with a drawing, whose library sets colours and places on the elements it draws."""
"""The only pages that may carry styles in attributes: those on which a diagram is drawn."""
WORKS_WITH_THE_CASE = ("anna", "siv", "maria")
OTHERS = ("karim", "eva", "per", "gun", "stig")

ON_ONE_DATABASE = pytest.mark.parametrize("city", ["sqlite"], indirect=True)
"""What a page looks like does not depend on where its words are kept."""


class Page(HTMLParser):
    """What a browser would make of a page: its texts, and whatever in it could run or lead away."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[str] = []
        self.texts: list[str] = []
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        told = {name: value or "" for name, value in attrs}
        self.texts += told.values()
        ours = told.get("src", "").startswith("/static/")
        if tag in ("iframe", "object", "embed", "base", "applet") or (tag in ("script", "img") and not ours):
            self.runs.append(f"{tag} {told}")
        for name, value in told.items():
            leads = name in ("href", "src", "action", "formaction")
            if (
                name.startswith("on")
                or name in ("srcdoc", "style", "http-equiv")
                or (leads and _is_foreign(value))
            ):
                self.runs.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style" and ("alert" in data or "<" in data):
            self.runs.append("a style sheet with foreign text")
        self.texts.append(data)


def _is_foreign(address: str) -> bool:
    return address.strip().lower().startswith(("javascript:", "//", "http", "data:", "vbscript:"))


@ON_ONE_DATABASE
@pytest.mark.parametrize("username", [*WORKS_WITH_THE_CASE, *OTHERS])
def test_no_page_runs_what_somebody_typed(hostile_site: Site, hostile_text: str, username: str) -> None:
    browser = hostile_site.browser(username)
    before = hostile_site.journal()
    walked: list[str] = []
    shown: list[str] = []
    for endpoint, path in addresses(hostile_site):
        answer = browser.get(path)
        assert answer.status_code < 500 or path == "/health/time", path
        if answer.mimetype == "text/html":
            page = Page(answer.text)
            walked.append(path)
            assert [each for each in page.runs if endpoint not in DRAWS or " style=" not in each] == [], path
            shown += [path] if any(hostile_text in each for each in page.texts) else []
    assert len(walked) > 20
    assert len(shown) > (4 if username in WORKS_WITH_THE_CASE else 0), "the attack stands on no page"
    assert hostile_site.journal() == before, "looking at a page has changed something"


@ON_ONE_DATABASE
@pytest.mark.parametrize("username", ["anna", "stig", None])
def test_every_answer_forbids_frames_and_foreign_scripts(hostile_site: Site, username: str | None) -> None:
    browser = hostile_site.browser(username) if username else hostile_site.visitor()
    for endpoint, path in [
        *addresses(hostile_site),
        ("", "/finns-inte"),
        ("", "/arenden/999999"),
        ("", "/x/-1"),
    ]:
        headers = browser.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert not any(word in policy for word in ("unsafe-eval", "*", "http", "blob:")), path
        assert "unsafe-inline" not in policy.replace("style-src-attr 'unsafe-inline'", ""), path
        assert "unsafe-inline" not in policy or endpoint in DRAWS, path
        assert headers["X-Frame-Options"] == "DENY", path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Cache-Control"] == "no-store", path
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", path


def test_the_word_that_lets_a_style_sheet_in_is_never_used_twice(site: Site) -> None:
    anna = site.browser("anna")
    assert len({anna.get("/inkorg").headers["Content-Security-Policy"] for _ in range(3)}) == 3


@pytest.mark.parametrize("name", ["sok", "vy", "efter", "vidare", "sprak"])
def test_what_stands_in_an_address_is_not_run(site: Site, hostile_text: str, name: str) -> None:
    anna = site.browser("anna")
    for path in ("/inkorg", "/arenden", "/processer", "/finns-inte"):
        answer = anna.client.get(path, query_string={name: hostile_text})
        assert answer.status_code < 500 or path == "/health/time", path
        assert Page(answer.text).runs == [], path


def test_a_form_file_cannot_break_out_of_the_style_sheet_that_is_made_from_it() -> None:
    assert not set(_in_css('"]{}</style><script>alert(1)</script>\n')) & set('"<>{}[]/\n()')
    assert _in_css("no_contact-1å") == "no_contact-1å"
