"""Adds up the counted months for the statistics, narrowed to a period, a district, a type of notice, a unit, a process.

A page reads the rows of one choice of district and type, never those of cases or tasks. Whoever adds something up over
months gets the same as if the months had been one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from processes.models import Caseworker, Counting, MonthFigure
from processes.queries.access import must_be_allowed
from processes.queries.month_facts import month_after
from processes.rules.measures import ALL, MEASURES


@dataclass(frozen=True, slots=True)
class Choice:
    """What the statistics are narrowed to."""

    first: date
    """The first day of the first month."""
    last: date
    """The first day of the last month."""
    district: str = ALL
    notice_kind: str = ALL
    unit: str = ""
    """Empty = all; narrows the measures of tasks."""
    process: str = ""

    @property
    def months(self) -> list[date]:
        """The months of the period, the oldest first."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(month_after(found[-1]))
        return found


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one choice."""

    by_part: dict[str, Counter[str]]
    """By measure, and within it by part."""
    by_month: dict[str, dict[date, int]]
    """By measure and month, of notices and outcomes."""
    by_step: dict[str, dict[str, Counter[str]]]
    """By measure of tasks, step and part."""
    by_unit: dict[str, dict[str, Counter[str]]]
    by_kind: Counter[str]
    """Notices by their type, the choice of type left aside."""
    by_district: Counter[str]
    """Notices by district, the choice of district left aside."""


OF_TASKS = tuple(measure.name for measure in MEASURES.values() if measure.of_tasks)


def figures_of(session: Session, caseworker: Caseworker, choice: Choice) -> Figures:
    """The numbers of the supervisor's own administration, in four statements. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    here = (
        MonthFigure.administration_key == caseworker.administration_key,
        MonthFigure.month >= choice.first,
        MonthFigure.month <= choice.last,
    )
    district, kind = MonthFigure.district == choice.district, MonthFigure.notice_kind == choice.notice_kind
    notices = MonthFigure.measure == "notices"
    figures = Figures(
        by_part={name: Counter() for name in MEASURES},
        by_month={name: {} for name in MEASURES},
        by_step={name: {} for name in OF_TASKS},
        by_unit={name: {} for name in OF_TASKS},
        by_kind=Counter(
            dict(
                _sums(
                    session,
                    (MonthFigure.notice_kind,),
                    *here,
                    district,
                    notices,
                    MonthFigure.notice_kind != ALL,
                )
            )
        ),
        by_district=Counter(
            dict(_sums(session, (MonthFigure.district,), *here, kind, notices, MonthFigure.district != ALL))
        ),
    )
    _add_cases(session, figures, *here, district, kind)
    _add_tasks(session, figures, choice, *here, district, kind)
    return figures


def _add_cases(session: Session, figures: Figures, *conditions: ColumnElement[bool]) -> None:
    parts = (MonthFigure.measure, MonthFigure.month, MonthFigure.what)
    for measure, month, what, number in _sums(session, parts, *conditions, MonthFigure.step == ""):
        figures.by_part[measure][what] += number
        months = figures.by_month[measure]
        months[month] = months.get(month, 0) + number


def _add_tasks(session: Session, figures: Figures, choice: Choice, *conditions: ColumnElement[bool]) -> None:
    narrowed = [*conditions, MonthFigure.measure.in_(OF_TASKS)]
    if choice.unit:
        narrowed.append(MonthFigure.unit == choice.unit)
    if choice.process:
        narrowed.append(MonthFigure.process_key == choice.process)
    parts = (MonthFigure.measure, MonthFigure.step, MonthFigure.unit, MonthFigure.what)
    for measure, step, unit, what, number in _sums(session, parts, *narrowed):
        figures.by_part[measure][what] += number
        figures.by_step[measure].setdefault(step, Counter())[what] += number
        figures.by_unit[measure].setdefault(unit, Counter())[what] += number


def _sums(session: Session, parts: tuple[Any, ...], *conditions: ColumnElement[bool]) -> list[Any]:
    added_up = select(*parts, func.sum(MonthFigure.how_many)).where(*conditions).group_by(*parts)
    return [(*row[:-1], int(row[-1])) for row in session.execute(added_up)]


def counted_months(session: Session, caseworker: Caseworker) -> dict[date, datetime]:
    """The counted months of the supervisor's administration, the oldest first, and when. Raises NotAllowed."""
    must_be_allowed("supervise", caseworker)
    start = f"{caseworker.administration_key}:"
    rows = session.scalars(
        select(Counting).where(Counting.name.startswith(start, autoescape=True)).order_by(Counting.name)
    )
    return {date.fromisoformat(f"{row.name.removeprefix(start)}-01"): row.counted_at for row in rows}
