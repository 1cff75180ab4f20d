"""The database that is measured on: empty to begin with, filled with a fictional city, and empty again afterwards."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.engine import make_url

from processes.actions.demo import seed_people
from processes.actions.diagrams import publish_folder
from processes.actions.people import HASHER
from processes.clock import Clock
from processes.database import open_database
from processes.errors import SettingRefused
from processes.migrations import migrate
from processes.models import Caseworker
from processes.runtime import Runtime
from processes.settings import Settings

LEFT_BY_SQLITE = ("", "-wal", "-shm")


class NotEmpty(SettingRefused):
    """The database holds something; what is measured would stand among it."""


@dataclass(frozen=True)
class Ground:
    """A database with the staff and the processes of a fictional city, and how programs are started on it."""

    url: str
    password: str
    """What the city's staff sign in with; made anew each time."""
    environment: Mapping[str, str]
    runtime: Runtime
    staff: Mapping[str, int]
    """The ids of the staff, by user name."""

    @property
    def dialect(self) -> str:
        """Which database it is: `sqlite` or `postgresql`."""
        return self.runtime.engine.dialect.name

    def at(self, clock: Clock) -> Runtime:
        """The system on this database with another clock."""
        same = self.runtime
        return Runtime(same.settings, same.engine, clock, same.policy, same.diagrams)


def must_be_empty(url: str) -> None:
    """Raises NotEmpty when the database has so much as a table in it."""
    if url.startswith("sqlite:") and not Path(make_url(url).database or "").exists():
        return
    engine = open_database(url)
    try:
        found = _tables_of(engine)
    finally:
        engine.dispose()
    if found:
        raise NotEmpty(
            f"The database has tables already ({', '.join(found[:3])}): measuring needs an empty one, "
            "which is emptied again afterwards."
        )


def _tables_of(engine: Engine) -> list[str]:
    looked = inspect(engine)
    schemas = [name for name in looked.get_schema_names() if name != "information_schema"]
    return [
        name for schema in schemas for name in looked.get_table_names(schema) + looked.get_view_names(schema)
    ]


@contextmanager
def founded(url: str) -> Iterator[Ground]:
    """A fictional city in the empty database at `url`, gone when the block ends. Raises NotEmpty."""
    must_be_empty(url)
    password, environment = secrets.token_urlsafe(16), _environment(url)
    runtime = Runtime.open(Settings.from_environment(environment))
    try:
        migrate(url)
        yield Ground(url, password, environment, runtime, _people(runtime, password))
    finally:
        runtime.close()
        clear(url)


def _people(runtime: Runtime, password: str) -> dict[str, int]:
    """Found the city: its processes, and the demo's staff with a password that nobody knows."""
    with runtime.transaction() as work:
        publish_folder(work, runtime.settings.diagrams)
        seed_people(work)
        people = work.session.scalars(select(Caseworker)).all()
        password_hash = HASHER.hash(password)
        for person in people:
            person.password_hash = password_hash
        return {person.username: person.id for person in people}


def _environment(url: str) -> dict[str, str]:
    """As an installation would run, but that nobody is braked for being quick."""
    return {
        "KVARBOENDE_DATABASE_URL": url,
        "KVARBOENDE_SECRET_KEY": secrets.token_hex(32),
        "KVARBOENDE_POSTS_PER_MINUTE": "1000000",
        "KVARBOENDE_LOG_LEVEL": "warning",
    }


def environment_of(program: Mapping[str, str]) -> dict[str, str]:
    """The computer's environment with these settings of ours and no others.

    And with leave to keep compiled code, as an installation has it; else each start compiles all of ours anew.
    """
    left_out = ("KVARBOENDE_", "PYTHONDONTWRITEBYTECODE")
    others = {name: value for name, value in {**os.environ}.items() if not name.startswith(left_out)}
    return {**others, **program}


def clear(url: str) -> None:
    """Take everything out of the database: the file itself, or each table and function of PostgreSQL's."""
    if url.startswith("sqlite:"):
        file = make_url(url).database or ""
        for ending in LEFT_BY_SQLITE:
            Path(f"{file}{ending}").unlink(missing_ok=True)
        return
    engine = open_database(url)
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
        functions = (
            "SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        )
        for (signature,) in connection.execute(text(functions)).all():
            connection.execute(text(f"DROP FUNCTION {signature} CASCADE"))
    engine.dispose()
