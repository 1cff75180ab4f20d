"""Sets and changes passwords; a change ends every session of the person."""

from __future__ import annotations

import secrets

from processes.actions.people import HASHER, check_password
from processes.actions.sign_in import end_all_sessions
from processes.errors import PasswordRefused
from processes.models import Caseworker
from processes.rules.passwords import normalised, why_refused
from processes.unit_of_work import UnitOfWork

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def change_password(work: UnitOfWork, *, caseworker: Caseworker, current: str, new: str) -> None:
    """The person chooses a new password. Raises NotSignedIn for a wrong current one, and PasswordRefused."""
    check_password(work, username=caseworker.username, password=current)
    if normalised(new) == normalised(current):
        raise PasswordRefused("Det nya lösenordet är samma som det gamla.")
    why = why_refused(new, (caseworker.username, caseworker.name))
    if why is not None:
        raise PasswordRefused(why)
    _set(work, caseworker, new, is_temporary=False)


def give_temporary_password(work: UnitOfWork, *, caseworker: Caseworker) -> str:
    """A password that works until the person has chosen another, which is the first thing to do after sign-in."""
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    _set(work, caseworker, password, is_temporary=True)
    return password


def _set(work: UnitOfWork, caseworker: Caseworker, password: str, *, is_temporary: bool) -> None:
    caseworker.password_hash = HASHER.hash(normalised(password))
    caseworker.password_is_temporary = is_temporary
    end_all_sessions(work, caseworker=caseworker, why="password")
