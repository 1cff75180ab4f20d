"""How long something has lain, in the few groups that a supervisor looks at."""

from __future__ import annotations

from datetime import datetime, timedelta

AGES: dict[str, tuple[int, str]] = {
    "week": (0, "Under en vecka"),
    "month": (7, "1–4 veckor"),
    "quarter": (30, "1–3 månader"),
    "older": (90, "Över 3 månader"),
}
"""Each group by name, youngest first: from how many days on, and its Swedish name."""


def limits(now: datetime) -> dict[str, datetime]:
    """The instant that something in each group came up at the latest, seen from `now`."""
    return {name: now - timedelta(days=days) for name, (days, _) in AGES.items()}


def age_of(came_up_at: datetime, now: datetime) -> str:
    """The group of something that came up then."""
    return next((name for name, latest in reversed(limits(now).items()) if came_up_at <= latest), "week")


def youngest(period: str) -> tuple[str, ...]:
    """The groups of what came up within a period, which is named after its oldest group; all for anything else."""
    names = tuple(AGES)
    return names[: names.index(period) + 1] if period in names else names
