"""Changes a value that a case remembers, and writes down who changed it, when, from what and to what (R-174)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from processes.models import Base, Case, JournalEntry
from processes.unit_of_work import UnitOfWork


def change(work: UnitOfWork, case: Case, row: Base, *, by: int | None, **values: Any) -> None:
    """Set columns of the case or of one of its rows; a value that stays the same leaves no line in the journal.

    `by` is the caseworker's id, None when a process did it.
    """
    for name, new in values.items():
        old = getattr(row, name)
        if old == new:
            continue
        setattr(row, name, new)
        work.forget_snapshot(case.id)
        work.add(
            JournalEntry(
                case_id=case.id,
                at=work.at,
                by_id=by,
                what="value_changed",
                subject=f"{row.__tablename__}.{name}",
                details={"row": getattr(row, "id", None), "from": _plain(old), "to": _plain(new)},
            )
        )


def _plain(value: Any) -> Any:
    """The value as JSON; a row stands for its id."""
    if isinstance(value, Base):
        return getattr(value, "id", None)
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
