"""What every question for stuck work is asked with: the instant, the days and the municipality's limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from processes.clock import swedish_day
from processes.models import Absence, Case, Caseworker, Recusal
from processes.rules import calendar
from processes.rules.policy import Policy
from processes.rules.stuck_limits import Limits

Rows = Select[Any]
"""Candidates: case_id, administration_key, unit, row_id and since, and then the facts, each under its name.

`unit` is NULL where the table of checks says whose it is; `since` is an instant or a day.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One look at everything: as of when, and by which limits."""

    now: datetime
    policy: Policy

    @property
    def limits(self) -> Limits:
        return self.policy.limits

    @property
    def today(self) -> date:
        return swedish_day(self.now)

    def days_ago(self, days: int) -> datetime:
        """The instant so many calendar days before now."""
        return self.now - timedelta(days=days)

    def minutes_ago(self, minutes: int) -> datetime:
        return self.now - timedelta(minutes=minutes)

    def working_days_ago(self, days: int) -> datetime:
        """The same time of day, so many of the office's days earlier."""
        day = calendar.working_days_before(self.today, days, self.policy.local_closed_days)
        return self.now - (self.today - day)

    def working_days_ahead(self, days: int) -> date:
        return calendar.working_days_after(self.today, days, self.policy.local_closed_days)


def rows(row_id: Any, since: Any, unit: Any, **facts: Any) -> Rows:
    """Candidates with the columns that every check brings; each question joins `Case` and adds its conditions."""
    return select(
        Case.id.label("case_id"),
        Case.administration_key.label("administration_key"),
        unit.label("unit"),
        row_id.label("row_id"),
        since.label("since"),
        *(column.label(name) for name, column in facts.items()),
    )


def goes_on(asked: Asked) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `Case` that it is open and not suspended; the days of the law go on all the same."""
    is_suspended = Case.suspended_until.is_not(None) & (Case.suspended_until > asked.now)
    return Case.closed_at.is_(None), ~is_suspended


def is_away(person_id: Any, today: date) -> ColumnElement[bool]:
    """The person is absent today."""
    absence = aliased(Absence)
    return exists().where(absence.caseworker_id == person_id, *away_today(absence, today))


def away_today(absence: Any, today: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions that the absence holds today."""
    return absence.starts_on <= today, absence.ends_on >= today, absence.withdrawn_at.is_(None)


def is_recused(person_id: Any, case_id: Any) -> ColumnElement[bool]:
    """The person has a conflict of interest in the case."""
    return exists().where(Recusal.caseworker_id == person_id, Recusal.case_id == case_id)


def has_left(person_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """The person's account is closed."""
    return exists().where(Caseworker.id == person_id, Caseworker.is_active.is_(False))
