"""Signing in with name and password or as one of a demo's people, and signing out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import g, redirect, render_template, request, session, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import sessions
from app.failures import sentence_about
from app.provider import the_provider
from app.sign_in.pages import pages
from app.sign_in.refusals import note
from app.sign_in.through_provider import leave_there, proof_of
from app.texts import t
from app.web import SIGNED_IN, local_path, running_system, seal, signed_in
from processes.actions.people import check_password
from processes.actions.second_factor import check_code
from processes.actions.sign_in import count_try, end_all_sessions, end_session, forget_tries
from processes.errors import CaseworkerNotFound, NotSignedIn, TooManyTries
from processes.models import Caseworker
from processes.queries.people import active_caseworkers, get_caseworker, get_caseworker_named
from processes.queries.sign_in import asks_for_code
from processes.rules.sign_in import HALFWAY

HALFWAY_IN = "halfway"
"""Where the cookie says whose password was right while the one-time code is still to come."""
Page = str | tuple[str, int] | Response


@pages.get("/logga-in")
def show() -> Page:
    """The sign-in page."""
    if g.reader is not None:
        return redirect(url_for("inbox.show"))
    return _page()


@pages.post("/logga-in")
def enter() -> Page:
    """Sign in with name and password."""
    if not running_system().settings.local_accounts:
        raise NotFound
    username = request.form.get("username", "").strip().lower()[:100]
    try:
        _count(username)
        with running_system().transaction() as work:
            caseworker = check_password(work, username=username, password=request.form.get("password", ""))
            if asks_for_code(work.session, caseworker):
                sessions.forget()
                session[HALFWAY_IN] = [caseworker.id, work.now.isoformat()]
                return redirect(url_for("sign_in.ask_for_code", vidare=_onward()))
            forget_tries(work, username=username, address=_address())
            sessions.begin(work, caseworker, "password")
    except TooManyTries as refusal:
        note("password", "braked", username)
        return _page(sentence_about(refusal), username), 429
    except NotSignedIn:
        note("password", "wrong", username)
        return _page(t("Namnet och lösenordet stämmer inte överens."), username), 401
    return redirect(local_path(_onward(), url_for("inbox.show")))


@pages.get("/logga-in/kod")
def ask_for_code() -> Page:
    """The page that asks for a one-time code, after the password."""
    if HALFWAY_IN not in session:
        return redirect(url_for("sign_in.show"))
    return render_template("sign_in/code.html", trouble="", onward=local_path(_onward(), ""))


@pages.post("/logga-in/kod")
def enter_with_code() -> Page:
    """Sign in with the one-time code."""
    username = ""
    try:
        caseworker_id, username = _halfway()
        _count(username)
        with running_system().transaction() as work:
            caseworker = get_caseworker(work.session, caseworker_id)
            check_code(work, caseworker=caseworker, code=request.form.get("code", "")[:100], seal=seal())
            forget_tries(work, username=username, address=_address())
            sessions.begin(work, caseworker, "password")
    except CaseworkerNotFound:
        sessions.forget()
        return redirect(url_for("sign_in.show", vidare=_onward()))
    except TooManyTries as refusal:
        note("code", "braked", username)
        return _code_page(sentence_about(refusal)), 429
    except NotSignedIn:
        note("code", "wrong", username)
        return _code_page(t("Koden är fel eller redan använd.")), 401
    return redirect(local_path(_onward(), url_for("inbox.show")))


@pages.post("/logga-in/demo")
def enter_demo() -> Response:
    """Sign in as one of the demo's people, without a password; there is no such route outside a demo."""
    if not running_system().settings.demo:
        raise NotFound
    with running_system().transaction() as work:
        caseworker = get_caseworker_named(work.session, request.form.get("username", ""))
        sessions.begin(work, caseworker, "demo")
    return redirect(local_path(_onward(), url_for("inbox.show")))


@pages.post("/logga-ut")
def leave() -> Page:
    """Sign out in this browser."""
    with running_system().transaction() as work:
        proof = proof_of(work)
        end_session(work, token=session[SIGNED_IN], why="signed_out")
    sessions.forget()
    return leave_there(proof)


@pages.post("/logga-ut/overallt")
def leave_everywhere() -> Page:
    """Sign out in every browser."""
    with running_system().transaction() as work:
        proof = proof_of(work)
        end_all_sessions(work, caseworker=signed_in(work), why="everywhere")
    sessions.forget()
    return leave_there(proof)


def _halfway() -> tuple[int, str]:
    """Who has given the right password a moment ago. Raises CaseworkerNotFound when that is too long ago."""
    caseworker_id, since = session.get(HALFWAY_IN) or (0, "0001-01-01T00:00:00+00:00")
    with running_system().reading() as work:
        if work.now - datetime.fromisoformat(since) >= HALFWAY:
            raise CaseworkerNotFound("the password was given too long ago")
        return caseworker_id, get_caseworker(work.session, caseworker_id).username


def _count(username: str) -> None:
    with running_system().transaction() as work:
        count_try(work, username=username, address=_address())


def _address() -> str:
    return request.remote_addr or ""


def _onward() -> str | None:
    return request.values.get("vidare")


def _code_page(trouble: str) -> str:
    return render_template("sign_in/code.html", trouble=trouble, onward=local_path(_onward(), ""))


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
            onward=local_path(_onward(), ""),
            has_accounts=running_system().settings.local_accounts,
            has_provider=the_provider() is not None,
        )
