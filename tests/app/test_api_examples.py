"""What the instructions show with curl works as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from werkzeug.test import TestResponse

from app import create_app
from tests.app.calling import System, connect
from tests.app.conftest import Site
from tests.city import City

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
CALLS = re.findall(r"^curl (?:.*\\\n)*.*(?:\n {7}.*)*$", GUIDE.read_text(), re.MULTILINE)


def call(site: Site, command: str, keys: dict[str, System]) -> TestResponse:
    """What curl would do."""
    words = shlex.split(command.replace("\\\n", " "))[1:]
    method, headers, body, path = "GET", {}, None, ""
    while words:
        word = words.pop(0)
        if word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            method, body = "POST", words.pop(0)
        elif word == "-X":
            method = words.pop(0)
        else:
            path = word.removeprefix("$URL")
    for name, system in keys.items():
        headers["Authorization"] = headers["Authorization"].replace(f"${name}", system.secret)
    return site.app.test_client().open(path, method=method, headers=headers, data=body)


def test_every_call_in_the_guide_works_in_its_order(city: City) -> None:
    site = Site(create_app(city.runtime), city.runtime, city.clock)
    keys = {"STAFF_KEY": connect(site), "KEY": connect(site, "landlord")}
    statuses = [(command, call(site, command, keys)) for command in CALLS]
    assert len(statuses) == 8
    for command, answer in statuses:
        assert answer.status_code in (200, 201), (command, answer.text)


def test_the_page_shows_the_guides_first_call(site: Site) -> None:
    shown = re.sub(r"\s+", " ", site.visitor().page("/api/v1/").replace("&#34;", '"'))
    for part in ("Authorization: Bearer $KEY", "Idempotency-Key: 2026-0001", '"contract_kind": "first_hand"'):
        assert part in CALLS[0]
        assert part in shown
