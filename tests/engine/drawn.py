"""Draws small diagrams for the tests of the engine, a line per element, and plays a case around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from processes.engine import Bundle, Instance, Value, parse_bundle

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core">'
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def day(number: int, month: int = 3) -> datetime:
    """Noon on a day of the spring of 2026."""
    return datetime(2026, month, number, 12, 0, tzinfo=UTC)


@dataclass
class Drawn:
    """A process being drawn. Elements get their id as name; flows get the ids f1, f2 ..."""

    key: str = "prov"
    elements: list[str] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)
    shapes: list[str] = field(default_factory=list)
    flows: int = 0
    attributes: str = 'isExecutable="true"'
    before: str = ""
    """XML in front of the root element."""

    def raw(self, xml: str) -> Drawn:
        self.elements.append(xml)
        return self

    def node(self, kind: str, node_id: str, inside: str = "", **attributes: str) -> Drawn:
        more = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        return self.raw(f'<bpmn:{kind} id="{node_id}" name="{node_id}"{more}>{inside}</bpmn:{kind}>')

    def start(self, node_id: str = "start") -> Drawn:
        return self.node("startEvent", node_id)

    def end(self, node_id: str = "slut", terminate: bool = False) -> Drawn:
        return self.node("endEvent", node_id, "<bpmn:terminateEventDefinition/>" if terminate else "")

    def user(self, *node_ids: str) -> Drawn:
        for node_id in node_ids:
            self.node("userTask", node_id)
        return self

    def service(self, node_id: str, operation: str = "note", **parameters: str) -> Drawn:
        inner = "".join(
            f'<spiffworkflow:parameter id="{name}" type="str" value={quoteattr(value)}/>'
            for name, value in parameters.items()
        )
        operator = f'<spiffworkflow:serviceTaskOperator id="{operation}">'
        operator += f"<spiffworkflow:parameters>{inner}</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
        return self.node(
            "serviceTask", node_id, f"<bpmn:extensionElements>{operator}</bpmn:extensionElements>"
        )

    def script(self, node_id: str, text: str) -> Drawn:
        return self.node("scriptTask", node_id, f"<bpmn:script>{escape(text)}</bpmn:script>")

    def rule(self, node_id: str, decision: str) -> Drawn:
        inner = f"<spiffworkflow:calledDecisionId>{decision}</spiffworkflow:calledDecisionId>"
        return self.node(
            "businessRuleTask", node_id, f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"
        )

    def xor(self, node_id: str, default: str | None = None) -> Drawn:
        return self.node("exclusiveGateway", node_id, **({} if default is None else {"default": default}))

    def par(self, *node_ids: str) -> Drawn:
        for node_id in node_ids:
            self.node("parallelGateway", node_id)
        return self

    def wait(self, node_id: str) -> Drawn:
        return self.node("eventBasedGateway", node_id)

    def call(self, node_id: str, called: str) -> Drawn:
        return self.node("callActivity", node_id, calledElement=called)

    def message(self, node_id: str, message: str, on: str | None = None, interrupting: bool = True) -> Drawn:
        return self._event(node_id, self._message(message), on, interrupting)

    def timer(
        self,
        node_id: str,
        fact: str,
        on: str | None = None,
        interrupting: bool = True,
        kind: str = "timeDate",
    ) -> Drawn:
        inside = f"<bpmn:timerEventDefinition><bpmn:{kind}>{escape(fact)}</bpmn:{kind}></bpmn:timerEventDefinition>"
        return self._event(node_id, inside, on, interrupting)

    def _message(self, name: str) -> str:
        reference = self.messages.setdefault(name, f"message_{len(self.messages)}")
        return f'<bpmn:messageEventDefinition messageRef="{reference}"/>'

    def _event(self, node_id: str, inside: str, on: str | None, interrupting: bool) -> Drawn:
        if on is None:
            return self.node("intermediateCatchEvent", node_id, inside)
        cancel = "true" if interrupting else "false"
        return self.node("boundaryEvent", node_id, inside, attachedToRef=on, cancelActivity=cancel)

    def flow(self, *node_ids: str, when: str | None = None, flow_id: str | None = None) -> Drawn:
        """Arrows from each step to the next; `when` stands on the first."""
        for source, target in pairwise(node_ids):
            self.flows += 1
            name = flow_id or f"f{self.flows}"
            inside = (
                "" if when is None else f"<bpmn:conditionExpression>{escape(when)}</bpmn:conditionExpression>"
            )
            ends = f'sourceRef="{source}" targetRef="{target}"'
            self.raw(f'<bpmn:sequenceFlow id="{name}" {ends}>{inside}</bpmn:sequenceFlow>')
            when = flow_id = None
        return self

    def shape(self, node_id: str, y: int) -> Drawn:
        bounds = f'<dc:Bounds x="0" y="{y}" width="100" height="80"/>'
        self.shapes.append(
            f'<bpmndi:BPMNShape id="{node_id}_di" bpmnElement="{node_id}">{bounds}</bpmndi:BPMNShape>'
        )
        return self

    def xml(self) -> bytes:
        messages = "".join(f'<bpmn:message id="{one}" name="{name}"/>' for name, one in self.messages.items())
        plane = f"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>{''.join(self.shapes)}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
        process = f'<bpmn:process id="{self.key}" {self.attributes}>{"".join(self.elements)}</bpmn:process>'
        return f"{self.before}{HEAD}{messages}{process}{plane}</bpmn:definitions>".encode()

    @property
    def file(self) -> str:
        return f"{self.key}/{self.key}.bpmn"


def sketch(text: str, key: str = "prov") -> Drawn:
    """A process in one line: `user a; xor x else slut; timer t dag beside a; start > a > x > slut; x > s2 if paid`.

    Steps named start..., slut... and s1, s2 ... are starts and ends; `on` and `beside` put an event on a border.
    """
    drawn = Drawn(key)
    defaults = dict(re.findall(r"xor (\w+) else (\w+)", text))
    for name in dict.fromkeys(re.findall(r"\b(start\w*|slut\w*|s\d)\b", text)):
        drawn.start(name) if name.startswith("start") else drawn.end(name)
    for line in filter(None, (line.strip() for line in text.split(";"))):
        if ">" in line.split(" if ")[0]:
            path, _, condition = line.partition(" if ")
            for source, target in pairwise(re.split(r"\s*>\s*", path)):
                otherwise = f"{source}_annars" if defaults.get(source) == target else None
                drawn.flow(source, target, when=condition or None, flow_id=otherwise)
                condition = ""
            continue
        kind, *words = line.split()
        border = {"on": words[3], "interrupting": words[2] == "on"} if {"on", "beside"} & set(words) else {}
        match kind:
            case "user" | "par":
                getattr(drawn, kind)(*words)
            case "xor":
                drawn.xor(words[0], default=f"{words[0]}_annars" if words[0] in defaults else None)
            case "message" | "timer":
                getattr(drawn, kind)(words[0], words[1], **border)
            case _:
                getattr(drawn, kind)(*words)
    return drawn


def files_of(*drawn: Drawn, tables: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The drawings as files, with decision tables by path."""
    files = {one.file: one.xml() for one in drawn}
    return files | {name: text.encode() for name, text in (tables or {}).items()}


def bundle_of(*drawn: Drawn, tables: Mapping[str, str] | None = None) -> Bundle:
    """The first drawing as a process, with those it calls."""
    return parse_bundle(drawn[0].key, files_of(*drawn, tables=tables))


@dataclass
class Case:
    """A case in memory: facts that a test sets, and a log of what was asked and done, each with its instant."""

    facts: dict[str, Value | Callable[[datetime], Value]] = field(default_factory=dict)
    done: list[tuple[str, dict[str, Value], datetime]] = field(default_factory=list)
    asked: list[tuple[str, datetime]] = field(default_factory=list)
    returns: dict[str, Value] = field(default_factory=dict)

    def fact(self, name: str, at: datetime) -> Value:
        self.asked.append((name, at))
        value = self.facts[name]
        return value(at) if callable(value) else value

    def operate(self, name: str, parameters: Mapping[str, Value], at: datetime) -> Mapping[str, Value]:
        self.done.append((name, dict(parameters), at))
        return self.returns


def open_steps(instance: Instance) -> list[str]:
    """The open steps by name, sorted."""
    return sorted(step.step_id for step in instance.open_tasks)


def complete(instance: Instance, step_id: str, at: datetime = NOON, **answers: Value) -> None:
    """Complete the open step with this name."""
    [step, *_others] = [step for step in instance.open_tasks if step.step_id == step_id]
    instance.complete(step.id, answers, at)


def again(instance: Instance, case: Case) -> Instance:
    """The instance as another process would find it: stored and restored."""
    return Instance.restore(instance.bundle, instance.dump(), case)
