"""One's own account: where one is signed in, and the password."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app import sessions
from app.failures import sentence_about
from app.sign_in.pages import pages
from app.sign_in.refusals import note
from app.texts import t
from app.web import SIGNED_IN, running_system, session_limits, signed_in
from processes.actions.passwords import change_password as set_password
from processes.actions.people import check_password
from processes.actions.sign_in import count_try, forget_tries
from processes.errors import NotSignedIn, PasswordRefused, TooManyTries
from processes.queries.sign_in import asks_for_code, fingerprint, open_sessions_of

Page = str | tuple[str, int] | Response


@pages.get("/konto")
def account() -> str:
    """Where the person is signed in, and what can be changed about that."""
    with running_system().reading() as work:
        caseworker = signed_in(work)
        return render_template(
            "sign_in/account.html",
            caseworker=caseworker,
            places=open_sessions_of(work.session, caseworker, work.now, session_limits()),
            this_one=fingerprint(session[SIGNED_IN]),
            asks_for_code=asks_for_code(work.session, caseworker),
        )


@pages.get("/konto/losenord")
def password() -> str:
    """The page to change one's password on."""
    return _page("")


@pages.post("/konto/losenord")
def change_password() -> Page:
    """Change the password; every other browser is signed out."""
    new = request.form.get("new", "")
    if new != request.form.get("again", ""):
        return _page(t("Du skrev inte samma nya lösenord två gånger.")), 400
    try:
        prove_it_is_you()
        with running_system().transaction() as work:
            caseworker = signed_in(work)
            set_password(work, caseworker=caseworker, current=request.form.get("current", ""), new=new)
            sessions.begin(work, caseworker, "password")
    except TooManyTries as refusal:
        return _page(sentence_about(refusal)), 429
    except PasswordRefused as refusal:
        return _page(t(refusal.why)), 400
    except NotSignedIn:
        return _page(t("Det nuvarande lösenordet är fel.")), 400
    flash(t("Lösenordet är bytt. Du är utloggad överallt utom här."))
    return redirect(url_for("sign_in.account"))


def prove_it_is_you() -> None:
    """Check the posted current password of who is signed in. Raises TooManyTries, and NotSignedIn when it is wrong."""
    address = request.remote_addr or ""
    with running_system().reading() as work:
        username = signed_in(work).username
    try:
        with running_system().transaction() as work:
            count_try(work, username=username, address=address)
        with running_system().transaction() as work:
            check_password(work, username=username, password=request.form.get("current", ""))
            forget_tries(work, username=username, address=address)
    except (TooManyTries, NotSignedIn) as refusal:
        note("current_password", "braked" if isinstance(refusal, TooManyTries) else "wrong", username)
        raise


def _page(trouble: str) -> str:
    with running_system().reading() as work:
        caseworker = signed_in(work)
        return render_template("sign_in/password.html", trouble=trouble, caseworker=caseworker)
