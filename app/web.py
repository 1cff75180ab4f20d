"""What every page needs from the request: the running system, who is signed in, and where to go next."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from flask import current_app, session

from processes.errors import CaseworkerNotFound, NotSignedIn
from processes.models import Caseworker
from processes.queries.people import get_caseworker
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

SIGNED_IN = "caseworker"


def running_system() -> Runtime:
    """The system that these pages belong to."""
    return cast(Runtime, current_app.extensions["runtime"])


def signed_in(work: UnitOfWork) -> Caseworker:
    """Who is signed in, as of this transaction. Raises NotSignedIn, also for somebody who no longer works here."""
    try:
        return get_caseworker(work.session, session[SIGNED_IN])
    except (KeyError, CaseworkerNotFound) as nobody:
        raise NotSignedIn("nobody is signed in") from nobody


def local_path(target: str | None, otherwise: str) -> str:
    """`target` if it is a path on this site, so that nobody can be led away from it."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc and target.isprintable() else otherwise
