"""Makes a log tamper-evident: every row carries a fingerprint of itself and of the row before it.

Whoever changes, removes or slips in a row breaks the chain from there on, and `flaws_in` says where. Somebody who may
write to the database could compute the whole chain anew; against that the newest fingerprint is kept elsewhere (on
paper, in another system) and given to `kvarboende log verify --anchor`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64
"""What the first row of every chain follows on."""


@dataclass(frozen=True, slots=True)
class Link:
    """A row of a log as it was found: its place in the chain, what it says, and the fingerprint it carries."""

    number: int
    content: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class End:
    """What the chain is known to end with: how many rows, and the fingerprint of the last."""

    length: int = 0
    hash: str = START


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is wrong with a chain, and where."""

    chain: str
    number: int
    said: str

    def __str__(self) -> str:
        return f"{self.chain}, row {self.number}: {self.said}"


def fingerprint(previous: str, chain: str, number: int, content: Mapping[str, Any]) -> str:
    """SHA-256 in hex over the previous row's fingerprint, the place in the chain and all that the row says.

    `content` is JSON; the order of its keys does not matter.
    """
    said = json.dumps([previous, chain, number, content], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def flaws_in(chain: str, links: Iterable[Link], end: End) -> Iterator[Flaw]:
    """Walk a chain in the order of its numbers; a chain that nobody has touched has no flaws."""
    previous: str | None = START
    expected = 1
    for link in links:
        if link.number < expected:
            yield Flaw(chain, link.number, "was inserted: the chain has no place for it")
            continue
        if link.number > expected:
            yield Flaw(chain, expected, _missing(expected, link.number - 1))
            previous = None  # what the row follows on is gone, so that it cannot be checked
        if previous is not None and fingerprint(previous, chain, link.number, link.content) != link.hash:
            yield Flaw(chain, link.number, "was changed, or the row before it was changed and sealed anew")
        previous, expected = link.hash, link.number + 1
    yield from _flaws_at_the_end(chain, expected - 1, previous, end)


def _flaws_at_the_end(chain: str, length: int, last: str | None, end: End) -> Iterator[Flaw]:
    if length < end.length:
        yield Flaw(chain, length + 1, _missing(length + 1, end.length))
    elif length > end.length:
        yield Flaw(chain, end.length + 1, f"was inserted: the chain ends with row {end.length}")
    elif last != end.hash:
        yield Flaw(chain, length, "is not the row that the chain is known to end with")


def _missing(first: int, last: int) -> str:
    return "is missing" if first == last else f"to row {last} are missing"


def systematic_sample(count: int, size: int, seed: str) -> list[int]:
    """Which of `count` rows in a row are looked at: every so many, from a start that the seed decides (from 0).

    The same seed gives the same rows, so that anybody can draw the sample again. All rows if there are no more.
    """
    if size >= count:
        return list(range(count))
    start = int(hashlib.sha256(seed.encode()).hexdigest(), 16)
    return sorted({(start % count + position * count // size) % count for position in range(size)})
