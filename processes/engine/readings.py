"""Reads a condition as far as one knows the names in it: it holds, it does not, or it depends on what is not known."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from processes.engine.comparisons import literals_beside
from processes.engine.expressions import compile_expression
from processes.engine.operators import ExpressionFailed, Value, truth
from processes.engine.samples import combinations_of, samples_of

UNKNOWN: Final = "?"
"""Stands for a value that is not known, where values are written as text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a condition comes to."""

    holds: bool | None
    """None: it depends on names that are not known."""
    is_exact: bool = True
    """False: it names something that is known, but in a way that could not be followed."""


def written(value: Value) -> str:
    """The value as text; `understood` reads it."""
    return repr(value)


def understood(text: str) -> Value:
    """The value that `written` wrote."""
    value: Value = ast.literal_eval(text)
    return value


def read_condition(text: str, known: Mapping[str, str]) -> Reading:
    """The condition, where the names in `known` have these values (as text) and every other can have any."""
    names = compile_expression(text).names
    given = tuple(sorted((name, known[name]) for name in names if known.get(name, UNKNOWN) != UNKNOWN))
    return _read(text, given) if given or not names else Reading(None)


@lru_cache(maxsize=20_000)
def _read(text: str, given: tuple[tuple[str, str], ...]) -> Reading:
    expression = compile_expression(text)
    fixed = {name: understood(value) for name, value in given}
    beside = literals_beside(expression)
    if beside is None:
        return (
            Reading(None, is_exact=False) if expression.names - fixed.keys() else Reading(_holds(text, fixed))
        )
    free = {name: samples_of(literals) or [None] for name, literals in beside.items() if name not in fixed}
    combinations = combinations_of(free)
    if combinations is None:
        return Reading(None, is_exact=False)
    answers = {_holds(text, {**fixed, **combination}) for combination in combinations}
    return Reading(answers.pop() if len(answers) == 1 else None)


def _holds(text: str, values: Mapping[str, Value]) -> bool:
    try:
        return truth(compile_expression(text).evaluate(lambda name: values[name]))
    except ExpressionFailed:
        return False
