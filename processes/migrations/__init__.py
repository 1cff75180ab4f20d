"""Gives the database the tables of this version, however many programs start at the same moment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, text
from sqlalchemy.engine import Connection

from processes.database import open_database
from processes.errors import DatabaseNotReady

ADVISORY_LOCK = 7_203_411_987
"""Any number that no other program in the same PostgreSQL database locks on."""
PATIENCE_MS = 600_000
"""So long a program waits on SQLite for another one that migrates."""
TABLE_LOCK_MS = 15_000


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
        found = MigrationContext.configure(connection).get_current_revision()
    if found != newest:
        raise DatabaseNotReady(
            f"The database has version {found or 'none'}, but this program needs {newest}: run `kvarboende migrate`."
        )


def newest_version() -> str | None:
    """The version of the tables that this program needs."""
    return _newest_version()


def knows(version: str) -> bool:
    """Whether this program can bring tables of that version to its own: those of a newer program it cannot."""
    return any(
        script.revision == version for script in ScriptDirectory.from_config(_config()).walk_revisions()
    )


@cache
def _newest_version() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Whoever comes second waits for as long as it takes; a large table takes more than a page may.
        for limit in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK})
        # But not for a table that somebody reads: everybody else would queue behind us.
        connection.execute(text(f"SET LOCAL lock_timeout = {TABLE_LOCK_MS}"))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise DatabaseNotReady(f"the migration would break references: {broken[:5]}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
