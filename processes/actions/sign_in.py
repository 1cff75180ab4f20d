"""Begins and ends sign-ins, and slows down who guesses."""

from __future__ import annotations

import hashlib
import math
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite

from processes.errors import TooManyTries
from processes.models import Caseworker, SignInBrake, SignInSession
from processes.queries.sign_in import find_session, fingerprint
from processes.rules.sign_in import BRAKES, FORGIVEN_AFTER, SessionLimits
from processes.unit_of_work import UnitOfWork

LONGEST_DEVICE = 200


def start_session(
    work: UnitOfWork,
    *,
    caseworker: Caseworker,
    means: str,
    device: str = "",
    sealed_token: str = "",
    sealed_proof: str = "",
) -> str:
    """A new session of the person; answers the token that only the browser is to hold."""
    token = secrets.token_urlsafe(32)
    work.session.add(
        SignInSession(
            token_hash=fingerprint(token),
            caseworker_id=caseworker.id,
            means=means,
            device=device[:LONGEST_DEVICE],
            started_at=work.now,
            seen_at=work.now,
            checked_at=work.now,
            sealed_token=sealed_token,
            sealed_proof=sealed_proof,
        )
    )
    work.session.flush()
    return token


def mark_seen(work: UnitOfWork, *, token: str) -> None:
    """Something was done in the session, so that its idle time begins anew."""
    found = find_session(work.session, token)
    if found is not None and found.ended_at is None:
        found.seen_at = max(found.seen_at, work.now)


def end_session(work: UnitOfWork, *, token: str, why: str) -> None:
    """End this session; one that is unknown or has ended stays as it is."""
    found = find_session(work.session, token)
    if found is not None:
        _end(work, found, why)


def end_over_session(work: UnitOfWork, *, token: str, limits: SessionLimits) -> None:
    """Note on a session that is over by its age or idleness, or whose person has left, that it has ended."""
    found = find_session(work.session, token)
    if found is not None:
        over = limits.why_over(found.started_at, found.seen_at, work.now)
        why = over if found.caseworker.is_active else "deactivated"
        if why is not None:
            _end(work, found, why)


def end_all_sessions(work: UnitOfWork, *, caseworker: Caseworker, why: str) -> int:
    """End every session of the person, in every browser; answers how many there were."""
    going_on = select(SignInSession).where(
        SignInSession.caseworker_id == caseworker.id, SignInSession.ended_at.is_(None)
    )
    found = work.session.scalars(going_on).all()
    for each in found:
        _end(work, each, why)
    return len(found)


def _end(work: UnitOfWork, found: SignInSession, why: str) -> None:
    if found.ended_at is None:
        found.ended_at, found.ended_why = work.now, why
        found.sealed_token = found.sealed_proof = ""


def count_try(work: UnitOfWork, *, username: str, address: str) -> None:
    """Count a try to sign in before it is looked at, so that many at once count too.

    Raises TooManyTries when there were too many wrong ones; the same for a name that does not exist.
    """
    brakes = [(kind, _brake(work, key)) for kind, key in _keys(username, address).items()]
    waits = [brake.until for _, brake in brakes if brake.until is not None and brake.until > work.now]
    if waits:
        raise TooManyTries(minutes=_minutes_until(max(waits), work.now))
    for kind, brake in brakes:
        brake.tries += 1
        brake.last_at = work.now
        wait = BRAKES[kind].wait_after(brake.tries)
        brake.until = work.now + wait if wait else None


def forget_tries(work: UnitOfWork, *, username: str, address: str) -> None:
    """The try was right: the wrong ones of this name before it no longer count."""
    for kind, key in _keys(username, address).items():
        brake = _brake(work, key)
        brake.tries = max(0, brake.tries - 1) if kind == "address" else 0
        brake.until = None


def _keys(username: str, address: str) -> dict[str, str]:
    parts = {"person": f"{username}\0{address}", "name": username, "address": address}
    return {kind: hashlib.sha256(f"{kind}\0{part}".encode()).hexdigest() for kind, part in parts.items()}


def _brake(work: UnitOfWork, key: str) -> SignInBrake:
    brake = work.session.get(SignInBrake, key, with_for_update=True)
    if brake is None:
        insert = on_postgresql if work.session.get_bind().dialect.name == "postgresql" else on_sqlite
        first = {"key": key, "tries": 0, "last_at": work.now}
        # Somebody at the same address may be just as quick.
        work.session.execute(insert(SignInBrake).values(first).on_conflict_do_nothing())
        brake = work.session.get_one(SignInBrake, key, with_for_update=True)
    elif abs(work.now - brake.last_at) > FORGIVEN_AFTER:  # the computer's clock may have been wrong
        brake.tries, brake.until = 0, None
    return brake


def _minutes_until(instant: datetime, now: datetime) -> int:
    return max(1, math.ceil((instant - now).total_seconds() / 60))
