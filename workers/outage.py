"""Says once that the database does not answer and once that it does again, however many jobs fail in between."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import psycopg
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from processes.runtime import Runtime

GOING_DOWN = ("57P", "08")
"""How PostgreSQL's codes begin when it is stopping, starting, or has lost the connection."""

log = logging.getLogger(__name__)


def is_away(error: BaseException) -> bool:
    """Whether the error says that the database cannot be reached; a question that took too long, for one, does not."""
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return True
        if not isinstance(error, OperationalError | InterfaceError):
            return False
        code = getattr(error.orig, "sqlstate", None)
    elif isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        code = error.sqlstate
    else:
        return False
    return code is None or code.startswith(GOING_DOWN)


class Outage:
    """What all threads of a worker know together of whether the database answers."""

    def __init__(self, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._lock = threading.Lock()
        self._since: float | None = None
        self._failed = 0

    def explains(self, error: BaseException) -> bool:
        """Whether the error comes of the database being away, of which nothing more need be said; the first is told."""
        if not is_away(error):
            return False
        with self._lock:
            self._failed += 1
            is_first = self._since is None
            if is_first:
                self._since = self._elapsed()
        if is_first:
            log.error("The database does not answer; all jobs wait for it.", exc_info=error)
        return True

    def end_if_over(self, runtime: Runtime) -> None:
        """Ask the database, if it was away, and tell when it answers again. Never fails."""
        if self._since is None:
            return
        try:
            with runtime.reading() as work:
                work.session.scalar(select(1))
        except Exception as error:  # a look at the database must never stop the work
            if not self.explains(error):
                log.exception("The database answers, but not as it should.")
            return
        with self._lock:
            since, failed = self._since, self._failed
            self._since, self._failed = None, 0
        if since is not None:
            seconds = self._elapsed() - since
            log.warning("The database answers again after %.1f s, and %d tries in vain.", seconds, failed)
