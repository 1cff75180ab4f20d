"""Everything that is kept of the cases at one moment, as plain rows: what the oracles reckon from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from processes.models import (
    Absence,
    Base,
    Case,
    Caseworker,
    Consent,
    ContactAttempt,
    Deadline,
    EmergencyAccess,
    Event,
    JournalEntry,
    Letter,
    Membership,
    Notice,
    Person,
    ProcessInstance,
    Recusal,
    Subscription,
    Task,
    Timer,
)
from processes.models.cases import Dwelling
from processes.unit_of_work import UnitOfWork

KEPT: tuple[type[Base], ...] = (
    Absence, Case, Caseworker, Consent, ContactAttempt, Deadline, Dwelling, EmergencyAccess, Event, JournalEntry,
    Letter, Membership, Notice, Person, ProcessInstance, Recusal, Subscription, Task, Timer,
)  # fmt: skip
LARGE = frozenset({"state", "pdf"})


@dataclass
class Picture:
    """The rows of every table of KEPT, by the table's name, oldest first."""

    rows: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, model: type[Base], **values: Any) -> list[Any]:
        """The rows of the table that have these values."""
        found: Iterable[Any] = self.rows.get(model.__tablename__, ())
        return [row for row in found if all(getattr(row, key) == value for key, value in values.items())]

    def by_id(self, model: type[Base]) -> dict[int, Any]:
        """The rows of the table by their numbers."""
        return {row.id: row for row in self.rows.get(model.__tablename__, ())}

    def events(self, case_id: int, *names: str, scope: tuple[str, int] | None = None) -> list[Any]:
        """The events of the case that count, with one of the names, about the scope if one is given."""
        return [
            event
            for event in self.of(Event, case_id=case_id, corrected_by_id=None)
            if event.name in names and scope in (None, (event.scope_kind, event.scope_id))
        ]

    def notices(self, case_id: int) -> list[Any]:
        """The notices of the case without those that came again."""
        return self.of(Notice, case_id=case_id, duplicate_of_id=None)


def take(work: UnitOfWork) -> Picture:
    """The picture of everything as this transaction sees it."""
    picture = Picture()
    for model in KEPT:
        table = model.__table__
        columns = [column for column in table.columns if column.name not in LARGE]
        found = work.session.execute(
            select(*columns).order_by(table.c.id) if "id" in table.c else select(*columns)
        )
        picture.rows[model.__tablename__] = [SimpleNamespace(**row._mapping) for row in found]
    return picture
