"""Makes a backup: the database as it is at one instant, checked, and then put where it was asked for."""

from __future__ import annotations

import os
import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from sqlalchemy import create_engine, text

from processes.backups import postgresql
from processes.backups.archive import DATABASE, MANIFEST, Manifest, Summed, check, copy, opened
from processes.backups.contents import Contents
from processes.backups.workplace import workplace
from processes.database import open_database
from processes.errors import BackupRefused
from processes.settings import Settings


def write_backup(settings: Settings, file: Path, now: datetime) -> Manifest:
    """Write the whole database to `file`, which must not exist, readable for its owner alone.

    The system may go on meanwhile. Raises BackupRefused; then there is no file.
    """
    if file.exists():
        raise BackupRefused(f"{file} exists already: choose another name.")
    if not file.parent.is_dir():
        raise BackupRefused(f"There is no folder {file.parent}.")
    copied = _of_sqlite if settings.is_embedded else _of_postgresql
    try:
        with workplace(file.parent) as folder:
            partial = folder / "backup"
            partial.touch(mode=0o600)
            with partial.open("w+b") as target:
                manifest = copied(settings, target, now)
                target.flush()
                os.fsync(target.fileno())
            with opened(partial) as (archive, told):
                check(archive, told)
            partial.rename(file)
            _write_down(file.parent)
    except OSError as error:
        raise BackupRefused(f"The backup cannot be written: {error.strerror or error}.") from error
    return manifest


def _of_postgresql(settings: Settings, target: IO[bytes], now: datetime) -> Manifest:
    engine = open_database(settings.database_url)
    try:
        with postgresql.snapshot(engine) as (contents, name), _archive(target) as archive:
            _must_be_ours(contents)
            with archive.open(DATABASE, "w", force_zip64=True) as member:
                summed = Summed(member)
                postgresql.dump(engine, settings.database_url, name, summed)
            manifest = Manifest("postgresql", now, contents, summed.sha256)
            archive.writestr(MANIFEST, manifest.as_json())
            return manifest
    finally:
        engine.dispose()


def _of_sqlite(settings: Settings, target: IO[bytes], now: datetime) -> Manifest:
    if not settings.database_file.exists():
        raise BackupRefused(f"There is no database {settings.database_file}.")
    with TemporaryDirectory(prefix=".copy-", dir=Path(target.name).parent) as folder:
        copied = Path(folder) / DATABASE
        _copy_sqlite(settings.database_file, copied)
        contents = contents_of_file(copied)
        _must_be_ours(contents)
        with _archive(target) as archive:
            with copied.open("rb") as source, archive.open(DATABASE, "w", force_zip64=True) as member:
                summed = Summed(member)
                copy(source, summed)
            manifest = Manifest("sqlite", now, contents, summed.sha256)
            archive.writestr(MANIFEST, manifest.as_json())
            return manifest


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy all pages under one reader's lock: whoever writes meanwhile goes on, and is not in the copy."""
    target.touch(mode=0o600)
    engines = [open_database(f"sqlite:///{file}") for file in (source, target)]
    try:
        # Without a transaction of SQLAlchemy's around it: SQLite reads the pages under a lock of its own.
        read, written = (engine.raw_connection() for engine in engines)
        read.driver_connection.backup(written.driver_connection)  # type: ignore[union-attr]
        written.driver_connection.execute("PRAGMA journal_mode=DELETE")  # type: ignore[union-attr]
        read.close()
        written.close()
    except engines[0].dialect.loaded_dbapi.DatabaseError as error:
        raise BackupRefused(f"The database cannot be copied: {error}.") from error
    finally:
        for engine in engines:
            engine.dispose()


def contents_of_file(file: Path) -> Contents:
    """What is in an SQLite file. Raises BackupRefused if it is damaged."""
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            told = connection.execute(text("PRAGMA integrity_check")).scalar_one()
            if told != "ok":
                raise BackupRefused(f"The SQLite file is damaged: {told}.")
            return Contents.of(connection)
    finally:
        engine.dispose()


def _must_be_ours(contents: Contents) -> None:
    if not contents.version:
        raise BackupRefused("The database has no tables of Kvarboende: run `kvarboende migrate`.")


def _archive(target: IO[bytes]) -> zipfile.ZipFile:
    # What pg_dump writes is compressed already; of an SQLite file a fifth is left.
    return zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def _write_down(folder: Path) -> None:
    """Let the disk know the file's name before anybody is told that it is there."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
