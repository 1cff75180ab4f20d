"""Estimates how much room a text takes in a diagram, as the browser draws it in Arial.

The widths are those of the typeface, in thousandths of its size; an unknown character counts as a wide one.
"""

from __future__ import annotations

import math
import re
from typing import Final

INSIDE: Final = 12
"""Size in pixels of the text inside a task."""
BESIDE: Final = 11
"""Size in pixels of the text beside an event, a gateway or a flow."""
LINE: Final = 1.2
"""Height of a line, in sizes of the text."""

_CHARACTERS: Final = {
    191: "'",
    222: "ijl",
    278: " !,./:;I[]ft\\",
    333: "()-r`”“",
    355: '"',
    389: "*",
    500: "ckvxyszJ",
    556: "#$0123456789?abdeghnopquLåäöéüà_–",
    584: "+<=>",
    611: "FTZ",
    667: "&ABEKPSVXYÅÄ",
    722: "CDHNRUw",
    778: "GOQÖ",
    833: "Mm",
    889: "%",
    944: "W",
}
_WIDTHS: Final = {character: width for width, characters in _CHARACTERS.items() for character in characters}
_WIDEST: Final = 1015


def text_width(text: str, size: int) -> float:
    """Pixels that one line of text is wide."""
    return sum(_WIDTHS.get(character, _WIDEST) for character in text) * size / 1000


def wrapped(text: str, width: float, size: int) -> list[str]:
    """The lines into which bpmn-js breaks the text so that each fits in `width` pixels.

    It breaks at blanks and hyphens, guessing from the number of characters, so that a line can come out shorter than
    it need be; a word that is too long is cut.
    """
    lines: list[str] = []
    waiting = text.split("\n")
    while waiting:
        whole = waiting.pop(0)
        line = whole
        while len(line) > 1 and text_width(line.rstrip(), size) > width:
            line = _shortened(line, max(len(line) * width / text_width(line.rstrip(), size), 1))
        if len(line) < len(whole):
            waiting.insert(0, whole[len(line) :].strip())
        lines.append(line.rstrip())
    return lines


def _shortened(line: str, length: float) -> str:
    """The beginning of the line, up to a break, that has fewer characters than `length`."""
    parts = re.split(r"(\s|-)", line)
    kept: list[str] = []
    for part in parts if len(parts) > 1 else []:
        if not part:
            break
        if sum(map(len, kept)) + len(part) >= length:
            if part == "-":
                kept = kept[:-1]
            break
        kept.append(part)
    return "".join(kept) or line[: max(math.floor(length - 0.5), 1)]


def fits(text: str, width: float, height: float, size: int) -> bool:
    """Whether the text, broken into lines without cutting a word, fits in a box."""
    lines = wrapped(text, width, size)
    uncut = re.split(r"[\s-]+", " ".join(lines).strip()) == re.split(r"[\s-]+", text.strip())
    return uncut and len(lines) * size * LINE <= height + 1
