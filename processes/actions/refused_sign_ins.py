"""Notes who was not let in, so that somebody sees it when passwords are guessed or an account is tried."""

from __future__ import annotations

from datetime import timedelta

from processes.models import Caseworker, RefusedSignIn
from processes.queries.refused_sign_ins import newest_refusal
from processes.unit_of_work import UnitOfWork

SAID_ONCE_IN = timedelta(minutes=1)
"""A try that is held back unread is noted at most so often per address and account, so that nobody fills the log."""


def note_refusal(
    work: UnitOfWork, *, caseworker: Caseworker | None, means: str, why: str, address: str
) -> RefusedSignIn | None:
    """Note that somebody was not let in; the codes of `means` and `why` are those of RefusedSignIn.

    Answers None when the same was noted a moment ago: tries that are held back cost nothing, so that there may be many.
    """
    if caseworker is not None and why == "wrong" and not caseworker.is_active:
        why = "deactivated"
    if caseworker is None and why == "wrong":
        why = "unknown"
    account = caseworker.id if caseworker is not None else None
    if why == "braked":
        newest = newest_refusal(work.session, address=address, caseworker_id=account)
        if newest is not None and newest.why == "braked" and work.now - newest.at < SAID_ONCE_IN:
            return None
    refused = RefusedSignIn(
        at=work.now,
        caseworker_id=account,
        administration_key=caseworker.administration_key if caseworker is not None else "",
        means=means,
        why=why,
        address=address,
    )
    work.session.add(refused)
    work.session.flush()
    return refused
