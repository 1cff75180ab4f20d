"""The days on which a running deadline makes itself heard: the warnings before it, and the morning after.

A timer in a diagram waits for the next stage only; when a date moves, the stages are read again. Every stage begins at
midnight in Sweden, so that the inbox has changed when the office opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from processes.rules import calendar
from processes.rules.deadlines.evictions import EvictionDate
from processes.rules.deadlines.recovery import warning_days
from processes.rules.explanation import Explanation
from processes.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Stage:
    """A day on the way to a deadline (sv. etapp)."""

    name: str
    """warn_5, warn_2 ...: so many working days before. passed: the last day is over. keys: the last day to hand in the
    keys. day: the day itself."""
    on: date
    at: datetime
    """When the stage begins (UTC)."""


def _stage(name: str, on: date) -> Stage:
    return Stage(name, on, calendar.start_of_day(on))


def _warnings(last_day: date, working_days: tuple[int, ...], policy: Policy) -> list[Stage]:
    return [
        _stage(f"warn_{count}", warning_days(last_day, (count,), policy.local_closed_days)[0])
        for count in sorted(working_days, reverse=True)
    ]


def recovery_stages(recovery: Explanation, policy: Policy) -> list[Stage]:
    """The stages of D-01, earliest first: 5, 2 and 1 working days before, and the day after the last day.

    A provisional last day never passes: it warns, so that somebody asks the landlord when the tenant was served.
    """
    if recovery.on is None:
        return []
    stages = _warnings(recovery.on, policy.recovery_warning_working_days, policy)
    if not recovery.is_provisional:
        stages.append(_stage("passed", recovery.on + calendar.ONE_DAY))
    return stages


def eviction_stages(eviction: EvictionDate, policy: Policy) -> list[Stage]:
    """The stages of an eviction, earliest first: 3 and 1 working days before, the last day for keys, the day.

    Keys handed in before the day may make the eviction needless (handboken 7 fact box 1); the last day for it is the
    office day before, so that the landlord can tell Kronofogden.
    """
    keys_on = calendar.working_days_before(eviction.on, 1, policy.local_closed_days)
    stages = [
        *_warnings(eviction.on, policy.eviction_warning_working_days, policy),
        _stage("keys", keys_on),
        _stage("day", eviction.on),
    ]
    return sorted(stages, key=lambda stage: stage.at)


def next_stage(stages: list[Stage], after: datetime) -> Stage | None:
    """The first stage that begins later than `after`; None when all have begun."""
    return next((stage for stage in stages if stage.at > after), None)
