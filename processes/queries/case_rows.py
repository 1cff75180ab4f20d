"""Reads the rows of one case that its next step may depend on: those that still count, in the order they were made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from processes.models import (
    Base,
    Deadline,
    Event,
    Notice,
    ProcessInstance,
    Task,
)
from processes.rules.notice_kinds import TO_BE_CONFIRMED

Row = TypeVar("Row", bound=Base)

STILL_COUNTS: dict[type[Base], ColumnElement[bool]] = {
    ProcessInstance: ProcessInstance.ended_at.is_(None),
    Task: Task.status == "open",
    Deadline: Deadline.is_current.is_(True),
    Event: Event.corrected_by_id.is_(None),
    Notice: or_(Notice.duplicate_of_id.is_(None), Notice.kind.in_(TO_BE_CONFIRMED)),
}
"""Left out when a case moves: ended processes, finished tasks, earlier versions, corrected events, and a notice that
came again, unless it must be confirmed again (SoF 11:3)."""


def rows_of_case(session: Session, model: type[Row], case_id: int) -> Sequence[Row]:
    """The case's rows of a table that has a column `case_id`, oldest first, without those that no longer count.

    Rows that the session knew already, perhaps from before it had to wait for the lock, are read anew.
    """
    table: Any = model
    found = select(model).where(table.case_id == case_id).order_by(table.id)
    if model in STILL_COUNTS:
        found = found.where(STILL_COUNTS[model])
    return session.scalars(found.execution_options(populate_existing=True)).all()


def rows_of_cases(session: Session, model: type[Row], case_ids: Collection[int]) -> dict[int, list[Row]]:
    """The same of many cases in one statement, by case; for looking only."""
    table: Any = model
    wanted = select(model).where(table.case_id.in_(case_ids)).order_by(table.id)
    if model in STILL_COUNTS:
        wanted = wanted.where(STILL_COUNTS[model])
    found: dict[int, list[Row]] = {case_id: [] for case_id in case_ids}
    for row in session.scalars(wanted):
        found[cast(Any, row).case_id].append(row)
    return found
