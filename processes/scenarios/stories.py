"""Reads a scenario file: checks it against the published schema and says in words, and where, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import yaml
from jsonschema import Draft202012Validator

from processes.clock import STOCKHOLM
from processes.diagrams.yaml_text import read_yaml
from processes.errors import Invalid

ACTS = ("notice", "task", "event", "look")
"""What can happen in a step; one of them at most."""


class StoryRefused(Invalid):
    """The scenario file cannot be used."""


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario (sv. scenario): one household's story from the first step to the last."""

    id: str
    title: str
    starts_at: datetime
    requirements: tuple[str, ...]
    steps: tuple[Mapping[str, Any], ...]
    file: str = ""


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file."""
    found: dict[str, Any] = orjson.loads((Path(__file__).parent / "schema.json").read_bytes())
    return found


def read_story(content: bytes, *, file: str = "") -> Story:
    """The story in the file's content. Raises StoryRefused with one line per fault, each with its place."""
    try:
        raw = read_yaml(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise StoryRefused(f"{file}: this is not YAML: {error}") from error
    faults = list(_faults_of_form(raw)) or list(_faults_of_order(raw))
    if faults:
        raise StoryRefused("\n".join(f"{file}: {fault}" for fault in faults))
    return Story(
        id=raw["id"],
        title=raw["title"],
        starts_at=instant(raw["starts"]),
        requirements=tuple(raw.get("requirements", ())),
        steps=tuple(raw["steps"]),
        file=file,
    )


def _faults_of_form(raw: Any) -> Iterator[str]:
    """Where the file is not as the schema says."""
    faults = Draft202012Validator(schema()).iter_errors(raw)
    for fault in sorted(faults, key=lambda one: [str(part).rjust(6) for part in one.path]):
        yield f"{_place(fault.path)}: {fault.message}"


def _place(path: Iterable[str | int]) -> str:
    """The place as a reader counts: `step 3, expect.open`; the first step is step 1."""
    parts: Sequence[str | int] = list(path)
    if len(parts) > 1 and parts[0] == "steps":
        step = f"step {int(parts[1]) + 1}"
        return ", ".join(filter(None, (step, ".".join(map(str, parts[2:])))))
    return ".".join(map(str, parts)) or "the file"


def _faults_of_order(raw: Mapping[str, Any]) -> Iterator[str]:
    """What no schema can say: days that do not exist, a clock that goes back, two acts in a step, no case yet."""
    now, has_case = None, False
    for place, text in _times(raw):
        try:
            then = instant(text)
        except StoryRefused as fault:
            yield f"{place}: {fault}"
            continue
        if now is not None and then < now:
            yield f"{place}: {text} is earlier than the time before it"
        now = then
    for number, step in enumerate(raw["steps"], start=1):
        acts = [act for act in ACTS if act in step]
        if len(acts) > 1:
            yield f"step {number}: {' and '.join(acts)} cannot happen in one step"
        if not acts and ("refused" in step or "answers" in step):
            yield f"step {number}: nothing happens that could be answered or refused"
        has_case = has_case or "notice" in acts
        if not has_case and (acts or "expect" in step):
            yield f"step {number}: the story must begin with a notice"


def _times(raw: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "starts", raw["starts"]
    for number, step in enumerate(raw["steps"], start=1):
        if "at" in step:
            yield f"step {number}, at", step["at"]


def instant(text: str) -> datetime:
    """The instant (UTC) of a Swedish time written as ÅÅÅÅ-MM-DD TT:MM. Raises StoryRefused for none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=STOCKHOLM).astimezone(UTC)
    except ValueError as error:
        raise StoryRefused(f"{text} is not a time") from error
