"""Does what is due, again and again, until it is told to stop; whatever fails is tried again soon.

Each job has a thread of its own: a mail server that does not answer must not make a legal date late.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from processes.actions.failures import describe
from processes.logs import about
from processes.runtime import Runtime
from workers.listening import Listener
from workers.outage import Outage
from workers.run_book import RunBook
from workers.schedule import Job
from workers.waking import AlarmClock

FIRST_RETRY_SECONDS = 0.5
"""How soon a job is tried again whose whole run failed; the database was probably away for a moment."""

HEAD_START_SECONDS = 0.5
"""So long the others wait at the start until the first, the timers, has come round: all at once, all take longer."""

log = logging.getLogger(__name__)


class WorkerLoop:
    """Runs the jobs beside each other, each as often as its interval asks for or when something is due.

    The first of them comes first at the start.
    """

    def __init__(self, runtime: Runtime, jobs: Sequence[Job]) -> None:
        self._runtime = runtime
        self._jobs = jobs
        self._alarm = AlarmClock(job.name for job in jobs)
        self._outage = Outage()
        self._book = RunBook(runtime, self._outage)
        self._stopping = threading.Event()
        self._first_has_run = threading.Event()

    def stop(self) -> None:
        """Let the transactions that are open finish and then return from `run`; called from another thread."""
        self._stopping.set()
        self._first_has_run.set()
        self._alarm.ring_all()

    def run(self) -> None:
        """Work until `stop`."""
        self._alarm.start()
        listener = Listener(self._runtime, self._alarm, self._stopping, self._outage)
        threads = [threading.Thread(target=self._look_after, args=[job], name=job.name) for job in self._jobs]
        threads.append(threading.Thread(target=listener.run, name="listener"))
        try:
            threads[0].start()
            self._first_has_run.wait(HEAD_START_SECONDS)
            for thread in threads[1:]:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            self._alarm.stop()

    def _look_after(self, job: Job) -> None:
        wait = 0.0
        in_vain = 0
        try:
            while True:
                self._alarm.wait(job.name, wait)
                if self._stopping.is_set():
                    return
                wait = job.at_least_every.total_seconds()
                with about(job=job.name):
                    in_vain = 0 if self._run(job) else in_vain + 1
                self._first_has_run.set()
                if in_vain:
                    wait = min(FIRST_RETRY_SECONDS * 2 ** min(in_vain - 1, 20), wait)
        finally:
            self.stop()  # a thread that ends by itself ends the worker, which is then started anew as a whole

    def _run(self, job: Job) -> bool:
        started_at = self._runtime.clock.now()
        next_at, error = None, ""
        try:
            next_at = job.run(self._runtime, self._stopping.is_set)
        except Exception as failure:  # the database may be away for a while; the next run tries again
            if not self._outage.explains(failure):
                log.exception("The job %s failed; it is tried again.", job.name)
            error = describe(failure)
        else:
            self._outage.end_if_over(self._runtime)
        now = self._runtime.clock.now()
        latest = now + job.at_least_every
        if next_at is not None and started_at < next_at < latest:
            next_at = max(next_at, now)  # what has become due since the job looked is as good as a ring
            self._alarm.ring_in(job.name, next_at - now)
        else:
            next_at = latest
        self._book.write(job, started_at=started_at, error=error, next_at=next_at)
        return not error
