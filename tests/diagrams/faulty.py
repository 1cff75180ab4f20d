"""Puts one fault into a diagram, as a hand that slips would: the file is changed, never the checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
Change = Callable[[Any], None]
"""Changes the root of a file."""


def changed(content: bytes, change: Change) -> bytes:
    """The file after the change."""
    root = etree.fromstring(content)
    change(root)
    return etree.tostring(root, encoding="utf-8")


def found(root: Any, element_id: str) -> Any:
    """The element of the process with this id."""
    [element] = [one for one in root.iter() if one.get("id") == element_id]
    return element


def _process(root: Any) -> Any:
    return root.find(f"{BPMN}process")


def _drop(element: Any) -> None:
    element.getparent().remove(element)


def _flows(root: Any) -> list[Any]:
    return list(root.iter(f"{BPMN}sequenceFlow"))


def without_property(step: str, name: str) -> Change:
    """The step loses a property."""

    def change(root: Any) -> None:
        for one in found(root, step).iter(f"{SPIFF}property"):
            if one.get("name") == name:
                _drop(one)

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(root: Any) -> None:
        for one in changes:
            one(root)

    return change


def with_property(step: str, name: str, value: str) -> Change:
    """The step's property says something else."""

    def change(root: Any) -> None:
        [one] = [each for each in found(root, step).iter(f"{SPIFF}property") if each.get("name") == name]
        one.set("value", value)

    return change


def with_condition(flow: str, text: str | None) -> Change:
    """The arrow has another condition, or none."""

    def change(root: Any) -> None:
        [condition] = found(root, f"flow_{flow}").findall(f"{BPMN}conditionExpression")
        condition.text = text
        if text is None:
            _drop(condition)

    return change


def swapped(one: str, other: str) -> Change:
    """Two arrows out of the same choice change their targets."""

    def change(root: Any) -> None:
        first, second = found(root, f"flow_{one}"), found(root, f"flow_{other}")
        target = first.get("targetRef")
        first.set("targetRef", second.get("targetRef"))
        second.set("targetRef", target)
        _tie_up(root)

    return change


def led_to(flow: str, target: str) -> Change:
    """The arrow leads to another step."""

    def change(root: Any) -> None:
        found(root, f"flow_{flow}").set("targetRef", target)
        _tie_up(root)

    return change


def as_kind(step: str, kind: str) -> Change:
    """The element is of another kind."""

    def change(root: Any) -> None:
        found(root, step).tag = f"{BPMN}{kind}"

    return change


def with_attribute(element: str, name: str, value: str | None) -> Change:
    """The element has another attribute, or none."""

    def change(root: Any) -> None:
        if value is None:
            del found(root, element).attrib[name]
        else:
            found(root, element).set(name, value)

    return change


def dropped(step: str) -> Change:
    """The step is taken away with its arrows, and everything that only it led to."""

    def change(root: Any) -> None:
        _take_away(root, step)
        while True:
            reached = {flow.get("targetRef") for flow in _flows(root)}
            lost = [
                node.get("id")
                for node in _process(root)
                if node.get("id")
                and node.tag not in (f"{BPMN}sequenceFlow", f"{BPMN}laneSet", f"{BPMN}startEvent")
                and node.tag not in (f"{BPMN}boundaryEvent", f"{BPMN}textAnnotation", f"{BPMN}association")
                and node.get("id") not in reached
            ]
            if not lost:
                break
            for one in lost:
                _take_away(root, one)
        _tie_up(root)

    return change


def passed_by(step: str) -> Change:
    """The step is taken away, with the events on its border; what led to it leads on to what came after it."""

    def change(root: Any) -> None:
        [onward] = [flow.get("targetRef") for flow in _flows(root) if flow.get("sourceRef") == step]
        for flow in _flows(root):
            if flow.get("targetRef") == step:
                flow.set("targetRef", onward)
        borders = [
            one.get("id") for one in root.iter(f"{BPMN}boundaryEvent") if one.get("attachedToRef") == step
        ]
        _take_away(root, step)
        for one in borders:
            dropped(one)(root)
        _tie_up(root)

    return change


def _take_away(root: Any, step: str) -> None:
    for flow in _flows(root):
        if step in (flow.get("sourceRef"), flow.get("targetRef")):
            _drop(flow)
    for reference in list(root.iter(f"{BPMN}flowNodeRef")):
        if reference.text == step:
            _drop(reference)
    _drop(found(root, step))


def _tie_up(root: Any) -> None:
    """Let each element name exactly the arrows that there are, and the drawing draw only what there is."""
    there = {flow.get("id"): flow for flow in _flows(root)}
    for node in _process(root):
        for end in [*node.findall(f"{BPMN}incoming"), *node.findall(f"{BPMN}outgoing")]:
            side = "targetRef" if end.tag.endswith("incoming") else "sourceRef"
            if end.text not in there or there[end.text].get(side) != node.get("id"):
                _drop(end)
    ids = {one.get("id") for one in root.iter() if one.get("id")}
    for drawn in [one for one in root.iter() if one.get("bpmnElement") and one.get("bpmnElement") not in ids]:
        _drop(drawn)


def moved_to(step: str, lane: str | None) -> Change:
    """The step lies in another lane, or in none."""

    def change(root: Any) -> None:
        for reference in list(root.iter(f"{BPMN}flowNodeRef")):
            if reference.text == step:
                _drop(reference)
        for one in root.iter(f"{BPMN}lane"):
            if one.get("name") == lane:
                etree.SubElement(one, f"{BPMN}flowNodeRef").text = step

    return change


def lane_renamed(before: str, after: str) -> Change:
    """A lane is called something else."""

    def change(root: Any) -> None:
        for one in root.iter(f"{BPMN}lane"):
            if one.get("name") == before:
                one.set("name", after)

    return change


def message_renamed(before: str, after: str) -> Change:
    """A message is called something else."""

    def change(root: Any) -> None:
        [one] = [each for each in root.iter(f"{BPMN}message") if each.get("name") == before]
        one.set("name", after)

    return change


def not_terminating(end: str) -> Change:
    """The end ends only its own branch."""

    def change(root: Any) -> None:
        for one in list(found(root, end)):
            if one.tag.endswith("terminateEventDefinition"):
                _drop(one)

    return change


def terminating(end: str) -> Change:
    """The end ends everything."""

    def change(root: Any) -> None:
        etree.SubElement(found(root, end), f"{BPMN}terminateEventDefinition")

    return change


def with_parameter(step: str, name: str, value: str) -> Change:
    """The step tells its operation something else."""

    def change(root: Any) -> None:
        [one] = [each for each in found(root, step).iter(f"{SPIFF}parameter") if each.get("id") == name]
        one.set("value", value)

    return change


def with_timer(event: str, kind: str, text: str) -> Change:
    """The event waits for another time."""

    def change(root: Any) -> None:
        [definition] = list(found(root, event).iter(f"{BPMN}timerEventDefinition"))
        for one in list(definition):
            definition.remove(one)
        etree.SubElement(definition, f"{BPMN}{kind}").text = text

    return change


def table_row_dropped(row: str) -> Change:
    """A decision table loses a row."""

    def change(root: Any) -> None:
        _drop(found(root, row))

    return change


def cell(entry: str, text: str) -> Change:
    """A cell of a decision table says something else."""

    def change(root: Any) -> None:
        next(one for one in found(root, entry) if one.tag.endswith("text")).text = text

    return change


def table_attribute(name: str, value: str) -> Change:
    """A decision table has another attribute."""

    def change(root: Any) -> None:
        [one] = [each for each in root.iter() if each.tag.endswith("decisionTable")]
        one.set(name, value)

    return change
