"""Who sends too much or too often is held back, and nobody else is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from app import create_app
from app.request_limits import MOST_FIELDS, MOST_REMEMBERED, Brake
from tests.app.conftest import Site
from tests.security.conftest import within_a_second
from tests.security.test_request_attacks import token_of


@contextmanager
def another(site: Site, **settings: Any) -> Iterator[Site]:
    """The same database behind pages with other settings, whose brakes let nobody go on meanwhile."""
    before = site.runtime.settings
    site.runtime.settings = replace(before, **settings)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("app.request_limits.Brake.__init__.__defaults__", (lambda: 0.0,))
        yield Site(create_app(site.runtime), site.runtime, site.clock)
    site.runtime.settings = before


def test_a_post_larger_than_any_form_is_refused(site: Site) -> None:
    anna = site.browser("anna")
    with within_a_second():
        answer = anna.client.post(
            "/sprak", data=b"x" * 3_000_000, content_type="application/x-www-form-urlencoded"
        )
    assert answer.status_code == 413
    assert "för stort" in answer.text


def test_a_text_larger_than_any_form_is_refused(site: Site) -> None:
    anna = site.browser("anna")
    with within_a_second():
        answer = anna.client.post("/sprak", data={"sprak": "x" * 600_000})
    assert answer.status_code == 413


def test_a_form_with_thousands_of_fields_is_refused(site: Site) -> None:
    anna = site.browser("anna")
    with within_a_second():
        answer = anna.client.post("/sprak", data={f"a{number}": "" for number in range(MOST_FIELDS + 1)})
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"a&" * 240_000, b"a=%00&" * 80_000, b"a=1&" * 120_000, b"&" * 490_000])
def test_a_form_made_to_be_slow_is_refused_at_once(site: Site, body: bytes) -> None:
    anna = site.browser("anna")
    with within_a_second():
        answer = anna.client.post("/sprak", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (400, 413)


def test_rows_with_huge_numbers_make_no_room_for_themselves(site: Site) -> None:
    siv = site.browser("siv")
    token = token_of(siv)
    rows = {f"persons-{number}-name": "x" for number in (9999, 10**6, 10**12, -1)}
    with within_a_second():
        answer = siv.client.post("/underrattelser/ny/A", data={"csrf_token": token} | rows)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "kind",
    ["application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=" + "x" * 500],
)
def test_a_body_of_another_kind_is_refused_with_a_sentence(site: Site, kind: str) -> None:
    anna = site.browser("anna")
    with within_a_second():
        answer = anna.client.post("/sprak", data=b'{"a":' * 100_000, content_type=kind)
    assert answer.status_code in (400, 413)
    assert "<h1" in answer.text


def test_pages_asked_for_under_another_name_are_not_shown(site: Site) -> None:
    with another(site, trusted_hosts=("kvarboende.example",)) as strict:
        visitor = strict.app.test_client()
        assert visitor.get("/logga-in", base_url="http://kvarboende.example").status_code == 200
        for host in (
            "ond.example",
            "kvarboende.example.ond.example",
            "kvarboende.example@ond.example",
            "x y",
        ):
            assert visitor.get("/logga-in", headers={"Host": host}).status_code == 400, host


def test_a_brake_lets_a_minutes_worth_through_and_fills_up_again() -> None:
    now = [0.0]
    brake = Brake(60, seconds=lambda: now[0])
    assert [brake.wait("a") for _ in range(60)] == [0.0] * 60
    assert brake.wait("a") == pytest.approx(1.0)
    assert brake.wait("b") == 0.0, "somebody else is not held back"
    now[0] = 1.0
    assert brake.wait("a") == 0.0
    assert brake.wait("a") > 0
    now[0] = 10_000.0
    assert [brake.wait("a") for _ in range(60)] == [0.0] * 60
    assert brake.wait("a") > 0, "waiting long saves no more than a minute's worth"


def test_a_brake_that_many_callers_meet_does_not_grow_without_end() -> None:
    brake = Brake(60, seconds=lambda: 0.0)
    with within_a_second():
        for number in range(MOST_REMEMBERED * 3):
            brake.wait(f"address {number}")
    assert len(brake._left) <= MOST_REMEMBERED + 1


def test_too_many_posts_from_one_person_wait_and_change_nothing(site: Site) -> None:
    with another(site, posts_per_minute=5) as braked:
        anna, bosse = braked.browser("anna"), braked.browser("bosse")
        token = token_of(anna)
        answers = [anna.post("/sprak", token=token, sprak="en") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [302] * 5 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert "Too many in a short time" in answers[-1].text
        assert anna.get("/inkorg").status_code == 200, "looking is not held back"
        assert bosse.post("/sprak", sprak="en").status_code == 302, (
            "a colleague at the same address is not held back"
        )


def test_too_many_searches_wait(site: Site) -> None:
    with another(site, posts_per_minute=5) as braked:
        anna = braked.browser("anna")
        assert [anna.get("/arenden?sok=x").status_code for _ in range(6)] == [200] * 5 + [429]


def test_guessing_from_one_address_is_slowed_down_whatever_names_are_tried(site: Site) -> None:
    with another(site, posts_per_minute=5) as braked:
        visitor = braked.visitor()
        token = token_of(visitor)
        codes = [
            visitor.post("/logga-in", token=token, username=f"u{n}", password="x").status_code
            for n in range(6)
        ]
        assert codes == [401] * 5 + [429]


def test_an_address_is_believed_only_from_our_own_proxy(site: Site) -> None:
    for proxies, last in ((0, 429), (1, 401)):
        with another(site, posts_per_minute=5, proxies=proxies) as braked:
            visitor = braked.visitor()
            token = token_of(visitor)
            answers = [
                visitor.client.post(
                    "/logga-in",
                    data={"csrf_token": token, "username": f"v{number}", "password": "x"},
                    headers={"X-Forwarded-For": f"10.0.0.{number}"},
                )
                for number in range(6)
            ]
            assert answers[-1].status_code == last, f"behind {proxies} proxies"
