"""The inbox: the open tasks that a caseworker has claimed, that the unit may claim, and all that the person may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from processes.errors import PageNotFound
from processes.models import Caseworker, Deadline, Task
from processes.queries.access import not_recused
from processes.rules.permissions import may
from processes.rules.units import Role

FAR_AWAY = datetime(9999, 1, 1, tzinfo=UTC)
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the inbox in the order of their due dates, and where the next page begins."""

    tasks: Sequence[Task]
    next_after: str | None
    """Give it as `after` for the next page; None on the last one."""


def my_tasks(
    session: Session,
    caseworker: Caseworker,
    *,
    standing_in_for: Collection[int] = (),
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """The open tasks that the caseworker has claimed, and those of the colleagues for whom the person stands in."""
    mine = _held(caseworker)
    if standing_in_for:
        mine = or_(mine, _held_by(caseworker, standing_in_for))
    return _page(session, mine, after, size)


def unit_tasks(
    session: Session, caseworker: Caseworker, *, after: str | None = None, size: int = PAGE_SIZE
) -> Page:
    """The open tasks of the caseworker's units that nobody has claimed."""
    return _page(session, _of_units(caseworker, Task.claimed_by_id.is_(None)), after, size)


def visible_tasks(
    session: Session,
    caseworker: Caseworker,
    *,
    standing_in_for: Collection[int] = (),
    after: str | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """Every open task that the caseworker may see: the units', and for a supervisor the administration's."""
    if Role.SUPERVISOR in caseworker.roles:
        return _page(session, and_(*_is_open(caseworker)), after, size)
    visible = _of_units(caseworker)
    if standing_in_for:
        visible = or_(visible, _held_by(caseworker, standing_in_for))
    return _page(session, visible, after, size)


def _held(caseworker: Caseworker) -> ColumnElement[bool]:
    """What the person holds and may still do; a task of a unit that was left waits for the unit to move it."""
    held = _held_by(caseworker, [caseworker.id])
    if Role.SUPERVISOR in caseworker.roles:
        return held
    units = _unit_names(caseworker)
    return and_(held, or_(Task.unit.in_(units), Task.also_unit.in_(units)))


def _held_by(caseworker: Caseworker, ids: Collection[int]) -> ColumnElement[bool]:
    return and_(*_is_open(caseworker), Task.claimed_by_id.in_(ids))


def _unit_names(caseworker: Caseworker) -> list[str]:
    """The units whose tasks the caseworker may see; none for who only keeps the system or its logs."""
    return [str(one) for one in caseworker.units if may("see_task", caseworker.roles, caseworker.units, one)]


def _of_units(caseworker: Caseworker, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Open tasks that one of the caseworker's units sees, as the first or as the second unit.

    Two queries rather than one with "or", so that each is answered from an index of its own on every database.
    """
    units = _unit_names(caseworker)
    halves = (
        select(Task.id).where(*_is_open(caseworker), seen_by.in_(units), *more)
        for seen_by in (Task.unit, Task.also_unit)
    )
    return Task.id.in_(union_all(*halves))


def _is_open(caseworker: Caseworker) -> tuple[ColumnElement[bool], ...]:
    """Open, of the own administration, and not in a case that the person must keep away from."""
    return (
        Task.administration_key == caseworker.administration_key,
        Task.status == "open",
        not_recused(Task.case_id, caseworker),
    )


def _page(session: Session, wanted: ColumnElement[bool], after: str | None, size: int) -> Page:
    tasks = select(Task).where(wanted).options(joinedload(Task.case), joinedload(Task.claimed_by))
    due = func.coalesce(Task.due_at, FAR_AWAY)
    if after:
        last_due, last_id = _place(after)
        tasks = tasks.where(or_(due > last_due, and_(due == last_due, Task.id > last_id)))
    rows = session.scalars(tasks.order_by(due, Task.id).limit(size + 1)).unique().all()
    if len(rows) <= size:
        return Page(rows, None)
    last = rows[size - 1]
    return Page(rows[:size], f"{(last.due_at or FAR_AWAY).isoformat()}_{last.id}")


def _place(after: str) -> tuple[datetime, int]:
    due, _, task_id = after.partition("_")
    try:
        return datetime.fromisoformat(due).astimezone(UTC), int(task_id)
    except (ValueError, OverflowError) as error:
        raise PageNotFound(after) from error


def next_deadlines(session: Session, case_ids: Collection[int], today: date) -> dict[int, Deadline]:
    """Per case the nearest date from `today` on that the law or the handbook sets, if any."""
    rows = session.scalars(
        select(Deadline)
        .where(Deadline.case_id.in_(case_ids), Deadline.is_current, Deadline.falls_on >= today)
        .order_by(Deadline.falls_on.desc(), Deadline.id.desc())
    )
    return {row.case_id: row for row in rows}
