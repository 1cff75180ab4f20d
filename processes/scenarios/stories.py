"""Reads a scenario file: checks it against the published schema and says in words, and where, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from processes.diagrams.yaml_text import read_yaml
from processes.errors import Invalid
from processes.scenarios.faults import Fault, faults_of_form, faults_of_order, instant_of, schema, yaml_fault

__all__ = ["Story", "StoryRefused", "instant", "read_story", "schema"]


class StoryRefused(Invalid):
    """The scenario file cannot be used; the message is Swedish, and `faults` says where each fault stands."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario (sv. scenario): one household's story from the first step to the last."""

    id: str
    title: str
    starts_at: datetime
    requirements: tuple[str, ...]
    steps: tuple[Mapping[str, Any], ...]
    file: str = ""
    about: str = ""


def read_story(content: bytes, *, file: str = "") -> Story:
    """The story in the file's content. Raises StoryRefused with one line per fault, each with its place."""
    try:
        raw = read_yaml(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise StoryRefused(f"{file}: {yaml_fault(error)}", (Fault((), yaml_fault(error)),)) from error
    faults = tuple(faults_of_form(raw)) or tuple(faults_of_order(raw))
    if faults:
        raise StoryRefused("\n".join(f"{file}: {fault}" for fault in faults), faults)
    return Story(
        id=raw["id"],
        title=raw["title"],
        starts_at=instant(raw["starts"]),
        requirements=tuple(raw.get("requirements", ())),
        steps=tuple(raw["steps"]),
        file=file,
        about=" ".join(raw.get("about", "").split()),
    )


def instant(text: str) -> datetime:
    """The instant (UTC) of a Swedish time written as ÅÅÅÅ-MM-DD TT:MM. Raises StoryRefused for none."""
    found = instant_of(text)
    if found is None:
        raise StoryRefused(f"{text} är ingen tid.")
    return found
