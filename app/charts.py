"""Draws charts on the server: bars in tables and columns over months, as SVG that any browser and any reader can take.

A bar never stands alone: the number stands beside it as text, and what differs in kind differs in hatching besides
colour. Widths are attributes of the drawing, since the pages allow no styles on elements. Colours come from the classes
(static/supervision.css), and so follow light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

BAR_WIDTH, BAR_HEIGHT = 240, 18
COLUMN_HEIGHT, COLUMN_STEP, COLUMN_WIDTH = 120, 56, 30
LABEL_ROOM, TOP_ROOM = 20, 20
PIECE = Markup('<rect class="bar-{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>')
OPEN_BAR = Markup(
    '<svg class="bar" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true" focusable="false">'
)
OPEN_COLUMNS = Markup(
    '<svg class="columns" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
)
STUB = 6
"""How high a column of a hidden number is: there is something, and the drawing does not say how much."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: how much, and the kind that decides its colour and hatching."""

    number: int
    kind: str
    """calm, late, rest, hidden, or an age: week, month, quarter, older."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart over time."""

    label: str
    number: int | None
    """None for a number that is not told."""
    words: str
    """What stands above it."""


def hatchings() -> Markup:
    """The patterns that bars are filled with; once on every page that has bars."""
    return Markup(
        '<svg width="0" height="0" class="vh" aria-hidden="true"><defs>'
        '<pattern id="snedrandig" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="3" height="6"/></pattern>'
        '<pattern id="prickig" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect class="hatch-ground" width="6" height="6"/><circle class="hatch-dot" cx="3" cy="3" r="1.5"/></pattern>'
        "</defs></svg>"
    )


def bar(parts: Sequence[Part], most: int, width: int = BAR_WIDTH) -> Markup:
    """One bar, of pieces beside each other; `most` fills the whole width. The text beside it says what it means."""
    drawn = []
    x = 0.0
    for part in parts:
        length = width * part.number / most if most else 0
        if length:
            length = max(length, 2.0)
            drawn.append(PIECE.format(part.kind, x, 1, length, BAR_HEIGHT - 2))
            x += length + 1
    ends = max(width, int(x) + 1)
    opening = OPEN_BAR.format(ends, BAR_HEIGHT, width, BAR_HEIGHT)
    return opening + Markup("").join(drawn) + Markup("</svg>")


def columns(title: str, found: Sequence[Column]) -> Markup:
    """Columns over time; the same numbers stand in the table under it."""
    most = max((one.number or 0 for one in found), default=0) or 1
    width = max(len(found), 1) * COLUMN_STEP
    height = TOP_ROOM + COLUMN_HEIGHT + LABEL_ROOM
    drawn = [OPEN_COLUMNS.format(width, height, width, height, title)]
    ground = TOP_ROOM + COLUMN_HEIGHT
    drawn.append(Markup('<path class="axis" d="M0 {}.5H{}"/>').format(ground, width))
    for place, one in enumerate(found):
        tall = STUB if one.number is None else COLUMN_HEIGHT * one.number / most
        kind = "hidden" if one.number is None else "calm"
        middle = place * COLUMN_STEP + COLUMN_STEP // 2
        drawn.append(PIECE.format(kind, middle - COLUMN_WIDTH / 2, ground - tall, COLUMN_WIDTH, tall))
        for y, text in ((ground - tall - 6, one.words), (ground + 15, one.label)):
            drawn.append(Markup('<text x="{}" y="{:.1f}">{}</text>').format(middle, y, text))
    return Markup("").join([*drawn, Markup("</svg>")])
