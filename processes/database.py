"""Opens the database, SQLite or PostgreSQL, so that both behave alike: real transactions, UTC, bounded waits."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url

# SQLite before 3.51.3 can lose a commit when its log is reset; the wheel carries a newer one where it exists.
try:
    import pysqlite3 as sqlite3
except ImportError:
    import sqlite3

BUSY_TIMEOUT_MS = 15_000
PREPARED_STATEMENTS = 500
"""So many statements PostgreSQL keeps planned for a connection. The pages and steps take turns with more than the
driver's hundred, and of what is forgotten before it comes again nothing is ever kept."""
OF_ITS_OWN_KIND = frozenset({"reading", "isolation_level", "postgresql_readonly", "postgresql_deferrable"})
"""By these options a transaction is another than one that may write, on PostgreSQL."""


def open_database(url: str) -> Engine:
    """The database at `url`; nothing is read or written yet. Raises ArgumentError for an address that is none."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(url, module=sqlite3, json_deserializer=_read_json, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        json_deserializer=_read_json,
        hide_parameters=True,  # what people are called must not stand in a log
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        connect_args={
            # jit: compiling takes a second and more, and none of our statements runs long enough to win that back.
            "options": "-c timezone=utc -c lock_timeout=15s -c statement_timeout=60s "
            "-c idle_in_transaction_session_timeout=30s -c jit=off",
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 10_000,
        },
    )
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _read_json(text: str | bytes) -> Any:
    """What was stored as JSON; also half a character, which the quick reader refuses and somebody may have sent."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    connection.prepared_max = PREPARED_STATEMENTS


def _begin_postgresql(connection: Connection) -> None:
    """Begin what writes with plans that fit every case, on the way on which the driver would only say BEGIN.

    What a step asks and writes is found by ids, so that no value makes another plan better, and thinking of one anew
    takes longer than carrying it out. Lists are only read, and planned by what they ask. Should the database refuse,
    the driver begins by itself at the first statement, and tells why when that is refused as well.
    """
    driver: Any = connection.connection.driver_connection
    if not driver.autocommit and OF_ITS_OWN_KIND.isdisjoint(connection.get_execution_options()):
        driver.pgconn.exec_(b"BEGIN; SET LOCAL plan_cache_mode = force_generic_plan")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _write_ahead(connection: Any) -> None:
    """Switch to the write-ahead log; SQLite does not wait by itself when several programs switch a new file at once."""
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another has written in between.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class WriterTurn:
    """Lets the threads of one process write in the order in which they came; SQLite's own lock is not fair."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for one's turn, and give it on afterwards."""
        self._wait()
        try:
            yield
        finally:
            self._give_on()

    def _wait(self) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        mine.wait()

    def _give_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
