"""How long a sign-in lasts, and how long who guesses wrong must wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FORGIVEN_AFTER = timedelta(hours=24)
"""Wrong tries that are older than this no longer count."""
HALFWAY = timedelta(minutes=5)
"""So long after the right password a one-time code is taken."""


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session may go on."""

    idle: timedelta
    """Without anything being done in it."""
    oldest: timedelta
    """In all, however busy it is."""

    def why_over(self, started_at: datetime, seen_at: datetime, now: datetime) -> str | None:
        """`idle` or `too_old` when the session is over at `now`, else None.

        One that was used in a time to come is from when the computer's clock was wrong, and nobody knows how old.
        """
        if now - started_at >= self.oldest:
            return "too_old"
        return "idle" if abs(now - seen_at) >= self.idle else None


@dataclass(frozen=True, slots=True)
class Brake:
    """How many wrong tries in a row are free, and the longest wait that they grow to."""

    free: int
    longest: timedelta

    def wait_after(self, tries: int) -> timedelta:
        """How long to wait after so many tries: a minute after the last free one, then twice as long each time."""
        if tries < self.free:
            return timedelta(0)
        return min(timedelta(minutes=2 ** min(tries - self.free, 10)), self.longest)


BRAKES: dict[str, Brake] = {
    "person": Brake(free=5, longest=timedelta(minutes=30)),
    "name": Brake(free=50, longest=timedelta(minutes=1)),
    "address": Brake(free=200, longest=timedelta(minutes=5)),
}
"""By what is counted: one name from one address, one name from anywhere, one address whatever the name.

The wider ones are lenient: a whole municipality may come from one address, and nobody shall be able to shut
a colleague out by guessing.
"""
