"""Compares what is stuck with what is known to be: what is new, what is so still, and what holds again.

Everything is asked in bounded batches, and one statement answers for a whole batch.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import Session

from processes.models import Case, Finding
from processes.queries import findings_in_cases, findings_in_dates, findings_in_processes, findings_in_tasks
from processes.queries.findings_asked import Asked
from processes.rules.calendar import start_of_day
from processes.rules.stuck import CASE_BY_CASE, CHECKS

QUESTIONS = (
    findings_in_tasks.QUESTIONS
    | findings_in_dates.QUESTIONS
    | findings_in_processes.QUESTIONS
    | findings_in_cases.QUESTIONS
)
"""By the key of its check: a statement over all cases at once."""
BRINGS = ("case_id", "administration_key", "unit", "row_id", "since")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Found:
    """An invariant that does not hold at this moment."""

    check_key: str
    case_id: int
    administration_key: str
    unit: str
    row_id: int
    since: datetime
    facts: Mapping[str, Any]
    """As JSON values."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding that is open, and how it stands now; nothing when the invariant holds again."""

    finding_id: int
    facts: Mapping[str, Any]
    last_seen_at: datetime
    found: Found | None


def newly_found(session: Session, key: str, asked: Asked) -> list[Found]:
    """At most BATCH of what breaks the check now and has no open finding yet."""
    candidates = QUESTIONS[key](asked).subquery()
    is_known = exists().where(
        Finding.check_key == key, Finding.row_id == candidates.c.row_id, Finding.closed_at.is_(None)
    )
    statement = select(candidates).where(~is_known).order_by(candidates.c.row_id).limit(BATCH)
    return [_found(key, row, asked.now) for row in session.execute(statement)]


def still_standing(session: Session, key: str, asked: Asked, after: int) -> list[Standing]:
    """At most BATCH of the check's open findings, in the order of their numbers, each beside how it is now."""
    return [
        Standing(
            row.finding_id,
            row.known_facts,
            row.last_seen_at,
            None if row.row_id is None else _found(key, row, asked.now),
        )
        for row in session.execute(standing_beside(key, asked, after))
    ]


def standing_beside(key: str, asked: Asked, after: int) -> Select[Any]:
    """The question behind `still_standing`."""
    candidates = QUESTIONS[key](asked).subquery()
    return (
        select(
            Finding.id.label("finding_id"),
            Finding.facts.label("known_facts"),
            Finding.last_seen_at.label("last_seen_at"),
            candidates,
        )
        .outerjoin(candidates, candidates.c.row_id == Finding.row_id)
        .where(Finding.check_key == key, Finding.closed_at.is_(None), Finding.id > after)
        .order_by(Finding.id)
        .limit(BATCH)
    )


def _found(key: str, row: Row[Any], now: datetime) -> Found:
    values = row._asdict()
    facts = {
        name: as_json(value)
        for name, value in values.items()
        if name not in (*BRINGS, "finding_id", "known_facts", "last_seen_at")
    }
    since = values["since"] or now
    return Found(
        check_key=key,
        case_id=row.case_id,
        administration_key=row.administration_key,
        unit=row.unit or str(CHECKS[key].unit),
        row_id=row.row_id,
        since=since if isinstance(since, datetime) else start_of_day(since),
        facts=facts,
    )


def as_json(value: Any) -> Any:
    """Days and instants as text."""
    return value.isoformat() if isinstance(value, date) else value


def open_in_cases(session: Session, case_ids: Collection[int]) -> dict[int, list[Finding]]:
    """The open findings that take the whole case to see, by case."""
    found: dict[int, list[Finding]] = {case_id: [] for case_id in case_ids}
    for row in session.scalars(
        select(Finding).where(
            Finding.case_id.in_(case_ids), Finding.closed_at.is_(None), Finding.check_key.in_(CASE_BY_CASE)
        )
    ):
        found[row.case_id].append(row)
    return found


def of_closed_cases(session: Session) -> Sequence[int]:
    """Open findings of that kind in cases that are closed by now: nothing runs there any more."""
    return session.scalars(
        select(Finding.id)
        .join(Case, Case.id == Finding.case_id)
        .where(Finding.closed_at.is_(None), Finding.check_key.in_(CASE_BY_CASE), Case.closed_at.is_not(None))
        .order_by(Finding.id)
        .limit(BATCH)
    ).all()


def heard_again(session: Session, today: date) -> Sequence[int]:
    """Open findings whose silence is over."""
    return session.scalars(
        select(Finding.id)
        .where(Finding.closed_at.is_(None), Finding.silenced_until < today)
        .order_by(Finding.id)
        .limit(BATCH)
    ).all()


def open_cases_after(session: Session, case_id: int, size: int) -> Sequence[int]:
    """The next open cases in the order of their numbers."""
    return session.scalars(
        select(Case.id).where(Case.closed_at.is_(None), Case.id > case_id).order_by(Case.id).limit(size)
    ).all()
