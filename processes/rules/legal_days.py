"""The days of the law that a piece of work must not run past: the lease won back, the eviction, the children's clocks.

What is about one notice, report or watch keeps to that one's days; work on the whole case keeps to all notices' days
and to the day that Kronofogden comes.
"""

from __future__ import annotations

from datetime import date, datetime

from processes.rules import calendar
from processes.rules.deadlines import deadlines_of
from processes.rules.explanation import DeadlineKind, Explanation
from processes.rules.policy import Policy
from processes.rules.snapshot import CaseSnapshot, Scope

OF_THE_CASE = frozenset({"D-01", "D-09", "D-16", "D-18"})
"""What bears on all work in a case: recovery, an investigation to open at once, the eviction."""
BINDING = (DeadlineKind.ACT, DeadlineKind.LONGEST)


def legal_days(snapshot: CaseSnapshot, scope: Scope, today: date) -> list[Explanation]:
    """The binding dates from `today` on for work about `scope`, the earliest first."""
    found = [
        one
        for one in deadlines_of(snapshot)
        if one.on is not None and one.on >= today and (_bears_on_all(one, scope) or _is_its_own(one, scope))
    ]
    return sorted(found, key=lambda one: one.on or today)


def _bears_on_all(one: Explanation, scope: Scope) -> bool:
    is_of_case = one.about is not None and one.about.kind == "case"
    return one.id in OF_THE_CASE and (scope.kind == "case" or is_of_case)


def _is_its_own(one: Explanation, scope: Scope) -> bool:
    return one.kind in BINDING and one.about == scope


def limit_of(explained: Explanation) -> datetime | None:
    """The last instant of a binding date: the law's, Kronofogden's hour, or the end of the day."""
    if explained.on is None:
        return None
    return explained.latest_at or explained.at or calendar.end_of_day(explained.on)


def latest_return(explained: Explanation, policy: Policy) -> date | None:
    """The last day on which work that rests must be back: the office day before the binding one."""
    if explained.on is None:
        return None
    return calendar.working_days_before(explained.on, 1, policy.local_closed_days)
