"""Takes the measures that are asked for on one database after the other, and gives back everything that was found."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.completing import measure_completing
from benchmarks.figures import Measured, MeasureFailed
from benchmarks.footprint import measure_footprint
from benchmarks.ground import Ground, founded, must_be_empty
from benchmarks.inbox import measure_inbox
from benchmarks.machine import describe_database, describe_machine
from benchmarks.peer_figures import measure_peer
from benchmarks.timers import measure_timers
from benchmarks.weight import measure_weight
from benchmarks.whole_cases import measure_whole_cases


@dataclass(frozen=True, slots=True)
class Size:
    """How much is done for each measure."""

    rounds: int = 16
    """Rounds of thirteen completed tasks."""
    stories: int = 2
    """Rounds of the stories."""
    largest: int = 1_000_000
    """Open tasks in the inbox."""
    visits: int = 30
    """Visits to each list, or page."""
    starts: int = 3
    """Starts of a program; the quickest counts, since everything else is somebody else's work."""
    calm: int = 300
    """Timers one by one."""
    at_once: int = 2_000
    """Timers that are due together."""


FULL = Size()
SMALL = Size(rounds=3, stories=1, largest=100_000, visits=10, calm=50, at_once=300)
TINY = Size(rounds=1, stories=1, largest=1_000, visits=2, starts=1, calm=5, at_once=20)
"""For the tests: everything is done, and no figure means anything."""
PEER = "g"
"""The measure that does not depend on the database."""
Say = Callable[[str], None]

MEASURES: dict[str, tuple[str, Callable[[Ground, Size], Measured]]] = {
    "a": ("completing tasks", lambda ground, size: measure_completing(ground, rounds=size.rounds)),
    "b": ("whole cases", lambda ground, size: measure_whole_cases(ground, rounds=size.stories)),
    "c": ("the inbox", lambda ground, size: measure_inbox(ground, largest=size.largest, visits=size.visits)),
    "d": ("timers", lambda ground, size: measure_timers(ground, calm=size.calm, at_once=size.at_once)),
    "e": ("bytes", lambda ground, _size: measure_weight(ground)),
    "f": (
        "starting and memory",
        lambda ground, size: measure_footprint(ground, visits=size.visits, starts=size.starts),
    ),
}
"""Letter, what is said while it is measured, and the measure."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found on one database."""

    database: dict[str, str]
    measured: dict[str, Measured]
    seconds: dict[str, float]
    """How long each measure took altogether."""

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        figures = [figure.as_json() for one in self.measured.values() for figure in one.figures]
        details = {letter: one.details for letter, one in self.measured.items()}
        return {"database": self.database, "figures": figures, "details": details, "seconds": self.seconds}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found on every database, and on what machine."""

    machine: dict[str, Any]
    results: tuple[Result, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every measure that was asked for succeeded."""
        return all("failed" not in one.details for result in self.results for one in result.measured.values())

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return {"machine": self.machine, "databases": [one.as_json() for one in self.results]}


def measure(urls: Sequence[str], letters: frozenset[str], size: Size, say: Say) -> Report:
    """Measure on each of the empty databases. Raises NotEmpty before anything is done."""
    for url in urls:
        must_be_empty(url)
    machine = describe_machine()
    results = [_measure_on(url, letters, size, say) for url in urls if letters & MEASURES.keys()]
    if PEER in letters:
        results.append(_measure_peer(size, say))
    return Report(machine, tuple(results))


def _taken(take: Callable[[], Measured], say: Say) -> Measured:
    """The measure; one that fails is told with its reason, and the others are taken all the same."""
    try:
        return take()
    except MeasureFailed as failed:
        reason = f"{type(failed).__name__}: {failed}"
        say(f"  failed: {reason}")
        return Measured((), {"failed": reason})


def _measure_peer(size: Size, say: Say) -> Result:
    say("the peer ...")
    started = time.perf_counter()
    found = _taken(
        lambda: measure_peer(rounds=size.rounds, cases=size.rounds, visits=size.visits, starts=size.starts),
        say,
    )
    database = {
        "database": "Peer",
        "is": "Flask + SpiffWorkflow + JSON in SQLite",
        "sqlite": sqlite3.sqlite_version,
    }
    return Result(database, {PEER: found}, {PEER: round(time.perf_counter() - started, 1)})


def _measure_on(url: str, letters: Collection[str], size: Size, say: Say) -> Result:
    measured: dict[str, Measured] = {}
    seconds: dict[str, float] = {}
    database: dict[str, str] = {}
    for letter, (what, take) in MEASURES.items():
        if letter not in letters:
            continue
        started = time.perf_counter()
        with founded(url) as ground:  # each on a city of its own, so that none depends on those before
            database = database or describe_database(ground.runtime.engine)
            say(f"{database['database']}: {what} ...")
            measured[letter] = _taken(partial(take, ground, size), say)
        seconds[letter] = round(time.perf_counter() - started, 1)
    return Result(database, measured, seconds)
