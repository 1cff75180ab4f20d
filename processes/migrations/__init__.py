"""Gives the database the tables of this version, however many programs start at the same moment."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, event, func, inspect, select, text
from sqlalchemy.engine import Connection

from processes.database import open_database
from processes.errors import DatabaseNotReady

if TYPE_CHECKING:
    from alembic.config import Config

ADVISORY_LOCK = 7_203_411_987
"""Any number that no other program in the same PostgreSQL database locks on."""
PATIENCE_MS = 600_000
"""So long a program waits on SQLite for another one that migrates."""
TABLE_LOCK_MS = 15_000
VERSIONS = Path(__file__).parent / "versions"


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest version, in one transaction; a failure leaves it as it was."""
    engine = open_database(url)
    if engine.dialect.name == "sqlite":
        # Alembic copies a table to change it; with foreign keys on, dropping the old one would empty its children.
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
        patience = f"PRAGMA busy_timeout={PATIENCE_MS}"
        event.listen(engine, "connect", lambda connection, _: connection.execute(patience))
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    finally:
        engine.dispose()


def must_be_migrated(engine: Engine) -> None:
    """Raises DatabaseNotReady when the database has no tables, or those of another version."""
    newest = _newest_version()
    with engine.connect().execution_options(reading=True) as connection:
        has_any = inspect(connection).has_table("alembic_version")
        found = connection.scalar(text("SELECT version_num FROM alembic_version")) if has_any else None
    if found != newest:
        raise DatabaseNotReady(
            f"The database has version {found or 'none'}, but this program needs {newest}: run `kvarboende migrate`."
        )


def newest_version() -> str | None:
    """The version of the tables that this program needs."""
    return _newest_version()


def knows(version: str) -> bool:
    """Whether this program can bring tables of that version to its own: those of a newer program it cannot."""
    return any(_revision_of(file) == version for file in VERSIONS.glob("0*.py"))


@cache
def _newest_version() -> str | None:
    return max(_revision_of(file) for file in VERSIONS.glob("0*.py"))


def _revision_of(file: Path) -> str:
    """Files are named after their revisions (tests/test_migrations.py): no program that only starts needs Alembic."""
    return file.name.partition("_")[0]


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Whoever comes second waits for as long as it takes; a large table takes more than a page may.
        for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(select(func.set_config(limit, "0", True)))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        # But not for a table that somebody reads: everybody else would queue behind us.
        connection.execute(select(func.set_config("lock_timeout", str(TABLE_LOCK_MS), True)))
    from alembic import command  # noqa: PLC0415 -- slow to load, and only a migration needs it

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise DatabaseNotReady(f"the migration would break references: {broken[:5]}")


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 -- likewise

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
