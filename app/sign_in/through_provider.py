"""Signing in and out through the municipality's identity provider."""

from __future__ import annotations

from flask import g, redirect, render_template, request, session, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import sessions
from app.provider import Provider, Vouched, the_provider
from app.sign_in.pages import pages
from app.sign_in.refusals import note
from app.web import SIGNED_IN, local_path, running_system
from processes.actions.provider_people import admit, take_access
from processes.errors import NoAccess, ProviderRefused, UsernameTaken
from processes.queries.sign_in import find_session
from processes.unit_of_work import UnitOfWork

ONWARD = "after_provider"


@pages.get("/logga-in/kommunen")
def to_provider() -> Response:
    """Go to the provider to sign in there."""
    provider = _provider()
    answer = provider.send_there(_address_of("sign_in.from_provider"))
    session[ONWARD] = local_path(request.args.get("vidare"), "")
    return answer


@pages.get("/logga-in/kommunen/svar")
def from_provider() -> Response:
    """Come back from the provider."""
    provider = _provider()
    onward = session.pop(ONWARD, None)
    try:
        vouched = provider.who_came_back()
    except ProviderRefused:
        note("provider", "not_trusted")
        raise
    try:
        _let_in(provider, vouched)
    except (NoAccess, UsernameTaken) as refusal:
        why = "no_access" if isinstance(refusal, NoAccess) else "name_taken"
        note("provider", why, vouched.claimed.username)
        raise
    return redirect(local_path(onward, url_for("inbox.show")))


def _let_in(provider: Provider, vouched: Vouched) -> None:
    """Begin the session, or take from who is in no group any more what is left of access. Raises as `admit` does."""
    try:
        access = provider.groups.access_of(vouched.groups)
    except NoAccess:
        with running_system().transaction() as work:
            take_access(work, issuer=provider.issuer, subject=vouched.claimed.subject)
        raise
    with running_system().transaction() as work:
        caseworker = admit(work, claimed=vouched.claimed, access=access)
        sessions.begin(
            work,
            caseworker,
            "provider",
            sealed_token=vouched.sealed_token,
            sealed_proof=vouched.sealed_proof,
        )


def proof_of(work: UnitOfWork) -> str:
    """What shows the provider whose sign-in this browser's session came from; empty for any other session."""
    found = find_session(work.session, session[SIGNED_IN])
    return found.sealed_proof if found is not None else ""


def leave_there(proof: str) -> Response | str:
    """Lead who has signed out here to the provider, to sign out there as well, if it has a place for that.

    Otherwise whoever sits down next would come in by a click. A page leads there and not an answer to the post: our
    own headers forbid a form to lead to another site.
    """
    provider = the_provider()
    way_out = provider.way_out(proof, _address_of("sign_in.show")) if provider is not None and proof else None
    if way_out is None:
        return redirect(url_for("sign_in.show"))
    g.reader = None
    return render_template("sign_in/left.html", way_out=way_out)


def _provider() -> Provider:
    provider = the_provider()
    if provider is None:
        raise NotFound
    return provider


def _address_of(endpoint: str) -> str:
    scheme = "https" if running_system().settings.https else "http"
    return url_for(endpoint, _external=True, _scheme=scheme)
