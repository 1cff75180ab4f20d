"""The pages as a browser meets them: a site with staff, a small process of its own, and people who sign in to it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from processes.actions.demo import seed_people
from processes.actions.diagrams import publish
from processes.actions.notices import register_notice
from processes.clock import ManualClock
from processes.diagrams.files import files_of_process, read_folder
from processes.models import JournalEntry, Task
from processes.queries.people import active_caseworkers, get_caseworker_named
from processes.runtime import Runtime
from processes.settings import DIAGRAMS, Settings
from processes.unit_of_work import UnitOfWork
from tests.city import arrears_notice
from tests.conftest import A_MONDAY_MORNING
from tests.postgres import PostgresServer

OWN_DIAGRAMS = Path(__file__).parent / "diagrams"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Browser:
    """Somebody in front of the pages, with a session."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def page(self, path: str) -> str:
        """The text of a page that must be there."""
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path} answered {answer.status_code}"
        return answer.text

    def post(self, path: str, *, token: str | None = None, **fields: Any) -> TestResponse:
        """Post a form as the page would, with its token."""
        if token is None:
            found = TOKEN.search(self.client.get("/logga-in", follow_redirects=True).text)
            assert found is not None
            token = found[1]
        return self.client.post(path, data={"csrf_token": token, **fields})


@dataclass
class Site:
    """The running pages, and what stands behind them."""

    app: Flask
    runtime: Runtime
    clock: ManualClock

    def visitor(self) -> Browser:
        """Somebody who is not signed in."""
        return Browser(self.app.test_client())

    def browser(self, username: str) -> Browser:
        """Somebody who is signed in."""
        browser = self.visitor()
        answer = browser.post("/logga-in/demo", username=username)
        assert answer.status_code == 302
        return browser

    def register(self, **answers: str) -> int:
        """A case with a notice of unpaid rent; answers its id."""
        with self.runtime.transaction() as work:
            siv = get_caseworker_named(work.session, "siv")
            return register_notice(work, caseworker=siv, answers=arrears_notice() | answers).case_id

    def task(self, case_id: int, step: str) -> int:
        """The id of the case's task of this step."""
        with self.runtime.reading() as work:
            return work.session.scalars(
                select(Task.id).where(Task.case_id == case_id, Task.step == step)
            ).one()

    def kept(self, task_id: int) -> Task:
        """The task as the database has it."""
        with self.runtime.reading() as work:
            task = work.session.get_one(Task, task_id)
            work.session.expunge(task)
            return task

    def people(self) -> dict[str, int]:
        """The id of everybody who works here, by name."""
        with self.runtime.reading() as work:
            return {person.name: person.id for person in active_caseworkers(work.session)}

    def journal(self) -> int:
        """How many lines the journals have; every change writes one."""
        with self.runtime.reading() as work:
            return len(work.session.scalars(select(JournalEntry.id)).all())


def _settings(file: Path, **more: str) -> Settings:
    environment = {
        "KVARBOENDE_DATABASE_URL": f"sqlite:///{file}",
        "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3,
    }
    more = {"KVARBOENDE_DEMO": "1", "KVARBOENDE_POSTS_PER_MINUTE": "1000000"} | more
    return Settings.from_environment(environment | more)


@pytest.fixture(scope="session")
def site_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with staff, the small process and the real forms of events; copied, never opened by a test."""
    file = tmp_path_factory.mktemp("site") / "kvarboende.db"
    shutil.copyfile(sqlite_template, file)
    runtime = Runtime.open(_settings(file), clock=ManualClock(A_MONDAY_MORNING))
    with runtime.transaction() as work:
        furnish(work)
    runtime.close()
    return file


def furnish(work: UnitOfWork) -> None:
    """Staff, the small process and the real forms of events."""
    seed_people(work)
    for folder, key in ((OWN_DIAGRAMS, "underrattelse"), (DIAGRAMS, "arendehandelser")):
        publish(work, key, files_of_process(read_folder(folder), key))


@pytest.fixture
def postgres_site(
    postgres: PostgresServer, postgres_template: str, clock: ManualClock, database_numbers: Iterator[int]
) -> Iterator[Site]:
    """As `site`, on PostgreSQL."""
    name = f"site_{os.getpid()}_{next(database_numbers)}"
    environment = {
        "KVARBOENDE_DATABASE_URL": postgres.create(name, template=postgres_template),
        "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3,
        "KVARBOENDE_DEMO": "1",
        "KVARBOENDE_POSTS_PER_MINUTE": "1000000",
    }
    runtime = Runtime.open(Settings.from_environment(environment), clock=clock)
    with runtime.transaction() as work:
        furnish(work)
    yield Site(create_app(runtime), runtime, clock)
    runtime.close()
    postgres.drop(name)


@pytest.fixture
def site(site_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Site]:
    """The pages of a demo, on a database of their own."""
    file = tmp_path / "site.db"
    shutil.copyfile(site_template, file)
    runtime = Runtime.open(_settings(file), clock=clock)
    yield Site(create_app(runtime), runtime, clock)
    runtime.close()


@pytest.fixture
def closed_site(site_template: Path, tmp_path: Path, clock: ManualClock) -> Iterator[Site]:
    """The pages of an installation behind https that is no demo."""
    file = tmp_path / "closed.db"
    shutil.copyfile(site_template, file)
    runtime = Runtime.open(_settings(file, KVARBOENDE_DEMO="0", KVARBOENDE_HTTPS="1"), clock=clock)
    yield Site(create_app(runtime), runtime, clock)
    runtime.close()
