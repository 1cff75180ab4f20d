"""What every page needs from the request: the running system, who is signed in, and where to go next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, session
from werkzeug.routing import IntegerConverter, Map

from processes.errors import CaseworkerNotFound, Invalid, NotSignedIn
from processes.models import Caseworker
from processes.queries.people import get_caseworker
from processes.rules.permissions import VERBS, may
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

SIGNED_IN = "caseworker"
LARGEST_NUMBER = 2**63 - 1
_INSTANT = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{6})?\+00:00"
PLACE = re.compile(rf"({_INSTANT}_)?\d{{1,18}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the page, as far as the header of every page says."""

    id: int
    name: str
    administration: str
    units: tuple[str, ...]
    unseen: int
    """How many notifications wait for the person's units."""
    verbs: frozenset[str] = frozenset()
    """What the person's roles allow, so that the header leads nowhere in vain; the actions themselves decide."""

    @classmethod
    def of(cls, caseworker: Caseworker, *, unseen: int) -> Reader:
        """The reader that a caseworker is."""
        units = tuple(sorted(str(unit) for unit in caseworker.units))
        verbs = frozenset(verb for verb in VERBS if may(verb, caseworker.roles, caseworker.units))
        return cls(caseworker.id, caseworker.name, caseworker.administration.name, units, unseen, verbs)


def running_system() -> Runtime:
    """The system that these pages belong to."""
    return cast(Runtime, current_app.extensions["runtime"])


def signed_in(work: UnitOfWork) -> Caseworker:
    """Who is signed in, as of this transaction. Raises NotSignedIn, also for somebody who no longer works here."""
    try:
        return get_caseworker(work.session, session[SIGNED_IN])
    except (KeyError, CaseworkerNotFound) as nobody:
        raise NotSignedIn("nobody is signed in") from nobody


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
