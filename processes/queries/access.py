"""Decides who may see a case: somebody of its administration who has to do with it and has no conflict of interest.

One condition answers for one case and for whole lists, so that no list has a row that cannot be opened, and costs one
statement however many rows there are. Need means work (SoLPuL 10; R-178): the person's unit has or had a task in the
case or was told to attend to it, or the person is responsible for it, registered a notice in it, holds a task in it,
stands in for such a person these days, or has stated an emergency. Coordination and the head answer for every case of
the administration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_, select, true
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
    question = _may_see(every_case=reads_every_case(caseworker))
    is_free, has_need = session.execute(question, asked_by(caseworker, now) | {"case_id": case.id}).one()
    refuse_unless(case, Access(is_free=is_free, has_need=has_need))


@dataclass(frozen=True, slots=True)
class Access:
    """The answers to the questions of `access_to` about one person and one case."""

    is_free: bool
    has_need: bool


def refuse_unless(case: Case, access: Access) -> None:
    """Raises Recused or NoNeedOfCase, as the answers are."""
    if not access.is_free:
        raise Recused(case.number)
    if not access.has_need:
        raise NoNeedOfCase(case.id)


@cache
def _may_see(*, every_case: bool) -> Select[bool, bool]:
    return select(*access_to(every_case=every_case)).where(Case.id == bindparam("case_id"))


def access_to(*, every_case: bool) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Two questions about a row of `Case`, to be built once and asked with the values of `asked_by`.

    Has the person no conflict of interest in it, and has the person to do with it, as who `reads_every_case` has?
    """
    recused = select(Recusal.case_id).where(Recusal.caseworker_id == bindparam("asked_by"))
    return Case.id.not_in(recused), true() if every_case else _needed_by(_Asking())


def reads_every_case(caseworker: Caseworker) -> bool:
    """Whether the person answers for every case of the administration."""
    return may("read_every_case", caseworker.roles, caseworker.units)


def asked_by(caseworker: Caseworker, now: datetime) -> dict[str, Any]:
    """The values with which the person asks the questions of `access_to` at this instant."""
    units = [str(unit) for unit in caseworker.units]
    return {"asked_by": caseworker.id, "units": units, "asked_at": now, "asked_on": swedish_day(now)}


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
    return _absent_on(caseworker_id, swedish_day(now))


def _absent_on(caseworker_id: Any, today: Any) -> Select[int]:
    return select(Absence.caseworker_id).where(
        Absence.substitute_id == caseworker_id,
        Absence.starts_on <= today,
        Absence.ends_on >= today,
        Absence.withdrawn_at.is_(None),
    )


def _has_need(caseworker: Caseworker, now: datetime) -> ColumnElement[bool]:
    if reads_every_case(caseworker):
        return true()
    return _needed_by(_Asking(caseworker.id, [str(unit) for unit in caseworker.units], now, swedish_day(now)))


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who asks for cases and when: values, or by default the names under which `asked_by` gives them."""

    caseworker_id: Any = field(default_factory=lambda: bindparam("asked_by"))
    units: Any = field(default_factory=lambda: bindparam("units", expanding=True))
    now: Any = field(default_factory=lambda: bindparam("asked_at"))
    today: Any = field(default_factory=lambda: bindparam("asked_on"))


def _needed_by(one: _Asking) -> ColumnElement[bool]:
    absent = _absent_on(one.caseworker_id, one.today)

    def is_own(column: IdColumn) -> ColumnElement[bool]:
        """Mine, or that of a colleague for whom I stand in."""
        return or_(column == one.caseworker_id, column.in_(absent))

    return or_(
        is_own(Case.responsible_id),
        is_own(Case.substitute_id),
        _in_case(Task, or_(Task.unit.in_(one.units), Task.also_unit.in_(one.units))),
        _in_case(Task, is_own(Task.claimed_by_id)),
        _in_case(Notice, Notice.registered_by_id == one.caseworker_id),
        _in_case(Notification, Notification.unit.in_(one.units)),
        _in_case(
            EmergencyAccess,
            and_(
                EmergencyAccess.caseworker_id == one.caseworker_id,
                EmergencyAccess.opened_at <= one.now,
                EmergencyAccess.ends_at > one.now,
            ),
        ),
    )


def _in_case(model: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the case has such a row; the first is enough.

    Not `EXISTS`: for a page of a long list PostgreSQL would first gather the rows of every case there is.
    """
    first = select(model.id).where(model.case_id == Case.id, condition).limit(1).correlate(Case)
    return first.scalar_subquery().is_not(None)
