"""A process by itself: each call in it becomes one step that somebody completes, so that it can be explored quickly.

A called process is entered at one place and left at one place, so that a process and those it calls are sound
together if each is sound by itself. Exploring them together multiplies their situations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from processes.engine.bundle import Bundle, build_bundle, sound_reading, version_of
from processes.engine.drawing import Drawing, Flow, Node


def outline_of(key: str, files: Mapping[str, bytes]) -> Bundle:
    """The process without the insides of what it calls; raises DiagramRefused as `parse_bundle` does."""
    reading = sound_reading(key, files)
    own = reading.drawings[key]
    called = {node.called for node in own.nodes if node.called}
    drawings = {name: _closed(drawing) for name, drawing in reading.drawings.items() if name in called}
    return build_bundle(replace(reading, drawings={**drawings, key: own}), f"outline-{version_of(files)}")


def _closed(drawing: Drawing) -> Drawing:
    """The called process as one step; one that is drawn without an end goes on until its caller ends it."""
    start, step, end = (_node(kind, f"{name}-{drawing.key}", drawing.name) for kind, name in _PARTS)
    flows = [_flow(start, step), _flow(step, end)]
    nodes = [start, step, end]
    if not any(node.kind == "endEvent" for node in drawing.nodes):
        again = _node("exclusiveGateway", f"igen-{drawing.key}", "")
        nodes, flows = [start, again, step], [_flow(start, again), _flow(again, step), _flow(step, again)]
    return replace(drawing, nodes=tuple(nodes), flows=tuple(flows), by_id={node.id: node for node in nodes})


_PARTS = (("startEvent", "borja"), ("userTask", "genomfor"), ("endEvent", "avsluta"))


def _node(kind: str, node_id: str, name: str) -> Node:
    nothing: Mapping[str, str] = MappingProxyType({})
    return Node(
        id=node_id,
        kind=kind,
        name=name,
        lane=None,
        documentation="",
        properties=nothing,
        default=None,
        definitions=(),
        message=None,
        timer=None,
        attached_to=None,
        interrupting=True,
        called=None,
        decision=None,
        script=None,
        operation=None,
        parameters=nothing,
        odd=(),
    )


def _flow(source: Node, target: Node) -> Flow:
    return Flow(f"{source.id}-{target.id}", source.id, target.id, "", None)
