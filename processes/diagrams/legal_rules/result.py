"""What was found out about a legal rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from processes.engine.path import PathStep

Status = Literal["proven", "broken", "approximate", "unproven"]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """Whether a legal rule holds in a process on every way through it."""

    key: str
    sentence: str
    """The rule in Swedish."""
    source: str
    """Requirements and law behind it."""
    status: Status
    """proven: on every way. broken: not on the path. approximate: perhaps not on the path, where a condition could not
    be followed although the rule says what its names are. unproven: it could not be found out."""
    process: str
    """The process that it was asked of, or in whose drawing the path ends."""
    note: str = ""
    """How far the answer reaches, in Swedish."""
    element: str | None = None
    """The element that breaks it."""
    path: tuple[PathStep, ...] = ()
