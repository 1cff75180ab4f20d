"""Where the browser's cookie meets the table of sessions: who is behind this request, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import g, request, session

from app import provider
from app.web import SIGNED_IN, Reader, found_at_the_door, running_system, session_limits, transaction_of_page
from processes.actions.sign_in import end_over_session, end_session, mark_seen, start_session
from processes.errors import NotSignedIn
from processes.models import Caseworker
from processes.queries.attention import Attention, attention_of
from processes.queries.people import get_caseworker
from processes.queries.sign_in import get_open_session
from processes.unit_of_work import UnitOfWork

SEEN_EVERY = timedelta(minutes=1)
"""A session's last use is written down at most this often, so that looking at pages does not write each time."""
BY_THEMSELVES = frozenset({"inbox.only_list"})
"""What an open page asks for without anybody touching it: that keeps nobody signed in."""


def begin(
    work: UnitOfWork, caseworker: Caseworker, means: str, *, sealed_token: str = "", sealed_proof: str = ""
) -> None:
    """Sign the person in to this browser: a new token, a new cookie, and nothing left of whoever sat here before."""
    old = session.get(SIGNED_IN)
    if isinstance(old, str):
        end_session(work, token=old, why="renewed")
    forget()
    session[SIGNED_IN] = start_session(
        work,
        caseworker=caseworker,
        means=means,
        device=request.user_agent.string,
        sealed_token=sealed_token,
        sealed_proof=sealed_proof,
    )


def forget() -> None:
    """Empty the cookie of everything but the language."""
    language = session.get("language")
    session.clear()
    if language is not None:
        session["language"] = language


def attention() -> Attention:
    """What the head of this page says waits for its reader: counted already for a page, only now after a post.

    Counted in the transaction in which the page is being made, where there is one: a request that holds a connection
    and waits for a second one could wait for others that do the same.
    """
    reader: Reader | None = g.get("reader")
    if reader is None:
        return Attention()
    if "attention" not in g:
        g.attention = _counted_for(reader)
    return cast(Attention, g.attention)


def _counted_for(reader: Reader) -> Attention:
    begun = transaction_of_page()
    if begun is not None:
        with begun.no_autoflush:
            return attention_of(begun, get_caseworker(begun, reader.id))
    with running_system().reading() as work:
        return attention_of(work.session, get_caseworker(work.session, reader.id))


def find_reader() -> Reader | None:
    """Who is signed in to this browser; nobody when the session is over, which is then written down."""
    token = session.get(SIGNED_IN)
    if not isinstance(token, str):
        return None
    system = running_system()
    try:
        with system.reading() as work:
            found = get_open_session(work.session, token, work.now, session_limits())
            reader = Reader.of(found.caseworker)
            if request.method == "GET" and request.endpoint not in BY_THEMSELVES:
                g.attention = attention_of(work.session, found.caseworker)
            is_stale = work.now - found.seen_at >= SEEN_EVERY
            asks = found.means == "provider" and provider.is_due(found.checked_at, work.now)
            work.session.expunge_all()  # so that the first transaction can take the person over
        if asks:
            provider.ask_again(token)
    except NotSignedIn:
        with system.transaction() as work:
            end_over_session(work, token=token, limits=session_limits())
        forget()
        return None
    if is_stale and request.endpoint not in BY_THEMSELVES:
        with system.transaction() as work:
            mark_seen(work, token=token)
    found_at_the_door(found.caseworker)
    return reader
