"""What a BPMN file says about how the process is drawn: the place of each shape, line and label.

Nothing is judged here; an element that the drawing part of the file says nothing readable about has no place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from processes.diagrams.geometry import Box, Point, Segment, segments
from processes.engine.xml_input import BPMN, local_name, namespace, read_xml

_DRAWN: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
_NOT_SHAPES: Final = {"sequenceFlow", "association", "laneSet", "documentation", "extensionElements", "group"}
_LABELLED: Final = {
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "exclusiveGateway", "parallelGateway", "eventBasedGateway", "inclusiveGateway",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A step of the process as it is drawn."""

    id: str
    kind: str
    """The element's BPMN name, such as `userTask`."""
    name: str
    box: Box | None
    label: Box | None
    lane: str | None
    """Id of the lane that the step belongs to."""
    host: str | None
    """For an event on a step's border: that step."""

    @property
    def is_round(self) -> bool:
        return self.kind.endswith("Event")

    @property
    def is_diamond(self) -> bool:
        return self.kind.endswith("Gateway")

    @property
    def is_note(self) -> bool:
        return self.kind == "textAnnotation"

    @property
    def has_text_beside(self) -> bool:
        """Whether the name stands beside the shape and not in it."""
        return bool(self.name) and self.kind in _LABELLED

    def touches(self, box: Box) -> bool:
        """Whether the box lies over the outline of the shape: circle, diamond or rectangle."""
        if self.box is None:
            return False
        if not (self.is_round or self.is_diamond):
            return self.box.overlaps(box)
        center, radius = self.box.center, self.box.width / 2
        across = max(box.left - center.x, center.x - box.right, 0)
        along = max(box.top - center.y, center.y - box.bottom, 0)
        return across + along < radius if self.is_diamond else math.hypot(across, along) < radius


@dataclass(frozen=True, slots=True)
class Line:
    """A flow as it is drawn, or the thread from a note to what it is about."""

    id: str
    source: str
    target: str
    name: str
    points: tuple[Point, ...]
    label: Box | None
    is_flow: bool

    @property
    def segments(self) -> list[Segment]:
        return list(segments(self.points))


@dataclass(frozen=True, slots=True)
class Frame:
    """A lane or the pool around all lanes."""

    id: str
    name: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole diagram."""

    shapes: Mapping[str, Shape]
    lines: tuple[Line, ...]
    lanes: Mapping[str, Frame]
    pools: tuple[Frame, ...]

    def called(self, element: str) -> str:
        """What a person calls the step: its name in Swedish quotation marks, or its id."""
        shape = self.shapes.get(element)
        return f"”{shape.name}”" if shape and shape.name else element

    def flow_called(self, line: Line) -> str:
        """What a person calls the flow: by its ends, and its name if it has one."""
        name = f" ”{line.name}”" if line.name else ""
        return f"Flödet{name} från {self.called(line.source)} till {self.called(line.target)}"


def read_picture(content: bytes) -> Picture:
    """The drawing in a BPMN file; raises FileRefused if the file cannot be read."""
    root = read_xml(content)
    drawn = {
        element.get("bpmnElement", ""): element
        for element in root.iter(f"{{{_DRAWN}}}BPMNShape", f"{{{_DRAWN}}}BPMNEdge")
    }
    lanes = list(root.iter(f"{{{BPMN}}}lane"))
    lane_of = {
        (reference.text or "").strip(): lane.get("id", "")
        for lane in lanes
        for reference in lane.iter(f"{{{BPMN}}}flowNodeRef")
    }
    elements = [element for process in root.iter(f"{{{BPMN}}}process") for element in process]
    steps = [e for e in elements if namespace(e) == BPMN and local_name(e) not in _NOT_SHAPES]
    threads = [e for e in elements if local_name(e) in {"sequenceFlow", "association"}]
    return Picture(
        shapes={element.get("id", ""): _shape(element, drawn, lane_of) for element in steps},
        lines=tuple(_line(element, drawn) for element in threads),
        lanes={lane.get("id", ""): _frame(lane, drawn) for lane in lanes},
        pools=tuple(_frame(pool, drawn) for pool in root.iter(f"{{{BPMN}}}participant")),
    )


def _shape(element: Any, drawn: Mapping[str, Any], lane_of: Mapping[str, str]) -> Shape:
    place = drawn.get(element.get("id", ""))
    host = element.get("attachedToRef")
    return Shape(
        id=element.get("id", ""),
        kind=local_name(element),
        name=" ".join(element.get("name", "").split()) or _note_text(element),
        box=_bounds(place),
        label=_label(place),
        lane=lane_of.get(element.get("id", "")) or lane_of.get(host or ""),
        host=host,
    )


def _note_text(element: Any) -> str:
    return " ".join((element.findtext(f"{{{BPMN}}}text") or "").split())


def _line(element: Any, drawn: Mapping[str, Any]) -> Line:
    place = drawn.get(element.get("id", ""))
    points = (
        [_point(child) for child in place if local_name(child) == "waypoint"] if place is not None else []
    )
    return Line(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        name=" ".join(element.get("name", "").split()),
        points=tuple(point for point in points if point is not None) if None not in points else (),
        label=_label(place),
        is_flow=local_name(element) == "sequenceFlow",
    )


def _frame(element: Any, drawn: Mapping[str, Any]) -> Frame:
    return Frame(element.get("id", ""), element.get("name", ""), _bounds(drawn.get(element.get("id", ""))))


def _bounds(place: Any) -> Box | None:
    if place is None:
        return None
    bounds = next((child for child in place if local_name(child) == "Bounds"), None)
    numbers = _numbers(bounds, "x", "y", "width", "height")
    if numbers is None or numbers[2] <= 0 or numbers[3] <= 0:
        return None
    x, y, width, height = numbers
    return Box(x, y, x + width, y + height)


def _label(place: Any) -> Box | None:
    return None if place is None else _bounds(next((c for c in place if local_name(c) == "BPMNLabel"), None))


def _point(waypoint: Any) -> Point | None:
    numbers = _numbers(waypoint, "x", "y")
    return None if numbers is None else Point(numbers[0], numbers[1])


def _numbers(element: Any, *names: str) -> list[float] | None:
    """The attributes as numbers; None if one is missing or no number that can be drawn."""
    if element is None:
        return None
    try:
        numbers = [float(element.get(name, "nan")) for name in names]
    except ValueError:
        return None
    return numbers if all(abs(number) < 1e6 for number in numbers) else None
