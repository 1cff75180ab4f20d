"""Throws away files of notices that somebody has sent in and nobody has taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from processes.actions.imports import throw_old_batches_away
from processes.runtime import Runtime


def throw_old_files_away(runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
    """Throw away all that have waited too long, some at a time."""
    while not stopping():
        with runtime.transaction() as work:
            if not throw_old_batches_away(work):
                return None
    return None
