"""Asks whether every step says what it must, and only in names that exist: lanes, gates, due dates, requirements."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from processes.diagrams.names import Names
from processes.diagrams.problems import Problem
from processes.diagrams.shelf import Shelf, form_path
from processes.engine.drawing import Drawing, Node

_STEP_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_NOUN: Final = re.compile(r"\w+(ning|ningen|else|elsen|tion|tionen|het|heten)", re.IGNORECASE)
_ONLY_TASKS: Final = ("gate", "due", "klass", "aven")


def wrong_steps(shelf: Shelf, names: Names) -> list[Problem]:
    """What is wrong with the steps of every process, one by one and together."""
    found = _shared_ids(shelf)
    for drawing in shelf.drawings:
        if not drawing.name.strip():
            found.append(Problem(drawing.file, drawing.key, "Processen saknar ett namn på svenska."))
        found += [
            Problem(drawing.file, None, f"Banan ”{lane}” är ingen enhet; namnen finns i reglerna.")
            for lane in drawing.lanes
            if lane not in names.lanes
        ]
        for node in drawing.nodes:
            found += [Problem(drawing.file, node.id, message) for message in _wrong(node, names)]
            if node.kind == "userTask":
                found += _wrong_task(shelf, drawing, node)
    return found


def _shared_ids(shelf: Shelf) -> list[Problem]:
    places: dict[str, list[Drawing]] = defaultdict(list)
    for drawing in shelf.drawings:
        for node in drawing.nodes:
            places[node.id].append(drawing)
    return [
        Problem(
            drawing.file,
            node_id,
            f"Steget {node_id} finns också i {other.file}; ett id betyder ett enda steg.",
        )
        for node_id, drawings in places.items()
        for drawing, other in zip(drawings[1:], drawings, strict=False)
    ]


def _wrong(node: Node, names: Names) -> list[str]:
    told = called(node)
    found = []
    if not _STEP_ID.fullmatch(node.id):
        found.append(f"Stegets id ”{node.id}” ska vara små bokstäver a-z, siffror och understreck.")
    if node.message and node.message not in names.events:
        found.append(f"{told} väntar på {node.message}, som inte finns i händelsekatalogen.")
    found += [
        f"{told} har egenskapen ”{name}”, som inte betyder något."
        for name in node.properties
        if name not in names.properties
    ]
    found += [
        f"{told} har ”{name}”, men det är ingen användaruppgift."
        for name in _ONLY_TASKS
        if name in node.properties and node.kind != "userTask"
    ]
    found += _unknown_values(node, names)
    return found


def _unknown_values(node: Node, names: Names) -> list[str]:
    told = called(node)
    properties = node.properties
    found = [
        f"{told} nämner kravet {requirement}, som inte finns."
        for requirement in properties.get("krav", "").split()
        if requirement not in names.requirements
    ]
    found += [
        f"{told} nämner spärren {gate}, som inte finns."
        for gate in properties.get("gate", "").split()
        if gate not in names.gates
    ]
    if "due" in properties and properties["due"] not in names.due_rules:
        found.append(f"{told} nämner förfalloregeln {properties['due']}, som inte finns.")
    if "klass" in properties and properties["klass"] not in names.classes:
        found.append(f"{told} har klassen {properties['klass']}, som inte finns.")
    return found + _wrong_second_unit(node, names)


def _wrong_second_unit(node: Node, names: Names) -> list[str]:
    also = node.properties.get("aven")
    if also is None:
        return []
    if also not in names.lanes.values():
        return [f"{called(node)} ska synas även för {also}, som inte är någon enhet."]
    if also == names.lanes.get(node.lane or ""):
        return [f"{called(node)} ska synas även för {also}, men den enheten har steget redan genom sin bana."]
    return []


def _wrong_task(shelf: Shelf, drawing: Drawing, node: Node) -> list[Problem]:
    """What a user task lacks."""
    told = called(node)
    missing = []
    if not node.name:
        missing.append(f"{told} saknar namn.")
    if node.lane is None:
        missing.append(f"{told} ligger inte i någon bana, så ingen skulle se uppgiften.")
    if not node.documentation:
        missing.append(f"{told} saknar en beskrivning (documentation) för handläggaren.")
    missing += [
        f"{told} saknar ”{name}”." for name in ("handbok", "due") if not node.properties.get(name, "").strip()
    ]
    if form_path(drawing, node) not in shelf.files:
        missing.append(f"{told} saknar formulär; det ska heta {form_path(drawing, node)}.")
    found = [Problem(drawing.file, node.id, message) for message in missing]
    if _NOUN.fullmatch(node.name.split(" ")[0] if node.name else ""):
        message = f"{told} bör börja med ett verb, så att namnet säger vad som ska göras."
        found.append(Problem(drawing.file, node.id, message, "warning"))
    return found


def called(node: Node) -> str:
    """What a person calls the step: its name in Swedish quotation marks, or its id."""
    return f"”{node.name}”" if node.name else node.id
