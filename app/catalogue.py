"""Everything that somebody who draws a process can choose from, in Swedish: for the lists of the diagram editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.operation_words import LETTER_PURPOSES, OPERATION_WORDS, TOLD_TO, ParameterWords
from processes.diagrams.names import Names, known_names
from processes.diagrams.shelf import Shelf
from processes.handbook.requirements import requirements
from processes.operations import OPERATIONS
from processes.rules.consent import CONTENTS
from processes.rules.due_dates import DUE_RULES
from processes.rules.events import EVENTS
from processes.rules.facts import FACTS
from processes.rules.gates import GATES, Level
from processes.rules.units import LANE_NAMES

LEVELS = {
    Level.HARD: "måste vara öppen",
    Level.REASON: "kräver ett skäl",
    Level.INFO: "upplyser",
}
CLASSES = {
    "utredning": "Utredning",
    "stod": "Stöd",
    "ekonomiskt-bistand": "Ekonomiskt bistånd",
}
"""Values of the property `klass`."""
TELLING_GATES = ("disclosure", "other-administration")
"""Gates that ask to whom, why and what is told."""
IS_INSTANT = "_at"
"""How the name of a fact ends that is an instant, so that a timer can wait for it."""

Choice = dict[str, Any]


def names_here() -> Names:
    """The names of this program, with the requirements of the handbook's register."""
    return known_names(OPERATIONS, (one.id for one in requirements()))


def catalogue(shelf: Shelf, key: str) -> dict[str, Any]:
    """What can be chosen in the diagram of the process `key`, given all files."""
    processes = {drawing.key: drawing.name for drawing in shelf.drawings}
    letters = {letter: letter for letter in sorted(shelf.letters())}
    return {
        "key": key,
        "files": [path for path in shelf.files if path.startswith(f"{key}/")],
        "steps": sorted(
            node.id for drawing in shelf.drawings if drawing.key != key for node in drawing.nodes
        ),
        "lanes": list(LANE_NAMES),
        "units": _choices({str(unit): lane for lane, unit in LANE_NAMES.items()}),
        "forms": sorted(path for path in shelf.forms if not path.startswith("arendehandelser/")),
        "gates": _choices(
            {gate.name: f"{gate.title} ({LEVELS[gate.level]})" for gate in GATES.values()}, in_order=True
        ),
        "telling_gates": list(TELLING_GATES),
        "recipients": _choices(TOLD_TO, in_order=True),
        "purposes": _choices(LETTER_PURPOSES),
        "contents": _choices(CONTENTS),
        "classes": _choices(CLASSES),
        "due": _choices({rule.name: rule.meaning for rule in DUE_RULES.values()}),
        "tables": [
            {"name": table.key, "words": table.name or table.key, "path": path}
            for path, table in _tables(shelf)
        ],
        "processes": [
            {"name": name, "words": title or name, "path": f"{name}/{name}.bpmn"}
            for name, title in sorted(processes.items(), key=lambda item: item[1])
            if name != key
        ],
        "events": _choices({event.name: event.label for event in EVENTS.values()}, in_order=True),
        "instants": _choices(
            {name: fact.question for name, fact in FACTS.items() if name.endswith(IS_INSTANT)}, in_order=True
        ),
        "facts": _choices({name: fact.question for name, fact in FACTS.items()}),
        "operations": [_operation(name, processes, letters) for name in OPERATIONS],
        "requirements": [{"name": one.id, "words": one.title} for one in requirements()],
    }


def _choices(words: Mapping[str, str], *, in_order: bool = False) -> list[Choice]:
    pairs: Iterable[tuple[str, str]] = words.items()
    if in_order:
        pairs = sorted(pairs, key=lambda pair: pair[1])
    return [{"name": name, "words": told} for name, told in pairs]


def _tables(shelf: Shelf) -> list[tuple[str, Any]]:
    found = [
        (path, table)
        for path in sorted(shelf.files)
        if path.endswith(".dmn")
        for table in [shelf.table_in(path)]
        if table is not None
    ]
    return [(path, table) for path, table in found if table.key in shelf.reading.tables]


def _operation(name: str, processes: Mapping[str, str], letters: Mapping[str, str]) -> dict[str, Any]:
    """An operation with its parameters in the order in which they are told."""
    words, known = OPERATION_WORDS[name], names_here().operations[name]
    return {
        "name": name,
        "words": words.label,
        "any_more": known.any_more,
        "parameters": [
            {
                "name": parameter,
                "words": told.label,
                "required": parameter in known.required,
                "is_text": told.is_text,
                "choices": _choices(_values(told, processes, letters), in_order=True),
            }
            for parameter, told in words.parameters.items()
        ],
    }


def _values(
    told: ParameterWords, processes: Mapping[str, str], letters: Mapping[str, str]
) -> Mapping[str, str]:
    return {"processes": processes, "letters": letters}.get(told.of, told.choices)
