"""A person recognises where one is signed in by the browser and the machine."""

from __future__ import annotations

import pytest

from app.devices import device_words
from tests.app.conftest import Site

AGENT = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("called", "words"),
    [
        (
            AGENT.format("Windows NT 10.0; Win64; x64", "Chrome/140.0 Safari/537.36 Edg/140.0"),
            "Edge, Windows",
        ),
        (AGENT.format("X11; Linux x86_64", "Chrome/140.0 Safari/537.36"), "Chrome, Linux"),
        (AGENT.format("Linux; Android 15", "Chrome/140.0 Mobile Safari/537.36"), "Chrome, Android"),
        (AGENT.format("iPhone; CPU iPhone OS 18_0 like Mac OS X", "Version/18 Safari/604"), "Safari, iPhone"),
        (AGENT.format("Macintosh; Intel Mac OS X 10_15", "Version/18 Safari/604"), "Safari, Mac"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
        ("Werkzeug/3.1", "Werkzeug/3.1"),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_two_words(called: str, words: str) -> None:
    assert device_words(called) == words


def test_the_account_page_tells_the_place_in_words(site: Site) -> None:
    anna = site.browser("anna")
    place = anna.page("/konto").split("<tbody>")[1]
    assert "Werkzeug" in place
    assert 'data-label="Senast använd"' in place
