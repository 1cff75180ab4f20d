"""Hides small numbers in a table, and as many others as it takes that nobody can work them out from the total.

A number of one to four may point at a household; whoever knows the neighbourhood recognises it (SoLPuL 7 a). It is
written "färre än 5". A reader also sees the total and the other numbers, and knows the rule. So one larger
number is hidden with them, to guard them: every small one could then still be anything from one to four. Where even
that would tell too much, the table is not divided at all. Zero is shown: what happened to nobody points at nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

FEWEST = 5
"""The smallest number that is shown, zero aside."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it may be shown."""

    number: int | None
    """None when it is hidden."""
    is_small: bool = False
    """Hidden because it is one of 1 to 4; otherwise it is hidden to guard another."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A total and its parts as they may be shown."""

    total: Shown
    parts: Mapping[str, Shown]
    is_whole: bool = False
    """The parts cannot be shown without telling a small one: only the total stands."""


def is_small(number: int) -> bool:
    """Whether the number must not be shown."""
    return 0 < number < FEWEST


def shown(number: int) -> Shown:
    """A number that stands alone."""
    return Shown(None, is_small=True) if is_small(number) else Shown(number)


def divided(parts: Mapping[str, int]) -> Divided:
    """The parts of a total, which everything belongs to once; ValueError for a number below zero.

    Give them in an order that has nothing to do with how large they are: the last one that is no small number guards
    the small ones. Were it chosen by size, the choice itself would tell something about them.
    """
    if any(number < 0 for number in parts.values()):
        raise ValueError("nothing is counted below zero")
    total = sum(parts.values())
    small = {name for name, number in parts.items() if is_small(number)}
    guard = next((name for name in reversed(list(parts)) if parts[name] >= FEWEST), None) if small else None
    hidden = small | ({guard} if guard is not None else set())
    if is_small(total) or (
        small and not _keeps_the_secret(sum(parts[one] for one in hidden), len(small), guard)
    ):
        return Divided(shown(total), {}, is_whole=True)
    return Divided(
        Shown(total),
        {
            name: Shown(None, is_small=name in small) if name in hidden else Shown(number)
            for name, number in parts.items()
        },
    )


def _keeps_the_secret(known_sum: int, small: int, guard: str | None) -> bool:
    """Whether each small number could be anything from 1 to 4, for who knows the sum of all that is hidden.

    Then there is a guard, and room for it to be large enough while one small number is 4 and the others are 1.
    """
    return guard is not None and known_sum >= FEWEST + (FEWEST - 1) + (small - 1)


def share_of(names: Collection[str], table: Divided) -> tuple[int, bool] | None:
    """How many per cent these parts are of the total, rounded down, and whether that is exact; None if it says nothing.

    Only what stands in the table is used: where parts are hidden, the least that it can be is told.
    """
    total = table.total.number
    if not total or not table.parts:
        return None
    wanted = [table.parts[name] for name in names if name in table.parts]
    others = [part for name, part in table.parts.items() if name not in names]
    if all(part.number is not None for part in wanted):
        return 100 * sum(_least(part) for part in wanted) // total, True
    least = sum(_least(part) for part in wanted)
    if all(part.number is not None or part.is_small for part in others):
        least = max(least, total - sum(_most_of_small(part) for part in others))
    return 100 * least // total, False


def _least(part: Shown) -> int:
    """The least that the part can be, for who sees the table."""
    return part.number if part.number is not None else 1 if part.is_small else FEWEST


def _most_of_small(part: Shown) -> int:
    return part.number if part.number is not None else FEWEST - 1
