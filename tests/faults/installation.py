"""A whole installation that can be broken: web and worker processes of our own on a database, each killed at will."""

from __future__ import annotations

import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from sqlalchemy import select

from processes.actions.demo import seed_people
from processes.actions.diagrams import publish_folder
from processes.actions.people import HASHER
from processes.database import open_database
from processes.migrations import migrate
from processes.models import Caseworker
from processes.runtime import Runtime
from processes.settings import Settings
from tests.city import DIAGRAMS
from tests.commands.programs import kvarboende
from tests.ports import free_port

PATIENCE = 120.0
"""Seconds after which something that should have happened never will."""
HOOKS = Path(__file__).parent / "hooks"
HOOKED = os.pathsep.join([str(HOOKS), str(DIAGRAMS.parent)])
"""What Python looks through first: the hooks, and the very source that these tests stand in."""
VARIES = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:.,+Z]+|\b[0-9a-f]{12,}\b|\b\d+\b")
CHILDREN = "/proc/{0}/task/{0}/children"


def wait_until(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    """Look again and again; RuntimeError when it has not become so in time."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise RuntimeError(f"gave up waiting until {what}")
        time.sleep(0.05)


@dataclass
class Member:
    """One program of the installation: what starts it, and the process that runs now."""

    command: tuple[str, ...]
    settings: Mapping[str, str]
    log: Path
    port: int = 0
    """Where it answers; 0 for a worker."""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; whatever ran before must be dead."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("KVARBOENDE_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**ours, **self.settings, "PYTHONPATH": HOOKED},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def running(self) -> subprocess.Popen[bytes]:
        assert self.process is not None
        return self.process

    def signal(self, number: signal.Signals) -> None:
        """To the program and all that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, number)

    def kill(self, choice: random.Random) -> str:
        """Kill -9 all of it, or only one of the processes that it has started; answers what was killed."""
        children = self._children()
        if children and choice.random() < 0.5:
            with suppress(ProcessLookupError):
                os.kill(choice.choice(children), signal.SIGKILL)
            return "child"
        self.signal(signal.SIGKILL)
        self.running.wait()
        return "program"

    def stop(self) -> None:
        """Politely, as when an installation is stopped; and for good when it does not mind."""
        if self.process is None:
            return
        self.signal(signal.SIGCONT)
        self.running.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(60)
        self.signal(signal.SIGKILL)
        self.running.wait()

    def answers(self, *, starting_again: bool = False) -> bool:
        """Whether its pages can be asked for, with the database behind them; starts it again first if it has ended."""
        if starting_again and self.running.poll() is not None:
            self.start()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _children(self) -> list[int]:
        with suppress(OSError):
            return [int(one) for one in Path(CHILDREN.format(self.running.pid)).read_text().split()]
        return []


@dataclass
class Installation:
    """Web and worker processes on one database, and our own way to look into it."""

    url: str
    folder: Path
    runtime: Runtime
    password: str
    staff: Mapping[str, int]
    settings: dict[str, str]
    webs: list[Member] = field(default_factory=list)
    workers: list[Member] = field(default_factory=list)

    @property
    def members(self) -> list[Member]:
        return [*self.webs, *self.workers]

    @property
    def clock_file(self) -> Path:
        return self.folder / "clock"

    @property
    def full_file(self) -> Path:
        return self.folder / "full"

    def start(self, webs: int, workers: int) -> None:
        """Start so many of each, and wait until the pages answer."""
        for number in range(webs):
            port = free_port()
            own = {**self.settings, "KVARBOENDE_PORT": str(port)}
            self.webs.append(Member(kvarboende("serve"), own, self.folder / f"web{number}.log", port))
        for number in range(workers):
            command = (sys.executable, "-m", "workers")
            self.workers.append(Member(command, self.settings, self.folder / f"worker{number}.log"))
        for member in self.members:
            member.start()
        self.wait_for_pages()

    def wait_for_pages(self, *, starting_again: bool = False) -> None:
        """Until every web process answers with its database.

        `starting_again` does what whoever looks after the programs does (`restart: unless-stopped`): a server whose
        process is killed twice within seconds takes that for a fault of its own, and ends.
        """
        for web in self.webs:
            answers = partial(web.answers, starting_again=starting_again)
            wait_until(answers, f"the pages on port {web.port} answer; see {web.log}")

    def errors(self) -> Counter[str]:
        """The lines of the programs' logs that tell of an error, without what differs from time to time."""
        lines = (
            line for member in self.members for line in member.log.read_text(errors="replace").splitlines()
        )
        told = (line for line in lines if "error" in line.lower())
        return Counter(VARIES.sub("", line)[:300] for line in told)

    def stop(self) -> None:
        """Stop everything."""
        for member in self.members:
            member.stop()


@contextmanager
def installed(url: str, **settings: str) -> Iterator[Installation]:
    """An installation on an empty database, with staff, processes and no case; nothing of it is started yet."""
    folder = Path(tempfile.mkdtemp(prefix="kvarboende-faults-"))
    password = secrets.token_urlsafe(16)
    migrate(url)
    leave_no_room(url)
    chosen = {
        "KVARBOENDE_DATABASE_URL": url,
        "KVARBOENDE_SECRET_KEY": secrets.token_hex(32),
        "KVARBOENDE_POSTS_PER_MINUTE": "1000000",
        "KVARBOENDE_LOG_LEVEL": "warning",
        "KVARBOENDE_WORKER_SECONDS": "1",
        **settings,
    }
    runtime = Runtime.open(Settings.from_environment(chosen))
    with runtime.transaction() as work:
        publish_folder(work, DIAGRAMS)
        seed_people(work)
        people = work.session.scalars(select(Caseworker)).all()
        hashed = HASHER.hash(password)
        for person in people:
            person.password_hash = hashed
        staff = {person.username: person.id for person in people}
    hooked = {
        "FAULTS_CLOCK": str(folder / "clock"),
        "FAULTS_FULL": str(folder / "full"),
    }
    installation = Installation(url, folder, runtime, password, staff, chosen | hooked)
    try:
        yield installation
    finally:
        installation.stop()
        runtime.close()
        shutil.rmtree(folder, ignore_errors=True)


def leave_no_room(url: str) -> None:
    """Migrations leave empty pages in SQLite's file, into which much would fit when the disk is full."""
    engine = open_database(url)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("VACUUM")
    engine.dispose()
