"""Writes down that somebody was not let in: a row for the page that lists them, and a line for a watching program."""

from __future__ import annotations

import logging

from flask import request

from app.web import running_system
from processes.actions.refused_sign_ins import note_refusal
from processes.models import Caseworker
from processes.queries.people import find_caseworker
from processes.unit_of_work import UnitOfWork

log = logging.getLogger("kvarboende.security")


def note(means: str, why: str, username: str = "") -> None:
    """Note it, in a transaction of its own, about the account that has this name.

    Neither the row nor the line tells what was typed as a name: it may be somebody's password.
    """
    address = request.remote_addr or ""
    with running_system().transaction() as work:
        refused = note_refusal(work, caseworker=_known(work, username), means=means, why=why, address=address)
        if refused is None:
            return
        account, reason = refused.caseworker_id, refused.why
    log.warning(
        "sign-in refused means=%s why=%s account=%s address=%s", means, reason, account or "-", address
    )


def _known(work: UnitOfWork, username: str) -> Caseworker | None:
    return find_caseworker(work.session, username) if username.strip() else None
