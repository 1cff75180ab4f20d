"""Measure f: how long the programs take to start, and how much memory they take before and after they have worked."""

from __future__ import annotations

import time

from sqlalchemy import delete, select

from benchmarks.cases import chapter_6
from benchmarks.figures import Figure, Measured
from benchmarks.ground import Ground
from benchmarks.programs import KVARBOENDE, Program, running, serving
from benchmarks.visitor import KeptLine, Visitor
from processes.models import JobRun

PAGES = ("/inkorg?vy=enheten", "/arenden", "/arbetsledning", "/inkorg?vy=mina")
MOST_SECONDS, MOST_MEGABYTES = 2, 120


def measure_footprint(ground: Ground, *, visits: int, starts: int) -> Measured:
    """Start the pages and a worker, let them work, and look at what they take."""
    web, worker = _web(ground, visits, starts), _worker(ground)
    figures = (
        Figure("f", "web: from exec to the first 200 of /health/ready", web["start_seconds"], "s", MOST_SECONDS),
        Figure("f", "web: memory of the process that serves, at start", web["at_start_mb"], "MB"),
        Figure("f", "web: memory of the process that serves, after load", web["after_load_mb"], "MB", MOST_MEGABYTES),
        Figure("f", "web: memory of the process that watches over it", web["watcher_mb"], "MB", MOST_MEGABYTES),
        Figure("f", "worker: from exec to its first look for timers", worker["start_seconds"], "s", MOST_SECONDS),
        Figure("f", "worker: memory at start", worker["at_start_mb"], "MB"),
        Figure("f", "worker: memory after its jobs have run", worker["after_load_mb"], "MB", MOST_MEGABYTES),
    )  # fmt: skip
    return Measured(
        figures, {"web": web, "worker": worker, "memory_is": "PSS where /proc tells it, else RSS"}
    )


def _web(ground: Ground, visits: int, of: int) -> dict[str, float]:
    starts = []
    for _ in range(of - 1):
        with serving(ground.environment) as (_program, _port, seconds):
            starts.append(seconds)
    with serving(ground.environment) as (program, port, seconds):
        starts.append(seconds)
        before = program.memory()
        _work_through_pages(ground, port, visits)
        after = program.memory()
    return {
        "start_seconds": round(min(starts), 3),
        "at_start_mb": before[-1],
        "after_load_mb": after[-1],
        "watcher_mb": after[0],
    }


def _work_through_pages(ground: Ground, port: int, visits: int) -> None:
    """Look at pages, and complete the first task of a case."""
    line = KeptLine(port)
    visitor = Visitor(line).sign_in("siv", ground.password)
    for visit in range(visits):
        line("GET", PAGES[visit % len(PAGES)], None)
        if visit % 10 == 0:
            case = chapter_6(ground)
            task_id = case.task(case.turns[0])
            visitor.complete(task_id, visitor.prepare(task_id, case.answers(case.turns[0])))
    line.close()


def _worker(ground: Ground) -> dict[str, float]:
    with ground.runtime.transaction() as work:
        work.session.execute(delete(JobRun))
    with running(*KVARBOENDE, "worker", settings=ground.environment) as program:
        seconds = program.wait_until(lambda: _has_run(ground, "timers"))
        at_start = program.memory()[-1]
        _wait_until_calm(program)
        return {
            "start_seconds": round(seconds, 3),
            "at_start_mb": at_start,
            "after_load_mb": program.memory()[-1],
        }


def _has_run(ground: Ground, job: str) -> bool:
    with ground.runtime.reading() as work:
        return work.session.scalar(select(JobRun.runs).where(JobRun.name == job)) is not None


def _wait_until_calm(program: Program) -> None:
    """Until every job has had its first turn, which comes at once."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and program.process.poll() is None:
        time.sleep(0.1)
