"""Plays the scenarios of a set of process files on those very files, in a database of their own that is thrown away."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from processes.actions.demo import seed_people
from processes.actions.diagrams import publish
from processes.actions.events import EVENT_FORMS
from processes.clock import ManualClock
from processes.diagrams.examination import Coverage, ScenarioResult, examiner
from processes.diagrams.files import files_of_process, startable_keys
from processes.engine import version_of
from processes.engine.drawing import Drawing
from processes.engine.reading import read_files
from processes.errors import DiagramRefused
from processes.forms import FormRefused
from processes.migrations import migrate
from processes.runtime import Runtime
from processes.scenarios.play import Outcome, play
from processes.scenarios.stories import StoryRefused, read_story
from processes.settings import Settings

log = logging.getLogger(__name__)

Stage = Callable[[], Runtime]
"""Gives a fresh city with the diagrams."""
_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
"""Earlier than any scenario begins; its clock only goes forward."""
MOST_SCENARIOS = 200
"""More are not played; each takes about a second."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """How one scenario went, which processes ran in it, and what they passed."""

    result: ScenarioResult
    processes: tuple[str, ...] = ()
    passed: tuple[tuple[str, str | None], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As plain values, to be stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """What `as_json` gave."""
        return cls(
            ScenarioResult(**stored["result"]),
            tuple(stored["processes"]),
            tuple((step, went_to) for step, went_to in stored["passed"]),
        )


def scenario_files(files: Mapping[str, bytes]) -> list[str]:
    """The paths of the scenarios, in order."""
    found = [path for path in files if path.split("/")[1:2] == ["scenarios"] and path.endswith(".yaml")]
    return sorted(found)


def depends_on(files: Mapping[str, bytes], processes: Sequence[str]) -> str:
    """A hash over everything in the files that a scenario depends on in which these processes ran.

    Of all others it matters only what there is: an expectation may name any letter and any step.
    """
    used = {path: content for path, content in files.items() if path.startswith(f"{EVENT_FORMS}/")}
    for key in processes:
        used |= files_of_process(files, key)
    there = sorted(path for path in files if path.split("/")[1:2] != ["scenarios"])
    said = f"{examiner()} {version_of(used)} {' '.join(there)}"
    return hashlib.sha256(said.encode()).hexdigest()


def rehearse(
    files: Mapping[str, bytes],
    settings: Settings,
    *,
    known: Callable[[str], Rehearsed | None] = lambda _path: None,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Rehearsed]:
    """Play every scenario in the files, or take from `known` (by path) how it went on the same files before.

    Files that cannot be run let every scenario fail with the reason. Ends early when `stopping` says so.
    """
    paths = scenario_files(files)[:MOST_SCENARIOS]
    with _stage(files, settings) as stage:
        for path in paths:
            if stopping():
                return
            yield known(path) or _played(path, files[path], stage)


@contextmanager
def _stage(files: Mapping[str, bytes], settings: Settings) -> Iterator[Stage]:
    """A way to get a fresh city with these diagrams, as often as one likes; built when it is first asked for."""
    with TemporaryDirectory(prefix="kvarboende-") as folder:
        built = Path(folder) / "built.db"
        runtimes: list[Runtime] = []

        def fresh() -> Runtime:
            if not built.exists():
                _build(built, files, settings)
            while runtimes:
                runtimes.pop().close()
            copy = Path(folder) / "copy.db"
            shutil.copyfile(built, copy)
            for leftover in ("copy.db-wal", "copy.db-shm"):
                (Path(folder) / leftover).unlink(missing_ok=True)
            runtimes.append(_open(copy, settings))
            return runtimes[-1]

        try:
            yield fresh
        finally:
            for runtime in runtimes:
                runtime.close()


def _open(file: Path, settings: Settings) -> Runtime:
    own = replace(settings, database_url=f"sqlite:///{file}", demo=False, smtp_url=None)
    return Runtime.open(own, clock=ManualClock(_BEFORE))


def _build(file: Path, files: Mapping[str, bytes], settings: Settings) -> None:
    half = file.with_name("half.db")
    half.unlink(missing_ok=True)
    migrate(f"sqlite:///{half}")
    runtime = _open(half, settings)
    try:
        with runtime.transaction() as work:
            for key in startable_keys(files):
                publish(work, key, files_of_process(files, key))
            seed_people(work)
    finally:
        runtime.close()
    half.rename(file)


def _played(path: str, content: bytes, stage: Stage) -> Rehearsed:
    try:
        story = read_story(content, file=path)
    except StoryRefused as refused:
        return Rehearsed(ScenarioResult(path, path, ok=False, message=str(refused)))
    name = f"{story.id} {story.title}"
    try:
        outcome = play(stage(), story)
    except (DiagramRefused, FormRefused, StoryRefused) as refused:
        return Rehearsed(
            ScenarioResult(path, name, ok=False, message=f"Diagrammen går inte att köra: {refused}")
        )
    result = ScenarioResult(path, name, ok=outcome.came_true, message=_told(outcome))
    return Rehearsed(result, tuple(sorted(outcome.processes)), tuple(sorted(outcome.passed, key=str)))


def _told(outcome: Outcome) -> str:
    return "\n".join(f"Steg {one.step}: {one.what}: {one.found}" for one in outcome.failures)


def coverage_of(files: Mapping[str, bytes], played: Sequence[Rehearsed]) -> dict[str, Coverage]:
    """For each process which of its steps and arrows some scenario passed."""
    steps = {step for one in played for step, _went_to in one.passed}
    ways = {way for one in played for way in one.passed}
    return {
        key: _coverage(drawing, steps, ways)
        for key, drawing in sorted(read_files(files, "").drawings.items())
    }


def _coverage(drawing: Drawing, steps: set[str], ways: set[tuple[str, str | None]]) -> Coverage:
    chosen = {node.id for node in drawing.nodes if node.kind == "exclusiveGateway"}
    events = {node.id for node in drawing.nodes if node.kind == "eventBasedGateway"}
    covered = [node.id for node in drawing.nodes if node.id in steps]
    for flow in drawing.flows:
        if flow.source in chosen:
            is_covered = (flow.source, flow.target) in ways
        else:
            is_covered = (flow.source in steps) and (flow.source not in events or flow.target in steps)
        if is_covered:
            covered.append(flow.id)
    every = [node.id for node in drawing.nodes] + [flow.id for flow in drawing.flows]
    return Coverage(tuple(covered), tuple(one for one in every if one not in set(covered)))
