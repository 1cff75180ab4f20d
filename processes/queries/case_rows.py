"""Reads the rows of one case that its next step may depend on: those that still count, in the order they were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
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
from sqlalchemy.orm import Session

from processes.models import (
    Base,
    Booking,
    Case,
    Caseworker,
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
from processes.queries.access import Access, access_to, asked_by, reads_every_case
from processes.queries.diagrams import versions_with_it
from processes.queries.log_chains import journal_chain
from processes.queries.numbers import AT_ONCE, drawn_with_it, has_drawn, keep_drawn
from processes.queries.told_rows import in_list, row_of, told_row
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
OF_NUMBERS, OF_VERSIONS, OF_ACCESS = range(len(READ), len(READ) + 3)
"""By what the answers to the other questions are told from rows."""


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


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks to see a case, and when."""

    caseworker: Caseworker
    now: datetime

    @property
    def every_case(self) -> bool:
        """Whether the person answers for every case, so that there is less to find out."""
        return reads_every_case(self.caseworker)

    @property
    def values(self) -> dict[str, Any]:
        """What the questions of `access_to` are asked with."""
        return asked_by(self.caseworker, self.now)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was read at once."""

    rows: Mapping[type[Base], list[Any]]
    """By table, oldest first."""
    versions: Mapping[str, str]
    """The version of each process that is current; empty unless the cases are to be moved."""
    access: Access | None
    """Whether the person who asks may see the case; None when nobody asks."""


def gathered(
    session: Session, case_ids: Collection[int], *, to_move: bool, asking: Asking | None = None
) -> Gathered:
    """What a step of these cases reads, in one statement: the rows of `OF_EVERY_STEP`, and `AROUND_IT`.

    They are those that still count, and are read anew, as by `rows_of_case`. Where the cases are `to_move`, the
    statement asks as well what a step may need in order to write: numbers for new rows, and the current versions.
    Of one case it can also be asked whether somebody may see it.
    """
    if session.autoflush:
        session.flush()
    to_write = to_move and not has_drawn(session)
    asked: dict[str, Any] = {
        "case_ids": list(case_ids),
        "chains": [journal_chain(case_id) for case_id in case_ids],
    }
    if to_write:
        asked["at_once"] = AT_ONCE
    if asking is not None:
        asked |= asking.values
    every_case = None if asking is None else asking.every_case
    statement = _everything(session.get_bind().dialect.name, to_write=to_write, every_case=every_case)
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for kind, told in session.execute(statement, asked):
        found[kind].append(row_of(session, READ[kind], told) if kind < len(READ) else told)
    if to_write:
        keep_drawn(session, found[OF_NUMBERS])
    rows = {model: found[kind] for kind, model in enumerate(READ)}
    for model in OF_EVERY_STEP:
        rows[model].sort(key=lambda row: row.id)
    versions = {key: version for pairs in found[OF_VERSIONS] for key, version in pairs or ()}
    return Gathered(rows, versions, next((Access(*map(bool, told)) for told in found[OF_ACCESS]), None))


@cache
def _everything(dialect: str, *, to_write: bool, every_case: bool | None) -> CompoundSelect[int, Any]:
    """One list of the rows of all tables, each with the number of its table.

    It joins nothing, so that the database need not think long about how to go about it.
    """
    rows = (
        select(_number(kind).label("kind"), told_row(model, dialect).label("told")).where(
            _is_asked_for(model)
        )
        for kind, model in enumerate(READ)
    )
    beside = ((OF_NUMBERS, drawn_with_it(dialect)), (OF_VERSIONS, versions_with_it(dialect)))
    others = [
        asked.with_only_columns(_number(kind), *asked.selected_columns) for kind, asked in beside if to_write
    ]
    if every_case is not None:
        others.append(_access(dialect, every_case=every_case))
    return union_all(*rows, *others).execution_options(**{NOT_SHOWN: True})  # each is noted by `row_of`


def _access(dialect: str, *, every_case: bool) -> Select[int, Any]:
    told = in_list(dialect, *access_to(every_case=every_case))
    return select(_number(OF_ACCESS), told).where(Case.id.in_(_case_ids()))


def _number(number: int) -> ColumnElement[int]:
    return literal_column(str(number), Integer)


def _is_asked_for(model: type[Base]) -> ColumnElement[bool]:
    """Whether a row is one of the cases', or around one of them, and still counts."""
    case_ids = _case_ids()
    homes = select(Case.dwelling_id).where(Case.id.in_(case_ids))
    if model is Dwelling:
        return Dwelling.id.in_(homes)
    if model is Landlord:
        return Landlord.id.in_(select(Dwelling.landlord_id).where(Dwelling.id.in_(homes)))
    if model is LogChain:
        return LogChain.name.in_(bindparam("chains", expanding=True))
    table: Any = model
    return and_(table.case_id.in_(case_ids), STILL_COUNTS.get(model, true()))


def _case_ids() -> BindParameter[Any]:
    return bindparam("case_ids", expanding=True)
