"""What is wrong with a diagram: one sentence in Swedish, with the file and the element that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from processes.engine.path import PathStep, in_words

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a process owner must (error) or should (warning) put right before a diagram is published."""

    file: str
    """The file's path under bpmn-diagrams, or a folder of it."""
    element: str | None
    """Id of the element in the file; None when the problem is about the whole file."""
    message: str
    """A sentence in Swedish."""
    level: Level = "error"
    path: tuple[PathStep, ...] = ()
    """The shortest way to the situation that the sentence is about, where there is one."""

    def __str__(self) -> str:
        where = f"{self.file}#{self.element}" if self.element else self.file
        way = f" Vägen dit: {in_words(self.path)}." if self.path else ""
        return f"{where}: {self.message}{way}"


def errors(problems: list[Problem]) -> list[Problem]:
    """The problems that stop a publish."""
    return [problem for problem in problems if problem.level == "error"]
