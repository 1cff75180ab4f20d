"""What a diagram is made of and what the names in it mean, in Swedish: kinds of steps, due rules, gates and events."""

from __future__ import annotations

from typing import Final

from processes.engine.drawing import Drawing, Flow, Node
from processes.rules.due_dates import COUNTED, DUE_RULES
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.gates import GATES

SORTS: Final = {
    "userTask": "uppgift",
    "serviceTask": "automatiskt steg",
    "scriptTask": "uträkning",
    "businessRuleTask": "beslut med tabell",
    "callActivity": "anrop av en annan process",
    "exclusiveGateway": "vägval",
    "parallelGateway": "parallella vägar",
    "inclusiveGateway": "inkluderande vägval",
    "eventBasedGateway": "väntan på det som händer först",
    "startEvent": "start",
    "endEvent": "slut",
    "intermediateCatchEvent": "väntan på en händelse",
    "intermediateThrowEvent": "händelse som sänds",
    "boundaryEvent": "händelse på kanten av ett steg",
    "textAnnotation": "anteckning",
    "association": "tråd till en anteckning",
    "sequenceFlow": "flöde",
    "lane": "bana",
    "process": "process",
}
PROPERTIES: Final = {
    "krav": "Kraven",
    "handbok": "Kapitlet i handboken",
    "lagrum": "Lagrummet",
    "gate": "Spärren",
    "due": "Förfalloregeln",
    "klass": "Klassen",
    "mottagare": "Mottagaren av uppgifter",
    "syfte": "Syftet med uppgifterna",
    "innehall": "Vad uppgifterna rör",
}
"""What the properties of a step are called; another one is called by its own name."""
DEFINITIONS: Final = {
    "messageEventDefinition": "meddelande",
    "timerEventDefinition": "tidpunkt",
    "terminateEventDefinition": "avslutar allt",
    "signalEventDefinition": "signal",
    "errorEventDefinition": "fel",
    "escalationEventDefinition": "eskalering",
    "compensateEventDefinition": "återgång",
    "conditionalEventDefinition": "villkor",
    "linkEventDefinition": "länk",
}
"""What an event is about."""


def due_rule_in_words(name: str) -> str:
    """`in_days_7` as a process owner reads it, with the name behind; the name alone if there is no such rule."""
    counted = COUNTED.fullmatch(name)
    if name in DUE_RULES:
        return f"{DUE_RULES[name].meaning} ({name})"
    if counted:
        unit = "arbetsdagar" if counted["unit"] == "working_days" else "dagar"
        return f"inom {counted['count']} {unit} ({name})"
    return name


def gate_in_words(text: str) -> str:
    """The gates of a step by their titles, with their names behind."""
    return ", ".join(f"{GATES[name].title} ({name})" if name in GATES else name for name in text.split())


def instant_in_words(name: str) -> str:
    """The instant that a timer waits for by the question of its fact, with its name behind."""
    return f"{FACTS[name].question} ({name})" if name in FACTS else name


def event_in_words(name: str | None) -> str:
    """The case event by its label, with its name behind."""
    event = EVENTS.get(name or "")
    return f"{event.label} ({event.name})" if event else name or ""


def called(drawing: Drawing, node: Node) -> str:
    """What a person calls the step; one without a name is called by what comes before it."""
    if node.name:
        return f"”{node.name}”"
    sort = SORTS.get(node.kind, node.kind).capitalize()
    before = [drawing.by_id[flow.source] for flow in drawing.into(node.id) if flow.source in drawing.by_id]
    named = next((one.name for one in before if one.name), None)
    return f"{sort} efter ”{named}”" if named else f"{sort} {node.id}"


def flow_called(drawing: Drawing, flow: Flow) -> str:
    """What a person calls the flow: by its ends, and its name if it has one."""
    ends = [
        called(drawing, drawing.by_id[end]) if end in drawing.by_id else end or "ingenting"
        for end in (flow.source, flow.target)
    ]
    return f"Flödet{f' ”{flow.name}”' if flow.name else ''} från {ends[0]} till {ends[1]}"
