"""What a BPMN file says, as plain values: the steps, the arrows between them, the lanes and the messages.

It is read without SpiffWorkflow, so that a file from any tool can be questioned (and refused in Swedish) before the
engine sees it. Nothing is judged here; whatever is missing is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from processes.engine.xml_input import BPMN, SPIFF, FileRefused, local_name, namespace, read_xml

EVENT_KINDS: Final = (
    "startEvent",
    "endEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "boundaryEvent",
)
NOT_NODES: Final = {
    "sequenceFlow", "laneSet", "documentation", "extensionElements", "textAnnotation", "association", "group",
}  # fmt: skip
"""Children of a process that are not steps and change nothing about how it runs."""


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow (sv. flöde) from one step to the next."""

    id: str
    source: str
    target: str
    name: str
    condition: str | None


@dataclass(frozen=True, slots=True)
class Node:
    """One element of a process: a task, gateway, event or call."""

    id: str
    kind: str
    """The element's BPMN name, such as `userTask`."""
    name: str
    lane: str | None
    documentation: str
    properties: Mapping[str, str]
    default: str | None
    """The flow that is taken when no condition holds."""
    definitions: tuple[str, ...]
    """For an event: what it is about, such as `messageEventDefinition`."""
    message: str | None
    timer: tuple[str, str] | None
    """Kind of timer (`timeDate`, `timeDuration`, `timeCycle`) and its expression."""
    attached_to: str | None
    interrupting: bool
    called: str | None
    decision: str | None
    script: str | None
    operation: str | None
    parameters: Mapping[str, str]
    odd: tuple[str, ...]
    """Parts inside the element that change its meaning and that we do not know."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One process of a BPMN file."""

    file: str
    key: str
    name: str
    executable: bool
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[str, ...]
    odd: tuple[str, ...] = ()
    by_id: Mapping[str, Node] = field(default_factory=dict)

    def out_of(self, node_id: str) -> list[Flow]:
        """The flows that leave the step, in the order of the file."""
        return [flow for flow in self.flows if flow.source == node_id]

    def into(self, node_id: str) -> list[Flow]:
        """The flows that reach the step."""
        return [flow for flow in self.flows if flow.target == node_id]

    def boundaries_of(self, node_id: str) -> list[Node]:
        """The events on the border of the step."""
        return [node for node in self.nodes if node.kind == "boundaryEvent" and node.attached_to == node_id]


def read_drawings(file: str, content: bytes) -> list[Drawing]:
    """Every process of the file; raises FileRefused if it is no BPMN file."""
    root = read_xml(content)
    if local_name(root) != "definitions" or namespace(root) != BPMN:
        raise FileRefused("Filen är inget BPMN-diagram.")
    messages = {
        message.get("id", ""): message.get("name", "") for message in root if _is_bpmn(message, "message")
    }
    names = {
        participant.get("processRef"): participant.get("name", "")
        for participant in root.iter(f"{{{BPMN}}}participant")
    }
    return [
        _drawing(file, process, messages, names.get(process.get("id")) or process.get("name", ""))
        for process in root
        if _is_bpmn(process, "process")
    ]


def _is_bpmn(element: Any, name: str) -> bool:
    return namespace(element) == BPMN and local_name(element) == name


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if _is_bpmn(child, name)]


def _text(elements: list[Any]) -> str:
    return (elements[0].text or "").strip() if elements else ""


def _drawing(file: str, process: Any, messages: Mapping[str, str], name: str) -> Drawing:
    lanes = {
        (reference.text or "").strip(): lane.get("name") or None
        for lane in process.iter(f"{{{BPMN}}}lane")
        for reference in _children(lane, "flowNodeRef")
    }
    nodes = tuple(
        _node(element, lanes, messages)
        for element in process
        if namespace(element) == BPMN and local_name(element) not in NOT_NODES
    )
    return Drawing(
        file=file,
        key=process.get("id", ""),
        name=name,
        executable=process.get("isExecutable", "true") == "true",
        nodes=nodes,
        flows=tuple(_flow(element) for element in _children(process, "sequenceFlow")),
        lanes=tuple(lane.get("name", "") for lane in process.iter(f"{{{BPMN}}}lane")),
        odd=_nested_lanes(process),
        by_id={node.id: node for node in nodes},
    )


def _nested_lanes(process: Any) -> tuple[str, ...]:
    return ("childLaneSet",) if next(process.iter(f"{{{BPMN}}}childLaneSet"), None) is not None else ()


def _flow(element: Any) -> Flow:
    conditions = _children(element, "conditionExpression")
    return Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        name=element.get("name", ""),
        condition=_text(conditions) if conditions else None,
    )


_KNOWN_PARTS: Final = {"documentation", "extensionElements", "incoming", "outgoing", "script"}


def _node(element: Any, lanes: Mapping[str, str | None], messages: Mapping[str, str]) -> Node:
    definitions = [child for child in element if local_name(child).endswith("EventDefinition")]
    parts = [local_name(child) for child in element if child not in definitions]
    extension = _extension(element)
    return Node(
        id=element.get("id", ""),
        kind=local_name(element),
        name=" ".join(element.get("name", "").split()),
        lane=lanes.get(element.get("id", "")),
        documentation=_text(_children(element, "documentation")),
        properties=_properties(extension),
        default=element.get("default"),
        definitions=tuple(local_name(child) for child in definitions),
        message=_message(element, definitions, messages),
        timer=_timer(definitions),
        attached_to=element.get("attachedToRef"),
        interrupting=element.get("cancelActivity", "true").lower() == "true",
        called=element.get("calledElement"),
        decision=next(
            (_text([child]) for child in extension if local_name(child) == "calledDecisionId"), None
        ),
        script=_text(_children(element, "script")) or None,
        operation=next((c.get("id", "") for c in extension if local_name(c) == "serviceTaskOperator"), None),
        parameters=_parameters(extension),
        odd=tuple(part for part in parts if part not in _KNOWN_PARTS) + _odd_extensions(extension, element),
    )


def _extension(element: Any) -> list[Any]:
    return [
        child
        for extension in _children(element, "extensionElements")
        for child in extension
        if namespace(child) == SPIFF
    ]


_KNOWN_EXTENSIONS: Final = {"properties", "serviceTaskOperator", "calledDecisionId"}


def _odd_extensions(extension: list[Any], element: Any) -> tuple[str, ...]:
    odd = [local_name(child) for child in extension if local_name(child) not in _KNOWN_EXTENSIONS]
    if element.get("isForCompensation", "false") == "true":
        odd.append("isForCompensation")
    if element.get("triggeredByEvent", "false") == "true":
        odd.append("triggeredByEvent")
    if element.get("parallelMultiple", "false") == "true":
        odd.append("parallelMultiple")
    return tuple(odd)


def _properties(extension: list[Any]) -> dict[str, str]:
    return {
        item.get("name", ""): item.get("value", "")
        for child in extension
        if local_name(child) == "properties"
        for item in child
    }


def _parameters(extension: list[Any]) -> dict[str, str]:
    return {
        item.get("id", ""): item.get("value", "")
        for child in extension
        if local_name(child) == "serviceTaskOperator"
        for item in child.iter(f"{{{SPIFF}}}parameter")
    }


def _message(element: Any, definitions: list[Any], messages: Mapping[str, str]) -> str | None:
    """The name of the message; an empty text if it is referred to but missing or nameless."""
    for definition in definitions:
        if local_name(definition) == "messageEventDefinition":
            return messages.get(definition.get("messageRef", ""), "")
    reference = element.get("messageRef")
    return None if reference is None else messages.get(reference, "")


def _timer(definitions: list[Any]) -> tuple[str, str] | None:
    for definition in definitions:
        if local_name(definition) == "timerEventDefinition":
            kinds = [child for child in definition if local_name(child).startswith("time")]
            return (local_name(kinds[0]), _text(kinds)) if kinds else ("", "")
    return None
