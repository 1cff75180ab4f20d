"""Works through cases that something is due in: one case and one transaction at a time, so that none holds up the next.

A case that cannot be worked on is set aside and tried again later, after ever longer waits. What is set aside is kept
in memory only: after a restart it is simply tried again.
"""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from sqlalchemy.exc import OperationalError

from processes.errors import CaseChangedMeanwhile
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork

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
class CaseByCase(ABC):
    """Something that is done in one case after another; remembers which cases failed."""

    what: ClassVar[str]
    """What is done, as the log says it."""
    elapsed: Callable[[], float] = time.monotonic
    _set_aside: dict[int, _SetAside] = field(default_factory=dict)

    @abstractmethod
    def due(self, work: UnitOfWork, limit: int) -> Sequence[int]:
        """At most so many cases in which there is something to do, the one that has waited longest first."""

    @abstractmethod
    def act(self, work: UnitOfWork, case_id: int) -> int:
        """Do it in one case; answers how much was done, 0 when somebody else was faster."""

    @abstractmethod
    def next_at(self, work: UnitOfWork) -> datetime | None:
        """The instant at which there is more to do, if it is known."""

    def __call__(self, runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
        """Do everything that is due, in batches; answers the instant at which there is more to do."""
        while not stopping():
            with runtime.reading() as work:
                case_ids = self._ready(self.due(work, BATCH + len(self._set_aside)))
                if not case_ids:
                    return self.next_at(work)
            for case_id in case_ids:
                if stopping():
                    break
                self._act(runtime, case_id)
        return None

    def _ready(self, case_ids: Sequence[int]) -> list[int]:
        """Those whose turn it is: never failed, or their wait is over. Forgets cases that are not due any more."""
        self._set_aside = {case_id: one for case_id, one in self._set_aside.items() if case_id in case_ids}
        now = self.elapsed()
        return [
            case_id
            for case_id in case_ids
            if case_id not in self._set_aside or self._set_aside[case_id].try_again_at <= now
        ]

    def _act(self, runtime: Runtime, case_id: int) -> None:
        try:
            with runtime.transaction() as work:
                done = self.act(work, case_id)
        except OperationalError:
            raise  # the database is away, which is no fault of this case
        except CaseChangedMeanwhile:
            self._wait(case_id, seconds=1.0)  # somebody works in the case at this moment
        except Exception:  # whatever is wrong with one case, the next one must still move
            self._wait(case_id, seconds=self._next_wait(case_id))
            log.exception("%s failed in case %d; it is set aside.", self.what, case_id)
        else:
            self._set_aside.pop(case_id, None)
            if done == 0:  # somebody was faster, or the row waits for nothing: never ask twice in one round
                self._wait(case_id, seconds=FIRST_WAIT_SECONDS)
            log.info("%s in case %d: %d.", self.what, case_id, done)

    def _next_wait(self, case_id: int) -> float:
        before = self._set_aside.get(case_id)
        return min(before.wait_seconds * 2, LONGEST_WAIT_SECONDS) if before else FIRST_WAIT_SECONDS

    def _wait(self, case_id: int, *, seconds: float) -> None:
        self._set_aside[case_id] = _SetAside(seconds, self.elapsed() + seconds)
