"""A worker whose one job takes SECONDS inside a transaction: `python -m tests.commands.slow_worker`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from processes.models import Administration
from processes.runtime import Runtime
from processes.settings import Settings
from workers import __main__ as program
from workers.schedule import Job


def take_time(runtime: Runtime, _stopping: Callable[[], bool]) -> None:
    """Write a row, say so in a file, and take the time before it is committed."""
    with runtime.transaction() as work:
        work.session.add(Administration(key="slow", name="Slow"))
        work.session.flush()
        Path("has-begun").touch()
        time.sleep(float(os.environ["SECONDS"]))


def only_the_slow_one(_settings: Settings) -> tuple[Job, ...]:
    """The table of jobs of this worker."""
    return (Job("slow", timedelta(hours=1), take_time),)


if __name__ == "__main__":
    vars(program)["jobs_of"] = only_the_slow_one
    sys.exit(program.main())
