"""Asks all tables at once: whether what a row refers to is there and of the same case, and how mails and jobs stand."""

from __future__ import annotations

from collections.abc import Iterator
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


def breaches(session: Session, administration: str | None) -> Iterator[Breach]:
    """What is wrong between the tables; of one administration's cases only, where one is named."""
    for table in Base.metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
            yield from _dangling(session, table, key, administration)
            yield from _of_another_case(session, table, key, administration)
    yield from _events_of_other_tasks(session, administration)
    yield from _mails(session, administration)
    yield from _given_up(session, administration)


def file_flaws(session: Session) -> Iterator[Breach]:
    """What SQLite itself says of its file; PostgreSQL looks after its own."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for said in session.scalars(text("PRAGMA integrity_check")):
        if said != "ok":
            yield Breach("file_is_sound", "", "", str(said))


def _dangling(
    session: Session, table: Table, key: ForeignKey, administration: str | None
) -> Iterator[Breach]:
    parent = key.column.table.alias("parent")
    is_there = exists().where(parent.c[key.column.name] == key.parent)
    wanted = _rows_of(table, administration, key.parent.is_not(None), ~is_there)
    yield from _told(session, wanted, "refers_to_row", table, f"{key.parent.name} refers to nothing")


def _of_another_case(
    session: Session, table: Table, key: ForeignKey, administration: str | None
) -> Iterator[Breach]:
    if "case_id" not in table.c or "case_id" not in key.column.table.c:
        return
    parent = key.column.table.alias("parent")
    is_elsewhere = exists().where(
        parent.c[key.column.name] == key.parent, parent.c.case_id != table.c.case_id
    )
    said = f"{key.parent.name} refers to a row of another case"
    yield from _told(session, _rows_of(table, administration, is_elsewhere), "same_case", table, said)


def _events_of_other_tasks(session: Session, administration: str | None) -> Iterator[Breach]:
    is_there = exists().where(Task.id == Event.task_id, Task.case_id == Event.case_id)
    table = Base.metadata.tables["events"]
    wanted = _rows_of(table, administration, Event.task_id.is_not(None), ~is_there)
    yield from _told(session, wanted, "same_case", table, "task_id refers to no task of the case")


def _mails(session: Session, administration: str | None) -> Iterator[Breach]:
    ways = [
        cast(column.is_not(None), Integer)
        for column in (Mail.sent_at, Mail.given_up_at, Mail.next_attempt_at)
    ]
    table = Base.metadata.tables["mails"]
    wanted = _rows_of(table, administration, ways[0] + ways[1] + ways[2] != 1)
    yield from _told(session, wanted, "mail_once", table, "it is not either waiting, sent or given up")


def _given_up(session: Session, administration: str | None) -> Iterator[Breach]:
    table = Base.metadata.tables["job_failures"]
    wanted = _rows_of(table, administration, JobFailure.given_up_at.is_not(None), told=JobFailure.job)
    for row in session.execute(wanted.limit(MOST_OF_A_KIND)):
        yield Breach(
            "no_work_given_up", row.number or "", f"job_failures {row.id}", f"the job {row.told} gave it up"
        )


def _rows_of(
    table: Table, administration: str | None, *conditions: ColumnElement[bool], told: Any = None
) -> Select[Any]:
    """The rows' own names, and the number of the case where they are of one."""
    own = [cast(column, String) for column in table.primary_key.columns]
    name = own[0] if own else literal("")
    number: Any = literal("")
    source: Any = table
    if table.name == "cases":
        number = Case.number
    elif "case_id" in table.c:
        number = Case.number
        source = table.outerjoin(Case.__table__, Case.id == table.c.case_id)
    wanted = select(
        name.label("id"), number.label("number"), (literal("") if told is None else told).label("told")
    )
    wanted = wanted.select_from(source).where(*conditions)
    if administration is None:
        return wanted
    return wanted.where(Case.administration_key == administration if number is Case.number else false())


def _told(session: Session, wanted: Select[Any], invariant: str, table: Table, said: str) -> Iterator[Breach]:
    for row in session.execute(wanted.limit(MOST_OF_A_KIND)):
        yield Breach(invariant, row.number or "", f"{table.name} {row.id}", said)
