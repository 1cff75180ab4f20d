"""The way to a situation in a process: what happened, one step after another, and where in the drawing that was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PathStep:
    """One thing on the way: a task is completed, a message comes, a date passes, a way is taken."""

    text: str
    """A sentence in Swedish."""
    process: str
    """The process in whose drawing it is seen."""
    element: str
    """Id of the step or arrow in that drawing."""


def in_words(path: tuple[PathStep, ...]) -> str:
    """The whole way as one text."""
    return ", ".join(step.text for step in path)
