"""Lists absences, conflicts of interest and emergency accesses: who is away, who keeps away, what is to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from processes.clock import swedish_day
from processes.models import Absence, Caseworker, EmergencyAccess, Recusal
from processes.queries.access import must_be_allowed, not_recused
from processes.rules.permissions import may


def coming_absences(session: Session, caseworker: Caseworker, now: datetime) -> Sequence[Absence]:
    """Absences that are not over: the own and those in which one stands in; a leader's whole administration's.

    Raises NotAllowed for who works with no cases.
    """
    must_be_allowed("report_absence", caseworker)
    absent = aliased(Caseworker)
    found = (
        select(Absence)
        .join(absent, absent.id == Absence.caseworker_id)
        .where(
            absent.administration_key == caseworker.administration_key,
            Absence.withdrawn_at.is_(None),
            Absence.ends_on >= swedish_day(now),
        )
        .options(joinedload(Absence.caseworker), joinedload(Absence.substitute))
        .order_by(Absence.starts_on, Absence.id)
    )
    if not may("report_absence_of_others", caseworker.roles, caseworker.units):
        mine = or_(Absence.caseworker_id == caseworker.id, Absence.substitute_id == caseworker.id)
        found = found.where(mine)
    return session.scalars(found).unique().all()


def recusals_in(session: Session, case_id: int) -> Sequence[Recusal]:
    """Who has a conflict of interest in the case, in the order in which it was declared; ask for the case first."""
    return (
        session.scalars(
            select(Recusal)
            .where(Recusal.case_id == case_id)
            .options(joinedload(Recusal.caseworker))
            .order_by(Recusal.id)
        )
        .unique()
        .all()
    )


def accesses_to_review(session: Session, caseworker: Caseworker) -> Sequence[EmergencyAccess]:
    """The administration's emergency accesses that the person is to review, oldest first. Raises NotAllowed."""
    return _accesses(session, caseworker, EmergencyAccess.reviewed_at.is_(None))


def reviewed_accesses(session: Session, caseworker: Caseworker, size: int = 50) -> Sequence[EmergencyAccess]:
    """The latest reviewed ones, newest first. Raises NotAllowed."""
    return _accesses(session, caseworker, EmergencyAccess.reviewed_at.is_not(None))[::-1][:size]


def _accesses(session: Session, caseworker: Caseworker, condition: object) -> Sequence[EmergencyAccess]:
    must_be_allowed("review_emergency_access", caseworker)
    return (
        session.scalars(
            select(EmergencyAccess)
            .where(
                EmergencyAccess.administration_key == caseworker.administration_key,
                EmergencyAccess.caseworker_id != caseworker.id,
                not_recused(EmergencyAccess.case_id, caseworker),
                condition,  # type: ignore[arg-type]
            )
            .options(joinedload(EmergencyAccess.case), joinedload(EmergencyAccess.caseworker))
            .order_by(EmergencyAccess.id)
        )
        .unique()
        .all()
    )
