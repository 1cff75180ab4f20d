"""Asks whether every automatic step can do what it says: the operation exists and is told what it needs to know."""

from __future__ import annotations

from collections.abc import Mapping

from processes.diagrams.check_steps import called
from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf
from processes.engine.drawing import Node
from processes.engine.expressions import compile_expression
from processes.errors import ExpressionRefused


def wrong_operations(shelf: Shelf, names: Names) -> list[Problem]:
    """Unknown operations and parameters, and events, processes or letters that are named but not there."""
    there = {
        ("record_event", "name"): (names.events, "händelsen"),
        ("start_process", "key"): (shelf.keys(), "processen"),
        ("prepare_letter", "letter"): (shelf.letters(), "brevet"),
    }
    return [
        Problem(drawing.file, node.id, message)
        for drawing in shelf.drawings
        for node in drawing.nodes
        if node.kind == "serviceTask" and node.operation
        for message in (*_wrong_call(node, names), *_names_nothing(node, there))
    ]


def _wrong_call(node: Node, names: Names) -> list[str]:
    told = called(node)
    wanted = names.operations.get(node.operation or "")
    if wanted is None:
        return [f"{told} ska göra {node.operation}, som inte finns."]
    found = [
        f"{told} säger inte {parameter} till {node.operation}."
        for parameter in sorted(wanted.required - node.parameters.keys())
    ]
    if not wanted.any_more:
        unknown = sorted(node.parameters.keys() - wanted.required - wanted.optional)
        found += [f"{told} säger {name} till {node.operation}, som inte tar emot det." for name in unknown]
    return found


def _names_nothing(node: Node, there: Mapping[tuple[str, str], tuple[frozenset[str], str]]) -> list[str]:
    found = []
    for (operation, parameter), (known, what) in there.items():
        if node.operation == operation and parameter in node.parameters:
            named = literal(node.parameters[parameter])
            if named is not None and named not in known:
                found.append(f"{called(node)} nämner {what} {named}, som inte finns.")
    return found


def literal(text: str) -> str | None:
    """The text that the expression always stands for; None if it depends on something."""
    try:
        expression = compile_expression(text)
    except ExpressionRefused:
        return None
    if expression.names:
        return None
    value = expression.evaluate(lambda _name: None)
    return value if isinstance(value, str) else None
