"""Notices whose content a transaction has fetched, so that nobody can be shown a case without a row in the read log.

Put a `Seen` into `session.info[SEEN]`; every row of a case that is loaded from then on is noted in it. Values that are
selected without their row (only a name, only a note) cannot be traced to a case and are noted as such, unless the
statement says with `execution_options(not_shown=True)` that nobody is shown them: they are only compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ClauseElement, ColumnClause, Exists, ScalarSelect, TextClause, event
from sqlalchemy.orm import ORMExecuteState, QueryContext, Session, object_session

from processes.models.access import EmergencyAccess, Recusal
from processes.models.base import Base
from processes.models.cases import Dwelling, Person
from processes.models.consents import Consent, ContactAttempt, Disclosure
from processes.models.drafts import Draft
from processes.models.events import Event, JournalEntry
from processes.models.findings import Finding, FindingSilence
from processes.models.letters import Letter
from processes.models.notices import Notice
from processes.models.retention import CorrectionNote, LegalHold
from processes.models.steps import Task

SEEN = "seen"
NOT_SHOWN = "not_shown"
CONTENT: tuple[type[Base], ...] = (
    Person,
    Notice,
    Consent,
    ContactAttempt,
    Disclosure,
    Event,
    Finding,
    FindingSilence,
    JournalEntry,
    Letter,
    CorrectionNote,
    Draft,
    EmergencyAccess,
    LegalHold,
    Recusal,
)
"""The tables that tell of people. A task tells of them once it has answers; a list of open tasks does not, nor does a
case's number and phase, nor what a unit is told of a case: they name nobody and stand in lists."""
TELLS_OF_NOBODY = {
    "bookings": "kinds and times of meetings",
    "cases": "number, phase and staff",
    "deadlines": "days and their law, with what was counted from",
    "destruction_proposals": "who proposed, and when",
    "job_failures": "kinds of errors",
    "kept_messages": "names of events",
    "mails": "what is mailed: a number and an address of ours",
    "notifications": "what lists show: steps and days",
    "process_instances": "keys and states",
    "reminders": "steps and instants",
    "submissions": "a reference",
    "subscriptions": "names of events",
    "timers": "instants",
    "told_dates": "what calendars show: a number, a kind and a day",
}
"""Tables with rows of cases whose reading is not logged, and what they hold instead. What is in neither list fails."""
NOT_CONTENT = frozenset({"id", "case_id", "caseworker_id"})
TABLES_OF_CONTENT = frozenset(model.__table__ for model in CONTENT) | {Dwelling.__table__}


@dataclass
class Seen:
    """Whose content has been fetched: persons' ids by case id."""

    cases: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    homes: set[int] = field(default_factory=set)
    """Dwellings by id: an address tells of whoever lives there, and its cases are looked up when the row is written."""
    is_untraced: bool = False
    """Something was fetched of which nobody can say which case it belongs to."""

    def note(self, row: Base) -> None:
        """The row was fetched."""
        if isinstance(row, Dwelling):
            self.homes.add(row.__dict__["id"])
            return
        if not isinstance(row, CONTENT) and not (isinstance(row, Task) and row.__dict__.get("answers")):
            return
        case_id = row.__dict__.get("case_id")
        if case_id is None:
            self.is_untraced |= not isinstance(row, Draft)  # a notice that one is writing is in no case yet
            return
        persons = self.cases[case_id]
        if isinstance(row, Person):
            persons.add(row.id)


@event.listens_for(Base, "load", propagate=True)
def _row_was_loaded(row: Base, _context: QueryContext | None) -> None:
    session = object_session(row)
    if session is not None:
        note_read(session, row)


def note_read(session: Session, row: Base) -> None:
    """The row was fetched; to be said by who makes a row of what was fetched in another way than the mapper's."""
    seen = session.info.get(SEEN)
    if seen is not None:
        seen.note(row)


@event.listens_for(Session, "do_orm_execute")
def _was_asked(state: ORMExecuteState) -> None:
    seen = state.session.info.get(SEEN)
    if seen is None or state.execution_options.get(NOT_SHOWN):
        return
    if isinstance(state.statement, TextClause):
        seen.is_untraced = True  # nobody can say what it asks for
    elif state.is_select and any(map(_is_loose_content, _asked_for(state))):
        seen.is_untraced = True


def _asked_for(state: ORMExecuteState) -> list[dict[str, Any]]:
    return list(getattr(state.statement, "column_descriptions", ()))


def _is_loose_content(asked: dict[str, Any]) -> bool:
    """Words about somebody, selected without the row in which they stand; a row is noted when it is loaded."""
    expression = asked.get("expr")
    if expression is not None and asked.get("entity") is expression:
        return False
    return any(map(_tells, _columns([expression])))


def _columns(asked: Iterable[Any]) -> Iterator[ColumnClause[Any]]:
    """The columns that can be read out of what is asked for, through functions, sums of texts and inner questions."""
    for each in asked:
        clause = each.__clause_element__() if hasattr(each, "__clause_element__") else each
        if isinstance(clause, ColumnClause):
            bases = clause.base_columns - {clause}
            yield from _columns(bases) if bases else [clause]
        elif isinstance(clause, ScalarSelect):
            yield from _columns(clause.element.selected_columns)
        elif isinstance(clause, ClauseElement) and not isinstance(clause, Exists):
            yield from _columns(clause.get_children())


def _tells(column: ColumnClause[Any]) -> bool:
    table = column.table
    if table is Task.__table__:
        return column.key == "answers"
    return table in TABLES_OF_CONTENT and column.key not in NOT_CONTENT
