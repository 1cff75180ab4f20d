"""Does what is due, again and again, until it is told to stop; whatever fails is tried again at the next round."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from processes.runtime import Runtime
from workers.schedule import Job
from workers.waking import AlarmClock

log = logging.getLogger(__name__)


class WorkerLoop:
    """Runs the jobs one after another, in one thread."""

    def __init__(
        self, runtime: Runtime, jobs: Sequence[Job], elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._runtime = runtime
        self._jobs = jobs
        self._elapsed = elapsed
        self._alarm = AlarmClock()
        self._due_again: dict[str, float] = {job.name: elapsed() for job in jobs}
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Let the transaction that is open finish and then return from `run`; called from another thread."""
        self._stopping.set()
        self._alarm.ring()

    def run(self) -> None:
        """Work until `stop`."""
        self._alarm.start()
        try:
            while not self._stopping.is_set():
                self._round(self._alarm.wait(self._seconds_to_next_round()))
        finally:
            self._alarm.stop()

    def _seconds_to_next_round(self) -> float:
        return max(0.0, min(self._due_again.values()) - self._elapsed())

    def _round(self, rang_for: frozenset[str]) -> None:
        for job in self._jobs:
            if self._stopping.is_set():
                return
            if job.name in rang_for or self._due_again[job.name] <= self._elapsed():
                self._run(job)

    def _run(self, job: Job) -> None:
        self._due_again[job.name] = self._elapsed() + job.at_least_every.total_seconds()
        try:
            next_at = job.run(self._runtime, self._stopping.is_set)
        except Exception:  # the database may be away for a while; the next round tries again
            log.exception("The job %s failed; it is tried again in %s.", job.name, job.at_least_every)
            return
        now = self._runtime.clock.now()
        if next_at is not None and now < next_at < now + job.at_least_every:
            self._alarm.ring_at(job.name, next_at)
