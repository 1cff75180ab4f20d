"""What every test can ask for: a database of its own (SQLite and PostgreSQL), a clock that stands still, a runtime.

A test that asks for `database_url` or `runtime` runs twice, once on each database.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import Browser, Page

from processes.clock import ManualClock
from processes.logs import LogStream
from processes.migrations import migrate
from processes.runtime import Runtime
from processes.settings import Settings
from tests.browser import open_window, running_browser
from tests.city import City, found_city
from tests.made_once import made_once
from tests.postgres import PostgresServer, room_in_memory, start_server

DATABASES = ["sqlite", "postgresql"]
# The parsed diagrams live as long as the tests do; looking through them for rubbish took a tenth of the time.
gc.set_threshold(100_000, 50, 100)
A_MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
# Here, and not in a hook: each test that Hypothesis feeds takes what it does not set itself when it is imported.
examples.register_profile(
    "the same every time",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
examples.load_profile("the same every time")


def pytest_configure() -> None:
    """Let the tests' files lie in memory where there is room: SQLite waits for the disk at every commit."""
    memory = room_in_memory()
    if memory is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)


@pytest.fixture(autouse=True)
def _nobody_keeps_the_log() -> Iterator[None]:
    """A test that runs a program in this process lets it write its log; the next test's log is its own again."""
    root = logging.getLogger()
    level, hooks = root.level, (sys.excepthook, threading.excepthook)
    yield
    written = [handler for handler in root.handlers if isinstance(handler, LogStream)]
    if written:
        for handler in written:
            root.removeHandler(handler)
        root.setLevel(level)
        logging.captureWarnings(capture=False)
        sys.excepthook, threading.excepthook = hooks


@pytest.fixture(scope="session", autouse=True)
def _what_comes_out_the_same_is_made_once() -> Iterator[None]:
    """Making it anew took half of the pages' tests, and a fifth of the others that use a database."""
    with made_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_transaction_ends_because_the_machine_is_busy() -> Iterator[None]:
    """How many rows a worker does in one transaction hangs on how quick it is; here it has all the time it needs."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("workers.row_by_row.elapsed", lambda: 0.0)
        yield


@pytest.fixture(scope="session")
def postgres() -> PostgresServer:
    """A running PostgreSQL server."""
    return start_server()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no rows; copied, never opened by a test."""
    file = tmp_path_factory.mktemp("template") / "kvarboende.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> Iterator[str]:
    """The name of a PostgreSQL database with all tables and no rows; cloned, never opened by a test."""
    name = f"template_{os.getpid()}"
    migrate(postgres.create(name))
    yield name
    postgres.drop(name)


def _found_city_in(url: str) -> None:
    runtime = Runtime.open(_settings_for(url), clock=ManualClock(A_MONDAY_MORNING))
    found_city(runtime)
    runtime.close()


def _settings_for(url: str) -> Settings:
    return Settings.from_environment(
        {"KVARBOENDE_DATABASE_URL": url, "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3}
    )


@pytest.fixture(scope="session")
def sqlite_city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with staff and published diagrams; copied, never opened by a test."""
    file = tmp_path_factory.mktemp("city") / "kvarboende.db"
    shutil.copyfile(sqlite_template, file)
    _found_city_in(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_city(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    """The name of a PostgreSQL database with staff and published diagrams; cloned, never opened by a test."""
    name = f"city_{os.getpid()}"
    _found_city_in(postgres.create(name, template=postgres_template))
    yield name
    postgres.drop(name)


@pytest.fixture(params=DATABASES)
def city(
    request: pytest.FixtureRequest, tmp_path: Path, database_numbers: Iterator[int], clock: ManualClock
) -> Iterator[City]:
    """A city in which the system runs, with staff and diagrams and without a case; on each database."""
    if request.param == "sqlite":
        file = tmp_path / "city.db"
        shutil.copyfile(request.getfixturevalue("sqlite_city"), file)
        runtime = Runtime.open(_settings_for(f"sqlite:///{file}"), clock=clock)
        yield City(runtime, clock)
        runtime.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"city_{os.getpid()}_{next(database_numbers)}"
    url = server.create(name, template=request.getfixturevalue("postgres_city"))
    runtime = Runtime.open(_settings_for(url), clock=clock)
    yield City(runtime, clock)
    runtime.close()
    server.drop(name)


@pytest.fixture(scope="session")
def database_numbers() -> Iterator[int]:
    """Numbers that tell the databases of one test session apart."""
    return count(1)


@pytest.fixture(params=DATABASES)
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, database_numbers: Iterator[int]
) -> Iterator[str]:
    """The URL of a database with all tables and no rows, for this test alone."""
    if request.param == "sqlite":
        file = tmp_path / "kvarboende.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"test_{os.getpid()}_{next(database_numbers)}"
    yield server.create(name, template=request.getfixturevalue("postgres_template"))
    server.drop(name)


@pytest.fixture(params=DATABASES)
def empty_database_url(
    request: pytest.FixtureRequest, tmp_path: Path, database_numbers: Iterator[int]
) -> Iterator[str]:
    """The URL of a database without a single table, for tests of the migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = f"empty_{os.getpid()}_{next(database_numbers)}"
    yield server.create(name)
    server.drop(name)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at nine o'clock on a Swedish Monday morning in March until the test moves it."""
    return ManualClock(A_MONDAY_MORNING)


@pytest.fixture
def settings(database_url: str) -> Settings:
    """The settings of an installation on this test's database."""
    return _settings_for(database_url)


@pytest.fixture
def runtime(settings: Settings, clock: ManualClock) -> Iterator[Runtime]:
    """The system on this test's database and clock, without cases or caseworkers."""
    runtime = Runtime.open(settings, clock=clock)
    yield runtime
    runtime.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """This machine's Chromium; fails with what to install when there is none."""
    with running_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of a browser that remembers nothing, in Swedish and in Swedish time."""
    context = open_window(browser)
    yield context.new_page()
    context.close()
