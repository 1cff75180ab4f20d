"""The table of what happens by itself: each job's name, how often it is looked after at least, and its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from processes.runtime import Runtime
from processes.settings import Settings
from workers.digest import Digests
from workers.examinations import examine_what_is_asked_for
from workers.findings import Findings
from workers.log_check import check_logs
from workers.mail import send_mails
from workers.month_figures import count_months
from workers.new_day import NewDay
from workers.old_files import throw_old_files_away
from workers.releases import let_releases_take_effect
from workers.reminders import DueReminders
from workers.rests import RestedTasks
from workers.task_counts import count_open_tasks
from workers.timers import DueTimers


@dataclass(frozen=True, slots=True)
class Job:
    """Something that happens by itself, at least once in every interval."""

    name: str
    at_least_every: timedelta
    run: Callable[[Runtime, Callable[[], bool]], datetime | None]
    """Does everything that is due, or as much as it can until the second argument answers True.

    Answers the instant at which there is more to do, where that is known; it is then woken earlier.
    """


def jobs_of(settings: Settings) -> tuple[Job, ...]:
    """The jobs of this installation."""
    return (
        Job("timers", timedelta(seconds=settings.worker_seconds), DueTimers()),
        Job("reminders", timedelta(seconds=settings.worker_seconds), DueReminders()),
        Job("digest", timedelta(minutes=1), Digests(settings.digest_at)),
        Job("mail", timedelta(seconds=settings.worker_seconds), send_mails),
        Job("rests", timedelta(minutes=1), RestedTasks()),
        Job("new_day", timedelta(minutes=10), NewDay()),
        Job("examinations", timedelta(seconds=settings.worker_seconds), examine_what_is_asked_for),
        Job("releases", timedelta(minutes=1), let_releases_take_effect),
        Job("findings", timedelta(minutes=1), Findings()),
        Job("old_files", timedelta(hours=1), throw_old_files_away),
        Job("log_check", timedelta(hours=1), check_logs),
        Job("task_counts", timedelta(minutes=1), count_open_tasks),
        Job("month_figures", timedelta(minutes=10), count_months),
    )
