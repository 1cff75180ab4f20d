"""Starts our programs as an installation does, waits until they are there, and looks how much memory they take."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import socket
from tempfile import TemporaryFile
from typing import IO

from benchmarks.figures import MeasureFailed
from benchmarks.ground import environment_of

PATIENCE = 180.0
"""Seconds after which a program that has not started never will."""
ROOT = Path(__file__).resolve().parent.parent
KVARBOENDE = (sys.executable, "-m", "app.cli")


class DidNotStart(MeasureFailed):
    """A program ended or was silent instead of starting; says what it printed."""


@dataclass(frozen=True)
class Program:
    """A program that runs."""

    process: subprocess.Popen[bytes]
    printed: IO[bytes]
    started: float
    """When it was started, on the monotonic clock."""

    def text(self) -> str:
        """What it has printed so far."""
        self.printed.seek(0)
        return self.printed.read().decode(errors="replace")

    def wait_until(self, is_there: Callable[[], bool]) -> float:
        """Seconds from its start until it is there. Raises DidNotStart."""
        while time.perf_counter() - self.started < PATIENCE:
            if is_there():
                return time.perf_counter() - self.started
            if self.process.poll() is not None:
                break
            time.sleep(0.005)
        raise DidNotStart(self.text()[-2000:])

    def memory(self) -> list[float]:
        """The memory of its processes in megabytes, the main one first: its share (PSS), or all it sees (RSS)."""
        return [_megabytes(process_id) for process_id in _family(self.process.pid)]


@contextmanager
def running(*command: str, settings: Mapping[str, str]) -> Iterator[Program]:
    """The program with these settings of ours and no others; stopped when the block ends."""
    with TemporaryFile() as printed:
        started = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 -- our own programs
            command, env=environment_of(settings), cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT
        )
        try:
            yield Program(process, printed, started)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def serving(settings: Mapping[str, str]) -> Iterator[tuple[Program, int, float]]:
    """The pages: the program, its port, and seconds from its start to the first 200 of /health/ready."""
    port = free_port()
    with running(*KVARBOENDE, "serve", settings={**settings, "KVARBOENDE_PORT": str(port)}) as program:
        yield program, port, program.wait_until(lambda: answers(port, "/health/ready"))


def answers(port: int, path: str) -> bool:
    """Whether the program on this port answers 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(process_id: int) -> list[int]:
    """The process and those it has started, where the computer tells."""
    children = Path(f"/proc/{process_id}/task/{process_id}/children")
    if not children.exists():
        return [process_id]
    return [process_id, *(one for child in children.read_text().split() for one in _family(int(child)))]


def _megabytes(process_id: int) -> float:
    for file, name in (
        (f"/proc/{process_id}/smaps_rollup", "Pss:"),
        (f"/proc/{process_id}/status", "VmRSS:"),
    ):
        try:
            lines = Path(file).read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(name):
                return round(int(line.split()[1]) / 1024, 1)
    return 0.0
