"""Is loaded by every Python program started with this folder in PYTHONPATH, and breaks it as the tests ask for.

Kvarboende's own settings know nothing of this. FAULTS_CLOCK names a file with the seconds by which every clock of the
program is wrong; FAULTS_FULL names a file that, while it is there, lets SQLite's file grow no more; FAULTS_DIE_AT is
the number of the database statement before which the program is killed.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REAL_TIME = time.time
AS_LARGE_AS_CAN_BE = 1 << 30


def wrong_by() -> float:
    """How many seconds the clock is wrong now."""
    try:
        return float(Path(os.environ["FAULTS_CLOCK"]).read_text("ascii") or 0)
    except (OSError, ValueError):
        return 0.0


def _break_clocks() -> None:
    from processes.clock import SystemClock

    time.time = lambda: REAL_TIME() + wrong_by()
    SystemClock.now = lambda _self: datetime.fromtimestamp(REAL_TIME() + wrong_by(), UTC)  # type: ignore[method-assign,assignment]


def limiting(flag: Path) -> Callable[[Any], None]:
    """What is to be done at the beginning of each transaction, so that the file grows no more while `flag` is there."""

    def limit(connection: Any) -> None:
        if connection.dialect.name == "sqlite":
            pages = 1 if flag.exists() else AS_LARGE_AS_CAN_BE  # it is not made smaller than it is
            connection.connection.driver_connection.execute(f"PRAGMA max_page_count={pages}")

    return limit


def _break_disk(flag: Path) -> None:
    from sqlalchemy import Engine, event

    event.listen(Engine, "begin", limiting(flag))


def _die_at(number: int) -> None:
    from sqlalchemy import Engine, event

    left = [number]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", count)


if "FAULTS_CLOCK" in os.environ:
    _break_clocks()
if "FAULTS_FULL" in os.environ:
    _break_disk(Path(os.environ["FAULTS_FULL"]))
if "FAULTS_DIE_AT" in os.environ:
    _die_at(int(os.environ["FAULTS_DIE_AT"]))
