"""Turns drawings into the structure that SpiffWorkflow runs, with our own kinds of steps.

The library never sees the file that somebody made: it accepts much that it then runs wrongly, looks for arrows in
places where no check would, tries conditions in the order of the boxes' y coordinates, and can hang on data objects. It
is given a plain copy that says only what the drawing says, in the order of the file, without coordinates, and only for
drawings without refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import BoundaryEventParser, IntermediateCatchEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import CallActivityParser, ConditionalGatewayParser, GatewayParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import IntermediateCatchEvent

from processes.engine import spiff_patches as _patched  # noqa: F401 - SpiffWorkflow is changed before it is used
from processes.engine.assignments import read_assignments
from processes.engine.dmn import DecisionTable
from processes.engine.drawing import Drawing, Flow, Node
from processes.engine.specs import (
    BoundaryStep,
    CallStep,
    DecisionStep,
    ExclusiveStep,
    InstantTimer,
    ParallelStep,
    ScriptStep,
    ServiceStep,
    prepare,
)
from processes.engine.xml_input import BPMN


class _Timers:
    """Reads dates as dates of ours."""

    node: Any

    def parse_timer_event(self, event: Any) -> InstantTimer:
        return InstantTimer(self.node.get("id"), event[0].text)


class _CatchParser(_Timers, IntermediateCatchEventParser):  # type: ignore[misc]
    pass


class _BoundaryParser(_Timers, BoundaryEventParser):  # type: ignore[misc]
    pass


class _NodeParser(TaskParser):  # type: ignore[misc]
    """Builds a step from what the drawing says about it."""

    @property
    def drawn(self) -> Node:
        parser: _DiagramParser = self.process_parser.parser
        return parser.nodes[self.bpmn_id]


class _ServiceParser(_NodeParser):
    def create_task(self) -> ServiceStep:
        node = self.drawn
        return ServiceStep(self.spec, node.id, node.operation or "", node.parameters, **self.bpmn_attributes)


class _ScriptParser(_NodeParser):
    def create_task(self) -> ScriptStep:
        assignments = read_assignments(self.drawn.script or "")
        return ScriptStep(self.spec, self.bpmn_id, assignments, **self.bpmn_attributes)


class _DecisionParser(_NodeParser):
    def create_task(self) -> DecisionStep:
        table = self.process_parser.parser.tables[self.drawn.decision]
        return DecisionStep(self.spec, self.bpmn_id, table, **self.bpmn_attributes)


class _DiagramParser(BpmnParser):  # type: ignore[misc]
    """The library's parser with our kinds of steps, used for one bundle and thrown away."""

    OVERRIDE_PARSER_CLASSES: ClassVar[dict[str, tuple[type, type]]] = {
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, ExclusiveStep),
        full_tag("parallelGateway"): (GatewayParser, ParallelStep),
        full_tag("callActivity"): (CallActivityParser, CallStep),
        full_tag("serviceTask"): (_ServiceParser, ServiceStep),
        full_tag("scriptTask"): (_ScriptParser, ScriptStep),
        full_tag("businessRuleTask"): (_DecisionParser, DecisionStep),
        full_tag("boundaryEvent"): (_BoundaryParser, BoundaryStep),
        full_tag("intermediateCatchEvent"): (_CatchParser, IntermediateCatchEvent),
    }

    def __init__(self, drawings: list[Drawing], tables: Mapping[str, DecisionTable]) -> None:
        super().__init__()
        self.nodes = {node.id: node for drawing in drawings for node in drawing.nodes}
        self.tables = tables


def parse_processes(
    root: str, drawings: list[Drawing], tables: Mapping[str, DecisionTable]
) -> tuple[Any, dict[str, Any]]:
    """The process to run and every process it calls, prepared to be shared."""
    parser = _DiagramParser(drawings, tables)
    for drawing in drawings:
        parser.add_bpmn_xml(_plain_copy(drawing), drawing.file)
    spec = parser.get_spec(root)
    called = parser.get_subprocess_specs(root)
    for one in (spec, *called.values()):
        prepare(one)
    return spec, called


def _plain_copy(drawing: Drawing) -> Any:
    """BPMN with nothing in it but the steps and flows of the drawing."""
    root = etree.Element(_tag("definitions"), nsmap={"bpmn": BPMN})
    for message in sorted({node.message for node in drawing.nodes if node.message}):
        etree.SubElement(root, _tag("message"), id=message, name=message)
    process = etree.SubElement(root, _tag("process"), id=drawing.key, isExecutable="true")
    for node in drawing.nodes:
        _copy_node(process, node)
    for flow in drawing.flows:
        _copy_flow(process, flow)
    return root


def _copy_node(process: Any, node: Node) -> None:
    attributes = {"default": node.default, "attachedToRef": node.attached_to, "calledElement": node.called}
    element = etree.SubElement(process, _tag(node.kind), id=node.id)
    element.attrib.update({name: value for name, value in attributes.items() if value is not None})
    if node.kind == "boundaryEvent":
        element.set("cancelActivity", "true" if node.interrupting else "false")
    for definition in node.definitions:
        event = etree.SubElement(element, _tag(definition))
        if definition == "messageEventDefinition":
            event.set("messageRef", node.message or "")
        elif node.timer is not None:
            etree.SubElement(event, _tag(node.timer[0])).text = node.timer[1]


def _copy_flow(process: Any, flow: Flow) -> None:
    element = etree.SubElement(
        process, _tag("sequenceFlow"), id=flow.id, sourceRef=flow.source, targetRef=flow.target
    )
    if flow.condition is not None:
        etree.SubElement(element, _tag("conditionExpression")).text = flow.condition


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"
