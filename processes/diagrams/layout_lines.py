"""Asks whether every flow can be followed with a finger: drawn from step to step, to the right, crossing nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations

from processes.diagrams.geometry import (
    NEAR,
    Box,
    Point,
    Segment,
    segments,
    without_shared_end,
    without_shared_start,
)
from processes.diagrams.layout_shapes import Finding
from processes.diagrams.picture import Line, Picture, Shape


def wrong_lines(picture: Picture) -> list[Finding]:
    """Flows that are not drawn, end in the air, go through a step, cross another flow, or run backwards."""
    found: list[Finding] = []
    before = _steps_before(picture)
    for line in picture.lines:
        if len(line.points) < 2:
            found.append((line.id, f"{picture.flow_called(line)} har ingen plats i ritningen."))
            continue
        found += _loose_ends(picture, line)
        found += _through_steps(picture, line)
        found += _backwards(picture, line, before)
    drawn = [line for line in picture.lines if len(line.points) > 1]
    for one, other in combinations(drawn, 2):
        place = _where_they_cross(picture, one, other)
        if place is not None:
            told = picture.flow_called(other)
            found.append(
                (one.id, f"{picture.flow_called(one)} korsar eller rör vid {told[0].lower()}{told[1:]}.")
            )
    return found


def _loose_ends(picture: Picture, line: Line) -> list[Finding]:
    found = []
    for element, point, verb in (
        (line.source, line.points[0], "börjar"),
        (line.target, line.points[-1], "slutar"),
    ):
        shape = picture.shapes.get(element)
        if shape is not None and shape.box is not None and not _at_border(shape.box, point):
            told = f"{picture.flow_called(line)} {verb} inte vid kanten av {picture.called(element)}."
            found.append((line.id, told))
    return found


def _at_border(box: Box, point: Point) -> bool:
    return box.grown(2 * NEAR).holds(point) and not box.grown(-2 * NEAR).holds(point)


def _through_steps(picture: Picture, line: Line) -> list[Finding]:
    return [
        (line.id, f"{picture.flow_called(line)} går genom {picture.called(shape.id)}.")
        for shape in picture.shapes.values()
        if shape.box is not None and not _belongs_together(picture, shape, line)
        if any(_enters(segment, shape, shape.box) for segment in line.segments)
    ]


def _belongs_together(picture: Picture, shape: Shape, line: Line) -> bool:
    """An end of the line may sit on the border of a step that has its own event there."""
    source = picture.shapes.get(line.source)
    return source is not None and source.host == shape.id and not _runs_inside(line, shape)


def _runs_inside(line: Line, shape: Shape) -> bool:
    return shape.box is not None and any(
        segment.within(shape.box.grown(-2 * NEAR)) is not None for segment in line.segments
    )


def _enters(segment: Segment, shape: Shape, box: Box) -> bool:
    """Whether the piece of line gets further into the shape than its border."""
    inside = segment.within(box.grown(-2 * NEAR))
    if inside is None:
        return False
    piece = inside.box
    return shape.touches(Box(piece.left - NEAR, piece.top - NEAR, piece.right + NEAR, piece.bottom + NEAR))


def _backwards(picture: Picture, line: Line, before: Mapping[str, set[str]]) -> list[Finding]:
    """A flow to the left is right only if it leads back to something that came before."""
    source, target = _column(picture, line.source), _column(picture, line.target)
    if not line.is_flow or source is None or target is None or target >= source - NEAR:
        return []
    if line.target in before[line.source]:
        return []
    return [
        (
            line.id,
            f"{picture.flow_called(line)} går åt vänster fast det inte leder tillbaka till något tidigare.",
        )
    ]


def _column(picture: Picture, element: str) -> float | None:
    shape = picture.shapes.get(element)
    if shape is not None and shape.host is not None:
        shape = picture.shapes.get(shape.host, shape)
    return shape.box.center.x if shape is not None and shape.box is not None else None


def _steps_before(picture: Picture) -> dict[str, set[str]]:
    """For every step all steps from which a path leads to it."""
    into: dict[str, set[str]] = defaultdict(set)
    for line in picture.lines:
        if line.is_flow:
            into[line.target].add(line.source)
    for shape in picture.shapes.values():
        if shape.host is not None:
            into[shape.id].add(shape.host)
    found: dict[str, set[str]] = {}
    for element in picture.shapes:
        reached: set[str] = set()
        waiting = list(into[element])
        while waiting:
            step = waiting.pop()
            if step not in reached:
                reached.add(step)
                waiting += into[step]
        found[element] = reached
    return defaultdict(set, found)


def _where_they_cross(picture: Picture, one: Line, other: Line) -> Point | None:
    """A place that two lines share though they belong to different ways; None if there is none.

    Flows may leave a gateway as one line and part later, and flows to the same step may join on the way.
    """
    mine, yours = list(one.points), list(other.points)
    allowed: list[Point] = []
    if one.source == other.source:
        mine, yours = without_shared_start(mine, yours)
        allowed += [mine[0], yours[0]] if mine[0].is_near(yours[0]) else []
    if one.target == other.target:
        mine, yours = without_shared_end(mine, yours)
        allowed += [mine[-1], yours[-1]] if mine[-1].is_near(yours[-1]) else []
    shared = {one.source, one.target} & {other.source, other.target}
    borders = [shape.box for name in shared if (shape := picture.shapes.get(name)) and shape.box is not None]
    for segment in segments(mine):
        for piece in segments(yours):
            place = segment.meets(piece)
            if place is None or any(place.is_near(point) for point in allowed):
                continue
            if (
                _is_end(place, one)
                and _is_end(place, other)
                and any(box.grown(NEAR).holds(place) for box in borders)
            ):
                continue
            return place
    return None


def _is_end(place: Point, line: Line) -> bool:
    return place.is_near(line.points[0]) or place.is_near(line.points[-1])
