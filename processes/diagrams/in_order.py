"""Writes a diagram as text: its steps numbered in the order in which they are met, with the ways under each choice.

A step is written once. Where ways meet again the text goes on after them; where one leads back, or to a step that is
written elsewhere, it says to which number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from processes.engine.drawing import Drawing, Flow, Node


@dataclass(slots=True)
class Way:
    """One way on from a step: the steps on it, and where it leads afterwards."""

    flow: Flow | None
    """None for what begins with an event on the border of a step."""
    is_default: bool
    steps: list[WrittenStep] = field(default_factory=list)
    leads_to: str | None = None
    """Id of the step at which it goes on; None where it ends."""


@dataclass(slots=True)
class WrittenStep:
    """A step with its number."""

    number: int
    node: Node
    ways: list[Way] = field(default_factory=list)
    """What can come next, if there is more than one thing; and what begins on its border."""
    leads_to: str | None = None
    """Id of the next step, if there is exactly one."""
    goes_elsewhere: bool = False
    """The next step is not the one that stands below."""


@dataclass(frozen=True, slots=True)
class WrittenDrawing:
    """A whole diagram as text."""

    steps: tuple[WrittenStep, ...]
    numbers: Mapping[str, int]
    """The number of each step by its id."""

    def every(self) -> Iterator[WrittenStep]:
        """Each step, in the order of the text."""
        yield from _inside(self.steps)


def _inside(steps: tuple[WrittenStep, ...] | list[WrittenStep]) -> Iterator[WrittenStep]:
    for step in steps:
        yield step
        for way in step.ways:
            yield from _inside(way.steps)


def write(drawing: Drawing) -> WrittenDrawing:
    """The diagram as text; steps that nothing leads to come last."""
    writer = _Writer(drawing)
    steps: list[WrittenStep] = []
    starts = [node.id for node in drawing.nodes if node.kind == "startEvent"]
    for start in [*starts, *(node.id for node in drawing.nodes)]:
        if (
            start not in writer.numbers
            and not writer.is_seam(start)
            and drawing.by_id[start].kind != "boundaryEvent"
        ):
            steps += writer.from_here(start, None)
    return WrittenDrawing(tuple(steps), writer.numbers)


class _Writer:
    """Writes each step once, and knows where the ways of a choice meet again."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.numbers: dict[str, int] = {}
        self._meets = _meeting_places(drawing)

    def is_seam(self, node_id: str) -> bool:
        """Whether the step is only a place where ways meet: a gateway without a name and with one way on."""
        node = self.drawing.by_id[node_id]
        return node.kind == "exclusiveGateway" and not node.name and len(self._next(node_id)) == 1

    def _next(self, node_id: str) -> list[Flow]:
        return [flow for flow in self.drawing.out_of(node_id) if flow.target in self.drawing.by_id]

    def _past_seams(self, node_id: str) -> str:
        """The first real step from here on."""
        seen: set[str] = set()
        while self.is_seam(node_id) and node_id not in seen:
            seen.add(node_id)
            node_id = self._next(node_id)[0].target
        return node_id

    def from_here(self, start: str, stop: str | None) -> list[WrittenStep]:
        """The steps from `start` up to `stop`, or to one that is written already."""
        written: list[WrittenStep] = []
        here: str | None = self._past_seams(start)
        while here is not None and here != stop and here not in self.numbers:
            step = self._step(here, stop)
            written.append(step)
            here = self._goes_on(here)
            if here is not None:
                step.goes_elsewhere = step.leads_to is not None and (here == stop or here in self.numbers)
        return written

    def _step(self, node_id: str, stop: str | None) -> WrittenStep:
        node = self.drawing.by_id[node_id]
        self.numbers[node_id] = len(self.numbers) + 1
        step = WrittenStep(self.numbers[node_id], node)
        flows = self._next(node_id)
        for event in self.drawing.boundaries_of(node_id):
            step.ways.append(self._on_border(event, self._goes_on(node_id) or stop))
        if len(flows) == 1:
            step.leads_to = self._past_seams(flows[0].target)
        else:
            meeting = self._goes_on(node_id) or stop
            step.ways += [self._way(flow, node, meeting) for flow in flows]
        return step

    def _way(self, flow: Flow, node: Node, stop: str | None) -> Way:
        way = Way(flow, is_default=flow.id == node.default)
        way.steps = self.from_here(flow.target, stop)
        way.leads_to = None if way.steps else self._past_seams(flow.target)
        return way

    def _on_border(self, event: Node, stop: str | None) -> Way:
        way = Way(None, is_default=False)
        if event.id not in self.numbers:
            way.steps = self.from_here(event.id, stop)
        return way

    def _goes_on(self, node_id: str) -> str | None:
        """The step after this one: the only one there is, or the place at which its ways meet again."""
        flows = self._next(node_id)
        if len(flows) == 1:
            return self._past_seams(flows[0].target)
        meeting = self._meets.get(node_id)
        return None if meeting is None else self._past_seams(meeting)


def _meeting_places(drawing: Drawing) -> dict[str, str]:
    """For each choice the first step that lies on every way from it; nothing where some way ends by itself."""
    after = {
        node.id: [flow.target for flow in drawing.out_of(node.id) if flow.target in drawing.by_id]
        for node in drawing.nodes
    }
    everything = set(after)
    certain = {node: (set(everything) if nexts else {node}) for node, nexts in after.items()}
    changed = True
    while changed:
        changed = False
        for node, nexts in after.items():
            if nexts:
                found = {node} | set.intersection(*(certain[one] for one in nexts))
                changed = changed or found != certain[node]
                certain[node] = found
    return {
        node: nearest
        for node, nexts in after.items()
        if len(nexts) > 1
        for nearest in [_nearest(node, certain)]
        if nearest is not None
    }


def _nearest(node: str, certain: Mapping[str, set[str]]) -> str | None:
    """Of all that certainly comes after the step, what comes first: what is followed by all the others."""
    others = certain[node] - {node}
    return max(others, key=lambda one: (len(certain[one] & others), one), default=None)
