"""Wakes each job at the instant when its next thing is due; it only ever wakes, the work itself is done elsewhere.

The truth about what is due is in the database. This alarm clock lives in memory and may forget. Work done inside the
scheduler would make it drop the wake-ups that come meanwhile, so all that it does is ring.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import UTC, timedelta

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from processes.clock import SystemClock


class AlarmClock:
    """A bell for each of some names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._bells = {name: threading.Event() for name in names}
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
        # Also waits until the scheduler is done with what is due: stopped half-way through, it would not find it again.
        self._scheduler.remove_all_jobs()
        self._scheduler.shutdown(wait=False)

    def ring(self, name: str) -> None:
        """Ring now for `name`; a name that has no bell here is another worker's."""
        if name in self._bells:
            self._bells[name].set()

    def ring_all(self) -> None:
        """Ring now for everybody."""
        for bell in self._bells.values():
            bell.set()

    def ring_in(self, name: str, delay: timedelta) -> None:
        """Ring for `name` after `delay`, instead of when it asked for before; at once if there is none."""
        if not delay:
            self.ring(name)
            return
        self._scheduler.add_job(
            self.ring,
            "date",
            args=[name],
            id=name,
            run_date=SystemClock().now() + delay,
            replace_existing=True,
        )

    def wait(self, name: str, seconds: float) -> None:
        """Wait until it rings for `name`, at most so long; a ring since the last wait counts.

        The wait is measured on the clock that nobody can set: a computer clock that is set back would otherwise
        silence the alarm for as long.
        """
        bell = self._bells[name]
        bell.wait(seconds)
        bell.clear()
