"""Hears from PostgreSQL that a web process has left something for a job that is due before the worker would look.

It may miss a word, while the database restarts for instance: the jobs look by themselves every now and then anyway,
and all of them look once when it hears again.
"""

from __future__ import annotations

import logging
from contextlib import closing
from threading import Event
from typing import Any

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from processes.runtime import WAKE_UP, Runtime
from workers.outage import Outage
from workers.waking import AlarmClock

STOP_WITHIN_SECONDS = 0.5
DEAF_SECONDS = 0.5
"""How long to wait before the next try when the database does not answer."""

log = logging.getLogger(__name__)


class Listener:
    """Rings the bell of each job that it hears of. On SQLite there is nothing to hear."""

    def __init__(self, runtime: Runtime, alarm: AlarmClock, stopping: Event, outage: Outage) -> None:
        self._runtime = runtime
        self._engine = runtime.engine
        self._alarm = alarm
        self._stopping = stopping
        self._outage = outage

    def run(self) -> None:
        """Listen until it is time to stop, however often the connection is lost."""
        if self._engine.dialect.name != "postgresql":
            return
        while not self._stopping.is_set():
            try:
                self._listen()
            except (psycopg.Error, SQLAlchemyError) as error:
                if not self._outage.explains(error):
                    kind = type(error).__name__
                    log.warning("The worker cannot hear the database (%s); it tries again.", kind)
                self._stopping.wait(DEAF_SECONDS)

    def _listen(self) -> None:
        pooled = self._engine.raw_connection()
        driver: Any = pooled.driver_connection
        pooled.detach()  # one that listens must not go back among those that work
        with closing(driver):
            driver.rollback()
            driver.autocommit = True
            driver.execute(f"LISTEN {WAKE_UP}")
            self._outage.end_if_over(self._runtime)
            self._alarm.ring_all()  # for whatever was said while nobody listened
            while not self._stopping.is_set():
                for word in driver.notifies(timeout=STOP_WITHIN_SECONDS):
                    self._alarm.ring(word.payload)
