"""Signing in through the municipality's identity provider."""

from __future__ import annotations

from flask import redirect, request, session, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from app import sessions
from app.provider import Provider, the_provider
from app.sign_in.pages import pages
from app.web import local_path, running_system
from processes.actions.provider_people import admit, take_access
from processes.errors import NoAccess

ONWARD = "after_provider"


@pages.get("/logga-in/kommunen")
def to_provider() -> Response:
    """Go to the provider to sign in there."""
    provider = _provider()
    answer = provider.send_there(_come_back_to())
    session[ONWARD] = local_path(request.args.get("vidare"), "")
    return answer


@pages.get("/logga-in/kommunen/svar")
def from_provider() -> Response:
    """Come back from the provider."""
    provider = _provider()
    onward = session.pop(ONWARD, None)
    vouched = provider.who_came_back()
    try:
        access = provider.groups.access_of(vouched.groups)
    except NoAccess:
        with running_system().transaction() as work:
            take_access(work, issuer=provider.issuer, subject=vouched.claimed.subject)
        raise
    with running_system().transaction() as work:
        caseworker = admit(work, claimed=vouched.claimed, access=access)
        sessions.begin(work, caseworker, "provider", sealed_token=vouched.sealed_token)
    return redirect(local_path(onward, url_for("inbox.show")))


def _provider() -> Provider:
    provider = the_provider()
    if provider is None:
        raise NotFound
    return provider


def _come_back_to() -> str:
    scheme = "https" if running_system().settings.https else "http"
    return url_for("sign_in.from_provider", _external=True, _scheme=scheme)
