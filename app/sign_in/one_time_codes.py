"""Begins and stops asking for a one-time code at sign-in, for one's own account."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.failures import sentence_about
from app.sign_in.account import prove_it_is_you
from app.sign_in.pages import pages
from app.texts import t
from app.web import running_system, seal, signed_in
from processes.actions.second_factor import begin_factor, confirm_factor, find_begun, link_of, remove_factor
from processes.errors import NotSignedIn, TooManyTries
from processes.queries.sign_in import asks_for_code

Page = str | tuple[str, int] | Response


@pages.get("/konto/engangskoder")
def codes() -> str:
    """The page that begins or stops the one-time codes."""
    return _page("")


@pages.post("/konto/engangskoder")
def begin_codes() -> Page:
    """Show the secret for the person's app, once."""
    refused = _refused()
    if refused is not None:
        return refused
    with running_system().transaction() as work:
        caseworker = signed_in(work)
        secret = begin_factor(work, caseworker=caseworker, seal=seal())
        return render_template(
            "sign_in/secret.html", trouble="", secret=secret, link=link_of(caseworker, secret)
        )


@pages.post("/konto/engangskoder/bekrafta")
def confirm_codes() -> Page:
    """Take the first code from the app; then sign-in asks for one, and the recovery codes are shown, once."""
    try:
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            code = request.form.get("code", "")[:20]
            recovery = confirm_factor(work, caseworker=caseworker, code=code, seal=seal())
    except NotSignedIn:
        return _once_more(), 400
    return render_template("sign_in/recovery.html", codes=recovery)


@pages.post("/konto/engangskoder/bort")
def stop_codes() -> Page:
    """Stop asking for a code."""
    refused = _refused()
    if refused is not None:
        return refused
    with running_system().transaction() as work:
        remove_factor(work, caseworker=signed_in(work))
    flash(t("Inloggningen frågar inte längre efter någon engångskod."))
    return redirect(url_for("sign_in.account"))


def _refused() -> tuple[str, int] | None:
    try:
        prove_it_is_you()
    except TooManyTries as refusal:
        return _page(sentence_about(refusal)), 429
    except NotSignedIn:
        return _page(t("Det nuvarande lösenordet är fel.")), 400
    return None


def _once_more() -> str:
    """The same secret again, while no code from it has been right."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        secret = find_begun(work, caseworker=caseworker, seal=seal())
        if secret is None:
            return _page(t("Börja om: det finns ingen hemlighet att bekräfta."))
        wrong = t("Koden är fel eller redan använd.")
        return render_template(
            "sign_in/secret.html", trouble=wrong, secret=secret, link=link_of(caseworker, secret)
        )


def _page(trouble: str) -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        return render_template(
            "sign_in/codes.html",
            trouble=trouble,
            caseworker=caseworker,
            asks_for_code=asks_for_code(work.session, caseworker),
        )
