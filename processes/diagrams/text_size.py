"""Estimates how much room a text takes in a diagram, as the browser draws it in Arial.

The widths are those of the typeface, in thousandths of its size; an unknown character counts as a wide one.
"""

from __future__ import annotations

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
    """The lines into which the text is broken so that each fits in `width` pixels; a word is never broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and text_width(longer, size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def fits(text: str, width: float, height: float, size: int) -> bool:
    """Whether the text, broken into lines, fits in a box."""
    lines = wrapped(text, width, size)
    return max(text_width(line, size) for line in lines) <= width and len(lines) * size * LINE <= height + 1
