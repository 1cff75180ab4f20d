"""Copies a PostgreSQL database with PostgreSQL's own programs, which must not be older than the server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from psycopg.conninfo import make_conninfo
from sqlalchemy import Engine, func, select, text
from sqlalchemy.engine import Connection, make_url

from processes.backups.archive import copy
from processes.backups.contents import Contents
from processes.errors import BackupRefused

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
"""Where Debian, Red Hat and Homebrew put the programs of each version."""
LONGEST_WORDS = 300


@contextmanager
def snapshot(engine: Engine) -> Iterator[tuple[Contents, str]]:
    """What is in the database at one instant, and the name under which pg_dump sees that same instant."""
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.execute(select(func.set_config(limit, "0", False)))  # a large database takes its time
        name = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        yield Contents.of(connection), name
        connection.invalidate()  # its limits are gone, so nobody else shall have it


def dump(engine: Engine, url: str, snapshot_name: str, target: Any) -> None:
    """Write the database as of the snapshot. Raises BackupRefused with what pg_dump says."""
    program = _program("pg_dump", engine)
    command = [program, "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot_name}"]
    with _running([*command, f"--dbname={_address(url)}"], url) as process:
        copy(process.stdout, target)


def load(engine: Engine, url: str, source: Any) -> None:
    """Put a dump into the empty database, all of it or nothing. Raises BackupRefused with what pg_restore says."""
    program = _program("pg_restore", engine)
    command = [program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    with _running([*command, f"--dbname={_address(url)}"], url, reads=True) as process:
        try:
            copy(source, process.stdin)
            if process.stdin is not None:
                process.stdin.close()
        except BrokenPipeError:
            process.wait()  # it has ended already and says why


@contextmanager
def _running(command: list[str], url: str, *, reads: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    # The password goes by the environment: everybody on the computer sees a command.
    environment = {**os.environ, "PGPASSWORD": make_url(url).password or "", "LC_ALL": "C"}
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with (
        TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 -- a program of PostgreSQL's that we have looked up
            command,
            env=environment,
            stdin=pipe if reads else nothing,
            stdout=nothing if reads else pipe,
            stderr=said,
        ) as process,
    ):
        try:
            yield process
        except BaseException:  # whatever it was, the program must not go on without us
            process.kill()
            raise
        if process.wait() != 0:
            said.seek(0)
            told = " ".join(said.read().decode(errors="replace").split())[:LONGEST_WORDS]
            raise BackupRefused(f"{Path(command[0]).name} has failed: {told}")


def _address(url: str) -> str:
    """The server and the database as PostgreSQL's programs are told of them, without the password."""
    parsed = make_url(url)
    known = parsed.translate_connect_args(username="user", database="dbname")
    known.pop("password", None)
    return make_conninfo("", **known, **{name: str(value) for name, value in parsed.query.items()})


def _program(name: str, engine: Engine) -> str:
    """The newest program of this name on the computer. Raises BackupRefused when it is older than the server."""
    with engine.connect() as connection:
        server = _server_version(connection)
    found = [shutil.which(name), *(str(path / name) for path in _folders())]
    versions = {path: _version_of(path) for path in found if path is not None and Path(path).exists()}
    if not versions:
        raise BackupRefused(
            f"{name} is not installed: install PostgreSQL's client programs, version {server} "
            f"(Debian: postgresql-client-{server}), or put their folder into PATH."
        )
    newest = max(versions, key=lambda path: versions[path])
    if versions[newest] < server:
        raise BackupRefused(
            f"{newest} has version {versions[newest]}, which is older than the server's {server}: "
            f"install PostgreSQL's client programs, version {server} (Debian: postgresql-client-{server})."
        )
    return newest


def _folders() -> list[Path]:
    return [folder for place in PLACES for folder in Path("/").glob(place.removeprefix("/"))]


def _server_version(connection: Connection) -> int:
    version: int = connection.execute(
        text("SELECT current_setting('server_version_num')::int / 10000")
    ).scalar_one()
    return version


def _version_of(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 -- found by us
    found = re.search(r"\) (\d+)", told)
    return int(found[1]) if found else 0
