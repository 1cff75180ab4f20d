"""Writes down when each job last ran and how it went, for whoever wants to know whether the worker is alive."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from processes.actions.jobs import note_run
from processes.runtime import Runtime
from workers.outage import Outage
from workers.schedule import Job

WRITE_EVERY_SECONDS = 15.0
"""A job that looks every other second and finds nothing is not written down each time."""

log = logging.getLogger(__name__)


@dataclass
class _Page:
    written_at: float = float("-inf")
    error: str = ""
    runs: int = 0
    failed_runs: int = 0


class RunBook:
    """The worker's own notes; what it cannot write now it writes with the next run."""

    def __init__(
        self, runtime: Runtime, outage: Outage, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._runtime = runtime
        self._outage = outage
        self._elapsed = elapsed
        self._pages: dict[str, _Page] = {}

    def write(self, job: Job, *, started_at: datetime, error: str, next_at: datetime) -> None:
        """A run of the job has ended; `error` is empty when it went well. Never fails."""
        page = self._pages.setdefault(job.name, _Page())
        page.runs += 1
        page.failed_runs += bool(error)
        if error == page.error and self._elapsed() - page.written_at < WRITE_EVERY_SECONDS:
            return
        try:
            with self._runtime.transaction() as work:
                note_run(
                    work,
                    name=job.name,
                    at_least_every=job.at_least_every,
                    started_at=started_at,
                    error=error,
                    next_at=next_at,
                    runs=page.runs,
                    failed_runs=page.failed_runs,
                )
        except Exception as failure:  # notes about the work must never stop the work
            if not self._outage.explains(failure):
                log.warning("The run of %s could not be written down.", job.name, exc_info=True)
            return
        self._pages[job.name] = _Page(self._elapsed(), error)
