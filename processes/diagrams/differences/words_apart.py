"""Puts two values beside each other word by word, so that a reader sees at once which words have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 2_000
"""In a longer value the words are not told apart."""
LEAST_ALIKE = 0.3
"""Below this the values have too little in common to be read word by word."""
_WORDS = re.compile(r"\s+|[^\s\w]+|\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a value, and whether the other value has it too."""

    text: str
    is_changed: bool


def words_apart(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both values in pieces; everything has changed where one is empty or they have little in common."""
    was, now = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if not was or not now or len(was) + len(now) > MOST_WORDS or matcher.quick_ratio() < LEAST_ALIKE:
        return _whole(before), _whole(after)
    codes = matcher.get_opcodes()
    return (
        list(_joined([("".join(was[i:j]), tag != "equal") for tag, i, j, _, _ in codes])),
        list(_joined([("".join(now[k:m]), tag != "equal") for tag, _, _, k, m in codes])),
    )


def _whole(text: str) -> list[Piece]:
    return [Piece(text, is_changed=True)] if text else []


def _joined(pieces: list[tuple[str, bool]]) -> Iterator[Piece]:
    """Without empty pieces, and with neighbours of the same sort as one."""
    text, state = "", False
    for part, is_changed in pieces:
        if part and is_changed != state and text:
            yield Piece(text, state)
            text = ""
        state = is_changed if part else state
        text += part
    if text:
        yield Piece(text, state)
