"""Counts what goes to the database: statements, commits, and the size of every row that is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

WRITES = ("INSERT", "UPDATE", "DELETE")
NOT_ASKED = ("BEGIN", "PRAGMA")
"""What only the driver for SQLite sends as statements; PostgreSQL's sends its own unseen."""


@dataclass
class Tally:
    """What was sent since it was begun."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0
    rows: list[int] = field(default_factory=list)
    """The bytes of each row written."""

    def begin_anew(self) -> None:
        """Forget what was counted so far."""
        self.statements.clear()
        self.rows.clear()
        self.commits = 0

    def note(self, statement: str, parameters: Any, *, is_many: bool) -> None:
        """A statement goes out."""
        if statement.startswith(NOT_ASKED):
            return
        self.statements.append(statement)
        if statement.startswith(WRITES):
            self.rows += sizes_of(statement, parameters, is_many=is_many)


def sizes_of(statement: str, parameters: Any, *, is_many: bool) -> list[int]:
    """The bytes of each row that the statement writes; rows that go in one list of values count as equally large."""
    if is_many and all(isinstance(row, Mapping | tuple) for row in parameters):
        return [size_of(row) for row in parameters]
    count = statement.partition(" VALUES ")[2].count("), (") + 1
    return [size_of(parameters) // count] * count


def size_of(row: Any) -> int:
    """The bytes that the values of a row take when written down."""
    values = row.values() if isinstance(row, Mapping) else row if isinstance(row, Sequence) else ()
    return sum(
        len(value) if isinstance(value, bytes) else len(str(value).encode())
        for value in values
        if value is not None
    )


@contextmanager
def counted(engine: Engine) -> Iterator[Tally]:
    """Count what this engine sends while the block lasts."""
    tally = Tally()

    def send(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, is_many: bool) -> None:  # noqa: FBT001 -- SQLAlchemy calls it so
        tally.note(statement, parameters, is_many=is_many)

    def commit(_connection: Any) -> None:
        tally.commits += 1

    event.listen(engine, "before_cursor_execute", send)
    event.listen(engine, "commit", commit)
    try:
        yield tally
    finally:
        event.remove(engine, "before_cursor_execute", send)
        event.remove(engine, "commit", commit)
