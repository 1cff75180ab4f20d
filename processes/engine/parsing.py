"""Turns the BPMN files of a process into the structure that SpiffWorkflow runs, with our own kinds of steps.

Only files without refusals come here (see refusals): the library's parser accepts much that it then runs wrongly, and can
hang on some of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import BoundaryEventParser, IntermediateCatchEventParser
from SpiffWorkflow.bpmn.parser.task_parsers import CallActivityParser, ConditionalGatewayParser, GatewayParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag

from processes.engine import spiff_patches as _patched  # noqa: F401 - SpiffWorkflow is changed before it is used
from processes.engine.assignments import read_assignments
from processes.engine.dmn import DecisionTable
from processes.engine.drawing import Drawing, Node
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
from processes.engine.xml_input import read_xml


class _Timers:
    """Reads dates as dates of ours."""

    node: Any

    def parse_timer_event(self, _event: Any) -> InstantTimer:
        found = self.node.xpath(".//*[local-name()='timeDate']")
        return InstantTimer(self.node.get("id"), (found[0].text or "").strip())


class _CatchParser(_Timers, IntermediateCatchEventParser):  # type: ignore[misc]
    pass


class _BoundaryParser(_Timers, BoundaryEventParser):  # type: ignore[misc]
    pass


class _NodeParser(TaskParser):  # type: ignore[misc]
    """Builds a step from what the drawing says about it."""

    @property
    def drawn(self) -> Node:
        parser: DiagramParser = self.process_parser.parser
        return parser.nodes[self.bpmn_id]


class _ServiceParser(_NodeParser):
    def create_task(self) -> ServiceStep:
        node = self.drawn
        return ServiceStep(self.spec, node.id, node.operation or "", node.parameters, **self.bpmn_attributes)


class _ScriptParser(_NodeParser):
    def create_task(self) -> ScriptStep:
        return ScriptStep(
            self.spec, self.bpmn_id, read_assignments(self.drawn.script or ""), **self.bpmn_attributes
        )


class _DecisionParser(_NodeParser):
    def create_task(self) -> DecisionStep:
        table = self.process_parser.parser.tables[self.drawn.decision]
        return DecisionStep(self.spec, self.bpmn_id, table, **self.bpmn_attributes)


class DiagramParser(BpmnParser):  # type: ignore[misc]
    """The library's parser with our kinds of steps, used for one bundle of files and thrown away."""

    OVERRIDE_PARSER_CLASSES: ClassVar[dict[str, tuple[type, type]]] = {
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, ExclusiveStep),
        full_tag("parallelGateway"): (GatewayParser, ParallelStep),
        full_tag("callActivity"): (CallActivityParser, CallStep),
        full_tag("serviceTask"): (_ServiceParser, ServiceStep),
        full_tag("scriptTask"): (_ScriptParser, ScriptStep),
        full_tag("businessRuleTask"): (_DecisionParser, DecisionStep),
        full_tag("boundaryEvent"): (_BoundaryParser, BoundaryStep),
        full_tag("intermediateCatchEvent"): (_CatchParser, BpmnParser.PARSER_CLASSES[full_tag("intermediateCatchEvent")][1]),
    }

    def __init__(self, drawings: list[Drawing], tables: Mapping[str, DecisionTable]) -> None:
        super().__init__()
        self.nodes = {node.id: node for drawing in drawings for node in drawing.nodes}
        self.tables = tables

    def _add_diagram_indexes(self, bpmn: Any) -> None:
        """Forget where the boxes stand: the library would try conditions in the order of their y coordinates, so that
        moving a box changed what the diagram means. Without coordinates it keeps the order of the file."""
        key = self._document_key(bpmn)
        self.document_lanes[key] = {}
        self.document_positions[key] = {}


def parse_processes(
    root: str, files: Mapping[str, bytes], drawings: list[Drawing], tables: Mapping[str, DecisionTable]
) -> tuple[Any, dict[str, Any]]:
    """The process to run and every process it calls, prepared to be shared."""
    parser = DiagramParser(drawings, tables)
    for name in dict.fromkeys(drawing.file for drawing in drawings):
        parser.add_bpmn_xml(read_xml(files[name]), name)
    spec = parser.get_spec(root)
    called = parser.get_subprocess_specs(root)
    for one in (spec, *called.values()):
        prepare(one)
    return spec, called
