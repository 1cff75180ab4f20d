"""Says on what it was measured: the computer, the versions, the database and how surely it writes."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from processes.clock import SystemClock

PACKAGES = ("flask", "granian", "sqlalchemy", "psycopg", "spiffworkflow")
TOLD_BY_POSTGRESQL = ("fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "autovacuum")


def describe_machine() -> dict[str, Any]:
    """The computer and the versions, and how busy the computer was when it was asked."""
    return {
        "measured_at": SystemClock().now().isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "memory": _first("/proc/meminfo", "MemTotal"),
        "system": platform.system(),
        "python": platform.python_version(),
        "load_average": [round(one, 2) for one in os.getloadavg()],
        "versions": {name: version(name) for name in PACKAGES},
    }


def describe_database(engine: Engine) -> dict[str, str]:
    """The database's version, and what decides whether a commit is on the disk when it is answered."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            sqlite = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
            modes = {
                name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
                for name in ("journal_mode", "synchronous")
            }
            return {"database": f"SQLite {sqlite}", **modes}
        told = {
            name: str(connection.exec_driver_sql(f"SHOW {name}").scalar_one()) for name in TOLD_BY_POSTGRESQL
        }
        postgresql = connection.exec_driver_sql("SHOW server_version").scalar_one()
        return {"database": f"PostgreSQL {postgresql}", **told}


def _first(file: str, name: str) -> str:
    try:
        lines = Path(file).read_text().splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
