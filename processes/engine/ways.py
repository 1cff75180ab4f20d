"""What comes after a step of a process, read off its drawing: the next tasks and waits, and what decides between them.

Nothing is run for it: the drawing alone says what can come. What the answers and the case decide is told as a
condition, in the words of the drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from processes.engine.drawing import Drawing, Flow, Node


class AheadKind(StrEnum):
    """What can come next."""

    TASK = "task"
    WAIT = "wait"
    END = "end"


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something that can come after a step."""

    kind: AheadKind
    id: str
    name: str
    lane: str | None
    conditions: tuple[tuple[str, str], ...] = ()
    """What must be answered for it to come, first to last: the question at a fork and the answer."""
    is_joined: bool = False
    """It comes only when what goes on at the same time is done as well."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How far one has come along the arrows."""

    drawing: Drawing
    conditions: tuple[tuple[str, str], ...] = ()
    is_joined: bool = False


def ahead_of(drawings: Mapping[str, Drawing], process_key: str, step_id: str) -> tuple[Ahead, ...]:
    """What can come after the step of the drawing `process_key`, in the order of the arrows; each thing once.

    A call is followed into the called process, and its end back to every process that calls it.
    """
    return _Walk(drawings).after(process_key, step_id)


class _Walk:
    def __init__(self, drawings: Mapping[str, Drawing]) -> None:
        self._drawings = drawings
        self._found: dict[str, Ahead] = {}
        self._passed: dict[tuple[str, str], _Way] = {}

    def after(self, process_key: str, step_id: str) -> tuple[Ahead, ...]:
        drawing = self._drawings[process_key]
        self._leave(drawing.by_id[step_id], _Way(drawing))
        return tuple(self._found.values())

    def _leave(self, node: Node, way: _Way) -> None:
        flows = way.drawing.out_of(node.id)
        for flow in flows:
            decided = (
                (*way.conditions, (node.name, flow.name)) if _decides(node, flow, flows) else way.conditions
            )
            self._enter(way.drawing.by_id[flow.target], _Way(way.drawing, decided, way.is_joined))

    def _enter(self, node: Node, way: _Way) -> None:
        if node.kind == "userTask":
            self._keep(AheadKind.TASK, node, way)
        elif node.kind == "intermediateCatchEvent":
            self._keep(AheadKind.WAIT, node, way)
        else:
            before = self._passed.get((way.drawing.key, node.id))
            now = way if before is None else _shared(before, way)
            if now != before:
                self._passed[way.drawing.key, node.id] = now
                self._pass(node, now)

    def _pass(self, node: Node, way: _Way) -> None:
        """Go on past a step that nobody does and that waits for nothing."""
        if node.kind == "endEvent":
            self._end(node, way)
        elif node.called in self._drawings:
            called = self._drawings[node.called or ""]
            for start in (one for one in called.nodes if one.kind == "startEvent"):
                self._leave(start, _Way(called, way.conditions, way.is_joined))
        else:
            is_join = node.kind == "parallelGateway" and len(way.drawing.into(node.id)) > 1
            self._leave(node, _Way(way.drawing, way.conditions, way.is_joined or is_join))

    def _end(self, node: Node, way: _Way) -> None:
        """Back to where the process was called from; the end of a process that nobody calls is an end."""
        callers = [
            (drawing, call)
            for drawing in self._drawings.values()
            for call in drawing.nodes
            if call.called == way.drawing.key
        ]
        for drawing, call in callers:
            self._leave(call, _Way(drawing, way.conditions, way.is_joined))
        if not callers:
            self._keep(AheadKind.END, node, way)

    def _keep(self, kind: AheadKind, node: Node, way: _Way) -> None:
        """What can be reached in several ways is told once, with the conditions that hold for all of them."""
        known = self._found.get(node.id)
        if known is not None:
            way = _shared(_Way(way.drawing, known.conditions, known.is_joined), way)
        self._found[node.id] = Ahead(kind, node.id, node.name, node.lane, way.conditions, way.is_joined)


def _shared(one: _Way, other: _Way) -> _Way:
    """What is true whichever of the two ways one has come."""
    conditions = tuple(each for each in one.conditions if each in other.conditions)
    return _Way(other.drawing, conditions, one.is_joined and other.is_joined)


def _decides(node: Node, flow: Flow, flows: list[Flow]) -> bool:
    return node.kind == "exclusiveGateway" and len(flows) > 1 and bool(node.name and flow.name)
