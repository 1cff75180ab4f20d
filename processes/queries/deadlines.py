"""Finds the dates that run in cases, each with why it is that day, and the versions that each date has had before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.models import Deadline


def deadlines_of(
    session: Session,
    case_ids: Collection[int],
    *,
    first: date | None = None,
    last: date | None = None,
) -> Sequence[Deadline]:
    """The dates that run in the cases, the earliest first and those without a day last.

    With `first` and `last` only those that fall on these days or between. Whoever asks has checked that the person
    may see the cases. `row.explained` answers "Varför detta datum?".
    """
    wanted = select(Deadline).where(Deadline.case_id.in_(case_ids), Deadline.is_current)
    if first is not None:
        wanted = wanted.where(Deadline.falls_on >= first)
    if last is not None:
        wanted = wanted.where(Deadline.falls_on <= last)
    order = (Deadline.falls_on.is_(None), Deadline.falls_on, Deadline.rule, Deadline.id)
    return session.scalars(wanted.order_by(*order)).all()


def earlier_versions(session: Session, case_id: int) -> dict[tuple[str, str], list[Deadline]]:
    """By rule and subject the versions of the case's dates that no longer hold, the latest first."""
    found: dict[tuple[str, str], list[Deadline]] = {}
    rows = session.scalars(
        select(Deadline)
        .where(Deadline.case_id == case_id, Deadline.is_current.is_(False))
        .order_by(Deadline.id.desc())
    )
    for row in rows:
        found.setdefault((row.rule, row.subject), []).append(row)
    return found
