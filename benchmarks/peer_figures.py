"""Measure g: the same figures of the plain peer, taken in the same run and the same way."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.crowd import SERIES
from benchmarks.figures import Figure, Measured, MeasureFailed, milliseconds, percentile
from benchmarks.inbox import ROWS
from benchmarks.peer.alone import OPEN_TASK
from benchmarks.peer.cases import connect
from benchmarks.programs import ROOT, Program, answers, free_port, running
from benchmarks.visitor import Fields, KeptLine, Visitor, typed
from benchmarks.workload import CHAPTER_6, Told, Turn
from processes.clock import SystemClock

STAFF = {"siv": 1, "anna": 2, "bosse": 3, "eva": 4}
ENDING = (
    Turn("bedom_utfall", "anna", lambda _told: {"outcome": "settled", "follow_up_needed": True}),
    Turn("folj_upp", "anna", lambda _told: {"follow_up_result": "Bor kvar och betalar hyran."}),
)
TURNS = (*CHAPTER_6, *ENDING)
"""The ten tasks that the product completes in chapter 6, and the two that close the case."""
INBOX = "/inkorg?lane=vuxen"
SIZES = (1_000, 10_000)
TASKS_OF_EACH = 5
KILOBYTE = 1024


@dataclass
class Found:
    """What was found of the peer: seconds, bytes and megabytes."""

    http: list[float]
    visitor: Visitor
    alone: Mapping[str, Any]
    """What was found without pages (peer/alone.py)."""
    lists: Mapping[int, Mapping[str, float]]
    start: float
    at_start: float
    after_load: float = 0.0


def measure_peer(*, rounds: int, cases: int, visits: int, starts: int) -> Measured:
    """Everything of the peer, on a file of its own that is thrown away."""
    with TemporaryDirectory(prefix="kvarboende-peer-") as folder:
        file = str(Path(folder) / "peer.db")
        taken = []
        for _ in range(starts - 1):
            with _serving(file) as (_program, _port, seconds):
                taken.append(seconds)
        with _serving(file) as (program, port, seconds):
            taken.append(seconds)
            at_start = program.memory()[-1]
            line = KeptLine(port)
            visitor = _signed_in(line)
            http = _through_http(file, visitor, rounds)
            alone = _alone(file, cases)
            lists = _inbox(file, line, visits)
            found = Found(http, visitor, alone, lists, min(taken), at_start)
            line.close()
            found.after_load = program.memory()[-1]
    return _told(found)


@contextmanager
def _serving(file: str) -> Iterator[tuple[Program, int, float]]:
    port = free_port()
    settings = {"PEER_DATABASE": file, "PEER_KEY": secrets.token_hex(16)}
    with running(sys.executable, "-m", "benchmarks.peer", str(port), settings=settings) as program:
        yield program, port, program.wait_until(lambda: answers(port, "/health/ready"))


def _signed_in(line: KeptLine) -> Visitor:
    """One person does everything: the peer has no units and no rights."""
    return Visitor(line).sign_in("anna", "")


def _said(turn: Turn) -> dict[str, str]:
    """The same answers as in the product, as the peer takes them: each field a text."""
    told = Told(SystemClock().now(), STAFF, 1, 1)
    fields: Fields = [pair for name, value in turn.answers(told).items() for pair in typed(name, value)]
    return dict(fields)


def _through_http(file: str, visitor: Visitor, rounds: int) -> list[float]:
    """Ten tasks of chapter 6 in each round; the first round warms up."""
    database, seconds = connect(file), []
    for number in range(rounds + 1):
        visitor.submit(INBOX, "/arenden", {"title": f"Mätgatan {number}", "kind": "A"})
        instance_id = database.execute("SELECT max(id) FROM instances").fetchone()[0]
        for turn in CHAPTER_6:
            task = database.execute(OPEN_TASK, (instance_id, turn.step)).fetchone()
            took = visitor.complete(task["id"], visitor.prepare(task["id"], _said(turn)))
            if number:
                seconds.append(took)
    database.close()
    return seconds


def _alone(file: str, cases: int) -> dict[str, Any]:
    """Whole cases without pages, in a program in which the library is as it comes."""
    command = [sys.executable, "-m", "benchmarks.peer.alone", file, str(cases)]
    turns = json.dumps([(turn.step, _said(turn)) for turn in TURNS])
    done = subprocess.run(command, input=turns, capture_output=True, text=True, cwd=ROOT, check=True)  # noqa: S603 -- our own program
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _inbox(file: str, line: KeptLine, visits: int) -> dict[int, dict[str, float]]:
    """The list among more and more open tasks."""
    database, found = connect(file), {}
    for size in SIZES:
        there = database.execute("SELECT count(*) FROM tasks WHERE status = 'open'").fetchone()[0]
        last = database.execute("SELECT max(id) FROM instances").fetchone()[0]
        more = (size - there) // TASKS_OF_EACH
        database.execute(
            f"INSERT INTO instances (id, title, status, state) {SERIES} "  # noqa: S608 -- our own words
            "SELECT :last + n, 'Mätvägen ' || n, 'open', state "
            "FROM (SELECT state FROM instances ORDER BY id LIMIT 1), series",
            {"count": more, "last": last},
        )
        database.execute(
            f"INSERT INTO tasks (instance_id, spiff_id, step, title, lane) {SERIES} "  # noqa: S608 -- our own words
            "SELECT :last + 1 + (n - 1) / 5, 'x' || n, 'steg', 'Gör steg', 'vuxen' FROM series",
            {"count": more * TASKS_OF_EACH, "last": last},
        )
        database.commit()
        seconds = []
        for visit in range(visits + 3):
            answer = line("GET", INBOX, None)
            if answer.status != 200 or ROWS not in answer.text:
                raise MeasureFailed(f"the peer's list showed no tasks ({answer.status})")
            if visit >= 3:
                seconds.append(answer.seconds)
        found[size] = milliseconds(seconds)
    database.close()
    return found


def _told(found: Found) -> Measured:
    opened, state = milliseconds(found.visitor.seconds["open"]), found.alone["bytes_of_state"]
    rate = found.alone["cases_a_second"]
    figures = (
        Figure("a", "complete a task through HTTP, p50", percentile(found.http, 50) * 1000, "ms"),
        Figure("a", "complete a task through HTTP, p95", percentile(found.http, 95) * 1000, "ms"),
        Figure("a", "the action alone with its commit, p50", percentile(found.alone["seconds"], 50) * 1000, "ms"),
        Figure("a", "open the task's page, p50", opened["p50_ms"], "ms"),
        Figure("b", "whole cases of chapter 6 a second", rate, "/s"),
        Figure("b", "tasks of chapter 6 a second, all else included", rate * len(TURNS), "/s"),
        *(Figure("c", f"inbox of a unit among {size:,} open tasks, p50", one["p50_ms"], "ms")
          for size, one in found.lists.items()),
        Figure("e", "state of an open case, mean", fmean(state["open"]) / KILOBYTE, "KB"),
        Figure("e", "state of an open case, most", max(state["open"]) / KILOBYTE, "KB"),
        Figure("e", "state of a closed case, mean", fmean(state["closed"]) / KILOBYTE, "KB"),
        Figure("f", "web: from exec to the first 200 of /health/ready", found.start, "s"),
        Figure("f", "web: memory of the process that serves, at start", found.at_start, "MB"),
        Figure("f", "web: memory of the process that serves, after load", found.after_load, "MB"),
    )  # fmt: skip
    return Measured(figures, {"completions": len(found.http), "open": opened, "inbox": dict(found.lists)})
