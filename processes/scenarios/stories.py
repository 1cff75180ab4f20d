"""Reads a scenario file: checks it against the published schema and says in words what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import yaml
from jsonschema import Draft202012Validator

from processes.clock import STOCKHOLM
from processes.errors import Invalid


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


class _Loader(yaml.SafeLoader):
    """YAML in which a date stays the text that was written."""


_Loader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file."""
    found: dict[str, Any] = orjson.loads((Path(__file__).parent / "schema.json").read_bytes())
    return found


def read_story(content: bytes, *, file: str = "") -> Story:
    """The story in the file's content. Raises StoryRefused with one line per fault, each with its place."""
    try:
        raw = yaml.load(content, Loader=_Loader)  # noqa: S506  # the loader is a SafeLoader
    except yaml.YAMLError as error:
        raise StoryRefused(f"{file}: this is not YAML: {error}") from error
    faults = sorted(
        Draft202012Validator(schema()).iter_errors(raw), key=lambda fault: list(map(str, fault.path))
    )
    if faults:
        lines = [
            f"{file}: {'.'.join(map(str, fault.path)) or 'the file'}: {fault.message}" for fault in faults
        ]
        raise StoryRefused("\n".join(lines))
    return Story(
        id=raw["id"],
        title=raw["title"],
        starts_at=instant(raw["starts"]),
        requirements=tuple(raw.get("requirements", ())),
        steps=tuple(raw["steps"]),
        file=file,
    )


def instant(text: str) -> datetime:
    """The instant (UTC) of a Swedish time written as ÅÅÅÅ-MM-DD TT:MM. Raises StoryRefused for none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=STOCKHOLM).astimezone(UTC)
    except ValueError as error:
        raise StoryRefused(f"{text} is not a time") from error
