"""Reads the rows of one case that its next step may depend on: those that still count, in the order they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session

from processes.models import (
    Base,
    Booking,
    Case,
    Consent,
    ContactAttempt,
    Deadline,
    Dwelling,
    Event,
    KeptMessage,
    Landlord,
    LogChain,
    Notice,
    Person,
    ProcessInstance,
    Reminder,
    Subscription,
    Task,
    Timer,
)
from processes.models.seen import NOT_SHOWN
from processes.queries.log_chains import journal_chain
from processes.queries.told_rows import row_of, told_row
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

OF_EVERY_STEP: tuple[type[Base], ...] = (
    ProcessInstance,
    Task,
    Timer,
    Subscription,
    KeptMessage,
    Deadline,
    Booking,
    Reminder,
    Person,
    Notice,
    Consent,
    ContactAttempt,
    Event,
)
"""The tables of which every step that a case moves reads its rows."""
AROUND_IT: tuple[type[Base], ...] = (Dwelling, Landlord, LogChain)
"""What such a step reads besides: the home, who lets it, and the end of the journal's chain."""
READ = (*OF_EVERY_STEP, *AROUND_IT)


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


def gathered(session: Session, case_ids: Collection[int]) -> dict[type[Base], list[Any]]:
    """What a step of these cases reads, by table, in one statement: the rows of `OF_EVERY_STEP`, and `AROUND_IT`.

    They come oldest first, are those that still count, and are read anew, as by `rows_of_case`.
    """
    if session.autoflush:
        session.flush()
    asked = {"case_ids": list(case_ids), "chains": [journal_chain(case_id) for case_id in case_ids]}
    found: defaultdict[type[Base], list[Any]] = defaultdict(list)
    for kind, told in session.execute(_everything(session.get_bind().dialect.name), asked):
        found[READ[kind]].append(row_of(session, READ[kind], told))
    for model in OF_EVERY_STEP:
        found[model].sort(key=lambda row: row.id)
    return found


@cache
def _everything(dialect: str) -> CompoundSelect[int, Any]:
    """One list of the rows of all tables, each with the number of its table.

    It joins nothing, so that the database need not think long about how to go about it.
    """
    rows = (
        select(_number(kind).label("kind"), told_row(model, dialect).label("told")).where(
            _is_asked_for(model)
        )
        for kind, model in enumerate(READ)
    )
    return union_all(*rows).execution_options(**{NOT_SHOWN: True})  # each is noted by `row_of`


def _number(number: int) -> ColumnElement[int]:
    return literal_column(str(number), Integer)


def _is_asked_for(model: type[Base]) -> ColumnElement[bool]:
    """Whether a row is one of the cases', or around one of them, and still counts."""
    case_ids: BindParameter[Any] = bindparam("case_ids", expanding=True)
    homes = select(Case.dwelling_id).where(Case.id.in_(case_ids))
    if model is Dwelling:
        return Dwelling.id.in_(homes)
    if model is Landlord:
        return Landlord.id.in_(select(Dwelling.landlord_id).where(Dwelling.id.in_(homes)))
    if model is LogChain:
        return LogChain.name.in_(bindparam("chains", expanding=True))
    table: Any = model
    return and_(table.case_id.in_(case_ids), STILL_COUNTS.get(model, true()))
