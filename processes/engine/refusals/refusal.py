"""One thing that is wrong with a diagram, as a Swedish sentence with the place it is about."""

from __future__ import annotations

from dataclasses import dataclass

from processes.engine.drawing import Drawing, Flow, Node


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a diagram cannot be used: the element it is about (its id, or a file name) and a Swedish sentence."""

    element: str
    message: str
    file: str = ""


def about(drawing: Drawing, element: Node | Flow, message: str) -> Refusal:
    """A refusal about one element of a drawing."""
    name = getattr(element, "kind", "sequenceFlow")
    return Refusal(element.id or name, message, drawing.file)


def called(node: Node) -> str:
    """What a person calls the step: its name in Swedish quotation marks, or its id."""
    return f"”{node.name}”" if node.name else node.id or node.kind
