"""When the database is away or has no room, a person is told what to do, and what was typed is still there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from processes.models import Event, SignInSession
from tests.app.conftest import Site

SECRET = "hemligt-hemligt-hemligt"
TYPED = "Hyresgästen har ringt och vill bli uppringd."
AWAY, NO_ROOM = "Det gick inte att nå databasen", "Det finns inte plats att spara"


class DiskFull(Exception):
    """As PostgreSQL's driver tells it."""

    sqlstate = "53100"


TROUBLE = [
    (Exception("database or disk is full"), NO_ROOM),
    (DiskFull("could not extend file"), NO_ROOM),
    (Exception("server closed the connection unexpectedly"), AWAY),
]


def noted(site: Site) -> list[str]:
    with site.runtime.reading() as work:
        found = work.session.scalars(select(Event).where(Event.name == "anteckning"))
        return [event.payload["text"] for event in found]


@pytest.mark.parametrize(("trouble", "title"), TROUBLE, ids=["sqlite full", "postgresql full", "away"])
def test_what_was_typed_can_be_sent_again_when_the_database_is_back(
    site: Site, monkeypatch: pytest.MonkeyPatch, trouble: Exception, title: str
) -> None:
    case_id = site.register()
    anna = site.browser("anna")
    path = f"/arenden/{case_id}/handelser/anteckning"

    def broken(*_: object) -> None:
        raise OperationalError("COMMIT", {}, trouble)

    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", broken)
        answer = anna.post(path, text=TYPED)
    assert answer.status_code == 503
    assert title in answer.text
    assert noted(site) == []
    page: Any = html.fromstring(answer.text)
    [form] = [form for form in page.forms if form.get("action") == path]
    again = anna.client.post(path, data=dict(form.form_values()))
    assert again.status_code == 302
    assert noted(site) == [TYPED]


@pytest.mark.parametrize("when", ["the database is away", "the session has ended"])
@pytest.mark.parametrize("path", ["/logga-in", "/konto/losenord", "/konto/engangskoder"])
def test_a_password_is_never_shown_again(
    site: Site, monkeypatch: pytest.MonkeyPatch, path: str, when: str
) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("server closed the connection unexpectedly"))

    anna = site.browser("anna")
    secrets = {"current": "det gamla lösenordet", "new": SECRET, "again": SECRET, "password": SECRET}
    if when == "the session has ended":
        with site.runtime.transaction() as work:
            for one in work.session.scalars(select(SignInSession)):
                one.started_at -= timedelta(days=30)
    else:
        monkeypatch.setattr(Session, "commit", broken)
    answer = anna.post(path, username="anna", **secrets)
    assert answer.status_code >= 400
    assert SECRET not in answer.text
    assert secrets["current"] not in answer.text


def test_another_system_is_told_so_in_its_own_way(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OperationalError("SELECT", {}, Exception("connection refused"))

    monkeypatch.setattr(type(site.runtime), "reading", broken)
    answer = site.visitor().client.get("/api/v1/arenden", headers={"Authorization": "Bearer kvb_x"})
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["title"] == AWAY


def test_a_page_whose_reading_cannot_be_logged_is_not_shown(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = site.register()
    anna = site.browser("anna")

    def broken(*_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", broken)
        answer = anna.get(f"/arenden/{case_id}")
    assert answer.status_code == 503
    assert NO_ROOM in answer.text
    assert "Påhittad" not in answer.text
