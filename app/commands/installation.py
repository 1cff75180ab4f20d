"""Makes an installation ready to run: its database, the diagrams that came with it, and the key that signs sessions."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, inspect

from processes.actions.diagrams import publish_folder
from processes.database import open_database
from processes.errors import DatabaseNotReady, SettingRefused
from processes.migrations import migrate, must_be_migrated
from processes.runtime import Runtime
from processes.settings import Settings
from processes.unit_of_work import UnitOfWork


def bring_up_to_date(settings: Settings) -> list[str]:
    """Give the database this version's tables and diagrams; answers the keys of the processes that changed.

    An SQLite file with tables of an older version is copied first, to <file>.before-migration.
    """
    if settings.is_embedded:
        settings.database_file.parent.mkdir(parents=True, exist_ok=True)
        _copy_before_migration(settings)
    migrate(settings.database_url)
    runtime = Runtime.open(settings)
    try:
        with runtime.transaction() as work:
            return publish_folder(work, settings.diagrams)
    finally:
        runtime.close()


def secret_key_of(settings: Settings) -> str:
    """The key that signs sessions: the one that is set, or beside an SQLite file one that is made and kept."""
    if settings.secret_key is not None:
        return settings.secret_key
    file = secret_key_file(settings)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32))
    return file.read_text().strip()


def secret_key_file(settings: Settings) -> Path:
    """Where the key is kept when none is set; raises SettingRefused on PostgreSQL, whose programs share no folder."""
    if not settings.is_embedded:
        raise SettingRefused("KVARBOENDE_SECRET_KEY must be set; make one with `openssl rand -hex 32`.")
    return settings.database_file.parent / "secret-key"


def _copy_before_migration(settings: Settings) -> None:
    engine = open_database(settings.database_url)
    try:
        if settings.database_file.exists() and _has_older_tables(engine):
            copy = settings.database_file.with_suffix(".before-migration")
            copy.unlink(missing_ok=True)
            # A connection of its own: SQLite cannot copy itself inside the transaction that SQLAlchemy begins.
            engine.raw_connection().driver_connection.execute("VACUUM INTO ?", [str(copy)])  # type: ignore[union-attr]
    finally:
        engine.dispose()


def _has_older_tables(engine: Engine) -> bool:
    try:
        must_be_migrated(engine)
    except DatabaseNotReady:
        return bool(inspect(engine).get_table_names())
    return False


@contextmanager
def transaction() -> Iterator[UnitOfWork]:
    """A transaction on this installation's database, for a command. Raises DatabaseNotReady or SettingRefused."""
    runtime = Runtime.open(Settings.from_environment(os.environ))
    try:
        must_be_migrated(runtime.engine)
        with runtime.transaction() as work:
            yield work
    finally:
        runtime.close()
