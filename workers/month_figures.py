"""Counts the months for the statistics, one month and one transaction at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from processes.actions.month_figures import AT_MOST_EVERY, count_month, months_to_count
from processes.runtime import Runtime


def count_months(runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
    """Count every month that is due; answers when the current one is due again."""
    with runtime.reading() as work:
        due = months_to_count(work)
    for month in due:
        if stopping():
            return None
        with runtime.transaction() as work:
            count_month(work, month)
    return runtime.clock.now() + AT_MOST_EVERY
