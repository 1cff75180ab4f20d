"""Who works here: adds caseworkers with their units and roles, and checks a password at sign-in."""

from __future__ import annotations

from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from processes.actions.absences import LetGo, let_go
from processes.actions.sign_in import end_all_sessions
from processes.errors import CaseworkerNotFound, NotAllowed, NotSignedIn
from processes.models import Administration, Caseworker, Membership
from processes.queries.access import must_be_allowed
from processes.queries.people import find_caseworker
from processes.queries.staff import may_close
from processes.rules.passwords import normalised
from processes.rules.units import Role, Unit
from processes.unit_of_work import UnitOfWork

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$zWEyw6oIfDUGH1x74paVow$nKuvviA8yItPNzSc+HfwH10fCb/0/nOHAtbftuX0BG0"
"""What a wrong name is compared with: of a word that nobody knows, and made beforehand, so that no program waits for it
when it starts."""


def add_administration(work: UnitOfWork, *, key: str, name: str) -> Administration:
    """An administration of its own."""
    administration = Administration(key=key, name=name)
    work.session.add(administration)
    return administration


def add_caseworker(
    work: UnitOfWork,
    *,
    username: str,
    name: str,
    administration: str,
    memberships: Iterable[tuple[Unit | None, Role]],
    password_hash: str = "",
    phone: str = "",
    email: str = "",
    has_child_degree: bool = False,
    may_decide_commitments: bool = False,
) -> Caseworker:
    """A caseworker who can sign in with the password of this hash; without one only by another way in."""
    caseworker = Caseworker(
        username=username.strip().lower(),  # as it is looked for at sign-in
        name=name,
        phone=phone,
        email=email,
        administration_key=administration,
        password_hash=password_hash,
        has_child_degree=has_child_degree,
        may_decide_commitments=may_decide_commitments,
        memberships=[Membership(unit=unit and str(unit), role=str(role)) for unit, role in memberships],
    )
    work.session.add(caseworker)
    work.session.flush()
    return caseworker


def check_password(work: UnitOfWork, *, username: str, password: str) -> Caseworker:
    """The caseworker with this name and password. Raises NotSignedIn, as slowly for a wrong name as for a right one."""
    caseworker = find_caseworker(work.session, username)
    usable = caseworker is not None and caseworker.is_active and caseworker.password_hash
    try:
        HASHER.verify(caseworker.password_hash if caseworker and usable else NOBODY, normalised(password))
    except (VerifyMismatchError, InvalidHashError) as error:
        raise NotSignedIn(username) from error
    if caseworker is None or not usable:
        raise NotSignedIn(username)
    return caseworker


def deactivate_caseworker(work: UnitOfWork, *, caseworker: Caseworker, by: Caseworker | None = None) -> LetGo:
    """The person no longer works here: nobody signs in with this name, every session ends, tasks go back."""
    caseworker.is_active = False
    left = let_go(work, leaving=caseworker, by=by)
    end_all_sessions(work, caseworker=caseworker, why="deactivated")
    return left


def end_employment(work: UnitOfWork, *, leaving: Caseworker, by: Caseworker) -> LetGo:
    """Close the account of a colleague who stops working here (E-54).

    Raises NotAllowed (queries/staff.py says who may), or CaseworkerNotFound for another administration's staff.
    """
    must_be_allowed("end_employment", by)
    if leaving.administration_key != by.administration_key:
        raise CaseworkerNotFound(str(leaving.id))
    if not may_close(by, leaving):
        raise NotAllowed(f"{by.username} may not close the account of {leaving.username}.")
    return deactivate_caseworker(work, caseworker=leaving, by=by)
