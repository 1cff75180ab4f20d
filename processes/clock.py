"""What time it is: the only place that asks the computer, and a clock that a test or a simulation can move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Clock(Protocol):
    """Anything that can say what time it is, as an aware instant in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until somebody moves it (tests, scenarios, simulation)."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def move_to(self, at: datetime) -> None:
        """Set the clock to `at`; it may only go forward."""
        if at < self._at:
            raise ValueError(
                f"the clock stands at {self._at.isoformat()} and cannot go back to {at.isoformat()}"
            )
        self._at = at.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Move the clock forward by `by`."""
        self.move_to(self._at + by)


class AheadClock:
    """A clock that shows more than another one: the time of a demo that somebody has moved forward."""

    def __init__(self, clock: Clock, ahead: Callable[[], timedelta]) -> None:
        self._clock = clock
        self._ahead = ahead

    def now(self) -> datetime:
        return self._clock.now() + self._ahead()


def swedish_day(instant: datetime) -> date:
    """The calendar date in Sweden at `instant`; every legal day is counted from it."""
    return instant.astimezone(STOCKHOLM).date()


def swedish_time(instant: datetime) -> datetime:
    """`instant` as Swedish wall-clock time."""
    return instant.astimezone(STOCKHOLM)
