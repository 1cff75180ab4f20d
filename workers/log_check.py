"""Checks once a day that nobody has tampered with the logs, and says so loudly when somebody has."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from processes.actions.log_checks import keep_check, next_check_at, walk_logs
from processes.runtime import Runtime

log = logging.getLogger("kvarboende.security")


def check_logs(runtime: Runtime, _stopping: Callable[[], bool]) -> datetime | None:
    """Walk the logs if a day has passed; answers when it is time again."""
    with runtime.at_one_instant() as work:  # rows that others add meanwhile would look slipped in
        due_at = next_check_at(work)
        if due_at > work.now:
            return due_at
        flaws = walk_logs(work)
    with runtime.transaction() as work:
        keep_check(work, flaws)
        due_at = next_check_at(work)
    if flaws:
        log.error("the logs have been tampered with: %d flaws, the first: %s", len(flaws), flaws[0])
    return due_at
