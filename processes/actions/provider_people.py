"""Lets in who comes from the municipality's identity provider, with the access that the groups there give today."""

from __future__ import annotations

from dataclasses import dataclass

from processes.actions.people import add_administration, add_caseworker
from processes.actions.sign_in import end_all_sessions
from processes.errors import NoAccess, UsernameTaken
from processes.models import Administration, Caseworker, Membership, ProviderIdentity
from processes.queries.people import find_caseworker
from processes.queries.sign_in import find_by_identity, find_session
from processes.rules.groups import Access
from processes.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the provider says of a person."""

    issuer: str
    subject: str
    """Never given to anybody else there, unlike a name."""
    username: str
    name: str


def admit(work: UnitOfWork, *, claimed: Claimed, access: Access) -> Caseworker:
    """The caseworker that this person is, added at the first sign-in, with exactly this access.

    Raises NoAccess for somebody who was deactivated here, and UsernameTaken when another account has the name:
    whoever may choose names at the provider shall not be able to become somebody here.
    """
    caseworker = find_by_identity(work.session, claimed.issuer, claimed.subject)
    if caseworker is None:
        caseworker = _add(work, claimed, access)
    if not caseworker.is_active:
        raise NoAccess("the person is deactivated")
    caseworker.name = claimed.name
    _give(work, caseworker, access)
    work.session.flush()
    return caseworker


def link(work: UnitOfWork, *, caseworker: Caseworker, issuer: str, subject: str) -> None:
    """From now on this person at the provider is this caseworker. Raises UsernameTaken when it is another already."""
    known = find_by_identity(work.session, issuer, subject)
    if known is not None and known is not caseworker:
        raise UsernameTaken(f"{subject} is {known.username} already")
    if known is None:
        row = ProviderIdentity(caseworker_id=caseworker.id, issuer=issuer, subject=subject)
        work.session.add(row)
        work.session.flush()


def mark_checked(work: UnitOfWork, *, token: str, sealed_token: str, access: Access) -> None:
    """The provider has said that the person of this session still has access, namely this."""
    found = find_session(work.session, token)
    if found is not None and found.ended_at is None:
        found.checked_at, found.sealed_token = work.now, sealed_token
        _give(work, found.caseworker, access)


def postpone_check(work: UnitOfWork, *, token: str) -> None:
    """The provider did not answer: ask again after the next interval."""
    found = find_session(work.session, token)
    if found is not None:
        found.checked_at = work.now


def take_access(work: UnitOfWork, *, issuer: str, subject: str) -> None:
    """Nothing at the provider gives this person access any more: no roles are left, and every session ends."""
    caseworker = find_by_identity(work.session, issuer, subject)
    if caseworker is not None:
        caseworker.memberships.clear()
        end_all_sessions(work, caseworker=caseworker, why="provider")


def _add(work: UnitOfWork, claimed: Claimed, access: Access) -> Caseworker:
    if find_caseworker(work.session, claimed.username) is not None:
        raise UsernameTaken(f"there is an account called {claimed.username} already")
    _administration(work, access)
    caseworker = add_caseworker(
        work,
        username=claimed.username,
        name=claimed.name,
        administration=access.administration,
        memberships=(),
    )
    link(work, caseworker=caseworker, issuer=claimed.issuer, subject=claimed.subject)
    return caseworker


def _give(work: UnitOfWork, caseworker: Caseworker, access: Access) -> None:
    _administration(work, access)
    caseworker.administration_key = access.administration
    caseworker.has_child_degree = access.has_child_degree
    caseworker.may_decide_commitments = access.may_decide_commitments
    wanted = {(unit and str(unit), str(role)) for unit, role in access.memberships}
    had = {(each.unit, each.role): each for each in caseworker.memberships}
    for key, membership in had.items():
        if key not in wanted:
            caseworker.memberships.remove(membership)
    for unit, role in sorted(wanted - had.keys(), key=str):
        caseworker.memberships.append(Membership(unit=unit, role=role))


def _administration(work: UnitOfWork, access: Access) -> None:
    if work.session.get(Administration, access.administration) is None:
        add_administration(work, key=access.administration, name=access.administration_name)
        work.session.flush()
