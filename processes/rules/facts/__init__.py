"""The facts that a diagram may ask about a case: named yes/no questions, dates and words, each a pure function.

A condition such as `rent_is_recovered and not parents_talk_is_held` names facts; the check of a diagram refuses a name
that is neither a fact nor an answer from a form. Facts are read when they are asked for, never copied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

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
