"""Reads the rows of one case that its next step may depend on: those that still count, in the order they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, lazyload

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
    asked = {"case_ids": list(case_ids), "chains": [journal_chain(case_id) for case_id in case_ids]}
    found: defaultdict[type[Base], list[Any]] = defaultdict(list)
    for kind, *entities in session.execute(_everything(), asked):
        row = entities[kind]
        if row is not None:
            found[type(row)].append(row)
    for model in OF_EVERY_STEP:
        found[model].sort(key=lambda row: row.id)
    return found


@cache
def _everything() -> Select[Any]:
    """One list of kinds, and beside each kind the rows of its table; in every line all other tables are empty.

    A table is joined by an equation that names both sides, so that PostgreSQL joins by hashing and need not compare
    every row of a case with every other. Whose rows they are is noted as each is loaded (models/seen.py).
    """
    models = (*OF_EVERY_STEP, *AROUND_IT)
    kinds = union_all(*(select(_number(kind).label("kind")) for kind in range(len(models)))).subquery("kinds")
    joined: Any = kinds
    for kind, model in enumerate(models):
        table: Any = model
        any_number = LogChain.length if model is LogChain else table.id
        joined = joined.outerjoin(
            model, and_(kinds.c.kind == any_number * _number(0) + _number(kind), _is_asked_for(model))
        )
    return (
        select(kinds.c.kind, *models)
        .select_from(joined)
        .options(lazyload(Dwelling.landlord))
        .execution_options(populate_existing=True, **{NOT_SHOWN: True})
    )


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
