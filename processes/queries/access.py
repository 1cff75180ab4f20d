"""Decides who may see a case: somebody of its administration who has to do with it and has no conflict of interest.

One condition answers for one case and for whole lists, so that no list has a row that cannot be opened, and costs one
statement however many rows there are. Need means work (SoLPuL 10; R-178): the person's unit has or had a task in the
case or was told to attend to it, or the person is responsible for it, registered a notice in it, holds a task in it,
stands in for such a person these days, or has stated an emergency. Coordination and the head answer for every case of
the administration.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from processes.clock import swedish_day
from processes.errors import CaseNotFound, NoNeedOfCase, NotAllowed, Recused
from processes.models import (
    Absence,
    Case,
    Caseworker,
    EmergencyAccess,
    Notice,
    Notification,
    Recusal,
    Task,
)
from processes.queries.once import once_a_page
from processes.rules.permissions import VERBS, may

IdColumn = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


def must_be_allowed(verb: str, caseworker: Caseworker) -> None:
    """Raises NotAllowed unless one of the person's roles may do it; says nothing about any case."""
    if not caseworker.is_active or not may(verb, caseworker.roles, caseworker.units):
        raise NotAllowed(f"{caseworker.username} may not: {VERBS[verb].label}")


@once_a_page
def must_see_case(session: Session, case: Case, caseworker: Caseworker, now: datetime) -> None:
    """Raises unless the person may see the case at this instant, in one statement.

    CaseNotFound for another administration's case, exactly as if there were none; NotAllowed for a role that reads no
    cases; Recused; NoNeedOfCase.
    """
    if case.administration_key != caseworker.administration_key:
        raise CaseNotFound(str(case.id))
    must_be_allowed("read_case", caseworker)
    is_free, has_need = session.execute(
        select(not_recused(Case.id, caseworker), _has_need(caseworker, now)).where(Case.id == case.id)
    ).one()
    if not is_free:
        raise Recused(case.number)
    if not has_need:
        raise NoNeedOfCase(case.id)


def may_see_case(session: Session, case: Case, caseworker: Caseworker, now: datetime) -> bool:
    """Whether `must_see_case` would let the person through."""
    try:
        must_see_case(session, case, caseworker, now)
    except (CaseNotFound, NotAllowed):
        return False
    return True


def visible_cases(caseworker: Caseworker, now: datetime) -> ColumnElement[bool]:
    """The condition on `Case` under which the person sees it, for lists."""
    if not caseworker.is_active or not may("read_case", caseworker.roles, caseworker.units):
        return false()
    return and_(
        Case.administration_key == caseworker.administration_key,
        not_recused(Case.id, caseworker),
        _has_need(caseworker, now),
    )


def not_recused(case_id: IdColumn, caseworker: Caseworker) -> ColumnElement[bool]:
    """The condition on a column of case ids that the person has no conflict of interest in the case."""
    return case_id.not_in(select(Recusal.case_id).where(Recusal.caseworker_id == caseworker.id))


@once_a_page
def recused_in(session: Session, case_id: int) -> frozenset[int]:
    """The ids of those who have a conflict of interest in the case."""
    return frozenset(session.scalars(select(Recusal.caseworker_id).where(Recusal.case_id == case_id)))


@once_a_page
def stands_in_for(session: Session, caseworker: Caseworker, now: datetime) -> frozenset[int]:
    """The ids of the absent colleagues whose substitute the person is today."""
    if not may("stand_in", caseworker.roles, caseworker.units):
        return frozenset()
    return frozenset(session.scalars(absent_for(caseworker.id, now)))


def absent_for(caseworker_id: int, now: datetime) -> Select[int]:
    """Asks for the ids of the absent colleagues whose substitute somebody is today."""
    today = swedish_day(now)
    return select(Absence.caseworker_id).where(
        Absence.substitute_id == caseworker_id,
        Absence.starts_on <= today,
        Absence.ends_on >= today,
        Absence.withdrawn_at.is_(None),
    )


def _has_need(caseworker: Caseworker, now: datetime) -> ColumnElement[bool]:
    if may("read_every_case", caseworker.roles, caseworker.units):
        return true()
    absent = absent_for(caseworker.id, now)

    def is_own(column: IdColumn) -> ColumnElement[bool]:
        """Mine, or that of a colleague for whom I stand in."""
        return or_(column == caseworker.id, column.in_(absent))

    return or_(
        is_own(Case.responsible_id),
        is_own(Case.substitute_id),
        _in_case(Task, _of_units(caseworker.units)),
        _in_case(Task, is_own(Task.claimed_by_id)),
        _in_case(Notice, Notice.registered_by_id == caseworker.id),
        _in_case(Notification, Notification.unit.in_([str(unit) for unit in caseworker.units])),
        _in_case(
            EmergencyAccess,
            and_(
                EmergencyAccess.caseworker_id == caseworker.id,
                EmergencyAccess.opened_at <= now,
                EmergencyAccess.ends_at > now,
            ),
        ),
    )


def _of_units(units: Collection[Any]) -> ColumnElement[bool]:
    names = [str(unit) for unit in units]
    return or_(Task.unit.in_(names), Task.also_unit.in_(names))


def _in_case(model: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(model.case_id == Case.id, condition).correlate(Case)
