"""Finds the people who work here."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from processes.errors import CaseworkerNotFound
from processes.models import Caseworker
from processes.queries.once import once_a_page


def find_caseworker(session: Session, username: str) -> Caseworker | None:
    """The caseworker with this name to sign in with, or nobody."""
    named = select(Caseworker).where(Caseworker.username == username.strip().lower())
    return session.scalars(named.options(joinedload(Caseworker.memberships))).unique().first()


def get_caseworker(session: Session, caseworker_id: int) -> Caseworker:
    """The active caseworker. Raises CaseworkerNotFound."""
    caseworker = session.get(Caseworker, caseworker_id, options=[joinedload(Caseworker.memberships)])
    if caseworker is None or not caseworker.is_active:
        raise CaseworkerNotFound(str(caseworker_id))
    return caseworker


def get_caseworker_named(session: Session, username: str) -> Caseworker:
    """The active caseworker with this name to sign in with. Raises CaseworkerNotFound."""
    caseworker = find_caseworker(session, username)
    if caseworker is None or not caseworker.is_active:
        raise CaseworkerNotFound(username)
    return caseworker


def get_colleague(session: Session, caseworker_id: int, caseworker: Caseworker) -> Caseworker:
    """The active caseworker, if of the same administration. Raises CaseworkerNotFound, also for another's staff."""
    colleague = get_caseworker(session, caseworker_id)
    if colleague.administration_key != caseworker.administration_key:
        raise CaseworkerNotFound(str(caseworker_id))
    return colleague


@once_a_page
def colleagues_of(session: Session, caseworker: Caseworker) -> Sequence[Caseworker]:
    """The active staff of the person's administration, the person included, by name."""
    found = (
        select(Caseworker)
        .where(
            Caseworker.administration_key == caseworker.administration_key,
            Caseworker.is_active,
            Caseworker.is_system.is_(False),
        )
        .options(joinedload(Caseworker.memberships))
        .order_by(Caseworker.name)
    )
    return session.scalars(found).unique().all()


@once_a_page
def staff_names(session: Session, administration_key: str) -> dict[int, str]:
    """Names of all who work or have worked in the administration, by id, to put under what they did."""
    rows = session.execute(
        select(Caseworker.id, Caseworker.name).where(Caseworker.administration_key == administration_key)
    )
    return {row.id: row.name for row in rows}


def names_of(session: Session, caseworker_ids: Collection[int | None]) -> dict[int, str]:
    """Names of these members of staff by id, whether they still work here or not."""
    wanted = {one for one in caseworker_ids if one is not None}
    if not wanted:
        return {}
    rows = session.execute(select(Caseworker.id, Caseworker.name).where(Caseworker.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def active_caseworkers(session: Session) -> Sequence[Caseworker]:
    """Everybody who can sign in, in the order in which they were added."""
    people = select(Caseworker).where(Caseworker.is_active, Caseworker.is_system.is_(False))
    return session.scalars(people.order_by(Caseworker.id)).all()
