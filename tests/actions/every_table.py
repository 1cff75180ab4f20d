"""Fills every table that has rows of cases with a row of one case, whatever tables there are, and reads all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Column, Date, LargeBinary, Numeric, Table, insert, select
from sqlalchemy.orm import Session

from processes.models import Base, Case, Caseworker
from processes.models.base import UtcDateTime
from processes.queries.tables_of_case import rows_of, tables_of_case

SENTINEL = "Sentinell Påhittad"
AN_INSTANT = datetime(2026, 3, 2, 8, tzinfo=UTC)


def fill_every_table(session: Session, case: Case) -> None:
    """Give the case a row in each table in which it has none."""
    for table in reversed(tables_of_case()):
        if session.execute(select(table).where(rows_of(table, case.id, case.number))).first() is None:
            _insert(session, table, case)


def _insert(session: Session, table: Table, case: Case) -> None:
    values = {
        column.name: _value(session, table, column, case)
        for column in table.c
        if not (column.primary_key and column.name == "id")
    }
    session.execute(insert(table).values(**values))


def _value(session: Session, table: Table, column: Column[Any], case: Case) -> Any:
    by_name = {"case_id": case.id, "case_number": case.number, "administration_key": case.administration_key}
    if column.name in by_name:
        return by_name[column.name]
    if column.foreign_keys:
        [key] = column.foreign_keys
        return _referred(session, table, key.column, case, is_needed=not column.nullable)
    kinds = ((UtcDateTime, AN_INSTANT), (Date, date(2026, 3, 2)), (Boolean, False), (LargeBinary, b"x"))
    for kind, value in (*kinds, (Numeric, Decimal("1.00"))):
        if isinstance(column.type, kind):
            return value
    if column.type.python_type is int:
        return 1
    said = (
        f"{SENTINEL} {table.name} i ärende {case.id}."
        if table in tables_of_case()
        else f"Påhittat {table.name}"
    )
    return {"said": said} if column.type.python_type is dict else said


def _referred(session: Session, table: Table, target: Column[Any], case: Case, *, is_needed: bool) -> Any:
    if target.table is table:
        return None
    if target.table in tables_of_case():
        return session.scalar(select(target).where(rows_of(target.table, case.id, case.number)).limit(1))
    if target.table.name == "caseworkers":
        return session.scalar(select(Caseworker.id).limit(1))
    if is_needed and session.scalar(select(target).limit(1)) is None:
        _insert(session, target.table, case)
    return session.scalar(select(target).limit(1)) if is_needed else None


def everything_in(session: Session) -> dict[str, list[str]]:
    """Every row of every table as text, by table."""
    return {
        table.name: [str(tuple(row)) for row in session.execute(select(table))]
        for table in Base.metadata.sorted_tables
    }
