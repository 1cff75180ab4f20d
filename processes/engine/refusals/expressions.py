"""Asks whether every condition and parameter is written in the small language of diagrams."""

from __future__ import annotations

from processes.engine.drawing import Drawing, Flow, Node
from processes.engine.expressions import compile_expression
from processes.engine.refusals.refusal import Refusal, about
from processes.errors import ExpressionRefused


def refused_expressions(drawing: Drawing) -> list[Refusal]:
    """Expressions that use something that the language does not have."""
    found = [_refused(drawing, flow, flow.condition) for flow in drawing.flows if flow.condition is not None]
    found += [_refused(drawing, node, text) for node in drawing.nodes for text in node.parameters.values()]
    return [refusal for refusal in found if refusal is not None]


def _refused(drawing: Drawing, element: Node | Flow, text: str) -> Refusal | None:
    try:
        compile_expression(text)
    except ExpressionRefused:
        shown = f"Uttrycket ”{text[:80]}”" if text.strip() else "Ett tomt uttryck"
        return about(
            drawing,
            element,
            f"{shown} går inte att använda. Tillåtna är namn på fakta och svar, texter i citattecken, tal, True och "
            "False, and, or, not, jämförelser, in [..], + - * /, parenteser och a if villkor else b.",
        )
    return None
