"""What a supervisor needs to see first: what is late, what nobody has taken, which days come, and who has how much.

The first rows of each list come from an index in the right order; how many there are in all has been counted beforehand
(actions/task_counts.py). So the page asks the same few questions of ten tasks and of a hundred thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from processes.clock import swedish_day
from processes.models import Absence, Case, Caseworker, Counting, Deadline, Finding, Task, WorkloadCount
from processes.queries.access import must_be_allowed, not_recused
from processes.queries.inbox import IS_OPEN
from processes.rules.calendar_words import EVICTION
from processes.rules.stuck import Severity
from processes.rules.units import Unit

Rows = Select[*tuple[Any, ...]]
FIRST = 6
"""So many rows of each list stand on the overview; the inbox and the list of findings have the rest."""
LEGAL_DAYS = 7
MOST_READ = 60
"""Of tasks whose legal date is near: a case has a handful of tasks, and one row of them is shown."""
WEEKS_AHEAD = 6
MOST_DAYS = 150
"""So many dates of a kind are listed; should there be more, the page says so."""
RECOVERY = ("D-01", "D-09")
"""The last day of winning a lease back, after unpaid rent and after a disturbance."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The first rows of what needs somebody now."""

    findings: Sequence[Finding]
    overdue: Sequence[Task]
    unclaimed: Sequence[Task]
    legal: Sequence[Task]
    """One task of each case whose legal date is near."""


@dataclass(frozen=True, slots=True)
class Load:
    """How much lies with somebody, or with a unit as a whole."""

    how_many: int = 0
    overdue: int = 0
    resting: int = 0
    ages: Counter[str] = field(default_factory=Counter)
    """By group of rules/counted_ages.py."""
    oldest_at: datetime | None = None

    def __add__(self, other: Load) -> Load:
        """Both together."""
        oldest = [at for at in (self.oldest_at, other.oldest_at) if at is not None]
        return Load(
            self.how_many + other.how_many,
            self.overdue + other.overdue,
            self.resting + other.resting,
            self.ages + other.ages,
            min(oldest, default=None),
        )


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day that the law or Kronofogden has set in an open case."""

    on: date
    case_id: int
    number: str
    is_eviction: bool
    is_provisional: bool
    at: datetime | None
    """The time of day, where one is set."""


@dataclass(frozen=True, slots=True)
class ComingDays:
    """The days ahead, the nearest first."""

    days: Sequence[ComingDay]
    is_cut: bool
    """There are more than are listed."""


def counted_at(session: Session, name: str) -> datetime | None:
    """When the numbers of that name were counted; None before the first time."""
    return session.scalar(select(Counting.counted_at).where(Counting.name == name))


def needs_of(session: Session, caseworker: Caseworker, now: datetime) -> Needs:
    """What needs somebody now in the supervisor's administration. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    own = (
        Task.administration_key == caseworker.administration_key,
        IS_OPEN,
        not_recused(Task.case_id, caseworker),
    )
    awake = or_(Task.on_hold_until.is_(None), Task.on_hold_until <= now)
    by_due = select(Task.id, Task.sorted_due_at).order_by(Task.sorted_due_at, Task.id).limit(FIRST)
    late = by_due.where(*own, awake, Task.sorted_due_at < now)
    free = [
        by_due.where(
            *own, awake, Task.unit == str(unit), Task.claimed_by_id.is_(None), Task.sorted_due_at >= now
        )
        for unit in Unit
    ]
    today = swedish_day(now)
    near = (
        select(Task.id, Task.legal_on, Task.case_id)
        .where(*own, Task.legal_on >= today, Task.legal_on <= today + timedelta(days=LEGAL_DAYS))
        .order_by(Task.legal_on, Task.id)
        .limit(MOST_READ)
    )
    overdue = session.execute(late).all()
    unclaimed = session.execute(_first_of(free)).all()
    first_of_case: dict[int, int] = {}
    for task_id, _, case_id in session.execute(near):
        first_of_case.setdefault(case_id, task_id)
    legal = list(first_of_case.values())[:FIRST]
    rows = _tasks(session, {row[0] for row in (*overdue, *unclaimed)} | set(legal))
    return Needs(
        findings=_findings(session, caseworker, today),
        overdue=[rows[row[0]] for row in overdue],
        unclaimed=[rows[row[0]] for row in unclaimed],
        legal=[rows[task_id] for task_id in legal],
    )


def _first_of(lanes: Sequence[Rows]) -> Rows:
    """The first rows of several lists that an index has in order, in the same order."""
    found = union_all(*(lane.subquery().select() for lane in lanes)).subquery().c
    return select(found.id, found.sorted_due_at).order_by(found.sorted_due_at, found.id).limit(FIRST)


def _tasks(session: Session, task_ids: Collection[int]) -> dict[int, Task]:
    found = select(Task).where(Task.id.in_(task_ids))
    shown = found.options(joinedload(Task.case), joinedload(Task.claimed_by))
    return {task.id: task for task in session.scalars(shown)}


def _findings(session: Session, caseworker: Caseworker, today: date) -> Sequence[Finding]:
    """The critical ones that nobody has silenced."""
    found = (
        select(Finding)
        .where(
            Finding.administration_key == caseworker.administration_key,
            Finding.closed_at.is_(None),
            Finding.severity == Severity.CRITICAL,
            or_(Finding.silenced_until.is_(None), Finding.silenced_until < today),
            not_recused(Finding.case_id, caseworker),
        )
        .order_by(Finding.id)
        .limit(FIRST)
    )
    return session.scalars(found.options(joinedload(Finding.case))).all()


def loads_of(session: Session, caseworker: Caseworker) -> dict[str, dict[int, Load]]:
    """By unit and holder, as counted last; the holder 0 stands for what nobody has taken. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    rows = session.scalars(
        select(WorkloadCount).where(WorkloadCount.administration_key == caseworker.administration_key)
    )
    found: dict[str, dict[int, Load]] = {}
    for row in rows:
        of_unit = found.setdefault(row.unit, {})
        load = Load(row.how_many, row.overdue, row.resting, Counter({row.age: row.how_many}), row.oldest_at)
        of_unit[row.holder_id] = of_unit.get(row.holder_id, Load()) + load
    return found


def away_today(session: Session, caseworker: Caseworker, now: datetime) -> dict[int, Absence]:
    """The administration's absent staff by id, each with the absence of today. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    today = swedish_day(now)
    found = (
        select(Absence)
        .join(Caseworker, Caseworker.id == Absence.caseworker_id)
        .where(
            Caseworker.administration_key == caseworker.administration_key,
            Absence.withdrawn_at.is_(None),
            Absence.starts_on <= today,
            Absence.ends_on >= today,
        )
        .options(joinedload(Absence.substitute))
        .order_by(Absence.id)
    )
    return {row.caseworker_id: row for row in session.scalars(found)}


def days_ahead(session: Session, caseworker: Caseworker, now: datetime) -> ComingDays:
    """The recovery periods that end and the evictions in the coming weeks, in open cases. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    today = swedish_day(now)
    last = today + timedelta(weeks=WEEKS_AHEAD)
    lists = [session.execute(_days(caseworker, rule, today, last)).all() for rule in (*RECOVERY, EVICTION)]
    days = [
        ComingDay(on, case_id, number, rule == EVICTION, is_provisional, _at(explanation))
        for rows in lists
        for rule, on, is_provisional, explanation, case_id, number in rows[:MOST_DAYS]
    ]
    days.sort(key=lambda one: (one.on, not one.is_eviction, one.at is None, one.at, one.number))
    return ComingDays(days, is_cut=any(len(rows) > MOST_DAYS for rows in lists))


def _days(caseworker: Caseworker, rule: str, first: date, last: date) -> Rows:
    return (
        select(
            Deadline.rule,
            Deadline.falls_on,
            Deadline.is_provisional,
            Deadline.explanation,
            Case.id,
            Case.number,
        )
        .join(Case, Case.id == Deadline.case_id)
        .where(
            Deadline.rule == rule,
            Deadline.is_current,
            Deadline.falls_on >= first,
            Deadline.falls_on <= last,
            *_is_open_to(caseworker),
        )
        .order_by(Deadline.falls_on, Deadline.case_id)
        .limit(MOST_DAYS + 1)
    )


def _is_open_to(caseworker: Caseworker) -> tuple[ColumnElement[bool], ...]:
    return (
        Case.administration_key == caseworker.administration_key,
        Case.closed_at.is_(None),
        not_recused(Case.id, caseworker),
    )


def _at(explanation: dict[str, Any]) -> datetime | None:
    at = explanation.get("at")
    return datetime.fromisoformat(at) if at else None
