"""Makes the daily digests, person by person, when the time of day for them has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

from processes.actions.digests import choices_without_digest, make_digest, next_digest_at
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork
from workers.row_by_row import RowByRow


@dataclass
class Digests(RowByRow):
    """Writes to everybody who wants it once a day."""

    job: ClassVar[str] = "digest"
    at: time
    """The time of day from which on they are made."""

    def due(self, work: UnitOfWork, limit: int) -> Sequence[int]:
        """Who has not got today's yet."""
        return choices_without_digest(work, at=self.at, limit=limit)

    def act(self, work: UnitOfWork, row_id: int) -> int:
        """Put one person's into the outbox."""
        return make_digest(work, choice_id=row_id)

    def next_at(self, work: UnitOfWork) -> datetime | None:
        """The next working day's time of day."""
        return next_digest_at(work, at=self.at)

    def __call__(self, runtime: Runtime, stopping: Callable[[], bool]) -> datetime | None:
        """Do everything that is due; nothing without a mail server to send it with."""
        return super().__call__(runtime, stopping) if runtime.settings.smtp_url is not None else None
