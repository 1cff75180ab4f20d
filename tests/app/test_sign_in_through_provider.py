"""People sign in through a real identity provider in another process, and only with an answer that can be trusted."""

from __future__ import annotations

import base64
import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from processes.actions.people import deactivate_caseworker
from processes.actions.provider_people import link
from processes.clock import ManualClock
from processes.models import Caseworker, RefusedSignIn, SignInSession
from processes.queries.people import find_caseworker, get_caseworker_named
from processes.runtime import Runtime
from tests.app.conftest import Browser, Site, _settings

GROUPS = """
[administrations]
hisingen = "Socialförvaltningen Hisingen"
vaster = "Socialförvaltningen Väster"

[[groups]]
group = "KB-Vuxen"
administration = "hisingen"
unit = "vuxen"
role = "handlaggare"

[[groups]]
group = "KB-Barn"
administration = "hisingen"
unit = "barn-unga"
role = "handlaggare"

[[groups]]
group = "KB-Socionom"
administration = "hisingen"
has_child_degree = true

[[groups]]
group = "KB-Vaster"
administration = "vaster"
unit = "vuxen"
role = "handlaggare"
"""
SVAR = "/logga-in/kommunen/svar"


class Provider:
    """The other process, and what is said to it over HTTP."""

    def __init__(self, port: str) -> None:
        self.address = f"http://127.0.0.1:{port}"

    def knows(self, subject: str, **claims: Any) -> None:
        assert requests.put(f"{self.address}/users/{subject}", json=claims, timeout=20).ok

    def misbehaves(self, **faults: Any) -> None:
        assert requests.put(f"{self.address}/faults", json=faults, timeout=20).ok

    def forgets(self, subject: str) -> None:
        assert requests.post(f"{self.address}/users/{subject}/revoke-tokens", timeout=20).ok

    def approves(self, place: str, subject: str) -> str:
        """The person signs in there; answers the path with which the browser comes back."""
        answer = requests.post(place, data={"sub": subject}, allow_redirects=False, timeout=20)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


@pytest.fixture(scope="session")
def provider_process() -> Iterator[str]:
    """The address of an identity provider that runs on this machine."""
    environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
    root = Path(__file__).parent.parent.parent
    command = [sys.executable, "-m", "tests.app.provider_process"]
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.kill()


@pytest.fixture
def provider(provider_process: str) -> Provider:
    """The provider, well-behaved, with Vera of the unit for adults."""
    found = Provider(provider_process)
    found.misbehaves()
    found.knows("v1", preferred_username="Vera", name="Vera Provsson", groups=["KB-Vuxen", "annat"])
    return found


@pytest.fixture
def town(provider: Provider, site_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Site]:
    """The pages of an installation that trusts the provider."""
    yield from open_town(provider.address, site_template, tmp_path, clock)


def open_town(issuer: str, template: Path, folder: Path, clock: ManualClock) -> Iterator[Site]:
    file, groups = folder / "town.db", folder / "groups.toml"
    shutil.copyfile(template, file)
    groups.write_text(GROUPS)
    told = {"ISSUER": issuer, "CLIENT_ID": "kvarboende", "CLIENT_SECRET": "hemligt", "GROUPS": str(groups)}
    more = {f"KVARBOENDE_OIDC_{name}": value for name, value in told.items()}
    runtime = Runtime.open(_settings(file, KVARBOENDE_DEMO="0", **more), clock=clock)
    yield Site(create_app(runtime), runtime, clock)
    runtime.close()


def way_back(browser: Browser, provider: Provider, subject: str = "v1", path: str = "") -> str:
    answer = browser.get("/logga-in/kommunen" + path)
    assert answer.status_code == 302, answer.text
    return provider.approves(answer.headers["Location"], subject)


def enter(site: Site, provider: Provider, subject: str = "v1") -> tuple[Browser, TestResponse]:
    browser = site.visitor()
    return browser, browser.get(way_back(browser, provider, subject))


def known(site: Site, username: str) -> Caseworker | None:
    with site.runtime.reading() as work:
        return find_caseworker(work.session, username)


def test_a_member_of_a_group_is_let_in_with_the_access_that_it_gives(town: Site, provider: Provider) -> None:
    provider.knows("v1", preferred_username="Vera", name="Vera Provsson", groups=["KB-Barn", "KB-Socionom"])
    vera, answer = enter(town, provider)
    assert answer.headers["Location"] == "/inkorg"
    assert "Vera Provsson" in vera.page("/inkorg")
    with town.runtime.reading() as work:
        caseworker = get_caseworker_named(work.session, "vera")
        assert [(each.unit, each.role) for each in caseworker.memberships] == [("barn-unga", "handlaggare")]
        assert (caseworker.administration_key, caseworker.has_child_degree) == ("hisingen", True)


def test_the_way_there_carries_a_challenge_a_state_and_a_nonce(town: Site, provider: Provider) -> None:
    told = parse_qs(urlsplit(town.visitor().get("/logga-in/kommunen").headers["Location"]).query)
    assert told["response_type"] == ["code"]
    assert told["code_challenge_method"] == ["S256"]
    assert all(len(told[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))


def test_who_was_on_the_way_somewhere_comes_there(town: Site, provider: Provider) -> None:
    browser = town.visitor()
    answer = browser.get(way_back(browser, provider, path="?vidare=/arenden"))
    assert answer.headers["Location"] == "/arenden"


def test_who_is_in_no_group_of_ours_is_told_so_and_let_in_nowhere(town: Site, provider: Provider) -> None:
    provider.knows("n1", preferred_username="nils", name="Nils Provsson", groups=["annat"])
    browser, answer = enter(town, provider, "n1")
    assert answer.status_code == 403
    assert "Du har ingen tillgång till Kvarboende" in answer.text
    assert browser.get("/inkorg").status_code == 302
    assert known(town, "nils") is None


@pytest.mark.parametrize("groups", [None, [], 7, ["KB-Vuxen", "KB-Vaster"], ["KB-Socionom"]])
def test_groups_that_are_missing_odd_or_of_two_administrations_give_nothing(
    town: Site, provider: Provider, groups: object
) -> None:
    provider.knows("n1", preferred_username="nils", groups=groups)
    assert enter(town, provider, "n1")[1].status_code == 403


def test_an_answer_without_a_username_is_refused(town: Site, provider: Provider) -> None:
    provider.knows("n2", groups=["KB-Vuxen"])
    assert enter(town, provider, "n2")[1].status_code == 403


@pytest.mark.parametrize(
    "fault",
    [{"issuer": "https://ond.example"}, {"lifetime": -3600}, {"audience": ["en-annan-tjanst"]}],
    ids=["issuer", "past", "audience"],
)
def test_an_id_token_of_another_issuer_for_another_or_of_the_past_is_refused(
    town: Site, provider: Provider, fault: dict[str, Any]
) -> None:
    provider.misbehaves(**fault)
    browser, answer = enter(town, provider)
    assert answer.status_code == 403
    assert "Inloggningen kunde inte godkännas" in answer.text
    assert browser.get("/inkorg").status_code == 302


def test_a_provider_that_calls_itself_something_else_is_refused(
    provider: Provider, site_template: Path, tmp_path: Path, clock: ManualClock
) -> None:
    other = provider.address.replace("127.0.0.1", "localhost")
    for town in open_town(other + "/x/..", site_template, tmp_path, clock):
        assert town.visitor().get("/logga-in/kommunen").status_code == 403


def test_coming_back_a_second_time_is_refused(town: Site, provider: Provider) -> None:
    browser = town.visitor()
    back = way_back(browser, provider)
    assert browser.get(back).status_code == 302
    assert browser.get(back).status_code == 403


def test_a_code_is_worth_nothing_in_another_browser(town: Site, provider: Provider) -> None:
    back = way_back(town.visitor(), provider)
    thief = town.visitor()
    assert thief.get(back).status_code == 403
    way_back(thief, provider)
    assert thief.get(back).status_code == 403


def test_a_forged_state_is_refused(town: Site, provider: Provider) -> None:
    browser = town.visitor()
    back = way_back(browser, provider)
    assert browser.get(back.replace("state=", "state=x")).status_code == 403
    assert browser.get(SVAR).status_code == 403
    assert browser.get(f"{SVAR}?error=access_denied").status_code == 403


def test_a_provider_that_does_not_answer_is_told_of(
    site_template: Path, tmp_path: Path, clock: ManualClock
) -> None:
    for town in open_town("http://127.0.0.1:1", site_template, tmp_path, clock):
        answer = town.visitor().get("/logga-in/kommunen")
        assert answer.status_code == 503
        assert "svarar inte" in answer.text


def test_who_was_taken_out_of_the_groups_loses_access_at_the_next_question(
    town: Site, provider: Provider
) -> None:
    vera, _ = enter(town, provider)
    provider.knows("v1", preferred_username="vera", name="Vera Provsson", groups=[])
    assert vera.get("/inkorg").status_code == 200
    town.clock.advance(timedelta(minutes=11))
    assert vera.get("/inkorg").headers["Location"].startswith("/logga-in")
    with town.runtime.reading() as work:
        assert get_caseworker_named(work.session, "vera").memberships == []
        assert work.session.scalars(select(SignInSession.ended_why)).all() == ["provider"]
    assert enter(town, provider)[1].status_code == 403


def test_who_moved_to_another_unit_has_the_new_access_at_the_next_question(
    town: Site, provider: Provider
) -> None:
    vera, _ = enter(town, provider)
    provider.knows("v1", preferred_username="vera", name="Vera Provsson", groups=["KB-Barn"])
    town.clock.advance(timedelta(minutes=11))
    vera.page("/inkorg")
    with town.runtime.reading() as work:
        assert get_caseworker_named(work.session, "vera").units == {"barn-unga"}


def test_somebody_whom_the_provider_has_revoked_is_signed_out_at_the_next_question(
    town: Site, provider: Provider
) -> None:
    vera, _ = enter(town, provider)
    provider.forgets("v1")
    town.clock.advance(timedelta(minutes=11))
    assert vera.get("/inkorg").headers["Location"].startswith("/logga-in")


def test_somebody_deactivated_here_is_not_let_in_from_there(town: Site, provider: Provider) -> None:
    vera, _ = enter(town, provider)
    with town.runtime.transaction() as work:
        deactivate_caseworker(work, caseworker=get_caseworker_named(work.session, "vera"))
    assert vera.get("/inkorg").status_code == 302
    assert enter(town, provider)[1].status_code == 403


def test_a_name_at_the_provider_does_not_take_over_an_account_here(town: Site, provider: Provider) -> None:
    provider.knows("x9", preferred_username="anna", name="Någon Annan", groups=["KB-Vuxen"])
    assert enter(town, provider, "x9")[1].status_code == 409
    with town.runtime.transaction() as work:
        anna = get_caseworker_named(work.session, "anna")
        link(work, caseworker=anna, issuer=provider.address, subject="x9")
    assert enter(town, provider, "x9")[1].status_code == 302


def test_without_a_provider_there_is_no_such_way_in(site: Site) -> None:
    assert site.visitor().get("/logga-in/kommunen").status_code == 404
    assert site.visitor().get(SVAR).status_code == 404
    assert "genom kommunen" not in site.visitor().page("/logga-in")


def test_the_sign_in_page_shows_the_way_to_the_provider(town: Site) -> None:
    assert "Logga in genom kommunen" in town.visitor().page("/logga-in")


def refused(site: Site) -> list[tuple[str, str, int | None]]:
    with site.runtime.reading() as work:
        rows = work.session.scalars(select(RefusedSignIn).order_by(RefusedSignIn.id))
        return [(row.means, row.why, row.caseworker_id) for row in rows]


def test_who_is_not_let_in_through_the_provider_is_noted(town: Site, provider: Provider) -> None:
    provider.knows("n1", preferred_username="nils", groups=[])
    enter(town, provider, "n1")
    provider.knows("x9", preferred_username="anna", groups=["KB-Vuxen"])
    enter(town, provider, "x9")
    provider.misbehaves(audience=["en-annan-tjanst"])
    enter(town, provider)
    with town.runtime.reading() as work:
        anna = get_caseworker_named(work.session, "anna").id
    expected = [("no_access", None), ("name_taken", anna), ("not_trusted", None)]
    assert refused(town) == [("provider", why, account) for why, account in expected]


def test_signing_out_leads_to_the_provider_to_sign_out_there_too(town: Site, provider: Provider) -> None:
    vera, _ = enter(town, provider)
    left = vera.post("/logga-ut")
    assert left.status_code == 200
    assert "Du är utloggad" in left.text
    [place] = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', left.text)
    place = html.unescape(place)
    assert place.startswith(f"{provider.address}/oauth2/end_session?")
    told = parse_qs(urlsplit(place).query)
    assert told["client_id"] == ["kvarboende"]
    assert told["post_logout_redirect_uri"] == ["http://localhost/logga-in"]
    header, content, signature = told["id_token_hint"][0].split(".")
    assert json.loads(base64.urlsafe_b64decode(content + "=="))["sub"] == "v1"
    assert header
    assert signature
    assert requests.get(place, timeout=20).ok, "the provider knows the place"
    assert vera.get("/inkorg").status_code == 302


def test_signing_out_everywhere_leads_there_too(town: Site, provider: Provider) -> None:
    vera, _ = enter(town, provider)
    other, _ = enter(town, provider)
    assert "/oauth2/end_session?" in vera.post("/logga-ut/overallt").text
    assert other.get("/inkorg").status_code == 302


def test_what_shows_the_provider_who_it_was_is_sealed_and_gone_after_signing_out(
    town: Site, provider: Provider
) -> None:
    def kept() -> str:
        with town.runtime.reading() as work:
            return work.session.scalars(select(SignInSession.sealed_proof)).one()

    vera, _ = enter(town, provider)
    assert kept()
    assert "eyJ" not in kept(), "no readable token stands in the database"
    vera.post("/logga-ut")
    assert kept() == ""


def test_a_provider_without_a_place_to_sign_out_leaves_it_at_signing_out_here(
    provider: Provider, site_template: Path, tmp_path: Path, clock: ManualClock
) -> None:
    provider.misbehaves(has_no_way_out=True)
    for town in open_town(provider.address, site_template, tmp_path, clock):
        vera, _ = enter(town, provider)
        left = vera.post("/logga-ut")
        assert left.headers["Location"] == "/logga-in"
        assert vera.get("/inkorg").status_code == 302


def test_who_signed_in_with_a_password_is_not_led_to_the_provider(town: Site) -> None:
    anna = town.visitor()
    anna.post("/logga-in", username="anna", password="kvarboende-demo")
    assert anna.post("/logga-ut").headers["Location"] == "/logga-in"
