"""How many days a step took, in classes that can be added up over months, and the middle and the slow tenth of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from processes.clock import swedish_day
from processes.rules.small_numbers import FEWEST

CLASSES = (0, 1, 2, 3, 4, 5, 6, 7, 10, 14, 21, 28, 42, 60, 90, 180)
"""The first number of days of each class; the last has no end."""


def class_of(came_up_at: datetime, ended_at: datetime) -> int:
    """The class, by its first day, of what took from the one Swedish calendar day to the other."""
    days = (swedish_day(ended_at) - swedish_day(came_up_at)).days
    return max((first for first in CLASSES if first <= days), default=0)


def quantile(counts: Mapping[int, int], part: float) -> int | None:
    """The class within which at least this part of all lies: 0.5 for the median; None where there are too few to say.

    The nearest rank: the smallest class with at least that part at or below it.
    """
    total = sum(counts.values())
    if total < FEWEST:
        return None
    so_far = 0
    for first in sorted(counts):
        so_far += counts[first]
        if so_far >= part * total:
            return first
    raise AssertionError("the last class holds everything")


def days_of(first: int) -> tuple[int, int | None]:
    """The first and the last number of days of a class; the last class has no last."""
    place = CLASSES.index(first)
    return first, CLASSES[place + 1] - 1 if place + 1 < len(CLASSES) else None
