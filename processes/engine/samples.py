"""Finds out whether conditions can hold at the same time, by trying every kind of value that they can tell apart.

Conditions only compare a name with the values written beside it, so that between two neighbouring values nothing
changes: one sample from each stretch stands for all. What cannot be tried out (too many combinations, two names
compared with each other) is said to be undecided, never guessed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from processes.engine.operators import Value, is_number

MOST_TRIES: Final = 100_000
ANOTHER_TEXT: Final = "…"
"""A text that no condition mentions."""


def samples_of(mentioned: Sequence[Value]) -> list[Value]:
    """Values that together stand for everything that conditions with these literals can tell apart."""
    numbers = sorted({value for value in mentioned if isinstance(value, int | float) and is_number(value)})
    samples: list[Value] = []
    if numbers:
        between = [(low + high) / 2 for low, high in itertools.pairwise(numbers)]
        samples += [numbers[0] - 1, *sorted([*numbers, *between]), numbers[-1] + 1]
    texts = sorted({value for value in mentioned if isinstance(value, str)})
    if texts:
        samples += [*texts, ANOTHER_TEXT]
    if any(isinstance(value, bool) for value in mentioned):
        samples += [True, False]
    if any(value is None for value in mentioned):
        samples.append(None)
    return samples


def combinations_of(
    samples: Mapping[str, Sequence[Value]], tries: int = 1
) -> Iterator[dict[str, Value]] | None:
    """Every combination of the samples of each name; None if there are too many to be tried so many times each."""
    if tries * math.prod(len(values) for values in samples.values()) > MOST_TRIES:
        return None
    names = list(samples)
    return (dict(zip(names, values, strict=True)) for values in itertools.product(*samples.values()))


def in_words(values: Mapping[str, Value]) -> str:
    """The combination as a person would write it, for a message in Swedish."""
    return ", ".join(f"{name} = {_word(value)}" for name, value in values.items())


def _word(value: Value) -> str:
    if value is None:
        return "okänt"
    if value == ANOTHER_TEXT:
        return "något annat"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return f"”{value}”" if isinstance(value, str) else str(value)
