"""A sign-in ends when it should, proves who somebody is, and can be ended everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import event, select

from app.sessions import find_reader
from app.web import SIGNED_IN, signed_in
from processes.actions.passwords import give_temporary_password
from processes.actions.people import deactivate_caseworker
from processes.actions.refused_sign_ins import note_refusal
from processes.errors import NotSignedIn
from processes.models import Caseworker, RefusedSignIn, SignInSession
from processes.queries.people import get_caseworker_named
from processes.queries.sign_in import fingerprint
from processes.settings import Settings
from tests.app.conftest import Browser, Site

PASSWORD = "kvarboende-demo"
NEW = "fyra gröna hästar sjunger"


def sign_in(site: Site, username: str = "anna", password: str = PASSWORD) -> Browser:
    browser = site.visitor()
    assert browser.post("/logga-in", username=username, password=password).status_code == 302
    return browser


def is_in(browser: Browser) -> bool:
    return browser.get("/inkorg").status_code == 200


def ended(site: Site) -> list[str]:
    with site.runtime.reading() as work:
        return list(work.session.scalars(select(SignInSession.ended_why).order_by(SignInSession.id)))


def test_a_session_ends_when_nothing_is_done_for_half_an_hour(site: Site) -> None:
    anna = sign_in(site)
    site.clock.advance(timedelta(minutes=29))
    assert is_in(anna)
    site.clock.advance(timedelta(minutes=29))
    assert is_in(anna)
    site.clock.advance(timedelta(minutes=30))
    assert not is_in(anna)
    assert ended(site) == ["idle"]


def test_a_session_ends_after_twelve_hours_however_busy_it_is(site: Site) -> None:
    anna = sign_in(site)
    for _ in range(35):
        site.clock.advance(timedelta(minutes=20))
        assert is_in(anna)
    site.clock.advance(timedelta(minutes=20))
    assert not is_in(anna)
    assert ended(site) == ["too_old"]


def test_a_stale_session_cannot_post_and_gives_back_what_was_written(site: Site) -> None:
    site.register()
    anna = sign_in(site)
    token = re.search(r'name="csrf_token" value="([^"]+)"', anna.page("/inkorg"))
    assert token is not None
    site.clock.advance(timedelta(hours=1))
    before = site.journal()
    answer = anna.post("/uppgifter/1", token=token[1], motive="En motivering som tog tid.")
    assert answer.status_code == 401
    assert "En motivering som tog tid." in answer.text
    assert site.journal() == before


@contextmanager
def asked_who_it_is(site: Site) -> Iterator[list[str]]:
    """The questions to the table of sessions."""
    asked: list[str] = []

    def listen(*call: Any) -> None:
        if "FROM sign_in_sessions" in call[2]:
            asked.append(call[2])

    event.listen(site.runtime.engine, "before_cursor_execute", listen)
    yield asked
    event.remove(site.runtime.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize(("just_now", "questions"), [(3600.0, 1), (0.0, 2)])
def test_who_it_is_is_asked_once_for_a_request_unless_it_had_to_wait(
    site: Site, monkeypatch: pytest.MonkeyPatch, just_now: float, questions: int
) -> None:
    monkeypatch.setattr("app.web.JUST_NOW_SECONDS", just_now)
    anna = sign_in(site)
    assert is_in(anna)
    with asked_who_it_is(site) as asked:
        assert is_in(anna)
    assert len(asked) == questions


def test_only_the_first_transaction_of_a_request_takes_over_whom_the_guard_has_found(site: Site) -> None:
    anna = sign_in(site)
    with anna.client as client:
        client.get("/inkorg/uppgifter")
        find_reader()
        with site.runtime.transaction() as work:
            person = signed_in(work)
            assert {person.username, *person.units} == {"anna", "vuxen"}
            assert person in work.session
            deactivate_caseworker(work, caseworker=person)
        with pytest.raises(NotSignedIn), site.runtime.transaction() as work:
            signed_in(work)


def test_the_token_changes_at_every_sign_in_and_the_old_one_is_dead(site: Site) -> None:
    browser = site.visitor()
    tokens = []
    for username in ("anna", "bosse"):
        browser.post("/logga-in/demo", username=username)
        with browser.client.session_transaction() as cookie:
            tokens.append(cookie[SIGNED_IN])
    assert tokens[0] != tokens[1]
    assert ended(site) == ["renewed", ""]
    thief = site.visitor()
    with thief.client.session_transaction() as cookie:
        cookie[SIGNED_IN] = tokens[0]
    assert not is_in(thief)


def test_the_database_keeps_no_token(site: Site) -> None:
    anna = sign_in(site)
    with anna.client.session_transaction() as cookie:
        token = cookie[SIGNED_IN]
    with site.runtime.reading() as work:
        assert work.session.scalars(select(SignInSession.token_hash)).all() == [fingerprint(token)]
    assert token not in fingerprint(token)


@pytest.mark.parametrize("forged", [1, "", "x" * 43, None, ["anna"]])
def test_a_made_up_token_is_nobody(site: Site, forged: object) -> None:
    browser = site.visitor()
    with browser.client.session_transaction() as cookie:
        cookie[SIGNED_IN] = forged
    assert not is_in(browser)


def test_signing_out_kills_a_copied_cookie_too(site: Site) -> None:
    anna = sign_in(site)
    with anna.client.session_transaction() as cookie:
        copied = dict(cookie)
    anna.post("/logga-ut")
    thief = site.visitor()
    with thief.client.session_transaction() as cookie:
        cookie.update(copied)
    assert not is_in(thief)


def test_signing_out_everywhere_ends_every_browser_of_the_person_and_nobody_elses(site: Site) -> None:
    here, there, bosse = sign_in(site), sign_in(site), sign_in(site, "bosse")
    here.post("/logga-ut/overallt")
    assert (is_in(here), is_in(there), is_in(bosse)) == (False, False, True)


def test_a_deactivated_person_is_out_in_every_browser(site: Site) -> None:
    here, there = sign_in(site), sign_in(site)
    with site.runtime.transaction() as work:
        deactivate_caseworker(work, caseworker=get_caseworker_named(work.session, "anna"))
    assert (is_in(here), is_in(there)) == (False, False)
    assert site.visitor().post("/logga-in", username="anna", password=PASSWORD).status_code == 401


def test_a_changed_password_ends_every_other_browser_and_renews_this_one(site: Site) -> None:
    here, there = sign_in(site), sign_in(site)
    answer = here.post("/konto/losenord", current=PASSWORD, new=NEW, again=NEW)
    assert answer.status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert site.visitor().post("/logga-in", username="anna", password=PASSWORD).status_code == 401
    sign_in(site, password=NEW)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"current": "fel"}, "Det nuvarande lösenordet är fel."),
        ({"again": "något annat helt"}, "inte samma nya lösenord"),
        ({"new": "kort", "again": "kort"}, "för kort"),
        ({"new": "annas hemliga dagbok", "again": "annas hemliga dagbok"}, "ditt namn"),
        ({"new": PASSWORD, "again": PASSWORD}, "samma som det gamla"),
    ],
)
def test_a_password_that_may_not_be_is_refused_with_a_sentence(
    site: Site, fields: dict[str, str], sentence: str
) -> None:
    anna = sign_in(site)
    answer = anna.post("/konto/losenord", **({"current": PASSWORD, "new": NEW, "again": NEW} | fields))
    assert answer.status_code == 400
    assert sentence in answer.text
    sign_in(site)


def test_whoever_has_a_temporary_password_chooses_another_before_anything_else(site: Site) -> None:
    with site.runtime.transaction() as work:
        given = give_temporary_password(work, caseworker=get_caseworker_named(work.session, "anna"))
    anna = sign_in(site, password=given)
    for path in ("/inkorg", "/arenden", "/konto"):
        assert anna.get(path).headers["Location"] == "/konto/losenord"
    assert "tillfälligt" in anna.page("/konto/losenord")
    anna.post("/konto/losenord", current=given, new=NEW, again=NEW)
    assert is_in(anna)


def begin_codes(site: Site) -> tuple[Browser, pyotp.TOTP, list[str]]:
    """Anna with one-time codes, her app, and her recovery codes."""
    anna = sign_in(site)
    page = anna.post("/konto/engangskoder", current=PASSWORD).text
    assert "otpauth://totp/Kvarboende:anna" in page
    found = re.search(r'<pre class="kept">([A-Z2-7]{32})</pre>', page)
    assert found is not None
    app = pyotp.TOTP(found[1])
    wrong = anna.post("/konto/engangskoder/bekrafta", code="000000")
    assert wrong.status_code == 400
    assert found[1] in wrong.text
    right = anna.post("/konto/engangskoder/bekrafta", code=app.at(site.clock.now()))
    return anna, app, re.findall(r"(?<=[>\n])([0-9a-f]{10})$", right.text, re.MULTILINE)


def test_with_one_time_codes_the_password_alone_lets_nobody_in(site: Site) -> None:
    _, app, _ = begin_codes(site)
    site.clock.advance(timedelta(minutes=1))
    browser = site.visitor()
    answer = browser.post("/logga-in", username="anna", password=PASSWORD, vidare="/arenden")
    assert answer.headers["Location"].startswith("/logga-in/kod")
    assert not is_in(browser)
    assert browser.post("/logga-in/kod", code="000000").status_code == 401
    code = app.at(site.clock.now())
    assert browser.post("/logga-in/kod", code=code, vidare="/arenden").headers["Location"] == "/arenden"
    assert is_in(browser)
    other = site.visitor()
    other.post("/logga-in", username="anna", password=PASSWORD)
    assert other.post("/logga-in/kod", code=code).status_code == 401, "a code works once"


def test_a_recovery_code_works_once(site: Site) -> None:
    _, _, recovery = begin_codes(site)
    assert len(recovery) == 8
    answers = []
    for _ in range(2):
        browser = site.visitor()
        browser.post("/logga-in", username="anna", password=PASSWORD)
        answers.append(browser.post("/logga-in/kod", code=f" {recovery[3].upper()} ").status_code)
    assert answers == [302, 401]


def test_a_code_comes_too_late_when_the_password_is_long_ago(site: Site) -> None:
    _, app, _ = begin_codes(site)
    browser = site.visitor()
    browser.post("/logga-in", username="anna", password=PASSWORD)
    site.clock.advance(timedelta(minutes=5))
    answer = browser.post("/logga-in/kod", code=app.at(site.clock.now()))
    assert answer.headers["Location"].startswith("/logga-in")
    assert not is_in(browser)


def test_codes_cannot_be_guessed_at_will(site: Site) -> None:
    _, app, _ = begin_codes(site)
    site.clock.advance(timedelta(minutes=1))
    browser = site.visitor()
    browser.post("/logga-in", username="anna", password=PASSWORD)
    answers = [browser.post("/logga-in/kod", code="000000").status_code for _ in range(5)]
    assert answers[-1] == 429
    assert browser.post("/logga-in/kod", code=app.at(site.clock.now())).status_code == 429


def test_the_codes_are_stopped_with_the_password_only(site: Site) -> None:
    anna, _, _ = begin_codes(site)
    assert anna.post("/konto/engangskoder/bort", current="fel").status_code == 400
    assert anna.post("/konto/engangskoder/bort", current=PASSWORD).status_code == 302
    sign_in(site)


def test_the_secret_of_the_codes_is_not_readable_in_the_database(site: Site) -> None:
    _, app, _ = begin_codes(site)
    with site.runtime.reading() as work:
        kept = work.session.connection().exec_driver_sql("SELECT * FROM second_factors").one()
    assert app.secret not in str(kept)


def test_a_name_that_does_not_exist_is_slowed_down_like_one_that_does(site: Site) -> None:
    told = {}
    for username in ("anna", "ingen"):
        browser = site.visitor()
        answers = [browser.post("/logga-in", username=username, password="fel") for _ in range(6)]
        told[username] = [
            (each.status_code, re.sub(r'value="[^"]*"', "", each.text).replace(username, ""))
            for each in answers
        ]
    statuses = [status for status, _ in told["anna"]]
    assert statuses == [401] * 5 + [429]
    assert [status for status, _ in told["ingen"]] == statuses


def test_where_no_accounts_are_kept_a_password_lets_nobody_in(site: Site) -> None:
    object.__setattr__(site.runtime.settings, "local_accounts", False)
    assert site.visitor().post("/logga-in", username="anna", password=PASSWORD).status_code == 404


def test_the_account_page_says_where_one_is_signed_in(site: Site) -> None:
    anna = sign_in(site)
    sign_in(site)
    page = anna.page("/konto")
    assert page.count('<th scope="row">') == 2
    assert page.count("den här") == 1


def test_demo_sign_in_needs_no_code_and_no_password(site: Site) -> None:
    begin_codes(site)
    assert is_in(site.browser("anna"))


def test_outside_a_demo_one_click_signs_nobody_in(closed_site: Site) -> None:
    visitor = closed_site.visitor()
    page = visitor.client.get("/logga-in", base_url="https://localhost").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    answer = visitor.client.post(
        "/logga-in/demo",
        data={"csrf_token": token[1], "username": "anna"},
        base_url="https://localhost",
        headers={"Referer": "https://localhost/logga-in"},
    )
    assert answer.status_code == 404
    with closed_site.runtime.reading() as work:
        assert work.session.scalars(select(SignInSession)).all() == []
        assert work.session.scalars(select(Caseworker)).first() is not None


def test_the_limits_of_a_session_are_settings() -> None:
    told = Settings.from_environment(
        {"KVARBOENDE_SESSION_IDLE_MINUTES": "5", "KVARBOENDE_SESSION_HOURS": "8"}
    )
    assert (told.session_idle_minutes, told.session_hours) == (5, 8)


def cookie_of(browser: Browser) -> str:
    cookie = browser.client.get_cookie("kvarboende")
    assert cookie is not None
    return cookie.value


def test_a_cookie_that_was_copied_is_worth_nothing_after_signing_out(site: Site) -> None:
    anna = sign_in(site)
    copied = cookie_of(anna)
    thief = site.visitor()
    thief.client.set_cookie("kvarboende", copied)
    assert is_in(thief), "while the sign-in lasts the cookie is all there is"
    anna.post("/logga-ut")
    assert not is_in(thief)
    thief.client.set_cookie("kvarboende", copied)
    assert not is_in(thief)
    sign_in(site)
    thief.client.set_cookie("kvarboende", copied)
    assert not is_in(thief), "a new sign-in does not wake an old cookie"


def refused(site: Site) -> list[tuple[str, str, int | None, str]]:
    with site.runtime.reading() as work:
        rows = work.session.scalars(select(RefusedSignIn).order_by(RefusedSignIn.id))
        return [(row.means, row.why, row.caseworker_id, row.address) for row in rows]


def test_who_is_not_let_in_is_noted_without_what_was_typed(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "hemligt-som-namn"
    with site.runtime.transaction() as work:
        bosse = get_caseworker_named(work.session, "bosse").id
        deactivate_caseworker(work, caseworker=get_caseworker_named(work.session, "bosse"))
        anna = get_caseworker_named(work.session, "anna").id
    for username in (" Anna", typed, "bosse"):
        site.visitor().post("/logga-in", username=username, password="fel")
    here = "127.0.0.1"
    assert refused(site) == [
        ("password", "wrong", anna, here),
        ("password", "unknown", None, here),
        ("password", "deactivated", bosse, here),
    ]
    lines = [record.getMessage() for record in caplog.records if record.name == "kvarboende.security"]
    assert f"sign-in refused means=password why=wrong account={anna} address={here}" in lines
    assert len(lines) == 3
    assert not any(typed in line or "anna" in line.casefold() for line in lines)


def test_tries_that_are_held_back_are_noted_once_a_minute(site: Site) -> None:
    visitor = site.visitor()
    for _ in range(20):
        visitor.post("/logga-in", username="anna", password="fel")
    whys = [why for _, why, _, _ in refused(site)]
    assert whys.count("braked") == 1
    assert whys.count("wrong") == len(whys) - 1
    site.clock.advance(timedelta(seconds=59))
    visitor.post("/logga-in", username="anna", password="fel")
    assert len(refused(site)) - len(whys) == 0
    site.clock.advance(timedelta(seconds=1))
    visitor.post("/logga-in", username="anna", password="fel")
    assert len(refused(site)) - len(whys) == 1


def test_a_wrong_password_on_the_account_page_and_a_wrong_code_are_noted(site: Site) -> None:
    anna = sign_in(site)
    anna.post("/konto/losenord", current="fel", new=NEW, again=NEW)
    assert [one[:2] for one in refused(site)] == [("current_password", "wrong")]


def test_who_watches_the_logs_sees_the_refused_and_nobody_else_does(site: Site) -> None:
    site.visitor().post("/logga-in", username="disa", password="fel")
    site.visitor().post("/logga-in", username="anna", password="fel")
    site.visitor().post("/logga-in", username="ingen-alls", password="fel")
    for username in ("gun", "stig"):
        page = site.browser(username).page("/personal/nekade-inloggningar")
        assert "Anna Lindqvist" in page
        assert "Okänt namn" in page
        assert "Disa Falk" not in page, "she belongs to another administration"
        assert "ingen-alls" not in page
    for username in ("anna", "maria", "per"):
        assert site.browser(username).get("/personal/nekade-inloggningar").status_code == 403


def test_the_list_of_the_refused_goes_on_on_the_next_page(site: Site) -> None:
    with site.runtime.transaction() as work:
        for number in range(101):
            note_refusal(work, caseworker=None, means="password", why="wrong", address=f"10.0.0.{number}")
    gun = site.browser("gun")
    first = gun.page("/personal/nekade-inloggningar")
    assert "10.0.0.100" in first
    assert ">10.0.0.0<" not in first
    [onward] = re.findall(r'href="(/personal/nekade-inloggningar\?efter=\d+)"', first)
    assert ">10.0.0.0<" in gun.page(onward)
