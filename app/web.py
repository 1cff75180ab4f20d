"""What every page needs from the request: the running system, who is signed in, and where to go next."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, g, request, session
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter, Map

from processes.actions.sealing import Seal
from processes.errors import Invalid, NotSignedIn
from processes.models import Caseworker
from processes.queries.sign_in import get_open_session
from processes.rules.permissions import VERBS, may
from processes.rules.sign_in import SessionLimits
from processes.rules.units import Role, Unit
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

API = "/api/v1"
"""Where the interface for other systems begins (app/api)."""
ABOUT_THE_API = frozenset({f"{API}/", f"{API}/openapi.json"})
"""What tells about the interface, open to anybody who is to connect a system."""
SIGNED_IN = "signed_in"
"""Where the cookie keeps the token of the session."""
JUST_NOW_SECONDS = 0.5
"""So long ago the guard may have found who is signed in for it still to be true."""
LARGEST_NUMBER = 2**63 - 1
_INSTANT = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{6})?\+00:00"
PLACE = re.compile(rf"({_INSTANT}_)?\d{{1,18}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the page, as far as the header of every page says."""

    id: int
    name: str
    administration: str
    administration_key: str
    roles: frozenset[Role]
    units: tuple[Unit, ...]
    must_change_password: bool
    verbs: frozenset[str]
    """What the person's roles allow, so that the header leads nowhere in vain; the actions themselves decide."""

    @classmethod
    def of(cls, caseworker: Caseworker) -> Reader:
        """The reader that a caseworker is."""
        return cls(
            caseworker.id,
            caseworker.name,
            caseworker.administration.name,
            caseworker.administration_key,
            caseworker.roles,
            tuple(sorted(caseworker.units)),
            must_change_password=caseworker.password_is_temporary,
            verbs=_verbs_of(caseworker.roles, caseworker.units),
        )


@lru_cache(maxsize=256)
def _verbs_of(roles: frozenset[Role], units: frozenset[Unit]) -> frozenset[str]:
    return frozenset(verb for verb in VERBS if may(verb, roles, units))


def running_system() -> Runtime:
    """The system that these pages belong to."""
    return cast(Runtime, current_app.extensions["runtime"])


def is_call() -> bool:
    """Whether the request is another system's, to be answered in JSON whatever happens."""
    return request.path.startswith(f"{API}/") and request.path != f"{API}/"


def needs_key() -> bool:
    """Whether the request is one that only a system with a key may make."""
    return is_call() and request.path not in ABOUT_THE_API


def session_limits() -> SessionLimits:
    """How long a sign-in lasts in this installation."""
    settings = running_system().settings
    return SessionLimits(
        idle=timedelta(minutes=settings.session_idle_minutes), oldest=timedelta(hours=settings.session_hours)
    )


def signed_in(work: UnitOfWork) -> Caseworker:
    """Who is signed in, as of this transaction. Raises NotSignedIn, also when the session is over."""
    token = session.get(SIGNED_IN)
    if not isinstance(token, str):
        raise NotSignedIn("nobody is signed in")
    found = work.session.info.get(SIGNED_IN)
    if found is None:
        found = (
            _taken_over(work) or get_open_session(work.session, token, work.now, session_limits()).caseworker
        )
        work.session.info[SIGNED_IN] = found  # asked anew in every transaction, but once in each
        g.begun = work.session
    return cast(Caseworker, found)


def found_at_the_door(caseworker: Caseworker) -> None:
    """The guard in front of the pages has just found this person, whom no transaction holds, to be signed in."""
    g.at_the_door = caseworker, time.monotonic()


def _taken_over(work: UnitOfWork) -> Caseworker | None:
    """Whom the guard has found, for the first transaction after it; nobody if that had to wait before it began."""
    found: tuple[Caseworker | None, float] = g.pop("at_the_door", (None, 0.0))
    caseworker, found_at = found
    if caseworker is None or time.monotonic() - found_at > JUST_NOW_SECONDS:
        return None
    return work.session.merge(caseworker, load=False)


def transaction_of_page() -> Session | None:
    """The transaction in which somebody was last found to be signed in, while it is open and can be asked."""
    begun: Session | None = g.get("begun")
    return begun if begun is not None and begun.in_transaction() and begun.is_active else None


def seal() -> Seal:
    """What closes secrets in the database with this installation's key."""
    return Seal(str(current_app.config["SECRET_KEY"]))


class RowNumber(IntegerConverter):
    """A row's number in an address; one that no database can hold names nothing."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_NUMBER)


def place_in_list(asked: str | None) -> str | None:
    """Where a list goes on, as an earlier page wrote it. Raises Invalid for anything else."""
    if asked and not PLACE.fullmatch(asked):
        raise Invalid("this is no place in the list")
    return asked or None


def local_path(target: str | None, otherwise: str) -> str:
    """`target` if it is a path on this site, so that nobody can be led away from it."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc and target.isprintable() else otherwise
