"""Keeps the pages shut: sign-in on every route that is not listed as open, forged posts refused, strict headers."""

from __future__ import annotations

import secrets

from flask import Flask, Response, g, redirect, request, session, url_for
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from app.web import SIGNED_IN, Reader, running_system, signed_in
from processes.errors import NotSignedIn
from processes.queries.notifications import count_unseen

OPEN_ROUTES = frozenset(
    {
        "static",
        "sign_in.show",
        "sign_in.enter",
        "sign_in.enter_demo",
        "health.live",
        "health.ready",
        "texts.choose",
    }
)
"""The only routes that answer somebody who is not signed in."""

csrf = CSRFProtect()


def protect(app: Flask) -> None:
    """Put the guards in front of every route of the application."""
    app.before_request(_require_sign_in)
    csrf.init_app(app)
    app.after_request(_add_headers)
    app.jinja_env.globals["style_nonce"] = style_nonce


def style_nonce() -> str:
    """A word that only this answer's own style sheets know.

    Made when it is first asked for: a post that is refused before the view runs needs one for its error page too.
    """
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    return str(g.style_nonce)


def _require_sign_in() -> AnyResponse | None:
    g.reader = None
    if SIGNED_IN in session:
        try:
            with running_system().reading() as work:
                caseworker = signed_in(work)
                g.reader = Reader.of(caseworker, unseen=count_unseen(work.session, caseworker))
        except NotSignedIn:
            session.clear()
    if g.reader is None and request.endpoint is not None and request.endpoint not in OPEN_ROUTES:
        if request.method not in ("GET", "HEAD"):
            raise NotSignedIn("the session has ended")
        return redirect(url_for("sign_in.show", vidare=request.full_path.rstrip("?")))
    return None


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            f"style-src 'self' 'nonce-{style_nonce()}'",
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
        headers["Cache-Control"] = "no-store"
    return response
