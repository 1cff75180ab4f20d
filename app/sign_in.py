"""Signing in and out: with name and password, or in a demo by choosing one of the fictional people."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app.texts import t
from app.web import SIGNED_IN, local_path, running_system
from processes.actions.people import check_password
from processes.errors import NotSignedIn
from processes.models import Caseworker
from processes.queries.people import active_caseworkers, get_caseworker_named

pages = Blueprint("sign_in", __name__)

TRIES = 5
WAIT = timedelta(minutes=5)


class Brake:
    """Slows down who guesses passwords: after some wrong ones for a name it waits, in each web process."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[datetime]] = {}

    def is_on(self, username: str, now: datetime) -> bool:
        """Whether the name has had too many wrong passwords lately."""
        recent = self._failures.get(username, deque())
        return len(recent) == TRIES and now - recent[0] < WAIT

    def note(self, username: str, now: datetime) -> None:
        """A wrong password was given for the name."""
        if len(self._failures) > 10_000:
            self._failures.clear()
        self._failures.setdefault(username, deque(maxlen=TRIES)).append(now)


brake = Brake()


@pages.get("/logga-in")
def show() -> str | Response:
    """The sign-in page."""
    if g.reader is not None:
        return redirect(url_for("inbox.show"))
    return _page()


@pages.post("/logga-in")
def enter() -> tuple[str, int] | Response:
    """Sign in with name and password."""
    username = request.form.get("username", "").strip().lower()[:100]
    now = running_system().clock.now()
    if brake.is_on(username, now):
        return _page(t("För många försök. Vänta fem minuter och försök igen."), username), 429
    try:
        with running_system().reading() as work:
            caseworker = check_password(
                work, username=username, password=request.form.get("password", "")[:500]
            )
            return _enter(caseworker)
    except NotSignedIn:
        brake.note(username, now)
        return _page(t("Namnet och lösenordet stämmer inte överens."), username), 401


@pages.post("/logga-in/demo")
def enter_demo() -> Response:
    """Sign in as one of the demo's people, without a password; there is no such route outside a demo."""
    if not running_system().settings.demo:
        raise NotFound
    with running_system().reading() as work:
        return _enter(get_caseworker_named(work.session, request.form.get("username", "")))


@pages.post("/logga-ut")
def leave() -> Response:
    """Sign out."""
    chosen = session.get("language")
    session.clear()
    session["language"] = chosen
    return redirect(url_for("sign_in.show"))


def _enter(caseworker: Caseworker) -> Response:
    chosen = session.get("language")
    session.clear()
    session[SIGNED_IN] = caseworker.id
    session["language"] = chosen
    return redirect(local_path(request.form.get("vidare"), url_for("inbox.show")))


def _page(trouble: str = "", username: str = "") -> str:
    people: Sequence[Caseworker] = ()
    with running_system().reading() as work:
        if running_system().settings.demo:
            people = active_caseworkers(work.session)
        return render_template(
            "sign_in/sign_in.html",
            trouble=trouble,
            username=username,
            people=people,
            onward=local_path(request.values.get("vidare"), ""),
        )
