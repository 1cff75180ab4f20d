"""Finds out what makes a case the business of somebody who is about to be shown it, for the read log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import and_, exists, false, or_, select
from sqlalchemy.orm import Session

from processes.models import Case, EmergencyAccess, Task
from processes.queries.access import absent_for
from processes.rules.permissions import may
from processes.rules.units import Role, Unit

HOLDERS = (Case.responsible_id, Case.substitute_id, Task.claimed_by_id)


@dataclass(frozen=True, slots=True)
class Basis:
    """What makes a case somebody's business."""

    name: str
    """A code of ReadEntry.basis."""
    task_id: int | None = None
    on_behalf_of: int | None = None
    """The absent colleague for whom the person stands in."""


class Member(Protocol):
    """Somebody who reads, as far as the log asks: a caseworker, or what a page knows of one."""

    @property
    def id(self) -> int:
        """Of the caseworker."""

    @property
    def administration_key(self) -> str:
        """Whose log it is."""

    @property
    def roles(self) -> frozenset[Role]:
        """As of when the request began."""

    @property
    def units(self) -> Collection[Unit]:
        """Likewise."""


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A case that is about to be shown."""

    case_id: int
    dwelling_id: int | None
    basis: Basis


def cases_read(
    session: Session, reader: Member, case_ids: Collection[int], now: datetime, *, homes: Collection[int] = ()
) -> list[CaseRead]:
    """These cases and those about these homes, each with what makes it the reader's business right now; by id.

    One statement, however many they are. A case that is destroyed comes without a home and as nobody's business.
    """
    absent = absent_for(reader.id, now)
    if not may("stand_in", reader.roles, reader.units):
        absent = absent.where(false())
    of_reader = [EmergencyAccess.caseworker_id == reader.id, EmergencyAccess.ends_at > now]
    has_emergency = exists().where(EmergencyAccess.case_id == Case.id, *of_reader).correlate(Case)
    asked = (
        select(
            Case.id.label("case_id"),
            Case.dwelling_id,
            Case.responsible_id,
            Case.substitute_id,
            has_emergency.label("has_emergency"),
            *(column.in_(absent).label(f"{column.key}_stood_in") for column in HOLDERS),
            Task.id.label("task_id"),
            Task.claimed_by_id,
            Task.unit,
            Task.also_unit,
        )
        .outerjoin(Task, and_(Task.case_id == Case.id, Task.status == "open"))
        .where(or_(Case.id.in_(case_ids), Case.dwelling_id.in_(homes)) if homes else Case.id.in_(case_ids))
        .order_by(Case.id, Task.id)
    )
    found = [
        CaseRead(case_id, rows[0].dwelling_id, _basis_in(rows, reader))
        for case_id, rows in _by_case(session.execute(asked)).items()
    ]
    gone = set(case_ids) - {one.case_id for one in found}
    found += [CaseRead(case_id, None, Basis(_by_role(reader))) for case_id in gone]
    return sorted(found, key=lambda one: one.case_id)


def _by_case(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _basis_in(rows: Sequence[Any], reader: Member) -> Basis:
    """The first that holds; the rows are the case with each of its open tasks, the oldest first."""
    case = rows[0]
    own = next((row.task_id for row in rows if row.claimed_by_id == reader.id), None)
    if own is not None:
        return Basis("own_task", own)
    if reader.id in (case.responsible_id, case.substitute_id):
        return Basis("responsible")
    held = next((row for row in rows if row.claimed_by_id_stood_in), None)
    if held is not None:
        return Basis("stand_in", held.task_id, held.claimed_by_id)
    if case.responsible_id_stood_in or case.substitute_id_stood_in:
        answers = case.responsible_id if case.responsible_id_stood_in else case.substitute_id
        return Basis("stand_in", on_behalf_of=answers)
    units = {str(unit) for unit in reader.units}
    of_unit = next((row.task_id for row in rows if {row.unit, row.also_unit} & units), None)
    if of_unit is not None:
        return Basis("unit_task", of_unit)
    return Basis("emergency" if case.has_emergency else _by_role(reader))


def _by_role(reader: Member) -> str:
    if Role.SUPERVISOR in reader.roles:
        return "supervision"
    return "audit" if Role.AUDITOR in reader.roles else "none"
