"""Asks whether every step is drawn, in its own lane, clear of the others, with room for its text."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from processes.diagrams.geometry import Box
from processes.diagrams.picture import Frame, Picture, Shape
from processes.diagrams.text_size import INSIDE, LINE, fits, text_width, wrapped

_PADDING: Final = 7
"""Pixels that the text keeps from each border of a task."""
_SIGN: Final = 18
"""Pixels at the bottom of a call that its sign takes; the text stands in the middle, so they are lost above too."""
_ICON: Final = 25
"""Pixels from the top and left borders that the icon of a task takes."""
_WITH_ICON: Final = {"userTask", "serviceTask", "scriptTask", "businessRuleTask"}

Finding = tuple[str, str]
"""Id of an element and what is wrong with how it is drawn."""


def wrong_shapes(picture: Picture) -> list[Finding]:
    """Steps without a place, outside their lane, on top of each other, or too small for their text."""
    found = [
        (shape.id, f"{picture.called(shape.id)} har ingen plats i ritningen.")
        for shape in picture.shapes.values()
        if shape.box is None
    ]
    found += _wrong_frames(picture)
    for shape in picture.shapes.values():
        if shape.box is not None:
            found += _wrong_place(picture, shape, shape.box)
            found += _text_without_room(picture, shape, shape.box)
    return found + _on_top_of_each_other(picture)


def _wrong_frames(picture: Picture) -> list[Finding]:
    found = [
        (frame.id, f"Banan ”{frame.name}” har ingen plats i ritningen.")
        for frame in (*picture.pools, *picture.lanes.values())
        if frame.box is None
    ]
    found += [
        (frame.id, f"Banans namn ”{frame.name}” får inte plats på höjden.")
        for frame in (*picture.pools, *picture.lanes.values())
        if frame.box is not None and text_width(frame.name, INSIDE) > frame.box.height
    ]
    drawn = [(lane, lane.box) for lane in picture.lanes.values() if lane.box is not None]
    found += [
        (lane.id, f"Banan ”{lane.name}” ligger utanför processens ram.")
        for lane, box in drawn
        if not any(pool.box is not None and pool.box.contains(box) for pool in picture.pools)
    ]
    found += [
        (one.id, f"Banorna ”{one.name}” och ”{other.name}” ligger ovanpå varandra.")
        for (one, box), (other, other_box) in combinations(drawn, 2)
        if box.overlaps(other_box)
    ]
    return found


def _wrong_place(picture: Picture, shape: Shape, box: Box) -> list[Finding]:
    frame = _frame_of(picture, shape)
    if frame is not None and frame.box is not None and not frame.box.contains(box):
        return [(shape.id, f"{picture.called(shape.id)} ligger utanför banan ”{frame.name}”.")]
    host = picture.shapes.get(shape.host or "")
    if host is not None and host.box is not None and not _on_border(box, host.box):
        return [(shape.id, f"{picture.called(shape.id)} sitter inte på kanten av {picture.called(host.id)}.")]
    return []


def _frame_of(picture: Picture, shape: Shape) -> Frame | None:
    if shape.lane is not None:
        return picture.lanes.get(shape.lane)
    return picture.pools[0] if picture.pools else None


def _on_border(box: Box, host: Box) -> bool:
    center = box.center
    return host.grown(4).holds(center) and not host.grown(-4).holds(center)


def _text_without_room(picture: Picture, shape: Shape, box: Box) -> list[Finding]:
    if shape.has_text_beside or not shape.name:
        return []
    height = box.height - (2 * _SIGN if shape.kind == "callActivity" else 0)
    if not fits(shape.name, box.width - 2 * _PADDING, height - 4, INSIDE):
        return [(shape.id, f"Texten i {picture.called(shape.id)} får inte plats i rutan.")]
    if shape.kind in _WITH_ICON and _reaches_icon(shape.name, box):
        return [(shape.id, f"Texten i {picture.called(shape.id)} når upp över tecknet i rutans hörn.")]
    return []


def _reaches_icon(text: str, box: Box) -> bool:
    """Whether a line that stands as high as the icon is so wide that it touches it; the text is centred."""
    lines = wrapped(text, box.width - 2 * _PADDING, INSIDE)
    top = (box.height - len(lines) * INSIDE * LINE) / 2
    return any(
        top + number * INSIDE * LINE < _ICON and text_width(line, INSIDE) > box.width - 2 * _ICON
        for number, line in enumerate(lines)
    )


def _on_top_of_each_other(picture: Picture) -> list[Finding]:
    drawn = [(shape, shape.box) for shape in picture.shapes.values() if shape.box is not None]
    return [
        (one.id, f"{picture.called(one.id)} och {picture.called(other.id)} ligger ovanpå varandra.")
        for (one, box), (other, other_box) in combinations(drawn, 2)
        if one.host != other.id and other.host != one.id and box.overlaps(other_box)
    ]
