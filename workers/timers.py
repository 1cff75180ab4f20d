"""Lets the due timers of all cases go off: one case and one transaction at a time, so that none holds up the next.

A case whose timers cannot be fired is set aside and tried again later, after ever longer waits, so that one broken
case never holds up the others. What is set aside is kept in memory only: after a restart it is simply tried again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import OperationalError

from processes.actions.timers import cases_with_due_timers, fire_case_timers, next_due_at
from processes.errors import CaseChangedMeanwhile
from processes.runtime import Runtime

BATCH = 50
FIRST_WAIT_SECONDS = 30.0
LONGEST_WAIT_SECONDS = 3600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _SetAside:
    """A case that failed: how long to wait, and the reading of the monotonic clock at which to try again."""

    wait_seconds: float
    try_again_at: float


@dataclass
class DueTimers:
    """Fires what is due; remembers which cases failed."""

    elapsed: Callable[[], float] = time.monotonic
    _set_aside: dict[int, _SetAside] = field(default_factory=dict)

    def __call__(self, runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
        """Fire every due timer, in batches; answers the instant of the next timer, None when nothing waits."""
        while not stopping():
            with runtime.reading() as work:
                case_ids = self._ready(cases_with_due_timers(work, limit=BATCH + len(self._set_aside)))
                if not case_ids:
                    return next_due_at(work)
            for case_id in case_ids:
                if stopping():
                    break
                self._fire(runtime, case_id)
        return None

    def _ready(self, case_ids: list[int]) -> list[int]:
        """Those whose turn it is: never failed, or their wait is over. Forgets cases that are not due any more."""
        self._set_aside = {case_id: one for case_id, one in self._set_aside.items() if case_id in case_ids}
        now = self.elapsed()
        return [
            case_id
            for case_id in case_ids
            if case_id not in self._set_aside or self._set_aside[case_id].try_again_at <= now
        ]

    def _fire(self, runtime: Runtime, case_id: int) -> None:
        try:
            with runtime.transaction() as work:
                fired = fire_case_timers(work, case_id=case_id)
        except OperationalError:
            raise  # the database is away, which is no fault of this case
        except CaseChangedMeanwhile:
            self._wait(case_id, seconds=1.0)  # somebody works in the case at this moment
        except Exception:  # whatever is wrong with one case, the next one must still move
            self._wait(case_id, seconds=self._next_wait(case_id))
            log.exception("The timers of case %d could not be fired; it is set aside.", case_id)
        else:
            self._set_aside.pop(case_id, None)
            if (
                fired == 0
            ):  # another worker was faster, or the row waits for nothing: never ask twice in one round
                self._wait(case_id, seconds=FIRST_WAIT_SECONDS)
            log.info("%d timers of case %d went off.", fired, case_id)

    def _next_wait(self, case_id: int) -> float:
        before = self._set_aside.get(case_id)
        return min(before.wait_seconds * 2, LONGEST_WAIT_SECONDS) if before else FIRST_WAIT_SECONDS

    def _wait(self, case_id: int, *, seconds: float) -> None:
        self._set_aside[case_id] = _SetAside(seconds, self.elapsed() + seconds)
