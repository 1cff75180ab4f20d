"""Wakes the worker at the instant when the next thing is due; it only ever wakes, the work itself is done elsewhere.

The truth about what is due is in the database. This alarm clock lives in memory and may forget. Work done inside the
scheduler would make it drop the wake-ups that come meanwhile, so all that it does is leave a note and ring.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler


class AlarmClock:
    """Rings at given instants and says for whom."""

    def __init__(self) -> None:
        self._rang = threading.Event()
        self._lock = threading.Lock()
        self._rang_for: set[str] = set()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            jobstores={"default": MemoryJobStore()},
            job_defaults={"coalesce": True, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Begin to ring."""
        self._scheduler.start()

    def stop(self) -> None:
        """Never ring again."""
        self._scheduler.shutdown(wait=False)

    def ring(self, name: str = "") -> None:
        """Ring now; without a name, only to wake whoever waits."""
        with self._lock:
            self._rang_for.add(name)
        self._rang.set()

    def ring_at(self, name: str, instant: datetime) -> None:
        """Ring for `name` at `instant`, instead of at the instant that it asked for before."""
        self._scheduler.add_job(
            self.ring, "date", args=[name], id=name, run_date=instant, replace_existing=True
        )

    def wait(self, seconds: float) -> frozenset[str]:
        """Wait for a ring, at most so long, and answer for whom it rang since the last time; may be nobody.

        The wait is measured on the clock that nobody can set: a computer clock that is set back would otherwise
        silence the alarm for as long.
        """
        self._rang.wait(seconds)
        with self._lock:
            self._rang.clear()
            rang_for = frozenset(self._rang_for)
            self._rang_for.clear()
        return rang_for
