"""Counts the months for the statistics: each month whole, from what happened in it, and anew for two years.

A worker job does it (workers/month_figures.py). What belongs to a month changes afterwards: a tenant is reached, a
child is found, an answer is corrected. So the current month is counted anew every ten minutes and each of the two years
before once a day; older months stand. Pages add up a month's numbers, whose count depends on steps, units and districts
and not on cases. A page narrowed to a district or a type of notice adds up no more: each choice has rows of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, select

from processes.actions.task_counts import take_counting
from processes.clock import swedish_day
from processes.models import Administration, Case, Counting, MonthFigure
from processes.queries.month_facts import Fact, Month, facts_of, month_after, traits_of
from processes.rules.calendar import start_of_day
from processes.rules.measures import ALL
from processes.unit_of_work import UnitOfWork

MONTHS_BACK = 24
"""So many months before the current one are still counted anew."""
AT_MOST_EVERY = timedelta(minutes=10)
PARTS = ("measure", "what", "district", "notice_kind", "process_key", "unit", "step")
ROWS_AT_ONCE = 1000


def months_to_count(work: UnitOfWork) -> list[Month]:
    """The months that were not counted recently enough, the newest first."""
    counted = dict(work.session.execute(select(Counting.name, Counting.counted_at)).all())
    return [month for month in _months(work) if _is_due(month, counted.get(name_of(month)), work.now)]


def name_of(month: Month) -> str:
    """What the counting of the month is called: hisingen:2026-03."""
    return f"{month.administration_key}:{month.first:%Y-%m}"


def count_month(work: UnitOfWork, month: Month) -> bool:
    """Count one month whole; False when somebody else has just done it."""
    counting = take_counting(work, name_of(month))
    if not _is_due(month, counting.counted_at, work.now):
        return False
    policy = work.policy.in_administration(month.administration_key)
    counts = _counted(work, list(facts_of(work.session, month, policy)))
    work.session.execute(
        delete(MonthFigure).where(
            MonthFigure.administration_key == month.administration_key, MonthFigure.month == month.first
        )
    )
    place = {"administration_key": month.administration_key, "month": month.first}
    rows = [
        {**place, **dict(zip(PARTS, key, strict=True)), "how_many": number} for key, number in counts.items()
    ]
    for first in range(0, len(rows), ROWS_AT_ONCE):
        work.session.execute(insert(MonthFigure), rows[first : first + ROWS_AT_ONCE])
    counting.counted_at = work.now
    return True


def _months(work: UnitOfWork) -> Iterator[Month]:
    """From the current month back, in each administration to its first case, and at most so far."""
    this = swedish_day(work.now).replace(day=1)
    earliest = _months_before(this, MONTHS_BACK)
    for key in work.session.scalars(select(Administration.key).order_by(Administration.key)).all():
        opened_at: datetime | None = work.session.scalar(
            select(func.min(Case.opened_at)).where(Case.administration_key == key)
        )
        if opened_at is None:
            continue
        first = max(earliest, swedish_day(opened_at).replace(day=1))
        months = []
        while first <= this:
            months.append(Month(key, first))
            first = month_after(first)
        yield from reversed(months)


def _months_before(first: date, count: int) -> date:
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _is_due(month: Month, counted_at: datetime | None, now: datetime) -> bool:
    today = swedish_day(now)
    if counted_at is None:
        return True
    if month.first == today.replace(day=1):
        return counted_at + AT_MOST_EVERY <= now
    return counted_at < start_of_day(today)


def _counted(work: UnitOfWork, facts: Iterable[Fact]) -> Counter[tuple[str, ...]]:
    facts = list(facts)
    traits = traits_of(work.session, sorted({fact.case_id for fact in facts}))
    counts: Counter[tuple[str, ...]] = Counter()
    for fact in facts:
        district, first_kind = traits[fact.case_id]
        kind = first_kind if fact.notice_kind is None else fact.notice_kind
        rest = (fact.process_key, fact.unit, fact.step)
        for where in (district, ALL):
            for about in (kind, ALL):
                counts[fact.measure, fact.what, where, about, *rest] += fact.how_many
    return counts
