"""The cells of a decision table: a small part of FEEL, the language that people who draw decision tables know.

A cell is `-` (anything), a text in double quotes, a number, `true`/`false`/`null`, a comparison (`< 10`, `>= 3`), a
range (`[10..20]`, `]10..20]`, `(10..20)`), several of these with commas between (one of them must hold), or `not(...)`
around them. As in conditions, `false` also means "not known". The library would read the cell as Python, where
`"a","b"` and `not("a")` silently never match.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from processes.engine.operators import Value, is_number, same

LONGEST_CELL: Final = 500
"""Characters in one cell."""
_NUMBER: Final = r"-?\d{1,15}(?:\.\d{1,6})?"
_PART: Final = re.compile(
    rf"""\s*(?:
        "(?P<text>[^"\\\n\r]*)"
      | (?P<word>true|false|null)\b
      | (?P<open>[\[\](])\s*(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})\s*(?P<close>[\[\])])
      | (?P<sign><=|>=|<|>)\s*(?P<bound>{_NUMBER})
      | (?P<number>{_NUMBER})
    )\s*""",
    re.VERBOSE,
)
_WORDS: Final[dict[str, Value]] = {"true": True, "false": False, "null": None}


class CellRefused(Exception):
    """The cell is not of the part of FEEL that we read; the message is Swedish."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A condition on one input: whether a value fits, and the values it mentions."""

    text: str
    fits: Callable[[Value], bool]
    mentions: tuple[Value, ...]


ANYTHING: Final = Cell("-", lambda _value: True, ())


def read_cell(text: str) -> Cell:
    """Read an input cell; raises CellRefused."""
    text = text.strip()
    if text in {"", "-"}:
        return ANYTHING
    if len(text) > LONGEST_CELL:
        raise CellRefused(f"cellen är längre än {LONGEST_CELL} tecken")
    negated = re.fullmatch(r"not\s*\((.*)\)", text, re.DOTALL)
    parts = _read_parts(negated[1] if negated else text)
    wanted = negated is None
    mentions = tuple(mention for part in parts for mention in part.mentions)
    if wanted and len(parts) == 1:
        return Cell(text, parts[0].fits, mentions)
    return Cell(text, lambda value: any(part.fits(value) for part in parts) is wanted, mentions)


def read_number(text: str) -> int | float:
    """The number that the text means."""
    return float(text) if "." in text else int(text)


def _read_parts(text: str) -> list[Cell]:
    parts, at = [], 0
    while True:
        found = _PART.match(text, at)
        if found is None:
            raise CellRefused(f"”{text[at : at + 40].strip()}” går inte att läsa i en beslutstabell")
        parts.append(_part(found))
        at = found.end()
        if at == len(text):
            return parts
        if text[at] != ",":
            raise CellRefused(f"”{text[at : at + 40].strip()}” går inte att läsa i en beslutstabell")
        at += 1


def _part(found: re.Match[str]) -> Cell:
    if found["sign"] is not None:
        return _comparison(found["sign"], read_number(found["bound"]))
    if found["open"] is not None:
        return _range(found)
    value: Value
    if found["text"] is not None:
        value = found["text"]
    elif found["word"] is not None:
        value = _WORDS[found["word"]]
    else:
        value = read_number(found["number"])
    return Cell(found[0], lambda other: same(other, value) or (value is False and other is None), (value,))


def _comparison(sign: str, bound: float) -> Cell:
    compare: dict[str, Callable[[int | float], bool]] = {
        "<": lambda number: number < bound,
        "<=": lambda number: number <= bound,
        ">": lambda number: number > bound,
        ">=": lambda number: number >= bound,
    }
    return Cell(sign, _on_numbers(compare[sign]), (bound,))


def _range(found: re.Match[str]) -> Cell:
    low, high = read_number(found["low"]), read_number(found["high"])
    if low > high:
        raise CellRefused(f"i ”{found[0].strip()}” är den första gränsen större än den andra")
    above = _comparison(">=" if found["open"] == "[" else ">", low)
    below = _comparison("<=" if found["close"] == "]" else "<", high)
    return Cell(found[0], lambda value: above.fits(value) and below.fits(value), (low, high))


def _on_numbers(holds: Callable[[int | float], bool]) -> Callable[[Value], bool]:
    def fits(value: Value) -> bool:
        return isinstance(value, int | float) and is_number(value) and holds(value)

    return fits
