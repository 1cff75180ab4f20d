"""Keeps the pages shut: sign-in on every route that is not listed as open, forged posts refused, strict headers."""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus

from flask import Flask, Response, g, redirect, request, url_for
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from app import sessions
from app.web import is_call, running_system
from processes.errors import NotSignedIn

OPEN_ROUTES = frozenset(
    {
        "static",
        "sign_in.show",
        "sign_in.enter",
        "sign_in.enter_demo",
        "sign_in.ask_for_code",
        "sign_in.enter_with_code",
        "sign_in.to_provider",
        "sign_in.from_provider",
        "health.live",
        "health.ready",
        "health.punctual",
        "metrics.show",
        "calendars.feed",
        "texts.choose",
        "reading_matter.show",
        "reading_matter.openapi",
    }
)
"""The only routes that answer somebody who is not signed in."""

FOR_ANYBODY = frozenset({"static", "health.live", "health.ready", "health.punctual", "metrics.show"})
"""Those whose answer is the same for everybody: nobody is looked up for them."""

FIRST_OF_ALL = OPEN_ROUTES | {"sign_in.password", "sign_in.change_password", "sign_in.leave"}
"""What somebody can reach whose password another person knows too."""

NAMED_BY_CONTENT = re.compile(r"/dist/.+-[0-9A-Z]{8}\.\w+$")
"""A file of the browser bundle, which carries a short form of its content in its name (frontend/build.mjs)."""

csrf = CSRFProtect()


def protect(app: Flask) -> None:
    """Put the guards in front of every route of the application."""
    app.before_request(_require_sign_in)
    csrf.init_app(app)
    app.after_request(_add_headers)
    app.jinja_env.globals.update(style_nonce=style_nonce, attention=sessions.attention)


def style_nonce() -> str:
    """A word that only this answer's own style sheets know.

    Made when it is first asked for: a post that is refused before the view runs needs one for its error page too.
    """
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    return str(g.style_nonce)


def _style_sheets() -> str:
    """Which style sheets inside the page hold: ours; and those that the editor of decision tables makes as it goes."""
    return "'unsafe-inline'" if g.get("writes_styles") else f"'nonce-{style_nonce()}'"


def _require_sign_in() -> AnyResponse | None:
    if is_call():  # its key decides (app/api/guard.py); whoever is signed in to the browser does not matter
        g.reader = None
        return None
    g.reader = None if request.endpoint in FOR_ANYBODY else sessions.find_reader()
    if g.reader is None and request.endpoint is not None and request.endpoint not in OPEN_ROUTES:
        if request.method not in ("GET", "HEAD"):
            raise NotSignedIn("the session has ended")
        return redirect(url_for("sign_in.show", vidare=request.full_path.rstrip("?")))
    if g.reader is not None and g.reader.must_change_password and request.endpoint not in FIRST_OF_ALL:
        return redirect(url_for("sign_in.password"))
    return None


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' {_style_sheets()}",
            "style-src-attr 'unsafe-inline'" if g.get("draws_diagrams") else "style-src-attr 'none'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    headers["X-Frame-Options"] = "DENY"
    if running_system().settings.https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")  # a calendar says that it may be asked about again
    elif response.status_code == HTTPStatus.OK and _changes_its_address():
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _changes_its_address() -> bool:
    """Whether another content of the static file would have another address."""
    return bool(request.args.get("v") or NAMED_BY_CONTENT.search(request.path))
