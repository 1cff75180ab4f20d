"""Counts the open tasks again and again, so that the supervisor's pages need not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from processes.actions.task_counts import count_tasks
from processes.runtime import Runtime


def count_open_tasks(runtime: Runtime, _stopping: Callable[[], bool]) -> datetime | None:
    """Count them once, unless another worker has just done so; answers when it is time again."""
    with runtime.transaction() as work:
        return count_tasks(work)
