"""Points, boxes and lines on the drawing surface of a diagram: what touches what.

Lengths are pixels; x grows to the right and y downwards, as in the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

NEAR: Final = 1.0
"""Pixels below which two places are the same; drawing tools round to whole pixels."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the drawing."""

    x: float
    y: float

    def is_near(self, other: Point) -> bool:
        """Whether the two are the same place, give or take the rounding."""
        return abs(self.x - other.x) <= NEAR and abs(self.y - other.y) <= NEAR


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def center(self) -> Point:
        return Point((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def grown(self, by: float) -> Box:
        """The box with its borders moved outwards (inwards if negative)."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def overlaps(self, other: Box) -> bool:
        """Whether the two have more than a border in common."""
        return (
            self.left + NEAR < other.right
            and other.left + NEAR < self.right
            and self.top + NEAR < other.bottom
            and other.top + NEAR < self.bottom
        )

    def contains(self, other: Box) -> bool:
        """Whether the other lies inside this one, on its border at most."""
        return (
            self.left <= other.left + NEAR
            and other.right <= self.right + NEAR
            and self.top <= other.top + NEAR
            and other.bottom <= self.bottom + NEAR
        )

    def holds(self, point: Point) -> bool:
        """Whether the point lies inside the box or on its border."""
        return self.contains(Box(point.x, point.y, point.x, point.y))


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of a line."""

    start: Point
    end: Point

    @property
    def box(self) -> Box:
        return Box(
            min(self.start.x, self.end.x),
            min(self.start.y, self.end.y),
            max(self.start.x, self.end.x),
            max(self.start.y, self.end.y),
        )

    def at(self, part: float) -> Point:
        """The place a part (0 to 1) of the way along."""
        return Point(
            self.start.x + (self.end.x - self.start.x) * part,
            self.start.y + (self.end.y - self.start.y) * part,
        )

    def within(self, box: Box) -> Segment | None:
        """The piece that lies inside the box, border included (Liang and Barsky); None if there is none."""
        first, last = 0.0, 1.0
        dx, dy = self.end.x - self.start.x, self.end.y - self.start.y
        for step, room in (
            (-dx, self.start.x - box.left),
            (dx, box.right - self.start.x),
            (-dy, self.start.y - box.top),
            (dy, box.bottom - self.start.y),
        ):
            if step == 0:
                if room < 0:
                    return None
            elif step < 0:
                first = max(first, room / step)
            else:
                last = min(last, room / step)
        return Segment(self.at(first), self.at(last)) if first <= last else None

    def meets(self, other: Segment) -> Point | None:
        """A place that the two have in common; None if they do not touch."""
        mine, yours = self.box.grown(NEAR), other.box
        apart = (
            mine.left > yours.right
            or mine.right < yours.left
            or mine.top > yours.bottom
            or mine.bottom < yours.top
        )
        return None if apart else _common_place(self, other)


def _common_place(one: Segment, other: Segment) -> Point | None:
    """Where two segments cross, or an end of one that lies on the other."""
    for mine, yours in ((one, other), (other, one)):
        for point in (yours.start, yours.end):
            if _lies_on(point, mine):
                return point
    ax, ay = one.end.x - one.start.x, one.end.y - one.start.y
    bx, by = other.end.x - other.start.x, other.end.y - other.start.y
    turn = ax * by - ay * bx
    if turn == 0:
        return None
    cx, cy = other.start.x - one.start.x, other.start.y - one.start.y
    part, other_part = (cx * by - cy * bx) / turn, (cx * ay - cy * ax) / turn
    return one.at(part) if 0 <= part <= 1 and 0 <= other_part <= 1 else None


def _lies_on(point: Point, segment: Segment) -> bool:
    piece = segment.within(Box(point.x, point.y, point.x, point.y).grown(NEAR))
    return piece is not None


def segments(points: Sequence[Point]) -> Iterator[Segment]:
    """The straight pieces between the points, those of no length left out."""
    for start, end in pairwise(points):
        if start != end:
            yield Segment(start, end)


def without_shared_start(one: Sequence[Point], other: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Two lines that begin together, each from where they part; unchanged if they do not begin at the same place."""
    mine, yours = list(one), list(other)
    while len(mine) > 1 and len(yours) > 1 and mine[0].is_near(yours[0]):
        if mine[1].is_near(yours[1]):
            del mine[0], yours[0]
        elif _lies_on(mine[1], Segment(yours[0], yours[1])):
            del mine[0]
            yours[0] = mine[0]
        elif _lies_on(yours[1], Segment(mine[0], mine[1])):
            del yours[0]
            mine[0] = yours[0]
        else:
            break
    return mine, yours


def without_shared_end(one: Sequence[Point], other: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Two lines that end together, each up to where they meet."""
    mine, yours = without_shared_start(list(reversed(one)), list(reversed(other)))
    return list(reversed(mine)), list(reversed(yours))
