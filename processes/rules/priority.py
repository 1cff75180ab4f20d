"""How urgent a task is, from 1 to 5, so that the inbox can show first what cannot wait.

| priority | the nearest day that counts |
| --- | --- |
| 5 | today or passed |
| 4 | within 1 working day |
| 3 | within 2 working days |
| 2 | within 5 working days |
| 1 | later, or no day at all |

The days that count are the task's own due day, the day of the eviction, and the last day to recover the lease of the
notice that the task is about (of every notice, for a task about the whole case). A case with a child, and a report of
concern, stand one step higher: children first (handboken 3, 6.6).
"""

from __future__ import annotations

from datetime import date, datetime

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.children_concerned import has_child
from processes.rules.deadlines import notices
from processes.rules.deadlines.evictions import current_eviction, is_carried_out
from processes.rules.snapshot import CaseSnapshot, Scope

LOWEST, HIGHEST = 1, 5
FAR_AWAY_DAYS = 21
"""Farther away than this there are always more than five working days left, Christmas included; no need to count."""
_STEPS = ((0, 5), (1, 4), (2, 3), (5, 2))
"""Working days left at most, and the priority it gives."""


def priority_of(snapshot: CaseSnapshot, scope: Scope, due_at: datetime | None, now: datetime) -> int:
    """The priority, 1 to 5, of a task about `scope` that is due at `due_at`; larger is more urgent."""
    today = swedish_day(now)
    days = _days_that_count(snapshot, scope, today)
    if due_at is not None:
        days.append(swedish_day(due_at))
    priority = max((_priority_of_day(day, today) for day in days), default=LOWEST)
    comes_first = scope.kind == "report" or has_child(snapshot)
    return min(priority + comes_first, HIGHEST)


def _priority_of_day(day: date, today: date) -> int:
    if (day - today).days > FAR_AWAY_DAYS:
        return LOWEST
    left = calendar.working_days_until(today, day)
    if day > today and left == 0:
        left = 1
    return next((priority for limit, priority in _STEPS if left <= limit), LOWEST)


def _days_that_count(snapshot: CaseSnapshot, scope: Scope, today: date) -> list[date]:
    """Legal days of the task's subject; one that has passed no longer raises anything but its own task."""
    days = []
    for notice in snapshot.notices:
        if scope.kind == "case" or scope == notices.scope_of(notice):
            last_day = notices.recovery_of(snapshot, notice)
            if last_day is not None and last_day.on is not None and not notices.is_settled(snapshot, notice):
                days.append(last_day.on)
    eviction = current_eviction(snapshot)
    if eviction is not None and not is_carried_out(snapshot):
        days.append(eviction.on)
    return [day for day in days if day >= today]
