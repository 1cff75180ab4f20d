"""Finds numbers, addresses and names in running text, however somebody happened to write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTEST_TRACE = 5
"""A value with fewer signs than this, such as a flat's number, is too common a word to be searched for."""
SHORTEST_NAME = 3
IDENTITY_NUMBER = re.compile(r"\d{8}-?\d{4}")
FROM_FIRST_NUMBER = re.compile(r"\s*\d.*")


def plain(written: str) -> str:
    """The text without blanks, signs and capitals, in which two ways to write the same thing are alike."""
    return "".join(sign for sign in written.casefold() if sign.isalnum())


def traces_of(values: Iterable[str]) -> tuple[str, ...]:
    """How these numbers and addresses can stand in a text, the longest first.

    A personnummer also without its century, an address also without the town and without the number of the house.
    """
    found = set(values)
    found |= {each[2:] for each in found if IDENTITY_NUMBER.fullmatch(each)}
    found |= {part for each in found for part in (each.split(",")[0], FROM_FIRST_NUMBER.sub("", each))}
    return tuple(
        sorted(
            (each for each in found if len(plain(each)) >= SHORTEST_TRACE), key=lambda one: (-len(one), one)
        )
    )


def finder_of(traces: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the traces: with other blanks, points, dashes or capitals too."""
    ways = [
        r"[\W_]{0,3}".join(re.escape(sign) for sign in trace if sign.isalnum())
        for trace in traces
        if plain(trace)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)" if ways else r"(?!)", re.IGNORECASE)


def finder_of_name(name: str) -> re.Pattern[str]:
    """Finds the whole name, or the first name as a word of its own, also in the genitive.

    A short first name such as Bo is a word too, and is found only as it is spelled.
    """
    first = name.split(maxsplit=1)[0] if name.split() else ""
    names = {each for each in (name.strip(), first) if len(each) > 1}
    ways = [
        re.escape(each) if len(each) < SHORTEST_NAME else f"(?i:{re.escape(each)})" for each in sorted(names)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?i:s)?(?!\w)" if ways else r"(?!)")
