"""Finds what each colleague holds, for who closes the account of somebody who stops working here: numbers, no cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from processes.models import Case, Caseworker, Task
from processes.queries.access import must_be_allowed
from processes.queries.people import colleagues_of, get_colleague
from processes.rules.permissions import CASE_STAFF
from processes.rules.units import Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, and how much would have to go to others."""

    person: Caseworker
    tasks: int
    """Open tasks that the person has claimed."""
    cases: int
    """Open cases for which the person is responsible or substitute."""
    may_be_closed: bool
    """Whether the one who asks may close the account."""


def colleagues_with_work(session: Session, caseworker: Caseworker) -> Sequence[Colleague]:
    """Everybody who can sign in to the person's administration, by name. Raises NotAllowed."""
    must_be_allowed("end_employment", caseworker)
    return _with_work(session, caseworker, colleagues_of(session, caseworker))


def get_colleague_with_work(session: Session, caseworker_id: int, caseworker: Caseworker) -> Colleague:
    """One of them. Raises NotAllowed, or CaseworkerNotFound, also for another administration's staff."""
    must_be_allowed("end_employment", caseworker)
    return _with_work(session, caseworker, [get_colleague(session, caseworker_id, caseworker)])[0]


def may_close(caseworker: Caseworker, colleague: Caseworker) -> bool:
    """Whether the person may close the colleague's account: a head of unit that of who works with cases (E-54).

    Who keeps the system closes anybody's, and nobody the own one, so that somebody is left.
    """
    keeps_the_system = Role.SYSTEM_ADMINISTRATOR in caseworker.roles
    return colleague.id != caseworker.id and (keeps_the_system or colleague.roles <= CASE_STAFF)


def _with_work(session: Session, caseworker: Caseworker, colleagues: Sequence[Caseworker]) -> list[Colleague]:
    ids = [one.id for one in colleagues]
    held = session.execute(
        select(Task.claimed_by_id, func.count())
        .where(Task.status == "open", Task.claimed_by_id.in_(ids))
        .group_by(Task.claimed_by_id)
    )
    tasks = Counter({person: count for person, count in held if person is not None})
    answered_for = session.execute(
        select(Case.responsible_id, Case.substitute_id).where(
            Case.closed_at.is_(None), or_(Case.responsible_id.in_(ids), Case.substitute_id.in_(ids))
        )
    )
    cases = Counter(person for row in answered_for for person in set(row) if person is not None)
    return [Colleague(one, tasks[one.id], cases[one.id], may_close(caseworker, one)) for one in colleagues]
