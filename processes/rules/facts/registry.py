"""The list of facts, and how a function becomes one: it is registered under its own name with a Swedish question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from processes.rules.snapshot import CaseSnapshot, Scope

FactValue = bool | int | str | None
FactFunction = Callable[[CaseSnapshot, Scope, datetime], FactValue]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by name, with the question it answers in Swedish."""

    name: str
    question: str
    read: FactFunction


FACTS: dict[str, Fact] = {}
"""Every fact by name; filled by the modules of this package."""


def fact(question: str) -> Callable[[FactFunction], FactFunction]:
    """Register the function as the fact of its own name; `question` is what a process owner reads, in Swedish."""

    def register(function: FactFunction) -> FactFunction:
        name = function.__name__
        if name in FACTS:
            raise ValueError(f"the fact {name} is defined twice")
        FACTS[name] = Fact(name, question, function)
        return function

    return register


def instant_text(instant: datetime | None) -> str | None:
    """The instant as a diagram's timer reads it: ISO 8601 in UTC; None stays None, and the timer does not fire."""
    return None if instant is None else instant.astimezone(UTC).isoformat()
