"""Finds sessions and what else proves who somebody is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from processes.errors import NotSignedIn
from processes.models import Caseworker, ProviderIdentity, SecondFactor, SignInSession
from processes.rules.sign_in import SessionLimits

WITH_THIS_TOKEN = (
    select(SignInSession)
    .where(SignInSession.token_hash == bindparam("token_hash"))
    .options(joinedload(SignInSession.caseworker).joinedload(Caseworker.memberships))
)
"""Asked by every request, more than once: so it is made once, and brings the person and the roles along."""


def fingerprint(secret: str) -> str:
    """What is kept of a secret that is random and long: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_session(session: Session, token: str) -> SignInSession | None:
    """The session whose browser holds this token, ended or not."""
    return session.scalars(WITH_THIS_TOKEN, {"token_hash": fingerprint(token)}).unique().first()


def get_open_session(session: Session, token: str, now: datetime, limits: SessionLimits) -> SignInSession:
    """The session that goes on at `now`. Raises NotSignedIn when it has ended or its person may no longer sign in."""
    found = find_session(session, token)
    if found is None or found.ended_at is not None or not found.caseworker.is_active:
        raise NotSignedIn("there is no such session, or it has ended")
    over = limits.why_over(found.started_at, found.seen_at, now)
    if over is not None:
        raise NotSignedIn(f"the session is over: {over}")
    return found


def open_sessions_of(
    session: Session, caseworker: Caseworker, now: datetime, limits: SessionLimits
) -> Sequence[SignInSession]:
    """Where the person is signed in, the latest first."""
    of_person = select(SignInSession).where(
        SignInSession.caseworker_id == caseworker.id, SignInSession.ended_at.is_(None)
    )
    found = session.scalars(
        of_person.order_by(SignInSession.started_at.desc(), SignInSession.id.desc())
    ).all()
    return [each for each in found if limits.why_over(each.started_at, each.seen_at, now) is None]


def find_factor(session: Session, caseworker: Caseworker) -> SecondFactor | None:
    """The person's one-time codes, confirmed or only begun."""
    return session.get(SecondFactor, caseworker.id)


def asks_for_code(session: Session, caseworker: Caseworker) -> bool:
    """Whether the person signs in with a one-time code besides the password."""
    factor = find_factor(session, caseworker)
    return factor is not None and factor.confirmed_at is not None


def find_by_identity(session: Session, issuer: str, subject: str) -> Caseworker | None:
    """The caseworker who is this person at the identity provider."""
    matching = select(Caseworker).join(ProviderIdentity)
    return session.scalars(
        matching.where(ProviderIdentity.issuer == issuer, ProviderIdentity.subject == subject)
    ).first()
