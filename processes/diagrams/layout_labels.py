"""Asks whether every text beside a shape or flow can be read: it has room, and nothing lies over it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from processes.diagrams.geometry import NEAR, Box
from processes.diagrams.layout_shapes import Finding
from processes.diagrams.picture import Picture
from processes.diagrams.text_size import BESIDE, LINE, fits, text_width, wrapped


@dataclass(frozen=True, slots=True)
class _Label:
    element: str
    text: str
    told: str
    box: Box

    @property
    def ink(self) -> Box:
        """The part of the box that the text covers: centred, from the top."""
        lines = wrapped(self.text, self.box.width, BESIDE)
        half = max(text_width(line, BESIDE) for line in lines) / 2
        middle = self.box.center.x
        return Box(middle - half, self.box.top, middle + half, self.box.top + len(lines) * BESIDE * LINE)


def wrong_labels(picture: Picture) -> list[Finding]:
    """Texts without a place, with too little room, outside the frame, or over a shape, a flow or another text."""
    labels, found = _labels(picture)
    for label in labels:
        if not fits(label.text, label.box.width, label.box.height, BESIDE):
            found.append((label.element, f"Texten {label.told} får inte plats i sin ruta."))
        found += _over_frames(picture, label)
        found += [
            (label.element, f"Texten {label.told} ligger över {picture.called(shape.id)}.")
            for shape in picture.shapes.values()
            if shape.touches(label.ink)
        ]
        found += [
            (label.element, f"Texten {label.told} ligger över {_lower(picture.flow_called(line))}.")
            for line in picture.lines
            if any(segment.within(label.ink.grown(-NEAR)) for segment in line.segments)
        ]
    found += [
        (one.element, f"Texterna {one.told} och {other.told} ligger över varandra.")
        for one, other in combinations(labels, 2)
        if one.ink.overlaps(other.ink)
    ]
    return found


def _labels(picture: Picture) -> tuple[list[_Label], list[Finding]]:
    labels: list[_Label] = []
    found: list[Finding] = []
    named = [
        (shape.id, shape.name, f"”{shape.name}”", shape.label)
        for shape in picture.shapes.values()
        if shape.has_text_beside
    ]
    named += [
        (line.id, line.name, f"”{line.name}” på {_lower(picture.flow_called(line))}", line.label)
        for line in picture.lines
        if line.name
    ]
    for element, text, told, box in named:
        if box is None:
            found.append((element, f"Texten {told} har ingen plats i ritningen."))
        else:
            labels.append(_Label(element, text, told, box))
    return labels, found


def _over_frames(picture: Picture, label: _Label) -> list[Finding]:
    boxes = [lane.box for lane in picture.lanes.values() if lane.box is not None]
    if not boxes or any(box.contains(label.ink) for box in boxes):
        return []
    return [(label.element, f"Texten {label.told} ligger över en banas kant.")]


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
