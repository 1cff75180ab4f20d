"""Keeps Kvarboende running on one computer: starts the process that serves pages and the one that works by itself.

Both are ordinary programs of their own, so that a page that takes its time never delays a timer. The worker is
started again when it ends by itself; when the pages cannot be served any more, everything ends. `kvarboende run`
becomes this program, which loads next to nothing, when everything is ready to be started.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from processes.logs import write_log

log = logging.getLogger("app.supervisor")

SUPERVISOR = (sys.executable, "-m", "app.supervisor")
"""Followed by the host and the port of the pages, the log's level and format, and what to print when they are there."""
WEB = (sys.executable, "-m", "app.cli", "serve")
WORKER = (sys.executable, "-m", "workers")
LOOK_EVERY_SECONDS = 0.1
LONGEST_RESTART_WAIT_SECONDS = 30.0
POLITE_STOP_SECONDS = 40.0
"""Longer than the web process gives its requests (commands/running.py), so that each ends what it has begun."""


def address_is_free(host: str, port: int) -> bool:
    """Can a program listen there now?"""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def pages_answer(host: str, port: int) -> bool:
    """Does somebody answer a request there? What the answer is does not matter."""
    connection = HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/health")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


@dataclass
class Supervisor:
    """One web process and one worker, watched until a signal asks for the end."""

    environment: Mapping[str, str]
    is_ready: Callable[[], bool]
    """Are the pages there?"""
    announce: Callable[[], None]
    """Called once, when they are."""
    web_command: tuple[str, ...] = WEB
    worker_command: tuple[str, ...] = WORKER
    _stopping: bool = field(default=False, init=False)
    _in_a_hurry: bool = field(default=False, init=False)
    _restart_wait: float = field(default=1.0, init=False)
    _restart_at: float | None = field(default=None, init=False)

    def run(self) -> int:
        """Start both and watch them; answers the exit status, 0 when it was asked to stop."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        web = self._start(self.web_command)
        worker = self._start(self.worker_command)
        announced = False
        try:
            while not self._stopping:
                if web.poll() is not None:
                    log.error("The web process has ended with status %s.", web.returncode)
                    return 1
                if not announced and self.is_ready():
                    announced = True
                    self.announce()
                worker = self._look_after(worker)
                time.sleep(LOOK_EVERY_SECONDS)
        finally:
            self._end(web, worker)
        return 0

    def _stop(self, _number: int, _frame: object) -> None:
        self._in_a_hurry = self._stopping
        self._stopping = True

    def _start(self, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        # In a group of their own, so that Ctrl-C reaches them through us, once, and they end in order.
        return subprocess.Popen(command, env=dict(self.environment), process_group=0)  # noqa: S603 -- our own programs

    def _look_after(self, worker: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        if worker.poll() is None:
            return worker
        now = time.monotonic()
        if self._restart_at is None:
            log.warning("The worker has ended with status %s and is started again.", worker.returncode)
            self._restart_at = now + self._restart_wait
            self._restart_wait = min(self._restart_wait * 2, LONGEST_RESTART_WAIT_SECONDS)
        if now < self._restart_at:
            return worker
        self._restart_at = None
        return self._start(self.worker_command)

    def _end(self, *processes: subprocess.Popen[bytes]) -> None:
        """Ask all to stop and wait; stop for good those that do not, or all when somebody asks for the second time."""
        for process in processes:
            if process.poll() is None:
                process.terminate()
        give_up = time.monotonic() + POLITE_STOP_SECONDS
        while any(process.poll() is None for process in processes):
            if self._in_a_hurry or time.monotonic() > give_up:
                _kill(processes)
            time.sleep(LOOK_EVERY_SECONDS)


def _kill(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def main() -> int:
    """Start everything and watch it; answers the exit status."""
    host, port, level, form, announcement = sys.argv[1:]
    write_log(level, form)
    return Supervisor(
        environment=os.environ,
        is_ready=lambda: pages_answer(host, int(port)),
        announce=lambda: print(announcement, flush=True),  # noqa: T201 -- what a person at a terminal waits for
    ).run()


if __name__ == "__main__":
    sys.exit(main())
