"""Asks whether every arrow has two ends and every step the arrows it needs."""

from __future__ import annotations

from collections import Counter
from typing import Final

from processes.engine.drawing import Drawing, Flow, Node
from processes.engine.refusals.refusal import Refusal, about, called

_GATEWAYS: Final = {"exclusiveGateway", "parallelGateway", "eventBasedGateway"}


def refused_flows(drawing: Drawing) -> list[Refusal]:
    """Loose, doubled or forbidden arrows, and steps with too few or too many."""
    found = []
    for flow in drawing.flows:
        found += [about(drawing, flow, message) for message in _wrong_flow(drawing, flow)]
    for node in drawing.nodes:
        found += [about(drawing, node, message) for message in _wrong_ends(drawing, node)]
        found += [about(drawing, node, message) for message in _wrong_default(drawing, node)]
    pairs = Counter((flow.source, flow.target) for flow in drawing.flows)
    for flow in drawing.flows:
        if pairs[flow.source, flow.target] > 1:
            found.append(about(drawing, flow, "Två flöden går mellan samma steg; slå ihop dem."))
    ids = Counter([flow.id for flow in drawing.flows] + [node.id for node in drawing.nodes])
    for flow in drawing.flows:
        if flow.id and ids[flow.id] > 1:
            found.append(about(drawing, flow, f"Två element har samma id: {flow.id}."))
    return found


def _wrong_flow(drawing: Drawing, flow: Flow) -> list[str]:
    source, target = drawing.by_id.get(flow.source), drawing.by_id.get(flow.target)
    if source is None or target is None:
        return ["Flödet sitter inte fast i två steg i samma process."]
    wrong = []
    if source is target:
        wrong.append(f"Flödet går från {called(source)} till sig självt.")
    if target.kind in {"startEvent", "boundaryEvent"}:
        wrong.append(f"Ett flöde kan inte gå till {called(target)}.")
    if flow.condition is not None and source.kind != "exclusiveGateway":
        wrong.append(
            f"Villkoret på flödet från {called(source)} gör ingen skillnad; sätt det efter ett exklusivt val."
        )
    return wrong


def _wrong_ends(drawing: Drawing, node: Node) -> list[str]:
    leaving = len(drawing.out_of(node.id))
    if node.kind == "endEvent":
        return [f"Ett flöde lämnar slutet {called(node)}."] if leaving else []
    if not leaving:
        return [f"{called(node)} leder ingenstans."]
    if leaving > 1 and node.kind not in _GATEWAYS:
        return [
            f"Flera flöden lämnar {called(node)}; använd en gateway som visar om ett eller alla ska följas."
        ]
    return []


def _wrong_default(drawing: Drawing, node: Node) -> list[str]:
    if node.default is None:
        return []
    if node.kind != "exclusiveGateway":
        return [f"{called(node)} har ett standardflöde, vilket bara ett exklusivt val kan ha."]
    flow = next((flow for flow in drawing.out_of(node.id) if flow.id == node.default), None)
    if flow is None:
        return [f"Standardflödet från {called(node)} finns inte."]
    if flow.condition is not None:
        return [f"Standardflödet från {called(node)} har ett villkor; det tas när inget annat gäller."]
    return []
