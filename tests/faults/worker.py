"""A worker that looks after timers and nothing else, so that what is measured is theirs: `-m tests.faults.worker`."""

from __future__ import annotations

import sys

from processes.settings import Settings
from workers import __main__ as program
from workers.schedule import Job, jobs_of


def only_timers(settings: Settings) -> tuple[Job, ...]:
    """The one job that lets timers go off."""
    return tuple(job for job in jobs_of(settings) if job.name == "timers")


if __name__ == "__main__":
    program.jobs_of = only_timers  # type: ignore[attr-defined]
    sys.exit(program.main())
