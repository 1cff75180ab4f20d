"""Lets a release that is published for a later instant take effect when the instant comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from processes.actions.releases import let_due_release_take_effect
from processes.queries.releases import find_waiting_release
from processes.runtime import Runtime


def let_releases_take_effect(runtime: Runtime, _stopping: Callable[[], bool]) -> datetime | None:
    """Let the release whose instant has come be used by new cases; answers the instant of one that waits."""
    with runtime.reading() as work:
        waiting = find_waiting_release(work)
        if waiting is None or waiting.takes_effect_at > work.now:
            return None if waiting is None else waiting.takes_effect_at
    with runtime.transaction() as work:
        let_due_release_take_effect(work)
    return None
