"""Asks whether each event is one that really happens: starts, ends, messages, dates, and events on a step's border."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from processes.engine.drawing import Drawing, Node
from processes.engine.refusals.refusal import Refusal, about, called

_KINDS: Final = {
    "signalEventDefinition": "signaler",
    "errorEventDefinition": "fel",
    "escalationEventDefinition": "eskaleringar",
    "conditionalEventDefinition": "villkor",
    "compensateEventDefinition": "kompensation",
    "linkEventDefinition": "länkar",
    "cancelEventDefinition": "avbrott",
    "messageEventDefinition": "meddelanden",
    "timerEventDefinition": "tid",
    "terminateEventDefinition": "avslut",
}
_HOSTS: Final = {"userTask", "callActivity"}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")


def refused_events(drawing: Drawing) -> list[Refusal]:
    """Events that would pass without happening, or happen otherwise than drawn."""
    found = []
    for node in drawing.nodes:
        match node.kind:
            case "startEvent":
                wrong = _only(node, ())
            case "endEvent":
                wrong = _only(node, ("terminateEventDefinition",))
            case "intermediateCatchEvent":
                wrong = _wrong_wait(node)
            case "boundaryEvent":
                wrong = _wrong_wait(node) + _wrong_host(drawing, node)
            case "eventBasedGateway":
                wrong = _wrong_gateway(drawing, node)
            case "userTask" | "callActivity":
                wrong = _wrong_border(drawing, node)
            case _:
                wrong = []
        found += [about(drawing, node, message) for message in wrong]
    starts = [node for node in drawing.nodes if node.kind == "startEvent"]
    if len(starts) != 1:
        found.append(
            Refusal(drawing.key, f"En process ska ha en start; den här har {len(starts)}.", drawing.file)
        )
    return found


def _only(node: Node, allowed: tuple[str, ...]) -> list[str]:
    if not node.definitions or (len(node.definitions) == 1 and node.definitions[0] in allowed):
        return []
    kinds = " och ".join(_KINDS.get(definition, definition) for definition in node.definitions)
    place = "Starten" if node.kind == "startEvent" else "Slutet"
    return [f"{place} {called(node)} handlar om {kinds}, vilket inte stöds här."]


def _wrong_wait(node: Node) -> list[str]:
    if len(node.definitions) != 1 or node.definitions[0] not in {
        "messageEventDefinition",
        "timerEventDefinition",
    }:
        kinds = (
            " och ".join(_KINDS.get(definition, definition) for definition in node.definitions) or "ingenting"
        )
        return [
            f"Händelsen {called(node)} väntar på {kinds}; den ska vänta på ett meddelande eller ett datum."
        ]
    if node.definitions[0] == "messageEventDefinition":
        return [] if node.message else [f"Händelsen {called(node)} anger inget meddelande med namn."]
    return _wrong_timer(node)


def _wrong_timer(node: Node) -> list[str]:
    kind, text = node.timer or ("", "")
    if kind != "timeDate":
        return [
            f"Händelsen {called(node)} räknar tid i diagrammet; ange ett datum (timeDate) som ärendet räknar ut."
        ]
    if not _NAME.fullmatch(text):
        return [f"Datumet för {called(node)} ska vara namnet på ett enda faktum, inte ”{text[:60]}”."]
    return []


def _wrong_host(drawing: Drawing, node: Node) -> list[str]:
    host = drawing.by_id.get(node.attached_to or "")
    if host is None:
        return [f"Händelsen {called(node)} sitter inte på något steg."]
    if host.kind not in _HOSTS:
        return [
            f"Händelsen {called(node)} sitter på {called(host)}, som inte väntar på någon och därför aldrig avbryts."
        ]
    return []


def _wrong_border(drawing: Drawing, host: Node) -> list[str]:
    """Two events on one border that answer the same message would both go on."""
    messages = Counter(node.message for node in drawing.boundaries_of(host.id) if node.message)
    return [
        f"Två händelser på {called(host)} väntar på samma meddelande: {message}."
        for message, count in messages.items()
        if count > 1
    ]


def _wrong_gateway(drawing: Drawing, gateway: Node) -> list[str]:
    flows = drawing.out_of(gateway.id)
    events = [drawing.by_id[flow.target] for flow in flows if flow.target in drawing.by_id]
    wrong = []
    if len(flows) < 2:
        wrong.append(f"Vänteläget {called(gateway)} ska ha minst två händelser att vänta på.")
    if any(event.kind != "intermediateCatchEvent" for event in events):
        wrong.append(f"Efter vänteläget {called(gateway)} ska varje flöde gå till en händelse.")
    if any(len(drawing.into(event.id)) > 1 for event in events if event.kind == "intermediateCatchEvent"):
        wrong.append(f"En händelse efter vänteläget {called(gateway)} nås också från annat håll.")
    if sum(event.timer is not None for event in events) > 1:
        wrong.append(
            f"Vänteläget {called(gateway)} väntar på två datum; bara det ena skulle gälla. Låt ärendet välja."
        )
    messages = Counter(event.message for event in events if event.message)
    if any(count > 1 for count in messages.values()):
        wrong.append(f"Två händelser efter vänteläget {called(gateway)} väntar på samma meddelande.")
    return wrong
