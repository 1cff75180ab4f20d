"""Measure c: how long the inbox takes among a thousand and among a million open tasks."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from benchmarks.cases import chapter_6
from benchmarks.crowd import crowd
from benchmarks.figures import Figure, Measured, MeasureFailed, milliseconds
from benchmarks.ground import Ground
from benchmarks.programs import serving
from benchmarks.visitor import KeptLine, Visitor

SIZES = (1_000, 10_000, 100_000, 1_000_000)
BYTES_OF_A_TASK = 4_000
"""Room on the disk for a task with its indexes and its part of a case, several times over."""
LISTS = {
    "unit": ("anna", "/inkorg?vy=enheten"),
    "mine": ("anna", "/inkorg?vy=mina"),
    "all": ("maria", "/inkorg?vy=alla"),
    "filtered": ("maria", "/inkorg?vy=alla&nar=late&vem=ingen&ordning=lagdatum"),
}
ROWS = 'class="r '
"""What stands once in each row of the list."""
FLAT = 1.5
"""So many times as long as among a thousand counts as flat: the noise of a page."""


def measure_inbox(ground: Ground, *, largest: int, visits: int) -> Measured:
    """Visit four lists of the inbox among more and more tasks, through a served page each time."""
    case = chapter_6(ground)
    sizes = [size for size in SIZES if size <= largest and _has_room(ground, size)]
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        crowd(ground, size)
        found[size] = _visited(ground, visits)
    return _told(found, [size for size in SIZES if size not in found], case.case_id)


def _has_room(ground: Ground, size: int) -> bool:
    """Whether the disk that the database is on, or most likely is on, has room for so many tasks."""
    file = make_url(ground.url).database if ground.dialect == "sqlite" else None
    folder = Path(file).parent if file else Path(tempfile.gettempdir())
    return shutil.disk_usage(folder).free > size * BYTES_OF_A_TASK


def _visited(ground: Ground, visits: int) -> dict[str, Any]:
    """How long each list took; a program of its own, so that nothing is known from before."""
    seconds: dict[str, list[float]] = {name: [] for name in LISTS}
    with serving(ground.environment) as (_program, port, _):
        lines = {who: KeptLine(port) for who in ("anna", "maria")}
        for who, line in lines.items():
            Visitor(line).sign_in(who, ground.password)
        for visit in range(visits + 3):
            for name, (who, path) in LISTS.items():
                answer = lines[who]("GET", path, None)
                if answer.status != 200 or ROWS not in answer.text:
                    raise MeasureFailed(f"{path} showed no tasks ({answer.status})")
                if visit >= 3:
                    seconds[name].append(answer.seconds)
        for line in lines.values():
            line.close()
    return {name: milliseconds(one) for name, one in seconds.items()}


def _told(found: Mapping[int, dict[str, Any]], left_out: Sequence[int], _case_id: int) -> Measured:
    smallest, largest = min(found), max(found)
    figures = [
        Figure("c", f"inbox of a unit among {size:,} open tasks, p50", one["unit"]["p50_ms"], "ms")
        for size, one in found.items()
    ]
    figures.append(
        Figure(
            "c", f"inbox of a unit among {largest:,} open tasks, p95", found[largest]["unit"]["p95_ms"], "ms"
        )
    )
    growth = {name: found[largest][name]["p50_ms"] / found[smallest][name]["p50_ms"] for name in LISTS}
    worst = max(growth, key=lambda name: growth[name])
    between = f"{largest:,} / {smallest:,}"
    figures.append(Figure("c", f"inbox of a unit, {between}", growth["unit"], "×", FLAT))
    figures.append(Figure("c", f"the list that grows most, {between} ({worst})", growth[worst], "×", FLAT))
    return Measured(
        tuple(figures),
        {"lists": {name: path for name, (_, path) in LISTS.items()}, "by_open_tasks": found,
         "left_out_for_size_or_room": list(left_out)},
    )  # fmt: skip
