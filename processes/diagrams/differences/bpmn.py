"""What a BPMN file says, as parts that can be compared: its process, lanes, steps, flows and notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from processes.diagrams.differences.parts import Part, Said, said, unquoted
from processes.diagrams.differences.xml_meaning import is_bare, meaning_of, shown, without
from processes.diagrams.words import (
    DEFINITIONS,
    PROPERTIES,
    SORTS,
    called,
    due_rule_in_words,
    event_in_words,
    flow_called,
    gate_in_words,
    instant_in_words,
)
from processes.engine.drawing import NOT_NODES, Drawing, Node, read_drawings
from processes.engine.xml_input import BPMN, SPIFF, local_name, namespace, read_xml

_READ_ATTRIBUTES: Final = (
    "id", "name", "default", "attachedToRef", "cancelActivity", "calledElement", "messageRef", "sourceRef", "targetRef",
)  # fmt: skip
_READ_CHILDREN: Final = tuple((BPMN, name) for name in ("documentation", "incoming", "outgoing", "script"))
_READ_EXTENSIONS: Final = tuple(
    (SPIFF, name) for name in ("properties", "serviceTaskOperator", "calledDecisionId")
)
_READ_OF_PROCESS: Final = ("sequenceFlow", "laneSet", "documentation", "extensionElements")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a BPMN file says, apart from where things are drawn."""

    parts: Mapping[str, Part]
    flows: Mapping[str, Part]
    ends: Mapping[str, tuple[str, str]]
    """By flow: where it comes from and where it goes."""
    lanes: Mapping[str, str]
    """Name by id."""
    names: Mapping[str, str]
    """What a person calls each element."""


def read_sheet(path: str, content: bytes, lane_names: Mapping[str, str] | None = None) -> Sheet:
    """What the file says; raises FileRefused if it is no BPMN file. `lane_names` are newer names of its lanes."""
    drawings = read_drawings(path, content)
    root = read_xml(content)
    parts: dict[str, Part] = {}
    flows: dict[str, Part] = {}
    names: dict[str, str] = {}
    for drawing, process in zip(drawings, root.iterchildren(f"{{{BPMN}}}process"), strict=True):
        names |= {node.id: called(drawing, node) for node in drawing.nodes}
        elements = _by_id(process)
        parts[drawing.key] = _process(drawing, process, root)
        parts |= {lane.get("id", ""): _lane(lane) for lane in process.iter(f"{{{BPMN}}}lane")}
        renamed = lane_names or {}
        parts |= {
            key: _step(drawing, node, element, names, renamed)
            for (key, element), node in zip(elements.items(), drawing.nodes, strict=True)
        }
        parts |= dict(_notes(process))
        flows |= dict(_flows(drawing, process, names))
    parts |= dict(_rest(root))
    every_flow = [(drawing, flow) for drawing in drawings for flow in drawing.flows]
    return Sheet(
        parts=parts,
        flows=flows,
        ends={flow.id: (flow.source, flow.target) for _, flow in every_flow},
        lanes={lane.get("id", ""): lane.get("name", "") for lane in root.iter(f"{{{BPMN}}}lane")},
        names={**names, **{key: part.called for key, part in flows.items()}},
    )


def _by_id(process: Any) -> dict[str, Any]:
    """The elements that are steps; a second one with the same id is told apart by its number."""
    found: dict[str, Any] = {}
    for element in process:
        if namespace(element) == BPMN and local_name(element) not in NOT_NODES:
            found[_free_key(element.get("id", ""), found)] = element
    return found


def _free_key(key: str, taken: Mapping[str, Any]) -> str:
    number = 2
    free = key
    while free in taken:
        free, number = f"{key} ({number})", number + 1
    return free


def _process(drawing: Drawing, process: Any, root: Any) -> Part:
    participants = [
        without(one, attributes=("id", "name", "processRef"))
        for one in root.iter(f"{{{BPMN}}}participant")
        if one.get("processRef") == drawing.key
    ]
    bare = without(process, attributes=("id", "name", "isExecutable"))
    for child in list(bare):
        if local_name(child) != "extensionElements":
            bare.remove(child)
    says = {
        "Namnet": said(drawing.name),
        "Processens eget namn": said(process.get("name")),
        "Beskrivningen": said(_documentation(process)),
        "Möjligheten att köra": Said(drawing.executable, "ja" if drawing.executable else "nej"),
        "Övrigt": _left([bare, *participants]),
    }
    return Part("process", f"”{drawing.name or drawing.key}”", says)


def _documentation(element: Any) -> str:
    found = [child for child in element if namespace(child) == BPMN and local_name(child) == "documentation"]
    return "\n".join(" ".join((child.text or "").split()) for child in found)


def _lane(lane: Any) -> Part:
    bare = without(lane, attributes=("id", "name"), children=[(BPMN, "flowNodeRef")])
    return Part(
        "bana", f"”{lane.get('name', '')}”", {"Namnet": said(lane.get("name")), "Övrigt": _left([bare])}
    )


def _step(
    drawing: Drawing, node: Node, element: Any, names: Mapping[str, str], renamed: Mapping[str, str]
) -> Part:
    lane = renamed.get(node.lane or "", node.lane or "")
    kinds = [DEFINITIONS.get(kind, kind) for kind in node.definitions]
    says = {
        "Slaget av steg": Said(node.kind, SORTS.get(node.kind, node.kind)),
        "Namnet": said(node.name),
        "Banan": said(lane),
        "Beskrivningen": said(_documentation(element)),
        "Slaget av händelse": said(", ".join(kinds)),
        "Händelsen som väntas": Said(node.message, event_in_words(node.message)),
        "Tidpunkten": Said(node.timer, " ".join(filter(None, _timer(node)))),
        "Steget som händelsen sitter på": Said(
            node.attached_to, unquoted(names.get(node.attached_to or "", ""))
        ),
        "Den anropade processen": said(node.called),
        "Beslutstabellen": said(node.decision),
        "Uträkningen": said(node.script),
        "Vad systemet gör": said(node.operation),
        "Vägen när inget villkor gäller": _default(drawing, node, names),
        "Övrigt": _left([_residual(element)]),
    }
    if node.kind == "boundaryEvent":
        says["Avbrottet av steget"] = Said(node.interrupting, "ja" if node.interrupting else "nej")
    for name, value in node.properties.items():
        in_words = {"due": due_rule_in_words, "gate": gate_in_words}.get(name, str)
        says[PROPERTIES.get(name, f"Egenskapen {name}")] = Said(value, in_words(value))
    for name, value in node.parameters.items():
        says[f"Parametern {name}"] = Said(value, value)
    orders: dict[str, dict[str, str]] = {}
    if node.kind == "exclusiveGateway":
        tried = {f"{flow.target} {flow.condition}": flow.condition or "" for flow in drawing.out_of(node.id)}
        orders["Ordningen som villkoren prövas i"] = {way: told for way, told in tried.items() if told}
    return Part(SORTS.get(node.kind, node.kind), called(drawing, node), says, _in_short(node), orders)


def _timer(node: Node) -> tuple[str, str]:
    kinds = {"timeDate": "", "timeDuration": "efter", "timeCycle": "upprepat"}
    kind, text = node.timer or ("timeDate", "")
    return kinds.get(kind, kind), instant_in_words(text) if kind == "timeDate" else text


def _default(drawing: Drawing, node: Node, names: Mapping[str, str]) -> Said:
    target = next((flow.target for flow in drawing.flows if flow.id == node.default), None)
    if node.default is None:
        return Said(None, "")
    return Said(target or node.default, unquoted(names.get(target or "", node.default)))


def _in_short(node: Node) -> str:
    """The lane and what the step is about, for somebody who has not seen it."""
    about = (
        event_in_words(node.message)
        or (node.timer or ("", ""))[1]
        or node.called
        or node.decision
        or node.operation
    )
    return " · ".join(part for part in (node.lane, about) if part)


def _residual(element: Any) -> Any:
    """The step without what is compared by name."""
    left = without(element, attributes=_READ_ATTRIBUTES, children=_READ_CHILDREN)
    for child in list(left):
        if local_name(child) == "extensionElements":
            for extension in list(child):
                if (namespace(extension), local_name(extension)) in _READ_EXTENSIONS:
                    child.remove(extension)
        elif local_name(child).endswith("EventDefinition"):
            child.attrib.pop("id", None)
            child.attrib.pop("messageRef", None)
            for timer in [one for one in child if local_name(one).startswith("time")]:
                child.remove(timer)
        else:
            continue
        if is_bare(child):
            left.remove(child)
    return left


def _left(elements: list[Any]) -> Said:
    """What is left of the elements once all that is compared by name has been taken away."""
    full = [element for element in elements if not is_bare(element)]
    if not full:
        return Said(None, "")
    meaning = tuple(meaning_of(element)[1:] for element in full)
    return Said(meaning, "; ".join(shown(element) for element in full))


def _notes(process: Any) -> Iterator[tuple[str, Part]]:
    """Notes, the threads to them, and groups: they change nothing about how a case goes, but they are read."""
    for element in process:
        kind = local_name(element)
        if namespace(element) != BPMN or kind not in ("textAnnotation", "association", "group"):
            continue
        text = " ".join("".join(element.itertext()).split())
        bare = without(element, attributes=("id",), children=[(BPMN, "text")])
        says = {"Texten": said(text), "Övrigt": _left([bare])}
        name = f"”{text}”" if text else f"{SORTS.get(kind, kind).capitalize()} {element.get('id', '')}"
        yield element.get("id", ""), Part(SORTS.get(kind, kind), name, says)


def _flows(drawing: Drawing, process: Any, names: Mapping[str, str]) -> Iterator[tuple[str, Part]]:
    elements = list(process.iterchildren(f"{{{BPMN}}}sequenceFlow"))
    for flow, element in zip(drawing.flows, elements, strict=True):
        source, target = (names.get(end, end or "ingenting") for end in (flow.source, flow.target))
        shown_way = " → ".join(unquoted(end) for end in (source, target))
        bare = without(element, attributes=_READ_ATTRIBUTES, children=[(BPMN, "conditionExpression")])
        says = {
            "Vägen": Said((flow.source, flow.target), shown_way),
            "Namnet": said(" ".join(flow.name.split())),
            "Villkoret": said(flow.condition),
            "Beskrivningen": said(_documentation(element)),
            "Övrigt": _left([without(bare, children=[(BPMN, "documentation")])]),
        }
        yield flow.id, Part("flöde", flow_called(drawing, flow), says, content=flow.condition or "")


def _rest(root: Any) -> Iterator[tuple[str, Part]]:
    """Whatever else stands in the file beside its processes, its messages and its drawing."""
    kept = []
    for element in root:
        kind = local_name(element)
        if namespace(element) != BPMN or kind in ("process", "message"):
            continue
        known = [(BPMN, "participant")] if kind == "collaboration" else []
        left = without(element, attributes=("id", "name") if known else (), children=known)
        if known and is_bare(left):
            continue
        kept.append(left)
    if kept:
        yield "", Part("fil", "filen", {"Övrigt": _left(kept)})
