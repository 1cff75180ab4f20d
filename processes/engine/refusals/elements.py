"""Asks whether each element is of a kind that the engine runs as it is drawn, and complete."""

from __future__ import annotations

import re
from typing import Final

from processes.engine.assignments import read_assignments
from processes.engine.drawing import Drawing, Node
from processes.engine.refusals.refusal import Refusal, about, called
from processes.errors import ExpressionRefused

ALLOWED: Final = {
    "startEvent", "endEvent", "userTask", "serviceTask", "scriptTask", "businessRuleTask", "callActivity",
    "exclusiveGateway", "parallelGateway", "eventBasedGateway", "intermediateCatchEvent", "boundaryEvent",
}  # fmt: skip

_INSTEAD: Final = {
    "inclusiveGateway": "En inkluderande gateway stöds inte; använd en parallell gateway och exklusiva val i grenarna.",
    "complexGateway": "En komplex gateway stöds inte.",
    "subProcess": "En inbäddad delprocess stöds inte; rita den som ett eget diagram och anropa det.",
    "eventSubProcess": "En händelsestyrd delprocess körs inte som den är ritad; använd en händelse på stegets kant.",
    "transaction": "En transaktion stöds inte; rita ett eget diagram och anropa det.",
    "adHocSubProcess": "En ad hoc-delprocess stöds inte.",
    "task": "En uppgift utan typ görs av ingen; välj användaruppgift eller tjänsteuppgift.",
    "manualTask": "En manuell uppgift syns inte för någon; välj användaruppgift.",
    "sendTask": "En sändande uppgift skickar ingenting; använd en tjänsteuppgift.",
    "receiveTask": "En mottagande uppgift stöds inte; använd en mellanliggande meddelandehändelse.",
    "intermediateThrowEvent": "En kastande händelse skickar ingenting; använd en tjänsteuppgift.",
}
_DATA: Final = {
    "dataObject", "dataObjectReference", "dataStoreReference", "ioSpecification", "property",
    "dataInputAssociation", "dataOutputAssociation",
}  # fmt: skip
_LOOPS: Final = {"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"}
_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
_RESERVED: Final = {"Start", "End", "root", "StartEventSplit", "StartEventJoin"}
_OPERATION: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")


def refused_elements(drawing: Drawing) -> list[Refusal]:
    """Unknown kinds, unknown parts, bad ids, and tasks without what they need."""
    found = []
    for node in drawing.nodes:
        found += [about(drawing, node, message) for message in _wrong_with(node)]
    for flow in drawing.flows:
        if not flow.id:
            found.append(about(drawing, flow, f"Flödet från {flow.source} till {flow.target} saknar id."))
    return found


def _wrong_with(node: Node) -> list[str]:
    if node.kind in _DATA:
        return ["Dataobjekt stöds inte; fakta läses från ärendet."]
    if node.kind not in ALLOWED:
        kind = "eventSubProcess" if "triggeredByEvent" in node.odd else node.kind
        return [_INSTEAD.get(kind, f"Elementet {node.kind} stöds inte.")]
    wrong = [_odd_part(node, part) for part in dict.fromkeys(node.odd)]
    if not _ID.fullmatch(node.id) or node.id in _RESERVED or len(node.id) > 80:
        wrong.append(f"Id {node.id or '(saknas)'} kan inte användas; skriv till exempel kontakta_hyresvard.")
    if node.kind == "serviceTask":
        wrong += _wrong_service(node)
    if node.kind == "scriptTask":
        wrong += _wrong_script(node)
    if node.kind == "businessRuleTask" and not node.decision:
        wrong.append(f"Regeluppgiften {called(node)} anger inget beslut.")
    if node.kind == "callActivity" and not node.called:
        wrong.append(f"Anropet {called(node)} anger inte vilken process det anropar.")
    return wrong


def _odd_part(node: Node, part: str) -> str:
    if part in _LOOPS:
        return f"{called(node)} är markerad som upprepad (loop eller flera instanser), vilket inte stöds."
    if part in _DATA:
        return f"{called(node)} har in- eller utdata, vilket inte stöds; fakta läses från ärendet."
    if part == "isForCompensation":
        return f"{called(node)} är markerad som kompensation, vilket inte stöds."
    if part in {"preScript", "postScript"}:
        return f"{called(node)} har ett dolt skript före eller efter; visa det som ett eget steg."
    return f"{called(node)} har delen {part}, som inte stöds."


def _wrong_service(node: Node) -> list[str]:
    if not node.operation or not _OPERATION.fullmatch(node.operation):
        return [f"Tjänsteuppgiften {called(node)} anger ingen operation."]
    return [
        f"Parametern {name or '(utan namn)'} till {node.operation} kan inte användas."
        for name in node.parameters
        if not _OPERATION.fullmatch(name) or name == "typename"
    ]


def _wrong_script(node: Node) -> list[str]:
    try:
        assignments = read_assignments(node.script or "")
    except ExpressionRefused:
        return [f"Skriptet i {called(node)} får bara ha rader som: namn = uttryck."]
    if any(name == "typename" for name, _expression in assignments):
        return [f"Skriptet i {called(node)} sätter typename, som är ett reserverat namn."]
    return []
