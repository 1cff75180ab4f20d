"""Nobody sees or changes anything without signing in, and nobody is led or tricked into it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.security import OPEN_ROUTES
from app.web import local_path
from processes.models import Caseworker
from processes.queries.people import get_caseworker_named
from tests.app.conftest import Site


def paths_by_method(site: Site) -> list[tuple[str, str, str]]:
    """Every route with values in its address: endpoint, method, path."""
    found = []
    for rule in site.app.url_map.iter_rules():
        path = re.sub(r"<(id:)?[a-z_]+>", "1", rule.rule)
        found += [(rule.endpoint, method, path) for method in (rule.methods or set()) & {"GET", "POST"}]
    return found


def test_every_route_requires_sign_in_unless_it_is_listed(site: Site) -> None:
    visitor = site.visitor()
    guarded = [each for each in paths_by_method(site) if each[0] not in OPEN_ROUTES]
    assert len(guarded) > 10
    for endpoint, method, path in guarded:
        if endpoint.startswith("api."):
            assert visitor.client.open(path, method=method).status_code == 401, endpoint
        elif method == "GET":
            answer = visitor.get(path)
            assert answer.status_code == 302, endpoint
            assert answer.headers["Location"].startswith("/logga-in?vidare="), endpoint
        else:
            assert visitor.post(path).status_code == 401, endpoint


def test_every_listed_open_route_exists(site: Site) -> None:
    assert {rule.endpoint for rule in site.app.url_map.iter_rules()} >= OPEN_ROUTES


def test_every_post_without_a_token_is_refused(site: Site) -> None:
    site.register()
    anna = site.browser("anna")
    before = site.journal()
    for endpoint, method, path in paths_by_method(site):
        if method == "POST":
            refusals = (401,) if endpoint.startswith("api.") else (400, 403, 404)
            assert anna.post(path, token="forged").status_code in refusals, endpoint
    assert site.journal() == before


def test_name_and_password_sign_in(site: Site) -> None:
    visitor = site.visitor()
    answer = visitor.post("/logga-in", username=" ANNA ", password="kvarboende-demo", vidare="/arenden")
    assert answer.headers["Location"] == "/arenden"
    assert "Anna Lindqvist" in visitor.page("/inkorg")


@pytest.mark.parametrize(("username", "password"), [("anna", "fel"), ("ingen", "kvarboende-demo"), ("", "")])
def test_a_wrong_name_or_password_gives_the_same_sentence(site: Site, username: str, password: str) -> None:
    answer = site.visitor().post("/logga-in", username=username, password=password)
    assert answer.status_code == 401
    assert "Namnet och lösenordet stämmer inte överens." in answer.text


def test_guessing_passwords_is_slowed_down(site: Site) -> None:
    visitor = site.visitor()
    for _ in range(5):
        visitor.post("/logga-in", username="bosse", password="gissning")
    assert visitor.post("/logga-in", username="bosse", password="kvarboende-demo").status_code == 429
    site.clock.advance(timedelta(minutes=6))
    assert visitor.post("/logga-in", username="bosse", password="kvarboende-demo").status_code == 302


def test_somebody_who_stops_working_here_is_signed_out_at_once(site: Site) -> None:
    anna = site.browser("anna")
    with site.runtime.transaction() as work:
        get_caseworker_named(work.session, "anna").is_active = False
    assert anna.get("/inkorg").headers["Location"].startswith("/logga-in")


def test_signing_out_ends_the_session(site: Site) -> None:
    anna = site.browser("anna")
    anna.post("/logga-ut")
    assert anna.get("/inkorg").status_code == 302


def test_who_was_signed_out_meanwhile_gets_back_what_was_written(site: Site) -> None:
    site.register()
    answer = site.visitor().post("/uppgifter/1", motive="En motivering som tog tid.", stance="handle")
    assert answer.status_code == 401
    assert "En motivering som tog tid." in answer.text


def test_a_wrong_password_is_never_shown_again(site: Site) -> None:
    answer = site.visitor().post("/logga-in", username="anna", password="ett-hemligt-losenord")
    assert "ett-hemligt-losenord" not in answer.text


def test_outside_a_demo_there_is_no_way_in_without_a_password(closed_site: Site) -> None:
    visitor = closed_site.visitor()
    page = visitor.client.get("/logga-in", base_url="https://localhost").text
    assert "Anna Lindqvist" not in page
    with closed_site.runtime.reading() as work:
        assert work.session.query(Caseworker).count() > 0


def test_behind_https_the_session_cookie_is_bound_to_it(closed_site: Site) -> None:
    answer = closed_site.visitor().client.get("/logga-in", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert all(
        word in cookie for word in ("__Host-kvarboende=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/")
    )
    assert "Strict-Transport-Security" in answer.headers


def test_every_answer_says_that_nothing_foreign_may_run(site: Site) -> None:
    for answer in (
        site.visitor().get("/logga-in"),
        site.browser("anna").get("/inkorg"),
        site.visitor().post("/x"),
    ):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "target",
    ["https://ond.example/", "//ond.example", "/\\ond.example", "javascript:alert(1)", "inkorg", "", None],
)
def test_nobody_is_led_to_another_site(target: str | None) -> None:
    assert local_path(target, "/inkorg") == "/inkorg"


def test_a_path_of_our_own_is_followed() -> None:
    assert local_path("/arenden/3?sida=2", "/inkorg") == "/arenden/3?sida=2"


def test_health_answers_without_sign_in(site: Site) -> None:
    assert site.visitor().get("/health").json == {"status": "ok"}
    assert site.visitor().get("/health/ready").json == {"status": "ok"}
