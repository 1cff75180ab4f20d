"""Kills migrations half-way, at one statement after another, and lets the next start finish them."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import inspect, text

from processes.database import open_database
from processes.migrations import migrate, must_be_migrated
from processes.models import Base
from processes.runtime import Runtime
from processes.settings import Settings
from processes.verification import breaches_in
from tests.commands.programs import kvarboende
from tests.faults.installation import HOOKED
from tests.faults.older import OLDER, left_by_older, lost_since, worked_with
from tests.faults.own_postgres import own_postgres

STATEMENTS = 400
"""So many statements a migration from nothing asks of the database, and some more for the diagrams."""


@contextmanager
def empty_databases(kind: str) -> Iterator[Iterator[str]]:
    """One empty database after another."""
    with tempfile.TemporaryDirectory(prefix="kvarboende-faults-") as folder:
        if kind == "sqlite":
            yield (f"sqlite:///{Path(folder) / f'{number}.db'}" for number in range(10**6))
            return
        with own_postgres() as cluster:
            yield (cluster.server.create(f"empty{number}") for number in range(10**6))


def migrate_with(
    url: str, *, die_at: int | None = None, command: tuple[str, ...] = kvarboende("migrate")
) -> int:
    """Migrate in a program that is killed before its statement number `die_at`; answers how it ended."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("KVARBOENDE_")}
    more = {"FAULTS_DIE_AT": str(die_at)} if die_at else {}
    settings = {"KVARBOENDE_DATABASE_URL": url, "URL": url, "PYTHONPATH": HOOKED, **more}
    return subprocess.run(command, env={**ours, **settings}, check=False, capture_output=True).returncode


def killed_and_finished(url: str, moments: list[int]) -> list[str]:
    """Kill migrations of this database at these statements, one after another; answers what is wrong in the end."""
    for moment in moments:
        status = migrate_with(url, die_at=moment)
        if status not in (0, -signal.SIGKILL):
            return [f"killed at {moment}: the migration refused to begin with status {status}"]
    if (status := migrate_with(url)) != 0:
        return [f"killed at {moments}: the next migration ended with status {status}"]
    return [f"killed at {moments}: {one}" for one in found_wrong(url)]


def found_wrong(url: str) -> list[str]:
    """What a finished migration has left out."""
    engine = open_database(url)
    try:
        must_be_migrated(engine)
        missing = Base.metadata.tables.keys() - set(inspect(engine).get_table_names())
    finally:
        engine.dispose()
    runtime = Runtime.open(Settings.from_environment({"KVARBOENDE_DATABASE_URL": url}))
    wrong = [str(breach) for breach in breaches_in(runtime)]
    runtime.close()
    return [f"{table} is missing" for table in sorted(missing)] + wrong


def _without_diagrams(url: str) -> list[str]:
    engine = open_database(url)
    with engine.connect() as connection:
        current = connection.scalar(text("SELECT count(*) FROM diagram_versions WHERE is_current"))
    engine.dispose()
    return [] if current else ["no diagrams"]


class Older:
    """Databases that older versions have worked with, and what becomes of them when no migration is killed."""

    def __init__(self, urls: Iterator[str]) -> None:
        self._urls = urls
        self._source = next(urls)
        worked_with(self._source)
        self._unavoidable: dict[str, set[str]] = {}

    def killed_and_finished(self, version: str, moments: list[int]) -> list[str]:
        """As the function of this name, from the tables of `version`; with what is not there any more."""
        url, unavoidable = next(self._urls), self._without_a_kill(version)
        left = left_by_older(url, version, self._source)
        wrong = [one for one in killed_and_finished(url, moments) if one.split(": ", 1)[1] not in unavoidable]
        return wrong + lost_since(url, left, version)

    def _without_a_kill(self, version: str) -> set[str]:
        """What `verify` finds in cases of that time anyway, as those who had them did not know it yet."""
        if version not in self._unavoidable:
            url = next(self._urls)
            left_by_older(url, version, self._source)
            migrate(url)
            self._unavoidable[version] = set(found_wrong(url))
        return self._unavoidable[version]


def outcome_on(kind: str, seconds: float, seed: int) -> tuple[float, int, int, int, int, list[str]]:
    """Kill for so long; answers seconds, how often, and, as the table wants it, nothing of people, and what is lost."""
    choice = random.Random(f"{seed}-{kind}")  # noqa: S311 -- a dice, not a secret
    begun, killed, wrong = time.monotonic(), 0, []
    with empty_databases(kind) as urls:
        older = Older(urls)
        for turn in itertools.count():
            moments = [choice.randrange(1, STATEMENTS) for _ in range(choice.randrange(1, 4))]
            if turn % 2:
                wrong += older.killed_and_finished(choice.choice(OLDER), moments)
            else:
                url = next(urls)
                wrong += killed_and_finished(url, moments) + _without_diagrams(url)
            killed += len(moments)
            if time.monotonic() - begun > seconds:
                break
    return time.monotonic() - begun, killed, 0, 0, 0, wrong
