"""Plays the published stories of both chapters from the notice to the closed case, on a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.figures import MeasureFailed
from benchmarks.ground import Ground
from processes.clock import ManualClock
from processes.runtime import Runtime
from processes.scenarios import Story, play, read_story

CHAPTERS = {"chapter 6": "hot-om-avhysning", "chapter 7": "avhysning-kronofogden"}
"""The processes whose folders hold the stories."""
_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
_homes = count(1)


class StoryBroken(MeasureFailed):
    """A story that is measured did not come true: the figure would tell of something else."""


def stories_of(ground: Ground, chapter: str) -> list[Story]:
    """The chapter's stories that end with a closed case, without what they expect on the way."""
    folder: Path = ground.runtime.settings.diagrams / CHAPTERS[chapter] / "scenarios"
    stories = [read_story(file.read_bytes(), file=file.name) for file in sorted(folder.glob("*.yaml"))]
    return [_only_done(story) for story in stories if _closes(story)]


def _closes(story: Story) -> bool:
    return any(step.get("expect", {}).get("closed") is True for step in story.steps)


def _only_done(story: Story) -> Story:
    return replace(story, steps=tuple(_without(step, "expect") for step in story.steps))


def _without(step: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in step.items() if key != name}


def play_once(ground: Ground, story: Story, system: type[Runtime] = Runtime) -> int:
    """Play it in a home that no other case is about; answers how many tasks were completed. Raises StoryBroken."""
    home = f"Mätvägen {next(_homes)}"
    told = replace(story, steps=tuple(_moved_to(step, home) for step in story.steps))
    same = ground.runtime
    runtime = system(same.settings, same.engine, ManualClock(_BEFORE), same.policy, same.diagrams)
    outcome = play(runtime, told)
    if not outcome.came_true:
        failed = outcome.failures[0]
        raise StoryBroken(f"{story.id}, step {failed.step}: {failed.what}: {failed.found}")
    return sum("task" in step and "refused" not in step for step in story.steps)


def _moved_to(step: Mapping[str, Any], home: str) -> dict[str, Any]:
    if "notice" not in step:
        return dict(step)
    return {**step, "notice": {**step["notice"], "address": home}}
