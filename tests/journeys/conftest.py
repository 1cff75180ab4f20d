"""An office to sit down in: the real pages on a port, the real diagrams, and a clock that the test moves."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import update
from werkzeug.serving import make_server

from app import create_app
from processes.actions.demo import seed_demo
from processes.actions.diagrams import publish_folder
from processes.actions.notices import register_notice
from processes.clock import ManualClock
from processes.models import SignInSession
from processes.queries.people import get_caseworker_named
from processes.runtime import Runtime
from processes.settings import DIAGRAMS, Settings
from tests.browser import open_window
from tests.conftest import A_MONDAY_MORNING
from tests.journeys.pages import Desk
from workers.timers import DueTimers

LONG = os.environ.get("LONG_TESTS") == "1"
"""`make test-long` also walks the long ways, which take minutes."""
collect_ignore = [] if LONG else ["test_workshop_release.py"]


@dataclass
class Office:
    """The site, who sits at it, and what moves it besides people: the clock and the worker."""

    address: str
    runtime: Runtime
    clock: ManualClock
    browser: Browser
    _opened: list[BrowserContext] = field(default_factory=list)

    def desk(self, name: str, *, scripts: bool = True) -> Desk:
        """A browser of their own for the person, signed in; for nobody, one in which nobody is."""
        context = open_window(self.browser, java_script_enabled=scripts)
        self._opened.append(context)
        desk = Desk(context.new_page(), self.address)
        return desk.sign_in(name) if name else desk

    def register(self, answers: dict[str, Any]) -> str:
        """A case with this notice, registered by the coordinator; answers the address of its page."""
        with self.runtime.transaction() as work:
            siv = get_caseworker_named(work.session, "siv")
            return f"{self.address}/arenden/{register_notice(work, caseworker=siv, answers=answers).case_id}"

    def let_time_pass(self, until: datetime) -> None:
        """Move the clock, and let the worker do what falls due at each instant on the way."""
        due = self._next_due()
        while due is not None and due <= until:
            self.clock.move_to(max(due, self.clock.now()))
            DueTimers()(self.runtime, lambda: False)
            due = self._next_due()
        self.clock.move_to(until)
        self._sign_in_anew()

    def _next_due(self) -> datetime | None:
        with self.runtime.reading() as work:
            return DueTimers().next_at(work)

    def _sign_in_anew(self) -> None:
        """Everybody has come to work again, and signed in at the desk where they left off."""
        with self.runtime.transaction() as work:
            work.session.execute(update(SignInSession).values(started_at=work.now, seen_at=work.now))

    def leave(self) -> None:
        """Close every browser window."""
        for context in self._opened:
            context.close()


@contextmanager
def open_office(file: Path, clock: ManualClock, browser: Browser) -> Iterator[Office]:
    """The pages of the city in this database file, on a port; closed in the end with every window."""
    environment = {
        "KVARBOENDE_DATABASE_URL": f"sqlite:///{file}",
        "KVARBOENDE_SECRET_KEY": "only-for-tests-" * 3,
        "KVARBOENDE_DEMO": "1",
    }
    runtime = Runtime.open(Settings.from_environment(environment), clock=clock)
    server = make_server("127.0.0.1", 0, create_app(runtime), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    office = Office(f"http://127.0.0.1:{server.server_port}", runtime, clock, browser)
    try:
        yield office
    finally:
        office.leave()
        server.shutdown()
        thread.join()
        server.server_close()
        runtime.close()


@pytest.fixture
def office(sqlite_city: Path, tmp_path: Path, clock: ManualClock, browser: Browser) -> Iterator[Office]:
    """The pages of a city without cases, at nine on a Monday morning."""
    file = tmp_path / "office.db"
    shutil.copyfile(sqlite_city, file)
    with open_office(file, clock, browser) as office:
        yield office


@pytest.fixture(scope="module")
def demo_office(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Office]:
    """The pages of the demo with its households, at nine on a Monday morning; whoever looks changes little."""
    file = tmp_path_factory.mktemp("demo") / "office.db"
    shutil.copyfile(sqlite_template, file)
    with open_office(file, ManualClock(A_MONDAY_MORNING), browser) as office:
        with office.runtime.transaction() as work:
            publish_folder(work, DIAGRAMS)
            seed_demo(work)
        yield office
