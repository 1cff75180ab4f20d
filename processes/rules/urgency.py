"""Puts what is to be done into the groups of the inbox: late, today, later this week, further on, resting.

The days are Swedish calendar days, and a week ends with its Sunday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from processes.clock import STOCKHOLM, swedish_day

FAR_AWAY = datetime(9999, 1, 1, tzinfo=UTC)
"""Where something without a due date stands among what has one: last."""
GROUPS = ("late", "today", "week", "later", "none", "hold")


def group_of(due_at: datetime | None, now: datetime, on_hold_until: datetime | None = None) -> str:
    """The group, one of GROUPS, that a task due at `due_at` belongs to at `now`."""
    if on_hold_until is not None and on_hold_until > now:
        return "hold"
    return next(name for name, span in spans(now).items() if span.holds(due_at or FAR_AWAY))


@dataclass(frozen=True, slots=True)
class Span:
    """The instants from `begins_at` on and before `ends_at`."""

    begins_at: datetime
    ends_at: datetime

    def holds(self, instant: datetime) -> bool:
        """Whether the instant lies within."""
        return self.begins_at <= instant < self.ends_at


@lru_cache(maxsize=8)
def spans(now: datetime) -> Mapping[str, Span]:
    """When what belongs to each group is due, seen from `now`; together they hold every instant once."""
    today = swedish_day(now)
    tomorrow = _midnight(today + timedelta(days=1))
    monday = max(_midnight(today + timedelta(days=7 - today.weekday())), tomorrow)
    return {
        "late": Span(datetime.min.replace(tzinfo=UTC), now),
        "today": Span(now, tomorrow),
        "week": Span(tomorrow, monday),
        "later": Span(monday, FAR_AWAY),
        "none": Span(FAR_AWAY, datetime.max.replace(tzinfo=UTC)),
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), STOCKHOLM).astimezone(UTC)
