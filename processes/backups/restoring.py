"""Puts a backup back into an empty database, and holds what is then there against what the backup says."""

from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from processes.backups import postgresql
from processes.backups.archive import DATABASE, Manifest, check, opened
from processes.backups.contents import Contents
from processes.backups.workplace import workplace
from processes.backups.writing import contents_of_file
from processes.database import open_database
from processes.errors import BackupRefused
from processes.migrations import knows, migrate
from processes.queries.log_chains import (
    flaws_in_destruction_journals,
    flaws_in_journals,
    flaws_in_read_logs,
)
from processes.settings import Settings


def restore(settings: Settings, file: Path) -> Manifest:
    """Put the backup into the database that the settings name, which must be empty, and bring it to this version.

    Raises BackupRefused. Before anything is written when the backup is damaged, of another kind of database or of a
    newer program, or when the database is not empty; afterwards when what is there is not what was written.
    """
    with opened(file) as (archive, manifest):
        _must_fit(settings, manifest)
        if settings.is_embedded:
            _into_sqlite(settings, archive, manifest)
        else:
            _into_postgresql(settings, archive, manifest)
    _must_be_the_same(settings, manifest)
    migrate(settings.database_url)
    _must_be_unbroken(settings)
    return manifest


def _must_fit(settings: Settings, manifest: Manifest) -> None:
    wanted = "sqlite" if settings.is_embedded else "postgresql"
    if manifest.engine != wanted:
        raise BackupRefused(f"The backup is of {manifest.engine} and cannot be put into {wanted}.")
    if not knows(manifest.contents.version):
        raise BackupRefused(
            f"The backup has tables of version {manifest.contents.version}, which this program does not know: "
            "use the version of Kvarboende that wrote it, or a newer one."
        )


def _into_postgresql(settings: Settings, archive: ZipFile, manifest: Manifest) -> None:
    check(archive, manifest)  # before the first byte of it reaches the server
    engine = open_database(settings.database_url)
    try:
        _must_be_empty(engine)
        with archive.open(DATABASE) as member:
            postgresql.load(engine, settings.database_url, member)
    finally:
        engine.dispose()


def _into_sqlite(settings: Settings, archive: ZipFile, manifest: Manifest) -> None:
    target = settings.database_file
    if target.exists():
        engine = open_database(settings.database_url)
        try:
            _must_be_empty(engine)
        finally:
            engine.dispose()
    target.parent.mkdir(parents=True, exist_ok=True)
    with workplace(target.parent) as folder:
        copied = folder / DATABASE
        copied.touch(mode=0o600)
        with copied.open("wb") as into:
            check(archive, manifest, into)
            into.flush()
            os.fsync(into.fileno())
        _must_agree(contents_of_file(copied), manifest)
        for beside in ("-wal", "-shm"):
            target.with_name(target.name + beside).unlink(missing_ok=True)
        copied.replace(target)


def _must_be_empty(engine: Engine) -> None:
    with engine.connect() as connection:
        found = inspect(connection).get_table_names()
    if found:
        raise BackupRefused(
            f"The database has {len(found)} tables already. A backup is only put into an empty one: "
            "make a new database, or move this one away."
        )


def _must_be_the_same(settings: Settings, manifest: Manifest) -> None:
    engine = open_database(settings.database_url)
    try:
        with engine.connect() as connection:
            _must_agree(Contents.of(connection), manifest)
    finally:
        engine.dispose()


def _must_agree(found: Contents, manifest: Manifest) -> None:
    differences = found.differences(manifest.contents)
    if differences:
        raise BackupRefused(
            "What is restored is not what was written; do not use it. " + "; ".join(differences[:5])
        )


def _must_be_unbroken(settings: Settings) -> None:
    engine = open_database(settings.database_url)
    try:
        with Session(engine) as session:
            for flaws in (flaws_in_read_logs, flaws_in_journals, flaws_in_destruction_journals):
                for flaw in flaws(session):
                    raise BackupRefused(
                        f"The backup is restored, but its logs had been tampered with before: {flaw}."
                    )
    finally:
        engine.dispose()
