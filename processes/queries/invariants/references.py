"""Asks all tables at once: whether what a row refers to is there and of the same case, and how mails and jobs stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Integer,
    Select,
    String,
    Table,
    cast,
    exists,
    false,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Session

from processes.models import Base, Case, Event, JobFailure, Mail, Task
from processes.rules.invariants import Breach

MOST_OF_A_KIND = 100
"""A restored copy may lack a whole table; to say so a hundred times is enough."""


@dataclass(frozen=True, slots=True)
class _Question:
    """Asks for the rows of a table that break an invariant."""

    invariant: str
    table: str
    said: str
    wanted: Select[Any]


def breaches(session: Session, administration: str | None) -> Iterator[Breach]:
    """What is wrong between the tables; of one administration's cases only, where one is named."""
    for question in _questions(administration):
        for row in session.execute(question.wanted):
            yield Breach(question.invariant, row.number or "", f"{question.table} {row.id}", question.said)


@cache
def _questions(administration: str | None) -> tuple[_Question, ...]:
    found = [
        question
        for table in Base.metadata.sorted_tables
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name)
        for question in (_dangling(table, key, administration), _of_another_case(table, key, administration))
        if question is not None
    ]
    return (*found, _events_of_other_tasks(administration), _mails(administration), _given_up(administration))


def file_flaws(session: Session) -> Iterator[Breach]:
    """What SQLite itself says of its file; PostgreSQL looks after its own."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for said in session.scalars(text("PRAGMA integrity_check")):
        if said != "ok":
            yield Breach("file_is_sound", "", "", str(said))


def _dangling(table: Table, key: ForeignKey, administration: str | None) -> _Question:
    parent = key.column.table.alias("parent")
    is_there = exists().where(parent.c[key.column.name] == key.parent)
    wanted = _rows_of(table, administration, key.parent.is_not(None), ~is_there)
    return _Question("refers_to_row", table.name, f"{key.parent.name} refers to nothing", wanted)


def _of_another_case(table: Table, key: ForeignKey, administration: str | None) -> _Question | None:
    if "case_id" not in table.c or "case_id" not in key.column.table.c:
        return None
    parent = key.column.table.alias("parent")
    is_elsewhere = exists().where(
        parent.c[key.column.name] == key.parent, parent.c.case_id != table.c.case_id
    )
    said = f"{key.parent.name} refers to a row of another case"
    return _Question("same_case", table.name, said, _rows_of(table, administration, is_elsewhere))


def _events_of_other_tasks(administration: str | None) -> _Question:
    is_there = exists().where(Task.id == Event.task_id, Task.case_id == Event.case_id)
    wanted = _rows_of(Base.metadata.tables["events"], administration, Event.task_id.is_not(None), ~is_there)
    return _Question("same_case", "events", "task_id refers to no task of the case", wanted)


def _mails(administration: str | None) -> _Question:
    marks = (Mail.sent_at, Mail.given_up_at, Mail.next_attempt_at)
    first, second, third = (cast(column.is_not(None), Integer) for column in marks)
    wanted = _rows_of(Base.metadata.tables["mails"], administration, first + second + third != 1)
    return _Question("mail_once", "mails", "it is not either waiting, sent or given up", wanted)


def _given_up(administration: str | None) -> _Question:
    table = Base.metadata.tables["job_failures"]
    wanted = _rows_of(table, administration, JobFailure.given_up_at.is_not(None))
    return _Question(
        "no_work_given_up", table.name, "a job gave it up, until a person says otherwise", wanted
    )


def _rows_of(table: Table, administration: str | None, *conditions: ColumnElement[bool]) -> Select[Any]:
    """The rows by their keys, each with the number of its case where it is of one."""
    [key] = table.primary_key.columns
    number: Any = literal("")
    source: Any = table
    if table.name == "cases":
        number = Case.number
    elif "case_id" in table.c:
        number = Case.number
        source = table.outerjoin(Case.__table__, Case.id == table.c.case_id)
    wanted = select(cast(key, String).label("id"), number.label("number")).select_from(source)
    if administration is not None:
        is_asked_for = Case.administration_key == administration if number is Case.number else false()
        wanted = wanted.where(is_asked_for)
    return wanted.where(*conditions).limit(MOST_OF_A_KIND)
