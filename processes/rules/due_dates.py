"""When a task is due: the named rules that a diagram may use, and how urgent a task is in the inbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from processes.clock import swedish_day
from processes.rules import calendar
from processes.rules.policy import Policy
from processes.rules.snapshot import CaseSnapshot, Scope

DueFunction = Callable[[CaseSnapshot, Scope, datetime], datetime | None]


@dataclass(frozen=True, slots=True)
class DueRule:
    """A rule by name, what it says in Swedish, and the function."""

    name: str
    meaning: str
    compute: DueFunction


DUE_RULES: dict[str, DueRule] = {}
"""Every due rule by name."""


def due_rule(meaning: str) -> Callable[[DueFunction], DueFunction]:
    """Register the function as the due rule of its own name; `meaning` is what a process owner reads, in Swedish."""

    def register(function: DueFunction) -> DueFunction:
        DUE_RULES[function.__name__] = DueRule(function.__name__, meaning, function)
        return function

    return register


def due_at(rule: str, snapshot: CaseSnapshot, scope: Scope, entered_at: datetime) -> datetime | None:
    """The instant (UTC) when a task that came up at `entered_at` is due; None if nothing is known to count from.

    KeyError if there is no such rule.
    """
    return DUE_RULES[rule].compute(snapshot, scope, entered_at)


def office_close(day: date, policy: Policy) -> datetime:
    """When the office closes on `day`, or on the next day that it is open, as an instant in UTC."""
    return calendar.instant_on(calendar.office_day_from(day, policy.local_closed_days), policy.office_closes_at)


def _in_days(snapshot: CaseSnapshot, entered_at: datetime, days: int) -> datetime:
    return office_close(swedish_day(entered_at) + timedelta(days=days), snapshot.policy)
